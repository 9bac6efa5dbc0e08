import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Whether all words of a search stand somewhere in a resource: name, kind, state, ids, details or labels. */
export function matches(resource: Resource, search: string): boolean {
  const { kind, name, key, state, providerId = '' } = resource;
  const text = [
    kind,
    name,
    key,
    state,
    providerId,
    ...Object.values(resource.details ?? {}),
    ...Object.entries(resource.labels).map(([label, of]) => `${label}=${of}`),
    ...resource.drift,
  ]
    .join('\n')
    .toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
