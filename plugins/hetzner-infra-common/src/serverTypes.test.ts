import { chooseServerType } from './serverTypes';
import { catalogue } from './testing/catalogue';

const choose = (asked: string | string[], location = 'fsn1') =>
  chooseServerType({ asked, location, catalogue });

describe('chooseServerType', () => {
  it.each([
    ['the successor of a retired type', 'cx22', 'cx23', /no longer sold/],
    [
      'the successor of a type that left the list',
      'cx32',
      'cx43',
      /cheapest in fsn1/,
    ],
    [
      'the next alternative when the first is sold out',
      ['cx33', 'cx43'],
      'cx43',
      /cx33 cannot be ordered in fsn1 now; it can in nbg1/,
    ],
  ])('takes %s', (_, asked, chosen, reason) => {
    expect(choose(asked)).toMatchObject({
      choice: { chosen, reason: expect.stringMatching(reason) },
    });
  });

  it('takes what is sold, and gives no reason', () => {
    expect(choose('cx43')).toMatchObject({
      choice: { chosen: 'cx43', reason: null },
    });
  });

  it('takes a successor of the same architecture and kind of CPU only', () => {
    // cax11 and cpx22 are large enough too; the first has another architecture, the second costs more.
    expect(choose('cx22')).toMatchObject({ choice: { chosen: 'cx23' } });
  });

  it('says where a sold-out type can be had', () => {
    expect(choose('cx33')).toEqual({
      obstacles: [
        expect.objectContaining({
          message: 'cx33 cannot be ordered in fsn1 now; it can in nbg1.',
        }),
      ],
    });
  });

  it('names a type that never was', () => {
    expect(choose('cx99')).toEqual({
      obstacles: [
        {
          code: 'server-type-unknown',
          params: { type: 'cx99' },
          message: 'The provider has no server type cx99.',
        },
      ],
    });
  });

  it('keeps a recorded choice while the question is the same', () => {
    const recorded = {
      asked: ['cx33'],
      location: 'fsn1',
      chosen: 'cx33',
      reason: null,
    };
    expect(
      chooseServerType({
        asked: 'cx33',
        location: 'fsn1',
        catalogue,
        recorded,
      }),
    ).toMatchObject({ choice: recorded });
    expect(
      chooseServerType({
        asked: ['cx33', 'cx43'],
        location: 'fsn1',
        catalogue,
        recorded,
      }),
    ).toMatchObject({ choice: { chosen: 'cx43' } });
  });
});
