import { Problem } from '../problem.mjs';

const controller = new AbortController();

/** Aborted when a signal asks this process to end. What runs is ended then, and cleaned up after. */
export const interruption = controller.signal;

/** Hears the signals that would end this process at once, with whole databases left behind. */
export function hearSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () =>
      controller.abort(
        new Problem('Interrupted. Nothing was changed, and nothing is left.'),
      ),
    );
  }
}
