import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { runToEnd } from '../children.mjs';
import { withChildren } from '../interruption.mjs';
import { prepare } from '../preparation.mjs';
import { Problem } from '../problem.mjs';
import { localFolder } from '../settings.mjs';

const script = fileURLToPath(new URL('./run.mjs', import.meta.url));

/**
 * The file and the configuration that a command line names.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {string[]} absolute paths, the file first
 * @throws {Problem}
 */
export function readArguments(command, args) {
  const usage = `usage: npm run ${command} -- <file> [--config <file> …]`;
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { config: { type: 'string', multiple: true } },
    });
  } catch (error) {
    throw new Problem(`${error.message}\n${usage}`);
  }
  const { values, positionals } = parsed;
  if (positionals.length !== 1) {
    throw new Problem(usage);
  }
  // npm runs in the folder of package.json, and says where it was called.
  const from = process.env.INIT_CWD ?? process.cwd();
  return [...positionals, ...(values.config ?? [])].map(file =>
    path.resolve(from, file),
  );
}

/**
 * How a command is started.
 *
 * @param {import('../toolchain.mjs').Toolchain} toolchain
 * @param {'backup' | 'restore'} command
 * @param {string[]} files
 */
export function processOf(toolchain, command, files) {
  return {
    name: command,
    command: toolchain.node,
    args: [script, command, ...files],
    cwd: process.cwd(),
    // The configuration reads a relative one from where the backend runs.
    env: { ...toolchain.env, PORTAL_STATE: localFolder },
  };
}

/**
 * Runs a command on the databases with the Node that the packages are for.
 *
 * @param {'backup' | 'restore'} command
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function runDatabaseCommand(command, args) {
  const files = readArguments(command, args);
  return withChildren(async children => {
    const toolchain = await prepare(children);
    const { code } = await runToEnd(children, {
      ...processOf(toolchain, command, files),
      onLine: line => console.log(line),
    });
    return code ?? 1;
  });
}
