/**
 * Waits.
 *
 * @throws the signal's reason when it is aborted
 */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let cancel = () => {};
    const end = () => {
      cancel();
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    cancel = () => clearTimeout(timer);
    signal.addEventListener('abort', end, { once: true });
  });
}

/**
 * Asks again and again until there is an answer.
 *
 * @throws the signal's reason when it is aborted
 */
export async function until<Answer>(
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  everyMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(everyMs, signal);
  }
}
