import { sampleCatalogue } from '../__testUtils__/samples';
import { loadBalancerOffers, serverOffers } from './offers';

describe('serverOffers', () => {
  it.each<[string, [string, string | undefined][]]>([
    [
      'fsn1',
      [
        ['cx23', undefined],
        ['cx43', undefined],
        ['cx22', 'withdrawn'],
        ['cx53', 'sold-out'],
      ],
    ],
    [
      'hel1',
      [
        ['cax11', undefined],
        ['cx43', undefined],
      ],
    ],
    ['nowhere', []],
  ])(
    'lists in %s what can be ordered first, by price',
    (location, expected) => {
      const offers = serverOffers(sampleCatalogue, location);
      expect(offers.map(({ type, obstacle }) => [type.name, obstacle])).toEqual(
        expected,
      );
    },
  );
});

describe('loadBalancerOffers', () => {
  it.each([
    ['fsn1', ['lb11', 'lb21']],
    ['hel1', []],
  ])('lists in %s by price %p', (location, names) => {
    expect(
      loadBalancerOffers(sampleCatalogue, location).map(
        ({ type }) => type.name,
      ),
    ).toEqual(names);
  });
});
