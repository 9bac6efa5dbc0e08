import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { messages } from './translation/messages';

/**
 * Every text of the plugin: English, and French for those who choose it in their settings.
 * Titles of the page's own tabs stand in `plugin.tsx`, because extensions are not translated.
 */
export const hetznerInfraTranslationRef = createTranslationRef({
  id: 'plugin.hetzner-infra',
  messages,
  translations: { fr: async () => await import('./translation/fr') },
});
