import { LOST_RETRY_MILLISECONDS, onceSeen } from './noAnswer';

describe('onceSeen', () => {
  let isHidden = false;
  const show = (hidden: boolean) => {
    isHidden = hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  };

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
    isHidden = false;
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('waits for its pause', () => {
    const then = jest.fn();
    onceSeen(then);
    jest.advanceTimersByTime(LOST_RETRY_MILLISECONDS - 1);
    expect(then).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('sleeps in a hidden tab until somebody looks, and asks once then', () => {
    const then = jest.fn();
    const added = jest.spyOn(document, 'addEventListener');
    const removed = jest.spyOn(document, 'removeEventListener');
    onceSeen(then);
    show(true);
    jest.advanceTimersByTime(LOST_RETRY_MILLISECONDS);
    expect(jest.getTimerCount()).toBe(0);
    show(true);
    expect(then).not.toHaveBeenCalled();
    show(false);
    show(true);
    show(false);
    expect(then).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });
});
