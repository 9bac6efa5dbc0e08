import { sampleEnvironment } from '../../__testUtils__/samples';
import { expiryStanding, extendedBy } from './expiryStanding';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const until = (expiresAt: string, change = {}) =>
  sampleEnvironment({ expiresAt, ...change });
const protectedOne = { document: { metadata: { protected: true } } };

it.each([
  ['without an end', sampleEnvironment(), undefined],
  ['a week left', until('2026-11-30T12:00:00Z'), 'far'],
  ['a day left', until('2026-11-24T12:00:00Z'), 'soon'],
  ['over', until('2026-11-23T12:00:00Z'), 'over'],
  ['over, protected', until('2026-11-23T11:00:00Z', protectedOne), 'protected'],
  ['soon, protected', until('2026-11-23T13:00:00Z', protectedOne), 'far'],
  ['going', until('2026-11-23T11:00:00Z', { state: 'removing' }), undefined],
])('an environment %s', (_what, environment, expected) => {
  expect(expiryStanding(environment, NOW)).toBe(expected);
});

it('extends from the end, or from now when it is over', () => {
  expect(extendedBy(1, '2026-11-30T12:00:00Z', NOW)).toBe(
    '2026-12-01T12:00:00.000Z',
  );
  expect(extendedBy(7, '2026-11-01T12:00:00Z', NOW)).toBe(
    '2026-11-30T12:00:00.000Z',
  );
});
