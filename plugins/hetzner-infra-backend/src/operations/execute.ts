import {
  changeId,
  effective,
  type Change,
  type Plan,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A change that did not succeed. */
export interface FailedChange {
  change: Change;
  error: unknown;
}

/**
 * Performs the changes of a plan, each as soon as what it needs is done, so
 * that everything that can run at once does. After the first failure nothing
 * new is started; what runs is waited for, because a call in flight may still
 * have an effect. What failed is returned.
 *
 * @param perform - rejects when its change failed
 * @throws Error when changes wait for each other, after all others were made
 */
export async function execute(
  plan: Plan,
  perform: (change: Change) => Promise<void>,
): Promise<FailedChange[]> {
  const waiting = new Map(
    effective(plan).map(change => [changeId(change), change]),
  );
  const unfinished = new Set(waiting.keys());
  const failures: FailedChange[] = [];

  const isReady = (change: Change) =>
    !change.needs.some(need => unfinished.has(need));

  const run = async (id: string, change: Change) => {
    try {
      await perform(change);
      unfinished.delete(id);
    } catch (error) {
      failures.push({ change, error });
    }
    await runAllReady();
  };

  async function runAllReady(): Promise<void> {
    if (failures.length > 0) return;
    const ready = [...waiting].filter(([, change]) => isReady(change));
    ready.forEach(([id]) => waiting.delete(id));
    await Promise.all(ready.map(([id, change]) => run(id, change)));
  }
  await runAllReady();

  if (failures.length === 0 && waiting.size > 0) {
    throw new Error(
      `The plan has a cycle: ${[...waiting.keys()].join(
        ', ',
      )} wait for each other`,
    );
  }
  return failures;
}
