import type { EnvironmentDocument } from './document';

/** A part of a document and where it stands in it. */
export interface DocumentPart {
  path: string;
  name: string;
}

/**
 * Parts that the document asks for and that no driver builds yet. They are
 * checked and priced, and left out of graph and plan. Whoever builds a part
 * takes it out of this list.
 */
export function partsNotBuilt(
  environment: EnvironmentDocument,
): DocumentPart[] {
  const { spec } = environment;
  const parts: (DocumentPart | false)[] = [
    spec.edge !== undefined && {
      path: 'spec.edge',
      name: 'The Cloudflare edge',
    },
    spec.data?.postgres !== undefined && {
      path: 'spec.data.postgres',
      name: 'PostgreSQL',
    },
    spec.data?.redis !== undefined && {
      path: 'spec.data.redis',
      name: 'Redis',
    },
    spec.workloads !== undefined && {
      path: 'spec.workloads',
      name: 'The Xpeditis workloads',
    },
    spec.addons !== undefined && {
      path: 'spec.addons',
      name: 'The cluster’s add-ons',
    },
  ];
  return parts.filter(part => part !== false);
}
