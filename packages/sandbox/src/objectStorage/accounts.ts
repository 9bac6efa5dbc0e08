import { run } from '../programs/run';
import { LOCATION, type KeyPair } from './gateway';

/** What the accounts of a server are changed with. */
export interface Administration {
  /** Path of versitygw, which is its own administration tool. */
  program: string;
  url: string;
  root: KeyPair;
}

/**
 * Lets a pair of keys in, with this secret. Its account may make buckets and
 * sees no others'.
 *
 * @throws Error that says why not
 */
export async function admit(
  server: Administration,
  { accessKey, secretKey }: KeyPair,
): Promise<void> {
  const keys = ['--access', accessKey, '--secret', secretKey];
  const made = await administer(server, [
    'create-user',
    ...keys,
    ...['--role', 'userplus'],
  ]);
  if (made?.includes('XAdminUserExists')) {
    const changed = await administer(server, ['update-user', ...keys]);
    if (changed) throw new Error(changed);
  } else if (made) {
    throw new Error(made);
  }
}

/**
 * Refuses a pair of keys from now on. Its buckets stay.
 *
 * @throws Error that says why not
 */
export async function refuse(
  server: Administration,
  accessKey: string,
): Promise<void> {
  const problem = await administer(server, [
    'delete-user',
    ...['--access', accessKey],
  ]);
  if (problem && !problem.includes('XAdminNoSuchUser')) {
    throw new Error(problem);
  }
}

async function administer(
  { program, url, root }: Administration,
  args: string[],
): Promise<string | undefined> {
  const { code, output } = await run(program, ['admin', ...args], {
    env: {
      ADMIN_ACCESS_KEY_ID: root.accessKey,
      ADMIN_SECRET_ACCESS_KEY: root.secretKey,
      ADMIN_REGION: LOCATION,
      ADMIN_ENDPOINT_URL: url,
    },
  });
  return code === 0 ? undefined : `The S3 server refused it: ${output}`;
}
