import type {
  LogEvent,
  ScaffolderApi,
} from '@backstage/plugin-scaffolder-react';
import type { HetznerInfraApi } from '../../api/HetznerInfraApi';
import { operationOfTask } from './operationOfTask';

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
  const operation = operationOfTask({
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
  return { operation, say, fail, listOperations, unsubscribe };
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

  it('passes on why nothing could be asked', async () => {
    const failing = harness();
    failing.listOperations.mockRejectedValue(new Error('No answer.'));
    failing.say('log', { message: 'Beginning step' });
    await expect(failing.operation).rejects.toThrow('No answer.');

    const silent = harness();
    silent.fail(new Error('The stream broke.'));
    await expect(silent.operation).rejects.toThrow('The stream broke.');
  });
});
