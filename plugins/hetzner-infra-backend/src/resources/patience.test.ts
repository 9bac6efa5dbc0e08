import { CloudError, hetznerCodes } from '../clouds/hetzner';
import { patiently } from './patience';

const failure = (code: string) =>
  new CloudError({
    code,
    message: `It failed with ${code}.`,
    outcome: 'refused',
    operation: { method: 'POST', path: '/servers/1/actions/attach_to_network' },
  });

const CODES = [hetznerCodes.ipNotAvailable];

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** Runs something that fails `times` times, while time flies. */
async function run(times: number, code: string = hetznerCodes.ipNotAvailable) {
  const logged: string[] = [];
  let attempts = 0;
  const result = patiently(
    async () => {
      attempts += 1;
      if (attempts <= times) throw failure(code);
      return 'done';
    },
    CODES,
    {
      signal: new AbortController().signal,
      log: ({ text }) => logged.push(text),
    },
  );
  const outcome = result.catch(error => error);
  await jest.runAllTimersAsync();
  return { outcome: await outcome, attempts, logged };
}

describe('patiently', () => {
  it('tries again until it succeeds, later each time, and says why', async () => {
    const { outcome, attempts, logged } = await run(6);
    expect({ outcome, attempts }).toEqual({ outcome: 'done', attempts: 7 });
    expect(logged).toEqual(
      [1, 2, 4, 8, 15, 15].map(
        seconds =>
          `Trying again in ${seconds} s. It failed with ip_not_available.`,
      ),
    );
  });

  it('gives up in the end', async () => {
    const { outcome, attempts, logged } = await run(Infinity);
    expect(outcome).toMatchObject({ code: hetznerCodes.ipNotAvailable });
    expect(attempts).toBe(12);
    expect(logged).toHaveLength(11);
  });

  it('does not try again what fails otherwise', async () => {
    const { outcome, attempts, logged } = await run(1, hetznerCodes.notFound);
    expect(outcome).toMatchObject({ code: hetznerCodes.notFound });
    expect({ attempts, logged }).toEqual({ attempts: 1, logged: [] });
  });
});
