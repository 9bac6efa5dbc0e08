import type { KnownResources } from './ResourceDriver';
import { observedIds, referredIds } from './references';

const resource = (key: string, providerId: number, generation: number) => ({
  kind: 'certificate' as const,
  key,
  providerId,
  generation,
});

describe('observedIds', () => {
  const elder = resource('certificate', 1, 1);
  const younger = resource('certificate', 2, 2);

  it.each([
    ['in their order', [elder, younger]],
    ['in the other order', [younger, elder]],
  ])(
    'names the youngest generation by its key, seen %s',
    (_title, resources) => {
      const ids = observedIds(resources);
      expect(ids.keyOf('certificate', 2)).toBe('certificate');
      expect(ids.keyOf('certificate', 1)).toBe('superseded:1');
    },
  );

  it('names the elder of one generation by its key, as a plan keeps it', () => {
    const ids = observedIds([
      resource('certificate', 5, 1),
      resource('certificate', 3, 1),
      resource('certificate', 4, 1),
    ]);
    expect([3, 4, 5].map(id => ids.keyOf('certificate', id))).toEqual([
      'certificate',
      'superseded:4',
      'superseded:5',
    ]);
  });

  it('says what is foreign, also when another kind has the id', () => {
    const ids = observedIds([elder]);
    expect(ids.keyOf('certificate', 7)).toBe('foreign:7');
    expect(ids.keyOf('network', 1)).toBe('foreign:1');
  });
});

describe('referredIds', () => {
  const known: KnownResources = {
    idOf: (kind, key) => {
      if (key !== 'network') throw new Error(`There is no ${kind} ${key} yet`);
      return 9 as never;
    },
  };

  it('knows what a node refers to and nothing else', () => {
    const ids = referredIds(
      [
        ['network', 'network'],
        ['placement-group', null],
      ],
      known,
    );
    expect(ids.keyOf('network', 9)).toBe('network');
    expect(ids.keyOf('placement-group', 9)).toBe('foreign:9');
  });

  it('refuses a reference to what does not exist', () => {
    expect(() => referredIds([['firewall', 'missing']], known)).toThrow(
      'There is no firewall missing yet',
    );
  });
});
