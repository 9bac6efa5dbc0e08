import { Alert } from '@backstage/ui';
import type { LogLine } from '../../api/followedOperation';
import { InstantsInText } from '../../ui/InstantsInText';
import { useNow } from '../../ui/useNow';
import { usePhrases } from '../../words/usePhrases';
import { heldBackBy } from './heldBackBy';

const TICK_MILLISECONDS = 1_000;

/** What holds an operation back, and until when; nothing when that time is over. */
export function HeldBack({ log }: { log: readonly LogLine[] }) {
  const say = usePhrases();
  const reason = heldBackBy(log, useNow(TICK_MILLISECONDS));
  return reason ? (
    <Alert status="warning" title={<InstantsInText text={say([reason])} />} />
  ) : null;
}
