import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { RiAlertLine, RiErrorWarningLine } from '@remixicon/react';
import type { TargetHealth } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ReactNode } from 'react';
import { operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { otherDeviations, type Finding } from './findings';
import styles from './Findings.module.css';
import { useDeviations } from '../../words/useDeviations';
import { useEnvironmentSentence } from '../../words/useStateSentence';

/** More than this are counted: whoever has them goes to the resources. */
const SHOWN = 6;

/** What wants attention, the urgent first, each as a sentence; `action` stands once, because it helps all. */
export function Findings(props: {
  findings: readonly Finding[];
  action?: ReactNode;
  /** Where all differences stand. */
  resourcesHref: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { findings, action } = props;
  if (findings.length === 0) return null;
  const isUrgent = findings.some(({ tone }) => tone === 'red');
  const hidden = findings.length - SHOWN;
  return (
    <section
      className={styles.findings}
      data-tone={isUrgent ? 'red' : 'amber'}
      aria-label={t('findings.title')}
    >
      <ul>
        {findings.slice(0, SHOWN).map(finding => (
          <li key={keyOf(finding)} data-tone={finding.tone}>
            {finding.tone === 'red' ? (
              <RiErrorWarningLine size={18} aria-hidden="true" />
            ) : (
              <RiAlertLine size={18} aria-hidden="true" />
            )}
            <FindingInWords finding={finding} />
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        {action}
        {hidden > 0 && (
          <Link href={props.resourcesHref}>
            {t('findings.more', { count: hidden })}
          </Link>
        )}
      </div>
    </section>
  );
}

function FindingInWords({ finding }: { finding: Finding }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const operationPage = useRouteRef(operationRouteRef);
  const sentenceOf = useEnvironmentSentence();
  const inWords = useDeviations();
  const targetsSentence = (name: string, { healthy, total }: TargetHealth) =>
    t('findings.someAnswer', {
      name,
      healthy: String(healthy),
      total: String(total),
    });
  switch (finding.kind) {
    case 'failed':
      return (
        <span>
          <Text as="span" weight="bold">
            {t('findings.failed')}
          </Text>{' '}
          {sentenceOf(finding.environment)}{' '}
          {finding.operationId && (
            <Link href={operationPage?.({ id: finding.operationId })}>
              {t('findings.why')}
            </Link>
          )}
        </span>
      );
    case 'servers-off':
      return (
        <Text as="span" weight="bold">
          {t('findings.serversOff', { count: finding.count })}
        </Text>
      );
    case 'differ':
      return (
        <Text as="span" weight="bold">
          {t('drift.differ', { count: finding.count })}
        </Text>
      );
    case 'missing':
      return (
        <Text as="span" weight="bold">
          {t('findings.missing', { name: finding.resource.name })}
        </Text>
      );
    case 'some-answer':
      return (
        <Text as="span" weight="bold">
          {targetsSentence(finding.resource.name, finding.targets)}
        </Text>
      );
    default: {
      const differences = inWords(otherDeviations(finding));
      return (
        <span>
          <Text as="span" weight="bold">
            {t(`findings.${finding.kind}`, { name: finding.resource.name })}
          </Text>{' '}
          {differences.map(({ what }) => what).join(' ')}
        </span>
      );
    }
  }
}

function keyOf(finding: Finding): string {
  return 'resource' in finding
    ? `${finding.kind} ${finding.resource.name}`
    : finding.kind;
}
