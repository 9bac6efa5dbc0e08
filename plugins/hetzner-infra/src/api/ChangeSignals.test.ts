import {
  SIGNAL_PULSE_SECONDS,
  type ChangeSignal,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { ChangeSignals, type Watcher } from './ChangeSignals';

const pulse: ChangeSignal = { environments: [], resources: [] };
const changed = (...environments: string[]): ChangeSignal => ({
  environments,
  resources: environments,
});

describe('ChangeSignals', () => {
  const listeners = new Set<(message: any) => void>();
  const api = {
    subscribe: jest.fn((_channel: string, onMessage: (m: any) => void) => {
      listeners.add(onMessage);
      return { unsubscribe: () => listeners.delete(onMessage) };
    }),
  };
  let signals: ChangeSignals;
  let isHidden: boolean;
  const leaves: (() => void)[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    listeners.clear();
    api.subscribe.mockClear();
    isHidden = false;
    jest.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
    signals = new ChangeSignals(api);
  });
  afterEach(() => {
    leaves.splice(0).forEach(leave => leave());
    jest.runOnlyPendingTimers();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const watch = (each: Watcher) => {
    const leave = signals.watch(each);
    leaves.push(leave);
    return leave;
  };

  const say = (signal: ChangeSignal) =>
    listeners.forEach(listener => listener(signal));

  const show = (hidden: boolean) => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };

  const watcher = (
    id: string,
    reload: jest.Mock<Promise<void>, []> = jest.fn(async () => {}),
  ) => ({
    key: id,
    concerns: ({ environments }: ChangeSignal) => environments.includes(id),
    reload,
  });

  /** Watches with a socket that works; what was reloaded for its start is forgotten. */
  const watchLive = async (...watchers: ReturnType<typeof watcher>[]) => {
    watchers.forEach(each => watch(each));
    say(pulse);
    await jest.advanceTimersByTimeAsync(2_000);
    watchers.forEach(({ reload }) => reload.mockClear());
  };

  it('reloads what a signal concerns, and nothing else', async () => {
    const one = watcher('one');
    const two = watcher('two');
    await watchLive(one, two);

    say(changed('one'));

    expect(one.reload).toHaveBeenCalledTimes(1);
    expect(two.reload).not.toHaveBeenCalled();
  });

  it('reloads once what several parts of a page show', async () => {
    const list = watcher('one');
    const badge = watcher('one');
    await watchLive(list, badge);

    say(changed('one'));

    expect(list.reload.mock.calls.length + badge.reload.mock.calls.length).toBe(
      1,
    );
  });

  it('reloads at most once a second, and once more after the last change', async () => {
    const one = watcher('one');
    await watchLive(one);

    for (let i = 0; i < 10; i += 1) say(changed('one'));
    expect(one.reload).toHaveBeenCalledTimes(1);

    await jest.advanceTimersByTimeAsync(5_000);
    expect(one.reload).toHaveBeenCalledTimes(2);
  });

  it('waits for an answer before it asks again', async () => {
    let answer = () => {};
    const slow = watcher(
      'one',
      jest.fn(
        () =>
          new Promise<void>(resolve => {
            answer = resolve;
          }),
      ),
    );
    watch(slow);
    say(pulse);
    say(changed('one'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(slow.reload).toHaveBeenCalledTimes(1);

    answer();
    await jest.advanceTimersByTimeAsync(0);
    expect(slow.reload).toHaveBeenCalledTimes(2);
  });

  it('goes on after a reload that failed', async () => {
    const one = watcher('one');
    await watchLive(one);
    one.reload.mockRejectedValueOnce(new Error('away'));

    say(changed('one'));
    await jest.advanceTimersByTimeAsync(2_000);
    say(changed('one'));

    expect(one.reload).toHaveBeenCalledTimes(2);
  });

  it('is live from the first message on, and reads then what it may have missed', () => {
    const one = watcher('one');
    const told = jest.fn();
    signals.onLive(told);
    watch(one);
    expect(signals.isLive()).toBe(false);

    say(pulse);

    expect(signals.isLive()).toBe(true);
    expect(told).toHaveBeenCalledTimes(1);
    expect(one.reload).toHaveBeenCalledTimes(1);
  });

  it('stays live as long as the pulse beats', async () => {
    watch(watcher('one'));
    for (let beat = 0; beat < 10; beat += 1) {
      say(pulse);
      await jest.advanceTimersByTimeAsync(SIGNAL_PULSE_SECONDS * 1000);
    }

    expect(signals.isLive()).toBe(true);
    expect(api.subscribe).toHaveBeenCalledTimes(1);
  });

  it('takes a silent socket for dead and opens another one', async () => {
    const one = watcher('one');
    watch(one);
    say(pulse);
    await jest.advanceTimersByTimeAsync(SIGNAL_PULSE_SECONDS * 3_000);
    // Once for the first pulse, once to find out whether the backend is away.
    expect(one.reload).toHaveBeenCalledTimes(2);

    expect(signals.isLive()).toBe(false);
    expect(listeners.size).toBe(1);
    expect(api.subscribe).toHaveBeenCalledTimes(2);
  });

  it('finds out once whether the backend is there when no socket ever works', async () => {
    const one = watcher('one');
    watch(one);
    await jest.advanceTimersByTimeAsync(SIGNAL_PULSE_SECONDS * 30_000);

    expect(signals.isLive()).toBe(false);
    expect(one.reload).toHaveBeenCalledTimes(1);
  });

  it('does nothing in a hidden tab, and catches up when it is seen again', async () => {
    const one = watcher('one');
    await watchLive(one);

    show(true);
    expect(listeners.size).toBe(0);
    expect(signals.isLive()).toBe(false);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(one.reload).not.toHaveBeenCalled();
    expect(listeners.size).toBe(0);

    show(false);
    expect(one.reload).toHaveBeenCalledTimes(1);
    expect(listeners.size).toBe(1);
  });

  it('does not begin to listen in a hidden tab', () => {
    isHidden = true;
    watch(watcher('one'));

    expect(api.subscribe).not.toHaveBeenCalled();
  });

  it('keeps the socket from page to page, and lets go of it when nobody needs it', async () => {
    const leave = watch(watcher('one'));
    leave();
    await jest.advanceTimersByTimeAsync(100);
    const leaveAgain = watch(watcher('two'));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(listeners.size).toBe(1);

    leaveAgain();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(listeners.size).toBe(0);
  });

  it('is never live in an app without signals, and still catches up', () => {
    signals = ChangeSignals.of(undefined);
    const one = watcher('one');
    watch(one);

    show(true);
    show(false);

    expect(signals.isLive()).toBe(false);
    expect(one.reload).toHaveBeenCalledTimes(1);
  });

  it('is one for each app', () => {
    expect(ChangeSignals.of(api)).toBe(ChangeSignals.of(api));
    expect(ChangeSignals.of(api)).not.toBe(ChangeSignals.of(undefined));
  });
});
