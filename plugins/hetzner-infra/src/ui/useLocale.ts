import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useSyncExternalStore } from 'react';

/** The language that the app is shown in; figures and times are written its way. */
export function useLocale(): string {
  const languageApi = useApi(appLanguageApiRef);
  return useSyncExternalStore(
    useCallback(
      onChange => {
        const subscription = languageApi.language$().subscribe(onChange);
        return () => subscription.unsubscribe();
      },
      [languageApi],
    ),
    () => languageApi.getLanguage().language,
  );
}
