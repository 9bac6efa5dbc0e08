import path from 'node:path';
import { contentHash } from '../contentHash.mjs';
import { root } from '../settings.mjs';

const backend = path.join('plugins', 'hetzner-infra-backend');
const common = path.join('plugins', 'hetzner-infra-common');
const generated = [backend, common].map(folder =>
  path.join(folder, 'src', 'schema', 'openapi', 'generated'),
);

/**
 * Makes router and client from openapi.yaml again and compares, because the
 * generator says that it succeeded even when it failed.
 *
 * @param {(args: string[], options: { cwd: string }) =>
 *   Promise<{ code: number | null, output: string }>} runYarn
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export async function checkGeneratedApi(runYarn) {
  const before = await contentHash(root, generated);
  const { code, output } = await runYarn(['generate'], {
    cwd: path.join(root, backend),
  });
  if (code !== 0 || !output.includes('Generated server files')) {
    return { code: code || 1, output };
  }
  return (await contentHash(root, generated)) === before
    ? { code: 0, output }
    : {
        code: 1,
        output: `Router and client did not fit openapi.yaml. They are made anew now, in ${generated.join(
          ' and ',
        )}: commit them.`,
      };
}
