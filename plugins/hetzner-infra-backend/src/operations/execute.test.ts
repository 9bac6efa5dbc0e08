import type { Change } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import { execute } from './execute';

const change = (key: string, needs: string[], type = 'create'): Change =>
  ({ key, needs, kind: 'server', change: type } as unknown as Change);

/** Plans without cycles: each change may need earlier ones. */
const anyPlan = fc
  .array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 20 })
  .map(rows =>
    rows.map((needs, index) =>
      change(
        `c${index}`,
        [...new Set(needs)].filter(n => n < index).map(n => `c${n}`),
      ),
    ),
  );

describe('execute', () => {
  it('performs every change once, after all that it needs', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.scheduler(), async (plan, scheduler) => {
        const done: string[] = [];
        const performed = execute(plan, async ({ key, needs }) => {
          expect(done).toEqual(expect.arrayContaining(needs));
          await scheduler.schedule(Promise.resolve(), key);
          done.push(key);
        });
        await scheduler.waitFor(performed);
        expect(await performed).toEqual([]);
        expect([...done].sort()).toEqual(plan.map(({ key }) => key).sort());
      }),
    );
  });

  it('runs at once whatever does not wait for anything', async () => {
    const started: string[] = [];
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const performed = execute(
      [change('a', []), change('b', []), change('c', ['a'])],
      async ({ key }) => {
        started.push(key);
        await gate;
      },
    );
    expect(started).toEqual(['a', 'b']);
    release();
    await performed;
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('starts nothing new after a failure and waits for what runs', async () => {
    const finished: string[] = [];
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const performed = execute(
      [
        change('bad', []),
        change('slow', []),
        change('after-slow', ['slow']),
        change('after-bad', ['bad']),
      ],
      async ({ key }) => {
        if (key === 'bad') throw new Error('no capacity');
        await gate;
        finished.push(key);
      },
    );
    release();
    expect(await performed).toEqual([
      {
        change: expect.objectContaining({ key: 'bad' }),
        error: new Error('no capacity'),
      },
    ]);
    expect(finished).toEqual(['slow']);
  });

  it('does not perform what is kept, and does not wait for it', async () => {
    const performed: string[] = [];
    await execute(
      [change('network', [], 'keep'), change('web-1', ['network'])],
      async ({ key }) => {
        performed.push(key);
      },
    );
    expect(performed).toEqual(['web-1']);
  });

  it('says so when changes wait for each other', async () => {
    await expect(
      execute([change('a', ['b']), change('b', ['a'])], async () => {}),
    ).rejects.toThrow('a, b wait for each other');
  });
});
