/** A system image. */
export interface Image {
  id: number;
  name: string;
  description: string;
  flavor: 'ubuntu' | 'debian';
  version: string;
  architecture: 'x86' | 'arm';
  /** GB that a server's disk must have. */
  diskSize: number;
  created: string;
}

type Row = [
  name: string,
  description: string,
  version: string,
  x86: number,
  arm: number,
  created: string,
];

/** One name stands for two images, one per architecture. Ids: public dumps, arm of debian-13 inferred. */
const rows: Row[] = [
  [
    'ubuntu-22.04',
    'Ubuntu 22.04',
    '22.04',
    67794396,
    103908130,
    '2022-04-21T13:32:38Z',
  ],
  [
    'debian-12',
    'Debian 12',
    '12',
    114690387,
    114690389,
    '2023-06-13T06:00:14Z',
  ],
  [
    'ubuntu-24.04',
    'Ubuntu 24.04',
    '24.04',
    161547269,
    161547270,
    '2024-04-25T13:26:27Z',
  ],
  [
    'debian-13',
    'Debian 13',
    '13',
    310554929,
    310554930,
    '2025-08-11T07:30:00Z',
  ],
];

/** The system images, by id. */
export const images: readonly Image[] = rows
  .flatMap(([name, description, version, x86, arm, created]): Image[] => {
    const common = {
      name,
      description,
      version,
      created,
      flavor: name.startsWith('ubuntu')
        ? ('ubuntu' as const)
        : ('debian' as const),
      diskSize: 5,
    };
    return [
      { id: x86, architecture: 'x86', ...common },
      { id: arm, architecture: 'arm', ...common },
    ];
  })
  .sort((left, right) => left.id - right.id);

/** The image with this id, or with this name for the architecture. */
export function findImage(
  idOrName: string,
  architecture: 'x86' | 'arm',
): Image | undefined {
  return images.find(
    image =>
      String(image.id) === idOrName ||
      (image.name === idOrName && image.architecture === architecture),
  );
}

/** The image of an id that was checked when it was stored. */
export function imageWithId(id: number): Image {
  const image = images.find(candidate => candidate.id === id);
  if (!image) throw new Error(`The catalogue has no image ${id}`);
  return image;
}
