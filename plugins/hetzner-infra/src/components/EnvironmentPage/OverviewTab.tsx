import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { stringify } from 'yaml';
import { isTerminalState } from '../../api/operationStates';
import { useQuote } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { KeyFacts } from '../../ui/KeyFacts';
import { MonthlyTotals } from '../../ui/Money';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { PriceLines } from '../Quote/PriceLines';
import styles from './EnvironmentPage.module.css';
import { isProtected } from './protection';
import { RunningOperation } from './RunningOperation';

/** What an environment is and what it costs; what runs now stands on top. */
export function OverviewTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { operation } = environment;
  return (
    <div className={styles.tab}>
      {operation && !isTerminalState(operation.state) && (
        <RunningOperation key={operation.id} id={operation.id} />
      )}
      <section>
        <Text as="h3" variant="title-x-small">
          {t('environment.facts')}
        </Text>
        <KeyFacts facts={useFacts(environment)} />
      </section>
      <section>
        <Text as="h3" variant="title-x-small">
          {t('environment.cost')}
        </Text>
        <Cost environment={environment} />
      </section>
      <Accordion>
        <AccordionTrigger title={t('environment.document')} />
        <AccordionPanel>
          <pre
            className={styles.document}
            // What scrolls must be reachable by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            {stringify(environment.document)}
          </pre>
        </AccordionPanel>
      </Accordion>
    </div>
  );
}

function useFacts(environment: Environment) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { createdBy, expiresAt } = environment;
  return [
    {
      label: t('environment.fact.owner'),
      value: <EntityLink entityRef={environment.owner} />,
    },
    { label: t('environment.fact.location'), value: environment.location },
    { label: t('environment.fact.connection'), value: environment.connection },
    { label: t('environment.fact.revision'), value: environment.revision },
    {
      label: t('environment.fact.created'),
      value: (
        <>
          <RelativeTime at={environment.createdAt} />
          {createdBy && (
            <>
              {' '}
              {t('environment.fact.by')} <EntityLink entityRef={createdBy} />
            </>
          )}
        </>
      ),
    },
    {
      label: t('environment.fact.expires'),
      value: expiresAt ? (
        <RelativeTime at={expiresAt} />
      ) : (
        t('environment.fact.never')
      ),
    },
    {
      label: t('environment.fact.protected'),
      value: isProtected(environment)
        ? t('environment.fact.yes')
        : t('environment.fact.no'),
    },
  ];
}

function Cost({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  // A new object on each refresh would ask for a new quote each time.
  const key = JSON.stringify(environment.document);
  const document = useMemo(() => JSON.parse(key), [key]);
  const quote = useQuote(document);
  const totals = quote.data?.totals ?? environment.monthly;
  return (
    <div className={styles.cost}>
      <Text variant="title-x-small">
        <MonthlyTotals totals={totals} />
      </Text>
      {quote.data && <PriceLines lines={quote.data.lines} />}
      {!quote.data && !quote.error && <Skeleton height={180} />}
      {quote.error && (
        <ErrorPanel
          title={t('environment.noPriceLines')}
          error={quote.error}
          onRetry={quote.error.status === 403 ? undefined : quote.reload}
        />
      )}
    </div>
  );
}
