import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Text,
  ToggleButton,
  ToggleButtonGroup,
  useBreakpoint,
} from '@backstage/ui';
import { RiBarChartHorizontalLine, RiListUnordered } from '@remixicon/react';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { useSearchParam } from '../../ui/useSearchParam';
import { StepLanes } from './StepLanes';
import { StepList } from './StepList';
import styles from './OperationPage.module.css';

/**
 * The steps of an operation: as lanes on a time axis, or as a list where there is no room for
 * them and for who prefers it. `selected` is the step that is open.
 */
export function OperationSteps(props: {
  operation: Operation;
  selected?: string;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [view, setView] = useSearchParam('view');
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const { operation, selected, onOpen } = props;
  const Steps = isPhone || view === 'list' ? StepList : StepLanes;
  return (
    <section className={styles.steps}>
      <div className={styles.sectionHead}>
        <Text as="h3" variant="title-x-small">
          {t('operation.steps')}
        </Text>
        {!isPhone && operation.steps.length > 0 && (
          <ToggleButtonGroup
            aria-label={t('operation.view.label')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view === 'list' ? 'list' : 'lanes']}
            onSelectionChange={keys =>
              setView(keys.has('list') ? 'list' : undefined)
            }
          >
            <ToggleButton id="lanes" iconStart={<RiBarChartHorizontalLine />}>
              {t('operation.view.lanes')}
            </ToggleButton>
            <ToggleButton id="list" iconStart={<RiListUnordered />}>
              {t('operation.view.list')}
            </ToggleButton>
          </ToggleButtonGroup>
        )}
      </div>
      {operation.steps.length === 0 ? (
        <Text as="p" color="secondary">
          {t('operation.noSteps')}
        </Text>
      ) : (
        <Steps operation={operation} selected={selected} onOpen={onOpen} />
      )}
    </section>
  );
}
