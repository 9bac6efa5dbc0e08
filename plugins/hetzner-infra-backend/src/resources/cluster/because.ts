import {
  phrase,
  type Phrase,
  type PhraseCode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Statements that have a twin with a reason. */
type Reasoned = {
  [Code in PhraseCode]: `${Code}-because` extends PhraseCode ? Code : never;
}[PhraseCode];

/**
 * A statement, with its reason where one is known: `<code>-because` then. The
 * reason is the cluster's own sentence, which nobody translates.
 */
export function because(
  code: Reasoned,
  params: Record<string, string | number>,
  statement: string,
  reason: string,
): Phrase {
  if (!reason) return phrase(code, params, `${statement}.`);
  const ended = /[.!?…]$/.test(reason) ? reason : `${reason}.`;
  return phrase(
    `${code}-because`,
    { ...params, reason: ended },
    `${statement}: ${ended}`,
  );
}
