import fc from 'fast-check';
import { fillPath, queryString } from './requestUrl';

describe('fillPath', () => {
  it('fills placeholders in', () => {
    expect(fillPath('/servers/{id}/actions/poweron', { id: 42 })).toBe(
      '/servers/42/actions/poweron',
    );
    expect(fillPath('/servers')).toBe('/servers');
  });

  it.each([[{}], [{ id: undefined }], [{ id: '' }]])(
    'refuses %j, which would reach another path',
    parameters => {
      expect(() =>
        fillPath('/servers/{id}', parameters as Record<string, string>),
      ).toThrow('/servers/{id} needs a value for id');
    },
  );

  it('keeps every value within its segment', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), value => {
        const segments = fillPath('/a/{id}/b', { id: value }).split('/');
        expect(segments).toHaveLength(4);
        expect(decodeURIComponent(segments[2])).toBe(value);
      }),
    );
  });
});

describe('queryString', () => {
  it.each([
    [undefined, ''],
    [{}, ''],
    [{ name: undefined, page: null }, ''],
    [{ page: 2, per_page: 50 }, '?page=2&per_page=50'],
    [{ id: [1, 2, 3] }, '?id=1&id=2&id=3'],
    [{ include_deprecated: true }, '?include_deprecated=true'],
    [
      { label_selector: 'infra.xpeditis.com/key=web-1,!x' },
      '?label_selector=infra.xpeditis.com%2Fkey%3Dweb-1%2C%21x',
    ],
  ])('%j becomes %s', (parameters, expected) => {
    expect(queryString(parameters)).toBe(expected);
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ unit: 'grapheme' })),
        (one, many) => {
          const search = new URLSearchParams(queryString({ one, many }));
          expect(search.get('one')).toBe(one);
          expect(search.getAll('many')).toEqual(many);
        },
      ),
    );
  });
});
