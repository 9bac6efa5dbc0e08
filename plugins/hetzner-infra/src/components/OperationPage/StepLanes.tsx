import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isTerminalState } from '../../api/operationStates';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatDuration } from '../../ui/format';
import { Lanes } from '../../ui/Lanes';
import { useNow } from '../../ui/useNow';
import { stepLook } from '../StateBadges/StepBadge';
import { operationLanes, type LaneId, type StepBar } from './operationLanes';
import { useChangeTitle } from '../../words/useChangeTitle';

const TICK_MILLISECONDS = 1_000;

const inWords = (seconds: number) =>
  seconds < 1 ? '< 1 s' : formatDuration(seconds * 1_000);

/** The steps of an operation as they ran, run and will run, side by side. */
export function StepLanes(props: {
  operation: Operation;
  selected?: string;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const titleOf = useChangeTitle();
  const { operation } = props;
  const now = useNow(
    isTerminalState(operation.state) ? undefined : TICK_MILLISECONDS,
  );
  const drawn = operationLanes(operation, now);

  const timeInWords = ({ step, start, end, doneUntil }: StepBar) => {
    const usual = inWords(step.expectedSeconds ?? end - start);
    switch (step.state) {
      case 'waiting':
        return t('operation.bar.waiting', { usual });
      case 'running': {
        const isOverdue =
          doneUntil - start > (step.expectedSeconds ?? Infinity);
        return t(
          isOverdue ? 'operation.bar.overdue' : 'operation.bar.running',
          {
            elapsed: inWords(doneUntil - start),
            usual,
          },
        );
      }
      default:
        return inWords(end - start);
    }
  };
  const shown = (bar: StepBar) => {
    const { step, start, doneUntil } = bar;
    const time = timeInWords(bar);
    return {
      ...bar,
      ...stepLook(step.state),
      name:
        step.change === 'create'
          ? step.key
          : t(`operation.bar.${step.change}`, { key: step.key }),
      caption:
        step.state === 'waiting' ? undefined : inWords(doneUntil - start),
      words: t('operation.bar.words', {
        title: titleOf(step),
        state: t(`stepState.${step.state}`),
        time,
      }),
    };
  };
  return (
    <Lanes
      label={t('operation.steps')}
      axis={drawn.axis}
      now={drawn.now}
      selected={props.selected}
      onOpen={props.onOpen}
      lanes={drawn.lanes.map(lane => ({
        id: lane.id,
        title: t(`operation.lane.${lane.id as LaneId}`),
        rows: lane.rows.map(row => row.map(shown)),
      }))}
    />
  );
}
