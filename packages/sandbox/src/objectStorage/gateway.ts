import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startSupervised } from '../programs/supervised';

/** The location whose endpoint the server plays. Signatures name it as their region. */
export const LOCATION = 'fsn1';

/** A pair of keys. */
export interface KeyPair {
  accessKey: string;
  secretKey: string;
}

/** How the S3 server is started. */
export interface GatewayOptions {
  /** Path of versitygw. */
  program: string;
  host: string;
  port: number;
  /** Folder of everything that it keeps. */
  folder: string;
  /** The keys that may do everything; the sandbox has them for itself. */
  root: KeyPair;
  /** Milliseconds that it has to answer for the first time; a minute unless told. */
  patienceMs?: number;
}

/** A running S3 server. */
export interface Gateway {
  url: string;
  /** What it said, once it has ended by itself or was told to. */
  ended: Promise<string>;
  close(): Promise<void>;
}

const POLL_MS = 50;

/** It takes less than a second on an idle machine. */
const PATIENCE_MS = 60_000;

/**
 * Starts versitygw over a folder and waits until it answers.
 *
 * @throws Error with what it said when it ends first, or does not answer in time
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { program, host, port, folder, root } = options;
  const inside = (name: string) => {
    const full = path.join(folder, name);
    mkdirSync(full, { recursive: true, mode: 0o700 });
    return full;
  };
  const server = startSupervised(program, ['posix', inside('buckets')], {
    // Keys are handed over in the environment: arguments are for all to see.
    env: {
      PATH: process.env.PATH,
      ROOT_ACCESS_KEY_ID: root.accessKey,
      ROOT_SECRET_ACCESS_KEY: root.secretKey,
      VGW_PORT: `${host}:${port}`,
      VGW_REGION: LOCATION,
      VGW_IAM_DIR: inside('accounts'),
      // Not every file system keeps the attributes that it would use instead.
      VGW_META_SIDECAR: inside('metadata'),
      VGW_VERSIONING_DIR: inside('versions'),
      VGW_QUIET: 'true',
    },
  });
  const url = `http://${host}:${port}`;
  let hasEnded = false;
  server.ended.then(() => {
    hasEnded = true;
  });
  const patienceEnds = Date.now() + (options.patienceMs ?? PATIENCE_MS);
  while (!hasEnded && !(await answers(url))) {
    if (Date.now() > patienceEnds) {
      await server.close();
      throw new Error(
        `The S3 server did not answer on ${url} in time: ${await server.ended}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  if (hasEnded) {
    throw new Error(`The S3 server ended: ${await server.ended}`);
  }
  return { url, ended: server.ended, close: server.close };
}

/** Any answer will do: without a signature it is a refusal. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.headers.get('server') === 'VERSITYGW';
  } catch {
    return false;
  }
}
