/**
 * The operation engine as a process of its own, which a test can kill at an
 * exact call. Arguments: the sandbox's endpoint, and optionally `before` or
 * `after` and the number of the call at which the process kills itself without
 * any warning. The variable ENGINE_DATABASE has the database as JSON.
 */
import { openEngineDatabase, type EngineDatabase } from './engineDatabase';
import { TestEngine } from './engine';

const [endpoint, moment, call] = process.argv.slice(2);
const database: EngineDatabase = JSON.parse(process.env.ENGINE_DATABASE!);

let calls = 0;
const countTo = (when: string) => {
  if (moment !== when) return;
  calls += 1;
  if (calls === Number(call)) process.kill(process.pid, 'SIGKILL');
};

async function main() {
  const engine = new TestEngine(await openEngineDatabase(database), endpoint, {
    beforeCall: async () => countTo('before'),
    onCall: () => countTo('after'),
  });
  // Prices and types are read once and are no part of the operation.
  const seen = calls;
  await engine.catalogue();
  calls = seen;
  engine.runner(`process-${process.pid}`).start();
  process.stdout.write('Engine started\n');
}

void main();
