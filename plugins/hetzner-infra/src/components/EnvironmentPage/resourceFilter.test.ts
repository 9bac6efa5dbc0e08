import { sampleResource } from '../../__testUtils__/samples';
import { matches } from './resourceFilter';

const server = sampleResource({
  key: 'web-2',
  state: 'off',
  drift: ['It is off; it should run.'],
});

it.each([
  ['', true],
  ['  ', true],
  ['WEB-2', true],
  ['server off', true],
  ['4711-web-2', true],
  ['10.0.1.2', true],
  ['infra.xpeditis.com/environment=xpeditis-prod', true],
  ['should run', true],
  ['web-3', false],
  ['server running', false],
])('finds a server that is off by %p: %p', (search, expected) => {
  expect(matches(server, search)).toBe(expected);
});
