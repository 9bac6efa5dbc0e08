/**
 * Makes a call wait for the one before it, so that an older answer never comes after a newer one.
 * However often it is asked for meanwhile, one more call follows and answers all of them.
 */
export function oneAtATime(call: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    current = call().finally(() => {
      current = undefined;
    });
    return current;
  };
  const runNext = () => {
    next = undefined;
    return run();
  };
  return () => {
    if (!current) return run();
    next ??= current.then(runNext, runNext);
    return next;
  };
}
