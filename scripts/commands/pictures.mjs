import path from 'node:path';
import { withChildren } from '../interruption.mjs';
import { logOf, prepare } from '../preparation.mjs';
import { Problem } from '../problem.mjs';
import { step } from '../progress.mjs';
import { root } from '../settings.mjs';
import { ensureTools } from '../testing/tools.mjs';

/**
 * `npm run pictures`: renews the pictures of the documentation in
 * docs/images/pages from a portal of its own, by what stands in e2e/pictures.
 *
 * @returns {Promise<number>} exit code
 */
export async function run() {
  return withChildren(async children => {
    const toolchain = await prepare(children);
    const { found, problems } = await ensureTools(
      children,
      ['browser'],
      toolchain.env,
      logOf('apt'),
      step,
    );
    if (problems.length > 0) throw new Problem(problems.join('\n'));
    const { ended } = children.start({
      name: 'pictures',
      command: toolchain.node,
      args: [path.join(root, 'node_modules', '.bin', 'playwright'), 'test'],
      cwd: path.join(root, 'e2e'),
      env: {
        ...toolchain.env,
        PICTURES: '1',
        ...(found.chromium && { CHROMIUM_PATH: found.chromium }),
      },
      log: logOf('pictures'),
      onLine: line => console.log(line),
    });
    const { code } = await ended;
    return code ?? 1;
  });
}
