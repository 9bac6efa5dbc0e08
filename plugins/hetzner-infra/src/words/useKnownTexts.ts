import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import { flatten } from '../translation/flatten';
import { backend } from '../translation/backend';

/** The values that each text needs, by its key. */
const NEEDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(flatten(backend)).map(([key, text]) => [
    key,
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name),
  ]),
);

/**
 * Finds a text by a key that the backend's answer makes; undefined where there is
 * none, or the answer lacks a value that stands in it.
 */
export type KnownTexts = (
  key: string,
  params?: Readonly<Record<string, string>>,
) => string | undefined;

/** The texts of a language for what the backend says, for where no hook can be used. */
export function knownTexts(
  t: TranslationFunction<(typeof hetznerInfraTranslationRef)['T']>,
): KnownTexts {
  return (key, params = {}) =>
    NEEDS.get(key)?.every(name => params[name] !== undefined)
      ? // Which values a text takes is known for keys that are written down only.
        (t as (known: string, values: object) => string)(key, params)
      : undefined;
}

/** The texts for what the backend says, by keys that are only known when it says it. */
export function useKnownTexts(): KnownTexts {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  return useMemo(() => knownTexts(t), [t]);
}
