import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from '../settings.mjs';

const key = () => randomBytes(32).toString('base64');

/** What app-config.production.yaml takes from the environment, filled with what cannot be mistaken for real. */
const productionEnv = {
  PORTAL_URL: 'https://portal.example.com',
  POSTGRES_HOST: 'postgres.example.com',
  POSTGRES_USER: 'portal',
  GITHUB_CLIENT_ID: 'example',
  PEOPLE_URL: 'https://github.com/example/people/blob/main/people.yaml',
  EGRESS_CIDR: '192.0.2.1/32',
  GUIDE_URL: 'https://portal.example.com/docs/guide',
};

/**
 * Checks both configurations against the schemas of all packages, unknown keys included.
 *
 * @param {(args: string[], options: { env: NodeJS.ProcessEnv, suffix: string }) =>
 *   Promise<{ code: number | null, output: string }>} run runs a program of the repository
 * @returns {Promise<{ code: number | null, output: string }>} of the first that fails, or of the last
 */
export async function checkConfiguration(run) {
  const check = [
    path.join('node_modules', '.bin', 'backstage-cli'),
    'config:check',
    '--strict',
  ];
  const local = await run([...check, '--config', 'app-config.yaml'], {
    env: { HETZNER_INFRA_SEALING_KEY: key() },
    suffix: '-local',
  });
  if (local.code !== 0) {
    return local;
  }
  const secrets = await fs.mkdtemp(path.join(os.tmpdir(), 'portal-secrets-'));
  try {
    const file = 'app-config.production.yaml';
    const text = await fs.readFile(path.join(root, file), 'utf8');
    for (const [, name] of text.matchAll(
      /\$file: \$\{SECRETS_DIRECTORY:-[^}]*\}\/(\S+)/g,
    )) {
      await fs.writeFile(path.join(secrets, name), key());
    }
    return await run([...check, '--config', file], {
      env: { ...productionEnv, SECRETS_DIRECTORY: secrets },
      suffix: '-production',
    });
  } finally {
    await fs.rm(secrets, { recursive: true, force: true });
  }
}
