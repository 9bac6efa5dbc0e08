import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type {
  DocumentProblem,
  Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useId, useState, type ReactNode } from 'react';
import { problemInWords } from '../../fields/HetznerQuote/problemInWords';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { PriceList } from '../Quote/PriceList';
import { QuotaMeters } from '../Quote/QuotaMeters';
import { QuoteTotals } from '../Quote/QuoteTotals';
import { NotCreatedNote, QuoteWarnings } from '../Quote/QuoteWarnings';
import { Topology } from '../Topology/Topology';
import type { Topology as TopologyModel } from '../Topology/topology';
import { useCreation } from './CreationContext';
import { isInForm } from './formProblems';
import styles from './PricePanel.module.css';

/**
 * What the form amounts to, live: price, drawing, price lines, quota and warnings. It stays beside
 * the form; where there is no room it is a sheet at the bottom whose total is always in view.
 */
export function PricePanel(props: {
  name: string;
  /** Undefined until it can be drawn for the first time. */
  topology: TopologyModel | undefined;
  /** Stands above all; the totals of the quote unless given. */
  totals?: Quote['totals'];
  /** What stands above the drawing. */
  children?: ReactNode;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, topology } = props;
  const { live, fieldsInView } = useCreation();
  const { quote, isCurrent, problems, error, reload } = live;
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  return (
    <aside
      className={styles.panel}
      aria-label={t('create.panel.label')}
      aria-busy={!isCurrent && problems.length === 0 && !error}
      data-open={isOpen || undefined}
    >
      <div className={styles.head}>
        <Head
          quote={quote && { ...quote, totals: props.totals ?? quote.totals }}
          isCurrent={isCurrent}
          isOutdated={problems.length > 0 || error !== undefined}
        />
        <Button
          variant="secondary"
          size="small"
          className={styles.toggle}
          iconEnd={isOpen ? <RiArrowDownSLine /> : <RiArrowUpSLine />}
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? t('create.panel.close') : t('create.panel.open')}
        </Button>
      </div>
      {/* It scrolls, so the keyboard must be able to reach it. */}
      <div
        id={bodyId}
        role="group"
        aria-label={t('create.panel.details')}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={styles.body}
      >
        <Problems
          problems={problems.filter(
            problem => !isInForm(problem, fieldsInView),
          )}
        />
        {error && (
          <ErrorPanel
            title={t('quote.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {quote && (
          <QuoteWarnings
            warnings={quote.warnings.filter(
              warning => !isInForm(warning, fieldsInView),
            )}
          />
        )}
        {props.children}
        {topology ? (
          <Topology name={name} topology={topology} variant="compact" />
        ) : (
          <Skeleton height={280} />
        )}
        {quote && <NotCreatedNote warnings={quote.warnings} />}
        {quote && (
          <div className={styles.quote}>
            <section>
              <Text as="h3" variant="body-medium" weight="bold">
                {t('quote.lines')}
              </Text>
              <PriceList lines={quote.lines} />
            </section>
            <section>
              <Text as="h3" variant="body-medium" weight="bold">
                {t('quote.quota')}
              </Text>
              <QuotaMeters lines={quote.quota} />
            </section>
          </div>
        )}
      </div>
    </aside>
  );
}

function Head(props: {
  quote: Quote | undefined;
  isCurrent: boolean;
  isOutdated: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return props.quote ? (
    <QuoteTotals
      quote={props.quote}
      isCurrent={props.isCurrent}
      isOutdated={props.isOutdated}
    />
  ) : (
    <Text as="p" color="secondary" className={styles.waiting}>
      {t('create.panel.waiting')}
    </Text>
  );
}

/** What has to be put right before there is a price. What stands at a field in view is said there. */
function Problems({ problems }: { problems: readonly DocumentProblem[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  if (problems.length === 0) return null;
  return (
    <Alert
      status="warning"
      icon
      title={t('quote.problems')}
      description={
        <ul className={styles.problems}>
          {problems.map(problem => (
            <li key={`${problem.path} ${problem.message}`}>
              {problemInWords(t, problem)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
