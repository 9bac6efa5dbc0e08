/** Tells how far something is, 0 to 100 percent. */
export type OnProgress = (percent: number) => void;

/** Progress of a part of a change, from `from` to `to` percent of the whole. */
export function partOf(
  onProgress: OnProgress,
  from: number,
  to: number,
): OnProgress {
  return percent =>
    onProgress(Math.round(from + ((to - from) * percent) / 100));
}
