import {
  errorApiRef,
  translationApiRef,
  type TranslationApi,
  type TranslationSnapshot,
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

const snapshot = { ready: true, t } as unknown as TranslationSnapshot<any>;

const frenchApi: TranslationApi = {
  getTranslation: () => snapshot,
  translation$: () => ({
    subscribe: () => ({ unsubscribe() {}, closed: false }),
    [Symbol.observable]() {
      return this;
    },
  }),
};

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
