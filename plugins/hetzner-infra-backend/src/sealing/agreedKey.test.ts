import fc from 'fast-check';
import { agreedKey } from './agreedKey';

type Ring = [string, ...string[]];

const rings = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  .map(ids => ids as Ring);

describe('agreedKey', () => {
  it.each<[string, Ring, string[][], string, boolean]>([
    ['alone', ['new', 'old'], [], 'new', true],
    [
      'beside one with the old key only',
      ['new', 'old'],
      [['old']],
      'old',
      false,
    ],
    ['as that one', ['old'], [['new', 'old']], 'old', false],
    [
      'beside one that knows both',
      ['new', 'old'],
      [['old', 'new']],
      'new',
      false,
    ],
    ['when all are the same', ['new', 'old'], [['new', 'old']], 'new', true],
    ['when another one dropped it', ['new', 'old'], [['new']], 'new', true],
    ['when nothing is common', ['new'], [['old']], 'new', false],
  ])('%s', (_, own, others, sealsWith, isAgreed) => {
    expect(agreedKey(own, others)).toEqual({ sealsWith, isAgreed });
  });

  it('never lets two backends seal again under different keys', () => {
    fc.assert(
      fc.property(rings, rings, (one, two) => {
        const both =
          agreedKey(one, [two]).isAgreed && agreedKey(two, [one]).isAgreed;
        expect(both && one[0] !== two[0]).toBe(false);
      }),
    );
  });

  it('seals with a key that all know whenever there is one', () => {
    fc.assert(
      fc.property(rings, fc.array(rings), (own, others) => {
        const common = own.filter(id => others.every(o => o.includes(id)));
        fc.pre(common.length > 0);
        expect(common).toContain(agreedKey(own, others).sealsWith);
      }),
    );
  });
});
