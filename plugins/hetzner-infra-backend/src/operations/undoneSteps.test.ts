import type { Step } from './operation';
import { stepsBegun, stepsThatStand } from './undoneSteps';

const step = (
  words: string,
  state: Step['state'] = 'succeeded',
  kind = 'server',
): Step => {
  const [change, key] = words.split(' ') as [Step['change'], string];
  return { id: `${words} ${state}`, key, kind, change, title: words, state };
};
const words = (steps: Step[]) => steps.map(({ title }) => title);

describe('stepsThatStand', () => {
  it.each<[string, Step[], string[]]>([
    ['what was made', [step('create web-1')], ['create web-1']],
    [
      'what is being made, and not what waits or failed',
      [
        step('create web-1', 'running'),
        step('create web-2', 'waiting'),
        step('create web-3', 'failed'),
      ],
      ['create web-1'],
    ],
    ['not what was removed', [step('create web-1'), step('remove web-1')], []],
    [
      'what was made again after its removal',
      [step('create web-1'), step('remove web-1'), step('replace web-1')],
      ['replace web-1'],
    ],
    [
      'a resource once, however often it was changed',
      [step('create web-1'), step('update web-1')],
      ['update web-1'],
    ],
    [
      'kinds apart',
      [step('create web'), step('remove web', 'succeeded', 'firewall')],
      ['create web'],
    ],
    ['nothing that was only kept', [step('keep web-1')], []],
  ])('is %s', (_what, steps, standing) => {
    expect(words(stepsThatStand(steps))).toEqual(standing);
  });
});

describe('stepsBegun', () => {
  it('is what one operation did, removals too', () => {
    expect(
      words(
        stepsBegun([
          step('create web-3'),
          step('remove web-2', 'running'),
          step('update load-balancer', 'waiting'),
        ]),
      ),
    ).toEqual(['create web-3', 'remove web-2']);
  });
});
