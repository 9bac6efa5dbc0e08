import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { InstantsInText } from '../../ui/InstantsInText';
import { KeyFacts } from '../../ui/KeyFacts';
import { MonthlyMoney } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { Drift } from './Drift';
import styles from './Resource.module.css';
import { ResourceState, useTargetsSentence } from './ResourceState';
import { useDetailsInWords } from '../../words/useDetailsInWords';

/** All that is known about one resource: state, drift, figures, ids, labels. */
export function ResourceDetails({ resource }: { resource: Resource }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const detailsOf = useDetailsInWords();
  const { labels, createdAt, monthly, currency } = resource;
  const targets = useTargetsSentence()(resource);
  const labelEntries = Object.entries(labels);
  return (
    <div className={styles.details}>
      <div className={styles.head}>
        <ResourceState resource={resource} />
        {monthly !== undefined && currency !== undefined && (
          <MonthlyMoney amount={monthly} currency={currency} />
        )}
      </div>
      {targets && <Text as="p">{targets}</Text>}
      {resource.drift.length > 0 && <Drift resource={resource} isFull />}
      <KeyFacts
        facts={[
          ...detailsOf(resource).map(({ label, value }) => ({
            label,
            value: <InstantsInText text={value} />,
          })),
          {
            label: t('resources.columns.name'),
            value: resource.name,
          },
          {
            label: t('resources.columns.providerId'),
            value: <ProviderId resource={resource} />,
          },
          ...(createdAt
            ? [
                {
                  label: t('resources.created'),
                  value: <RelativeTime at={createdAt} />,
                },
              ]
            : []),
        ]}
      />
      {labelEntries.length > 0 && (
        <section>
          <Text as="h4" variant="body-medium" weight="bold">
            {t('resources.columns.labels')}
          </Text>
          <ul
            className={styles.labels}
            aria-label={t('resources.labelsOf', { name: resource.name })}
          >
            {labelEntries.map(([key, value]) => (
              <li key={key}>
                <span className={styles.labelKey}>{key}</span>={value}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** The provider's id, leading to the provider's console where its address is known. */
export function ProviderId({ resource }: { resource: Resource }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { providerId, consoleUrl, name } = resource;
  if (providerId === undefined) return <>–</>;
  if (!consoleUrl) return <span className={styles.id}>{providerId}</span>;
  return (
    <Link
      href={consoleUrl}
      target="_blank"
      rel="noreferrer"
      className={styles.id}
      aria-label={t('resources.inConsole', { name, id: providerId })}
    >
      {providerId} <RiExternalLinkLine size={12} aria-hidden="true" />
    </Link>
  );
}
