import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** Where the guide stands, from `hetznerInfra.docsUrl`; undefined where the portal has none. */
export function useDocsUrl(): string | undefined {
  const url = useApi(configApiRef).getOptionalString('hetznerInfra.docsUrl');
  return url && /^https?:\/\//.test(url) ? url : undefined;
}
