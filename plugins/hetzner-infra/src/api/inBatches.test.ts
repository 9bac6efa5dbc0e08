import { inBatches } from './inBatches';

describe('inBatches', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function counted() {
    const ends: (() => void)[] = [];
    const call = jest.fn(
      () =>
        new Promise<void>(resolve => {
          ends.push(resolve);
        }),
    );
    return { call, end: () => ends.shift()?.() };
  }

  it('makes two calls of a burst, never two at once', async () => {
    const { call, end } = counted();
    const ask = inBatches(call, 1_000);
    for (let event = 0; event < 300; event += 1) ask();
    expect(call).toHaveBeenCalledTimes(1);

    // The pause is over, the call is not.
    await jest.advanceTimersByTimeAsync(5_000);
    expect(call).toHaveBeenCalledTimes(1);

    end();
    await jest.advanceTimersByTimeAsync(0);
    expect(call).toHaveBeenCalledTimes(2);

    end();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('waits for the pause although the call has ended', async () => {
    const { call, end } = counted();
    const ask = inBatches(call, 1_000);
    ask();
    end();
    ask();
    await jest.advanceTimersByTimeAsync(999);
    expect(call).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('calls at once again after a quiet time, also when a call failed', async () => {
    const call = jest.fn(async () => {
      throw new Error('no answer');
    });
    const ask = inBatches(call, 1_000);
    ask();
    await jest.advanceTimersByTimeAsync(1_000);
    ask();
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('forgets who asked when it is cancelled', async () => {
    const { call, end } = counted();
    const ask = inBatches(call, 1_000);
    ask();
    ask();
    ask.cancel();
    end();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(call).toHaveBeenCalledTimes(1);
  });
});
