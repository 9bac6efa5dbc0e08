/**
 * The operation engine as a process of its own, which a test can kill or stop at
 * an exact call. Arguments: the sandbox's endpoint, and optionally `before` or
 * `after` and the number of the call at which the process kills itself without
 * any warning. The variable ENGINE_DATABASE has the database as JSON,
 * ENGINE_OPTIONS what a {@link TestEngine} takes and a `fastClock`.
 */
import { systemClock } from '../clouds/clock';
import { openEngineDatabase, type EngineDatabase } from './engineDatabase';
import { TestEngine, type TestEngineOptions } from './engine';
import { fastClock, type FastClockOptions } from './fastClock';

const [endpoint, moment, call] = process.argv.slice(2);
const database: EngineDatabase = JSON.parse(process.env.ENGINE_DATABASE!);
const options: TestEngineOptions & { fastClock?: FastClockOptions } =
  JSON.parse(process.env.ENGINE_OPTIONS ?? '{}');

let calls = 0;
const countTo = (when: string) => {
  if (moment !== when) return;
  calls += 1;
  if (calls === Number(call)) process.kill(process.pid, 'SIGKILL');
};

async function main() {
  // Everything waits by this one clock.
  if (options.fastClock)
    Object.assign(systemClock, fastClock(options.fastClock));
  const engine = new TestEngine(await openEngineDatabase(database), endpoint, {
    ...options,
    beforeCall: async () => countTo('before'),
    onCall: () => countTo('after'),
  });
  engine.runner(`process-${process.pid}`).start();
  process.stdout.write('Engine started\n');
}

void main();
