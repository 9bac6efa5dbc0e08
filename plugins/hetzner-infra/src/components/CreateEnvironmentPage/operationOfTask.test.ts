import type {
  LogEvent,
  ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import type { HetznerInfraApi } from '../../api/HetznerInfraApi';
import { operationOfTask, UnknownOutcome } from './operationOfTask';

const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  );

type Listener = Parameters<
  ReturnType<ScaffolderApi['streamLogs']>['subscribe']
>[0];

/** A task whose events are sent by hand, and a backend whose operations are. */
function harness() {
  let listener: Listener;
  const unsubscribe = jest.fn();
  const listOperations = jest.fn(
    async (_: object): Promise<{ id: string }[]> => [],
  );
  const leave = new AbortController();
  const operation = operationOfTask({
    signal: leave.signal,
    taskId: 'task-1',
    environment: 'shop',
    step: 'create',
    scaffolder: {
      streamLogs: () => ({
        subscribe: (given: Listener) => {
          listener = given;
          return { unsubscribe };
        },
      }),
    } as unknown as ScaffolderApi,
    infra: { listOperations } as unknown as HetznerInfraApi,
  });
  const say = (type: LogEvent['type'], body: object) =>
    (listener as any).next({
      type,
      body,
      id: 1,
      taskId: 'task-1',
      createdAt: '',
    });
  const fail = (error: Error) => (listener as any).error(error);
  const complete = () => (listener as any).complete();
  return {
    operation,
    say,
    fail,
    complete,
    leave,
    listOperations,
    unsubscribe,
  };
}

describe('operationOfTask', () => {
  it('looks whenever the task says something, until the operation is there', async () => {
    const { operation, say, listOperations, unsubscribe } = harness();
    expect(listOperations).not.toHaveBeenCalled();
    say('log', { message: 'Beginning step' });
    listOperations.mockResolvedValueOnce([]);
    listOperations.mockResolvedValueOnce([{ id: 'op-1' }]);
    say('log', { message: 'Creating shop' });
    await expect(operation).resolves.toBe('op-1');
    expect(listOperations).toHaveBeenCalledTimes(2);
    expect(listOperations).toHaveBeenCalledWith({
      requestId: 'task-1:create:shop',
      limit: 1,
    });
    expect(unsubscribe).toHaveBeenCalled();
  });

  it('finds the operation of a task that ended at once', async () => {
    const { operation, say, listOperations } = harness();
    listOperations.mockResolvedValue([{ id: 'op-1' }]);
    say('completion', { message: 'Run completed with status: completed' });
    await expect(operation).resolves.toBe('op-1');
  });

  it('says why a task ended without one', async () => {
    const { operation, say } = harness();
    say('completion', {
      message: 'Run completed with status: failed',
      error: { name: 'ConflictError', message: 'The name shop is in use.' },
    });
    await expect(operation).rejects.toThrow('The name shop is in use.');
  });

  it('says that a task was cancelled', async () => {
    const { operation, say } = harness();
    say('cancelled', { message: 'Task has been cancelled' });
    await expect(operation).rejects.toThrow('Task has been cancelled');
  });

  it('makes up for a look that failed by the next one', async () => {
    const { operation, say, listOperations } = harness();
    listOperations.mockRejectedValueOnce(new Error('No answer.'));
    listOperations.mockResolvedValueOnce([{ id: 'op-1' }]);
    say('log', { message: 'Beginning step' });
    say('log', { message: 'Creating shop' });
    await expect(operation).resolves.toBe('op-1');
  });

  it('does not know what became of a task when the last look fails', async () => {
    const { operation, say, listOperations } = harness();
    listOperations.mockRejectedValue(new Error('No answer.'));
    say('completion', { message: 'Run completed with status: completed' });
    expect(await reasonOf(operation)).toBeInstanceOf(UnknownOutcome);
  });

  it.each<[string, (task: ReturnType<typeof harness>) => void]>([
    ['breaks', task => task.fail(new Error('The stream broke.'))],
    ['ends before the task', task => task.complete()],
  ])('looks once more when the stream %s', async (_how, stop) => {
    const found = harness();
    found.listOperations.mockResolvedValue([{ id: 'op-1' }]);
    stop(found);
    await expect(found.operation).resolves.toBe('op-1');

    const lost = harness();
    stop(lost);
    expect(await reasonOf(lost.operation)).toBeInstanceOf(UnknownOutcome);
  });

  it('ends the wait when it is left, and looks no more', async () => {
    const { operation, say, leave, listOperations, unsubscribe } = harness();
    leave.abort();
    expect(await reasonOf(operation)).toBe(leave.signal.reason);
    expect(unsubscribe).toHaveBeenCalled();
    say('log', { message: 'Beginning step' });
    expect(listOperations).not.toHaveBeenCalled();
  });
});
