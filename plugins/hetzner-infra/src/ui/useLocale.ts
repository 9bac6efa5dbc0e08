import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';

/** The language that the app is shown in; figures and times are written its way. */
export function useLocale(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}
