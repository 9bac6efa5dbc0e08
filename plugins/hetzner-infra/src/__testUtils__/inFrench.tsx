import {
  errorApiRef,
  translationApiRef,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import french from '../translation/fr';

/** Whole texts with their values; of plural forms none is needed here. */
const t = (key: string, values: Record<string, string> = {}) =>
  (french as Record<string, string>)[key].replace(
    /\{\{(\w+)\}\}/g,
    (_, name) => values[name],
  );

const snapshot = { ready: true, t };

// The texts have types of their own, which a mock does without.
const frenchApi = {
  getTranslation: () => snapshot,
  translation$: () => ({
    subscribe: () => ({ unsubscribe() {}, closed: false }),
    [Symbol.observable]() {
      return this;
    },
  }),
} as unknown as TranslationApi;

/** What a hook gives to who reads French. */
export function inFrench<T>(useHook: () => T): T {
  return renderHook(useHook, {
    wrapper: ({ children }: PropsWithChildren) => (
      <TestApiProvider
        apis={[
          [translationApiRef, frenchApi],
          [errorApiRef, mockApis.error()],
        ]}
      >
        {children}
      </TestApiProvider>
    ),
  }).result.current;
}
