import type { NoteCode, PhraseCode } from './codes';
import type { Phrase } from './schema/openapi/generated/models';

/** The code of a phrase that reads the same in every language, such as a server type. */
export const VERBATIM = 'verbatim';

/** A sentence, or a part of one, by what it says, what stands in it, and itself in English. */
export function phrase(
  code: PhraseCode,
  params: Record<string, string | number>,
  text: string,
): Phrase {
  return made(code, params, text);
}

/** What a driver notes about its change, by what it says. */
export function note(
  code: NoteCode,
  params: Record<string, string | number>,
  text: string,
): Phrase {
  return made(code, params, text);
}

function made(
  code: string,
  params: Record<string, string | number>,
  text: string,
): Phrase {
  return {
    code,
    params: Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, String(value)]),
    ),
    text,
  };
}

/** What reads the same in every language. */
export function verbatim(text: string): Phrase {
  return made(VERBATIM, {}, text);
}

/** Phrases as one English sentence. */
export function inEnglish(phrases: readonly Phrase[], between = ' '): string {
  return phrases.map(({ text }) => text).join(between);
}
