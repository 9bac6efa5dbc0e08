import { z } from 'zod';
import { CloudUnderTest } from '../../testing/cloudUnderTest';
import { errors } from '../errors';
import { defineEffect } from './effect';
import type { ActionOptions } from './runner';

const ended: string[] = [];

const effect = (name: string, begin?: () => void) =>
  defineEffect({
    name: `test_${name}`,
    command: name,
    // Takes 7 to 17 seconds.
    latency: 'create_server',
    args: z.object({ label: z.string() }),
    begin,
    succeed: ({ label }) => void ended.push(label),
    fail: ({ label }, _context, { code }) =>
      void ended.push(`${label} ${code}`),
  });

const plain = effect('plain');
const refusing = effect('refusing', () => {
  throw errors.noSubnetAvailable();
});

const broken = effect('broken', () => {
  throw new TypeError('a mistake');
});

describe('actions', () => {
  let test: CloudUnderTest;

  beforeEach(() => {
    test = new CloudUnderTest();
    ended.length = 0;
  });
  afterEach(() => test.dispose());

  const start = (
    label: string,
    options: Partial<ActionOptions> = {},
    run = plain,
  ) =>
    test.cloud.runner.start(
      test.cloud.project('test'),
      run,
      { label },
      { resources: [{ type: 'server', id: 1 }], ...options },
    );

  it('run side by side and end when their time has come', () => {
    const actions = [start('a'), start('b'), start('c')];
    expect(actions.map(({ status }) => status)).toEqual(
      Array(3).fill('running'),
    );
    test.pass(6.9);
    expect(ended).toEqual([]);
    test.pass(10.1);
    expect([...ended].sort()).toEqual(['a', 'b', 'c']);
    for (const action of actions) {
      expect(action.status).toBe('success');
      expect(action.finished! - action.started).toBeCloseTo(
        action.seconds * 1000,
      );
    }
  });

  it('run one after another in a queue', () => {
    const actions = ['a', 'b', 'c'].map(label => start(label, { queue: 'q' }));
    test.pass(60);
    expect(ended).toEqual(['a', 'b', 'c']);
    const [a, b, c] = actions;
    expect(b.begun).toBe(a.finished);
    expect(c.begun).toBe(b.finished);
  });

  it('in another queue wait for nobody', () => {
    start('a', { queue: 'q' });
    const other = start('b', { queue: 'r' });
    expect(other.begun).not.toBeNull();
  });

  it('wait for those before them', () => {
    const first = start('a');
    const second = start('b', { after: [first] });
    expect(second.begun).toBeNull();
    test.pass(60);
    expect(ended).toEqual(['a', 'b']);
  });

  it('do not keep a queue from those that are ready', () => {
    const slow = start('slow');
    start('later', { queue: 'q', after: [slow] });
    const ready = start('ready', { queue: 'q' });
    expect(ready.begun).not.toBeNull();
  });

  it('are canceled when one before them fails', () => {
    const error = { code: 'boom', message: 'as asked' };
    const first = start('a', { fault: { error } });
    const second = start('b', { after: [first] });
    const third = start('c', { after: [second] });
    test.pass(60);
    expect(ended).toEqual(['a boom', 'b action_canceled', 'c action_canceled']);
    expect(first.error).toEqual({ code: 'boom', message: 'as asked' });
    expect(third.status).toBe('error');
  });

  it('may take longer, or never end by themselves', () => {
    const late = start('late', { fault: { hangSeconds: 100 } });
    const stuck = start('stuck', { fault: { hangSeconds: null }, queue: 'q' });
    start('behind', { queue: 'q' });
    test.pass(100);
    expect(ended).toEqual([]);
    test.pass(17);
    expect(ended).toEqual(['late']);
    expect([late.status, stuck.status]).toEqual(['success', 'running']);
    expect(test.cloud.runner.nextEnd()).toBeNull();
  });

  it('can be ended before their time, once they have begun', () => {
    const { runner } = test.cloud;
    const first = start('a', { queue: 'q' });
    const second = start('b', { queue: 'q' });
    expect(runner.endNow(second.id, null)).toBeUndefined();
    expect(runner.endNow(first.id, null)).toBe(first);
    expect([first.status, second.status]).toEqual(['success', 'running']);
    runner.endNow(second.id, { code: 'boom', message: 'as asked' });
    expect(ended).toEqual(['a', 'b boom']);
    expect(runner.endNow(second.id, null)).toBeUndefined();
  });

  it('that hang go on hanging after a restart', async () => {
    const { id } = start('a', { fault: { hangSeconds: null } });
    test.cloud.changed(test.cloud.project('test'));
    await test.restart();
    test.pass(1e6);
    expect(test.cloud.project('test').actions.get(id)?.status).toBe('running');
  });

  it('fail with the error that their effect meets', () => {
    const action = start('a', {}, refusing);
    expect(action).toMatchObject({
      status: 'error',
      error: { code: 'no_subnet_available' },
    });
    expect(ended).toEqual(['a no_subnet_available']);
  });

  it('fail, and are reported, when their effect has a mistake', () => {
    const action = start('a', {}, broken);
    expect(action.error).toEqual({
      code: 'unknown_error',
      message: 'internal error',
    });
    expect(test.problems).toEqual([expect.stringContaining('a mistake')]);
  });

  it('leave a queue that they fail in', () => {
    start('a', { queue: 'q' });
    const bad = start('b', { queue: 'q' }, refusing);
    start('c', { queue: 'q' });
    test.pass(60);
    expect(ended).toEqual(['a', 'b no_subnet_available', 'c']);
    expect(bad.status).toBe('error');
  });

  it('end sooner when the speed rises', () => {
    start('a');
    test.pass(1);
    test.change({ speed: 1000 });
    test.pass(0.02);
    expect(ended).toEqual(['a']);
  });

  it('go on after a restart, in their order', async () => {
    const first = start('a', { queue: 'q' });
    start('b', { queue: 'q' });
    start('c', { after: [first] });
    test.cloud.changed(test.cloud.project('test'));
    await test.restart();
    test.pass(60);
    expect(ended[0]).toBe('a');
    expect([...ended].sort()).toEqual(['a', 'b', 'c']);
  });

  it('end at once when their time came while nothing ran', async () => {
    start('a');
    test.cloud.changed(test.cloud.project('test'));
    test.cloud.runner.stop();
    test.pass(60);
    expect(ended).toEqual([]);
    await test.restart();
    test.pass(0);
    expect(ended).toEqual(['a']);
  });

  it('are on the record, with a new number when they end', () => {
    const { id } = start('a');
    const before = test.record.since(0);
    expect(before.actions).toMatchObject([
      { id, status: 'running', finishedAt: null },
    ]);
    test.pass(60);
    const after = test.record.since(before.seq);
    expect(after.actions).toMatchObject([
      { id, command: 'plain', status: 'success' },
    ]);
    expect(test.record.since(after.seq).actions).toEqual([]);
  });

  it('are remembered up to a number', () => {
    for (let count = 0; count < 2300; count += 1) {
      start('a');
      test.pass(17);
    }
    const { actions } = test.cloud.project('test');
    expect(actions.size).toBeGreaterThanOrEqual(2000);
    expect(actions.size).toBeLessThanOrEqual(2200);
  });
});
