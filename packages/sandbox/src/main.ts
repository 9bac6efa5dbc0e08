import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Judge } from './judge/judge';
import { startSandbox } from './sandbox';
import { settings } from './settings';
import { StateError } from './stateFolder';

const USAGE = `Options:
  --host <address>   where to listen (127.0.0.1)
  --port <number>    where to listen (7080); 0 picks a free port
  --state <folder>   where the state is kept (.local/sandbox)
  --speed <factor>   1 is real time (5)
  --judge <file>     the provider's API description; every exchange is checked against it
  --overlay <file>   what changed after that description
  --s3-port <number> where an S3 server listens; without it there is none
  --machines         lets servers boot from their user data`;

/** A problem of the command line that a person can put right. */
class UsageError extends Error {}

function readPort(option: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`${option} ${text} is no port: use 0 to 65535.`);
  }
  return port;
}

/** The S3 server that is asked for, with the keys that the environment may name. */
function readObjectStorage(port: string | undefined) {
  if (port === undefined) return undefined;
  const secretKey = process.env.SANDBOX_S3_SECRET_KEY;
  return {
    port: readPort('--s3-port', port),
    ...(secretKey && {
      known: { project: 'sandbox', accessKey: 'sandbox', secretKey },
    }),
  };
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '7080' },
      state: { type: 'string', default: path.join('.local', 'sandbox') },
      speed: { type: 'string' },
      judge: { type: 'string' },
      overlay: { type: 'string' },
      machines: { type: 'boolean', default: false },
      's3-port': { type: 'string' },
    },
  });
  const port = readPort('--port', values.port);
  const speed = settings.shape.speed.safeParse(
    values.speed === undefined ? undefined : Number(values.speed),
  );
  if (!speed.success) {
    throw new UsageError(
      `--speed ${values.speed} is no factor: use a number above 0, such as 1 for real time.`,
    );
  }
  if (values.overlay && !values.judge) {
    throw new UsageError('--overlay needs --judge.');
  }
  return {
    ...values,
    port,
    objectStorage: readObjectStorage(values['s3-port']),
    // What is not asked for on the command line stays as it was kept.
    settings: values.speed === undefined ? {} : { speed: speed.data },
    state: path.resolve(values.state),
  };
}

/** Loaded only when it is asked for: it reads a large file. */
async function loadJudge(
  description: string | undefined,
  overlay: string | undefined,
): Promise<Judge | undefined> {
  if (!description) return undefined;
  const judge = await import('./judge/judge');
  // Run from its sources this is CommonJS to Node, which then shows the exports as a default one.
  const { readJudge } = (judge as { default?: typeof judge }).default ?? judge;
  return readJudge(description, overlay);
}

async function main() {
  const {
    host,
    port,
    state,
    settings: wanted,
    objectStorage,
    machines,
    ...files
  } = readArguments();
  const judge = await loadJudge(files.judge, files.overlay);
  const sandbox = await startSandbox({
    host,
    port,
    state,
    settings: wanted,
    judge,
    objectStorage,
    machines,
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    sandbox.close().then(
      () => process.exit(0),
      error => fail(error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.stdout.write(`Sandbox ready: ${sandbox.url}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof StateError)
    return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use: end what listens there or choose another one with --port.`;
  }
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${USAGE}`;
  return error.stack ?? error.message;
}

main().catch(fail);
