import fc from 'fast-check';
import {
  driftChanges,
  driftIn,
  isUndisturbed,
  isWatched,
  type DriftFinding,
  type SeenDrift,
  type Standing,
} from './drift';

const resource = (key: string, drift: string[], providerId?: string) => ({
  key,
  kind: 'server',
  name: `prod-${key}`,
  state: 'running',
  labels: {},
  drift,
  providerId,
});

const finding = (key: string, change: Partial<DriftFinding> = {}) => ({
  id: `finding ${key}`,
  kind: 'server',
  key,
  providerId: '7',
  name: `prod-${key}`,
  differences: ['It is off.'],
  foundAt: 1,
  lastSeenAt: 2,
  ...change,
});

describe('driftIn', () => {
  it('takes what differs, and what is missing without an id', () => {
    expect(
      driftIn([
        resource('web-1', ['It is off.'], '7'),
        resource('web-2', [], '8'),
        resource('web-3', ['It does not exist.']),
      ]),
    ).toEqual([
      {
        kind: 'server',
        key: 'web-1',
        providerId: '7',
        name: 'prod-web-1',
        differences: ['It is off.'],
      },
      expect.objectContaining({ key: 'web-3', providerId: '' }),
    ]);
  });
});

describe('driftChanges', () => {
  const seen = ({ id, foundAt, lastSeenAt, ...drift }: DriftFinding) => drift;

  it.each<[string, DriftFinding[], SeenDrift[], object]>([
    [
      'opens what is new',
      [],
      [seen(finding('web-1'))],
      { opened: [seen(finding('web-1'))], seen: [], gone: [] },
    ],
    [
      'keeps what is still there, with its new words',
      [finding('web-1')],
      [{ ...seen(finding('web-1')), differences: ['Its type is cx33.'] }],
      {
        opened: [],
        seen: [
          {
            id: 'finding web-1',
            name: 'prod-web-1',
            differences: ['Its type is cx33.'],
          },
        ],
        gone: [],
      },
    ],
    [
      'ends what is gone',
      [finding('web-1')],
      [],
      { opened: [], seen: [], gone: ['finding web-1'] },
    ],
    [
      'ends the missing one and opens its successor',
      [finding('web-1', { providerId: '' })],
      [seen(finding('web-1'))],
      {
        opened: [seen(finding('web-1'))],
        seen: [],
        gone: ['finding web-1'],
      },
    ],
  ])('%s', (_what, open, now, expected) => {
    expect(driftChanges(open, now)).toEqual(expected);
  });

  const drift = fc.record({
    kind: fc.constantFrom('server', 'network'),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    providerId: fc.constantFrom('', '1', '2'),
    name: fc.string(),
    differences: fc.array(fc.string(), { minLength: 1 }),
  });
  const id = (d: SeenDrift) => `${d.kind} ${d.key} ${d.providerId}`;
  const drifts = fc.uniqueArray(drift, { selector: id });
  const opened = drifts.map(all =>
    all.map(d => ({ ...d, id: id(d), foundAt: 1, lastSeenAt: 1 })),
  );

  it('leaves open exactly what is seen, and judges each finding once', () => {
    fc.assert(
      fc.property(opened, drifts, (open, now) => {
        const changes = driftChanges(open, now);
        const left = [
          ...changes.opened.map(id),
          ...changes.seen.map(({ id: open_ }) => open_),
        ];
        expect(left.sort()).toEqual(now.map(id).sort());
        expect(
          [...changes.seen.map(s => s.id), ...changes.gone].sort(),
        ).toEqual(open.map(o => o.id).sort());
      }),
    );
  });

  it('changes nothing but times when the same is seen again', () => {
    fc.assert(
      fc.property(opened, open => {
        const changes = driftChanges(open, open);
        expect(changes.opened).toEqual([]);
        expect(changes.gone).toEqual([]);
      }),
    );
  });
});

describe('when differences are drift', () => {
  const ready: Standing = {
    state: 'ready',
    revision: 2,
    appliedRevision: 2,
    operation: { id: 'o', isOver: true },
  };

  it.each<[string, Partial<Standing>, boolean]>([
    ['ready', {}, true],
    ['failed after it stood', { state: 'failed' }, true],
    [
      'failed before it stood',
      { state: 'failed', appliedRevision: undefined },
      false,
    ],
    ['being changed', { state: 'changing' }, false],
    ['worked on', { operation: { id: 'o', isOver: false } }, false],
    ['removed', { state: 'removed' }, false],
    ['adopted, without any operation', { operation: undefined }, true],
  ])('%s: %p', (_what, change, expected) => {
    expect(isWatched({ ...ready, ...change })).toBe(expected);
  });

  it.each<[string, Partial<Standing>, boolean]>([
    ['nothing', {}, true],
    [
      'another operation came and went',
      { operation: { id: 'p', isOver: true } },
      false,
    ],
    ['one began', { operation: { id: 'p', isOver: false } }, false],
    ['another revision is wanted', { revision: 3 }, false],
  ])(
    'a look during which %s happened counts: %p',
    (_what, change, expected) => {
      expect(isUndisturbed(ready, { ...ready, ...change })).toBe(expected);
    },
  );
});
