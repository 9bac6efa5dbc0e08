import { ManualClock } from '../__testUtils__/ManualClock';
import { LeaseLostError, type Hold } from './operation';
import { Slowness } from './Slowness';

const hold: Hold = {
  operationId: 'operation',
  lease: 'lease',
  aim: { kind: 'remove' },
};

function setUp(log = jest.fn().mockResolvedValue(undefined)) {
  const clock = new ManualClock();
  const slowness = new Slowness({ log }, clock);
  const tell = (seconds: number) =>
    slowness.tell(hold, new Date(clock.now() + seconds * 1000));
  return { log, clock, tell };
}

describe('Slowness', () => {
  it('is told once until the time that was told is over', async () => {
    const { log, clock, tell } = setUp();
    const until = new Date(clock.now() + 60_000).toISOString();
    tell(60);
    tell(70);
    expect(log).toHaveBeenCalledTimes(1);
    expect(log).toHaveBeenCalledWith(
      hold,
      expect.stringContaining(until),
      new Date(clock.now()),
      {
        phrase: expect.objectContaining({
          code: 'rate-limited',
          params: { until },
        }),
      },
    );
  });

  it('is told again when it lasts longer than was told', async () => {
    const { log, clock, tell } = setUp();
    tell(60);
    await clock.advance(60);
    tell(30);
    expect(log).toHaveBeenCalledTimes(2);
  });

  it('is not told when it is short', () => {
    const { log, tell } = setUp();
    tell(9);
    expect(log).not.toHaveBeenCalled();
  });

  it('fails nothing when the lease is lost', async () => {
    const unhandled = jest.fn();
    process.once('unhandledRejection', unhandled);
    const { tell } = setUp(
      jest.fn().mockRejectedValue(new LeaseLostError('operation')),
    );
    tell(60);
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
