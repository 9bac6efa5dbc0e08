import type { KnownTexts } from './useKnownTexts';

/** A change by what it does to which resource; undefined for a kind or a change without words of ours. */
export function changeTitle(
  textOf: KnownTexts,
  { change, kind, name }: { change: string; kind: string; name: string },
): string | undefined {
  const resource = textOf(`resourceNoun.${kind}`);
  return resource && textOf(`changeTitle.${change}`, { resource, name });
}
