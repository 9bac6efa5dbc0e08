const LOOK_PAUSE_MILLISECONDS = 50;
const PATIENCE_SECONDS = 90;

/**
 * Looks again and again until something is true.
 *
 * @template T
 * @param {string} what is waited for, for the message when it does not come
 * @param {() => Promise<T> | T} look a falsy result means not yet
 * @param {{ pauseMilliseconds?: number, patienceSeconds?: number }} options
 * @returns {Promise<T>} what the last look saw
 * @throws Error when patience ends
 */
export async function until(
  what,
  look,
  {
    pauseMilliseconds = LOOK_PAUSE_MILLISECONDS,
    patienceSeconds = PATIENCE_SECONDS,
  } = {},
) {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) {
      throw new Error(`Waited ${patienceSeconds} s in vain for ${what}.`);
    }
    await new Promise(resolve => setTimeout(resolve, pauseMilliseconds));
  }
}
