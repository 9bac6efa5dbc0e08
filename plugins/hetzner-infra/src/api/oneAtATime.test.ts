import { oneAtATime, Turns } from './oneAtATime';

/** A call whose answers are given by hand. */
function harness() {
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const call = jest.fn(
    () =>
      new Promise<void>((resolve, reject) => {
        answers.push({ resolve, reject });
      }),
  );
  return { call, answers, ask: oneAtATime(call) };
}

describe('oneAtATime', () => {
  it('has one call under way, and makes one more for all who asked meanwhile', async () => {
    const { call, answers, ask } = harness();
    const first = ask();
    const others = [ask(), ask(), ask()];
    expect(call).toHaveBeenCalledTimes(1);
    answers[0].resolve();
    await first;
    expect(call).toHaveBeenCalledTimes(2);
    answers[1].resolve();
    await Promise.all(others);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('goes on after a call that failed', async () => {
    const { call, answers, ask } = harness();
    const first = ask();
    const second = ask();
    answers[0].reject(new Error('No answer.'));
    await expect(first).rejects.toThrow('No answer.');
    answers[1].resolve();
    await second;
    const third = ask();
    answers[2].resolve();
    await third;
    expect(call).toHaveBeenCalledTimes(3);
  });
});

describe('Turns', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('keeps calls of one key apart by a pause, and others out of it', async () => {
    const turns = new Turns<string>(1_000);
    const calls: string[] = [];
    const ask = (key: string) =>
      turns.ask(key, async () => {
        calls.push(key);
      });
    ask('list');
    ask('list');
    ask('badge');
    expect(calls).toEqual(['list', 'badge']);
    await jest.advanceTimersByTimeAsync(999);
    expect(calls).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(calls).toEqual(['list', 'badge', 'list']);
  });

  it('tells all who asked meanwhile what the one call for them told', async () => {
    const turns = new Turns<string>(1_000);
    turns.ask('list', async () => {});
    const fails = async () => {
      throw new Error('No answer.');
    };
    const asked = [turns.ask('list', fails), turns.ask('list', fails)].map(
      each => expect(each).rejects.toThrow('No answer.'),
    );
    await jest.advanceTimersByTimeAsync(2_000);
    await Promise.all(asked);
  });
});
