/** A disc that a server can boot from. */
export interface Iso {
  id: number;
  name: string;
  description: string;
  /** Null fits every architecture. */
  architecture: 'x86' | 'arm' | null;
}

/** Some of those that everybody can attach. Ids are inferred. */
export const isos: readonly Iso[] = [
  {
    id: 26023,
    name: 'netboot.xyz.iso',
    description: 'netboot.xyz',
    architecture: null,
  },
  {
    id: 122629,
    name: 'debian-13.1.0-amd64-netinst.iso',
    description: 'Debian 13.1 (amd64/netinstall)',
    architecture: 'x86',
  },
  {
    id: 122630,
    name: 'debian-13.1.0-arm64-netinst.iso',
    description: 'Debian 13.1 (arm64/netinstall)',
    architecture: 'arm',
  },
  {
    id: 122636,
    name: 'ubuntu-24.04.3-live-server-amd64.iso',
    description: 'Ubuntu 24.04.3 LTS (amd64/live server)',
    architecture: 'x86',
  },
];

/** The ISO with this id or name. */
export const findIso = (idOrName: string): Iso | undefined =>
  isos.find(({ id, name }) => name === idOrName || String(id) === idOrName);
