/**
 * A backend that seals stored secrets again, as a process of its own, which
 * kills itself without any warning after so many of them. Variables:
 * ENGINE_DATABASE has the database as JSON, SEALING_KEYS the keys as
 * `[[id, base64], …]`, DIE_AT the number of the secret, if it shall.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { Sealer, type Place } from '../sealing/Sealer';
import { SealingRotation } from '../sealing/SealingRotation';
import { openEngineDatabase } from './engineDatabase';

const dieAt = Number(process.env.DIE_AT);
let sealed = 0;

class MortalSealer extends Sealer {
  override seal(text: string, place: Place): string {
    sealed += 1;
    if (sealed === dieAt) process.kill(process.pid, 'SIGKILL');
    return super.seal(text, place);
  }
}

const silent: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silent,
};

async function main() {
  const knex = await openEngineDatabase(
    JSON.parse(process.env.ENGINE_DATABASE!),
  );
  const keys = (
    JSON.parse(process.env.SEALING_KEYS!) as [string, string][]
  ).map(([id, secret]) => ({ id, secret: Buffer.from(secret, 'base64') }));
  const rotation = new SealingRotation({
    knex,
    sealer: new MortalSealer(keys as [(typeof keys)[0]]),
    replica: `process-${process.pid}`,
    now: () => new Date(),
    logger: silent,
  });
  await rotation.start();
  await rotation.look();
  await rotation.stop();
  await knex.destroy();
}

void main();
