import { Reachability } from './Reachability';

describe('Reachability', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000 }));
  afterEach(() => jest.useRealTimers());

  it('is lost since the last answer, and told once', () => {
    const reachability = new Reachability();
    const told = jest.fn();
    reachability.onChange(told);
    reachability.answered();
    expect(told).not.toHaveBeenCalled();

    jest.setSystemTime(5_000);
    reachability.unanswered();
    jest.setSystemTime(9_000);
    reachability.unanswered();
    expect(reachability.lostSince()).toBe(1_000);
    expect(told).toHaveBeenCalledTimes(1);

    reachability.answered();
    expect(reachability.lostSince()).toBeUndefined();
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('is one for each client', () => {
    const api = {};
    expect(Reachability.of(api)).toBe(Reachability.of(api));
    expect(Reachability.of(api)).not.toBe(Reachability.of({}));
  });
});
