import fs from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../children.mjs';
import { logOf } from '../preparation.mjs';
import { root } from '../settings.mjs';
import { checkConfiguration } from './configuration.mjs';
import { checkGeneratedApi } from './generatedApi.mjs';
import { startPostgres } from './postgres.mjs';
import {
  countJest,
  countPlaywright,
  countTap,
  readReport,
} from './reports.mjs';

/**
 * @typedef {object} Context
 * @property {import('../children.mjs').Children} children
 * @property {import('../toolchain.mjs').Toolchain} toolchain
 * @property {{ chromium?: string, postgres?: string, hcloud?: string, shellcheck?: string, cloudInit?: string }} found programs that tests drive
 *
 * @typedef {import('./reports.mjs').Counts} Counts
 *
 * @typedef {object} Stage
 * @property {string} name for `--only`
 * @property {string} title
 * @property {boolean} alone whether it takes the whole machine
 * @property {(context: Context) => Promise<Counts>} run
 */

const reportOf = name => path.join(path.dirname(logOf(name)), `${name}.report`);

const bin = name => path.join('node_modules', '.bin', name);

/** Runs one JavaScript program of the repository; its output goes to the stage's log. */
function run(
  { children, toolchain },
  name,
  args,
  { env = {}, cwd = root, suffix = '' } = {},
) {
  return runToEnd(children, {
    name,
    command: toolchain.node,
    args,
    cwd,
    env: { ...toolchain.env, FORCE_COLOR: '0', ...env },
    log: logOf(`test-${name}${suffix}`),
  });
}

const asOne = ({ code, output }) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
  failures: code === 0 ? [] : [output.split('\n').slice(-150).join('\n')],
});

const sum = counts =>
  counts.reduce((total, each) => ({
    passed: total.passed + each.passed,
    failed: total.failed + each.failed,
    skipped: total.skipped + each.skipped,
    failures: [...total.failures, ...each.failures],
  }));

const check = (name, title, args) => ({
  name,
  title,
  alone: false,
  run: async context => asOne(await run(context, name, args(context))),
});

/** The reports are made of the declarations that the type check writes. */
async function runTypes(context) {
  const types = await run(context, 'types', [
    bin('tsc'),
    '--incremental',
    'false',
  ]);
  const reports = await run(
    context,
    'types',
    [context.toolchain.yarn, 'api-reports', '--ci'],
    { suffix: '-reports' },
  );
  return sum([types, reports].map(asOne));
}

async function runGenerated(context) {
  return asOne(
    await checkGeneratedApi((args, options) =>
      run(context, 'generated', [context.toolchain.yarn, ...args], options),
    ),
  );
}

/** Packages by Backstage's own command; what is no package by the same rules. */
async function runLint(context) {
  const packages = await run(context, 'lint', [
    bin('backstage-cli'),
    'repo',
    'lint',
    '--max-warnings=0',
    '--success-cache',
    `--success-cache-dir=${path.join(context.toolchain.cache, 'lint')}`,
  ]);
  const rest = await run(
    context,
    'lint',
    [
      bin('eslint'),
      '--no-eslintrc',
      '--config',
      path.join('scripts', '.eslintrc.js'),
      '--ext',
      '.mjs,.ts',
      ...['scripts', 'benchmarks', 'e2e'],
    ],
    { suffix: '-rest' },
  );
  return sum([packages, rest].map(asOne));
}

/** The official description of the provider's API lies beside the repository, never in it. */
async function findHetznerDescription(env) {
  const beside = path.resolve(root, '../shared/specs/hetzner/cloud.spec.json');
  return (
    env.HETZNER_OPENAPI ||
    fs.access(beside).then(
      () => beside,
      () => undefined,
    )
  );
}

async function runUnit(context) {
  const { children, toolchain, found } = context;
  const preset =
    toolchain.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;
  const postgres =
    found.postgres && !preset
      ? await startPostgres(
          children,
          found.postgres,
          toolchain.env,
          logOf('test-postgres'),
        )
      : undefined;
  const description = await findHetznerDescription(toolchain.env);
  if (!description) {
    console.log(
      '  The official description of the Hetzner Cloud API is not here: tests that compare with it are skipped. Set HETZNER_OPENAPI to it.',
    );
  }
  const report = reportOf('test-unit');
  await fs.rm(report, { force: true });
  try {
    const { code } = await run(
      context,
      'unit',
      [
        bin('backstage-cli'),
        'repo',
        'test',
        '--json',
        `--outputFile=${report}`,
      ],
      {
        env: {
          CI: '1',
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          ...(description && { HETZNER_OPENAPI: description }),
          ...(postgres && {
            BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
              postgres.connectionString,
          }),
        },
      },
    );
    return await readReport(
      report,
      content => countJest(JSON.parse(content)),
      code,
    );
  } finally {
    await postgres?.stop();
  }
}

/** Runs the tests of node:test that lie in some folders. */
async function runNodeTests(context, name, folders, options = []) {
  const report = reportOf(`test-${name}`);
  await fs.rm(report, { force: true });
  const files = [];
  for (const folder of folders) {
    const names = await fs.readdir(path.join(root, folder), {
      recursive: true,
    });
    files.push(
      ...names
        .filter(file => file.endsWith('.test.mjs'))
        .map(file => path.join(folder, file)),
    );
  }
  const { code, output } = await run(context, name, [
    '--test',
    ...options,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
    ...files,
  ]);
  const counts = await readReport(report, countTap, code);
  return { ...counts, failures: asOne({ code, output }).failures };
}

async function runBrowser(context) {
  const report = reportOf('test-browser');
  await fs.rm(report, { force: true });
  const { code, output } = await run(
    context,
    'browser',
    [
      path.join(root, bin('playwright')),
      'test',
      '--pass-with-no-tests',
      '--reporter=list,json',
    ],
    {
      cwd: path.join(root, 'e2e'),
      env: {
        CI: '1',
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        ...(context.found.chromium && {
          CHROMIUM_PATH: context.found.chromium,
        }),
      },
    },
  );
  const counts = await readReport(
    report,
    content => countPlaywright(JSON.parse(content)),
    code,
  );
  return {
    ...counts,
    failures: [...counts.failures, ...asOne({ code, output }).failures],
  };
}

/** @type {Stage[]} in the order in which they start; the long ones of those that share the machine first */
export const stages = [
  {
    name: 'types',
    title: 'types and API reports',
    alone: false,
    run: runTypes,
  },
  {
    name: 'lint',
    title: 'lint, with the layering rule',
    alone: false,
    run: runLint,
  },
  check('format', 'formatting', () => [bin('prettier'), '--check', '.']),
  {
    name: 'generated',
    title: 'generated router and client',
    // It generates in place: nobody may read the sources meanwhile.
    alone: true,
    run: runGenerated,
  },
  {
    name: 'config',
    title: 'configuration',
    alone: false,
    run: async context =>
      asOne(
        await checkConfiguration((args, options) =>
          run(context, 'config', args, options),
        ),
      ),
  },
  {
    name: 'scripts',
    title: 'start, set-up and their failures, benchmarks',
    alone: false,
    run: context => runNodeTests(context, 'scripts', ['scripts', 'benchmarks']),
  },
  { name: 'unit', title: 'unit and integration', alone: true, run: runUnit },
  {
    name: 'backend',
    title:
      'the whole backend: its secrets, when it is killed, and under faults',
    alone: true,
    // Each starts a backend of its own.
    run: context =>
      runNodeTests(
        context,
        'backend',
        [path.join('e2e', 'backend'), path.join('e2e', 'fault-matrix')],
        ['--test-concurrency=1'],
      ),
  },
  { name: 'browser', title: 'browser', alone: true, run: runBrowser },
];
