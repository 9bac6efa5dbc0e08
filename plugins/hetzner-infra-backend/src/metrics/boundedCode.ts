import { hetznerCodes, ownCodes } from '../clouds/hetzner';

const known = new Set<string>([
  ...Object.values(hetznerCodes),
  ...Object.values(ownCodes),
  'internal',
]);

/** A code as a label: what the provider invents tomorrow is `other`, so that labels stay few. */
export function boundedCode(code: string): string {
  return known.has(code) ? code : 'other';
}
