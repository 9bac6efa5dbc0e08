import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Whether the document protects the environment against removal. */
export function isProtected({
  document,
}: Pick<Environment, 'document'>): boolean {
  return document.metadata?.protected === true;
}
