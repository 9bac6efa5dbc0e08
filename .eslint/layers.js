/**
 * The layering rule of the repository, as ESLint settings. Every package's
 * .eslintrc.js hands them to Backstage's factory:
 *
 *   module.exports = require('@backstage/cli/config/eslint-factory')(
 *     __dirname,
 *     require('../../.eslint/layers')(__dirname),
 *   );
 *
 * - A common library does no I/O and knows neither clock nor chance.
 * - Frontend and backend packages import common libraries, never each other.
 * - A backend package of another plugin is reached through its node library or over HTTP.
 * - Nothing imports the sandbox.
 * - Plugins draw with Backstage UI, not with Material UI.
 *
 * The rules that Backstage's own settings use already (no-restricted-imports
 * among them) are left alone, because a second setting of a rule replaces the first.
 */
const fs = require('node:fs');
const { builtinModules } = require('node:module');
const path = require('node:path');

const root = path.dirname(__dirname);

/** Which roles the sources of a package with this role may import from the workspace. */
const allowedRoles = {
  'common-library': ['common-library'],
  'node-library': ['common-library', 'node-library'],
  'backend-plugin': ['common-library', 'node-library'],
  'backend-plugin-module': ['common-library', 'node-library'],
  'web-library': ['common-library', 'web-library'],
  'frontend-plugin': ['common-library', 'web-library'],
  'frontend-plugin-module': ['common-library', 'web-library'],
  frontend: [
    'common-library',
    'web-library',
    'frontend-plugin',
    'frontend-plugin-module',
  ],
  backend: [
    'common-library',
    'node-library',
    'backend-plugin',
    'backend-plugin-module',
  ],
};

const sandbox = 'sandbox';

const inputAndOutput = [
  ...builtinModules.flatMap(name => [name, `node:${name}`]),
  'axios',
  'better-sqlite3',
  'cross-fetch',
  'express',
  'fastify',
  'got',
  'hcloud-js',
  'knex',
  'node-fetch',
  'pg',
  'undici',
  'winston',
];

const ioOfPlatform = [
  'EventSource',
  'WebSocket',
  'XMLHttpRequest',
  'console',
  'crypto',
  'document',
  'fetch',
  'globalThis',
  'indexedDB',
  'localStorage',
  'navigator',
  'performance',
  'process',
  'sessionStorage',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
];

const pure =
  'A common library does no I/O and knows neither clock nor chance: pass the value in.';

function workspacePackages() {
  return ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(path.join(root, folder))
      .map(name => path.join(root, folder, name))
      .filter(dir => fs.existsSync(path.join(dir, 'package.json')))
      .map(dir => ({
        dir,
        manifest: JSON.parse(
          fs.readFileSync(path.join(dir, 'package.json'), 'utf8'),
        ),
      })),
  );
}

/** Packages of the workspace that this one may not import, each with the reason. */
function forbiddenPackages(own) {
  const allowed = allowedRoles[own.backstage.role] ?? [];
  return workspacePackages()
    .map(({ manifest }) => manifest)
    .filter(({ name }) => name !== own.name)
    .filter(
      ({ name, backstage }) =>
        name === sandbox || !allowed.includes(backstage.role),
    )
    .map(({ name, backstage }) => ({
      name,
      message:
        name === sandbox
          ? 'Nothing imports the sandbox: talk to it over HTTP, as to the cloud it stands for.'
          : `A ${own.backstage.role} does not import a ${backstage.role}: share code in a common library, or talk over HTTP.`,
    }));
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** `import()` and `require()`, which the rules on import statements do not see. */
function callsThatImport(packages) {
  return packages.flatMap(({ name, message }) => {
    const source = `[value=/^${escaped(name)}(\\u002F|$)/]`;
    return [
      { selector: `ImportExpression > Literal.source${source}`, message },
      {
        selector: `CallExpression[callee.name="require"] > Literal${source}`,
        message,
      },
    ];
  });
}

function importRule(packages, { io, mui }) {
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          ...packages,
          ...(io ? inputAndOutput.map(name => ({ name, message: pure })) : []),
        ],
        patterns: [
          ...packages.map(({ name, message }) => ({
            group: [`${name}/*`],
            message,
          })),
          ...(io ? [{ group: ['@backstage/backend-*'], message: pure }] : []),
          ...(mui
            ? [
                {
                  group: ['@material-ui/*', '@mui/*'],
                  message: 'Plugins draw with @backstage/ui.',
                },
              ]
            : []),
        ],
      },
    ],
  };
}

const purity = {
  'no-restricted-globals': [
    'error',
    ...ioOfPlatform.map(name => ({ name, message: pure })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: pure },
    { object: 'Math', property: 'random', message: pure },
  ],
};

const currentTime = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: pure,
};

const tests = [
  '**/*.test.*',
  '**/__testUtils__/**',
  '**/testing/**',
  'src/setupTests.*',
];

/** Written by the OpenAPI generator, which is not ours to layer. */
const generated = ['src/**/generated/**'];

/**
 * @param {string} dir folder of the package
 * @returns {object} second argument for Backstage's ESLint factory
 */
module.exports = function layers(dir) {
  const own = JSON.parse(
    fs.readFileSync(path.join(dir, 'package.json'), 'utf8'),
  );
  const packages = forbiddenPackages(own);
  const isPure = own.backstage.role === 'common-library';
  const mui = path.basename(path.dirname(dir)) === 'plugins';
  return {
    restrictedSyntax: callsThatImport(packages),
    restrictedSrcSyntax: isPure ? [currentTime] : [],
    rules: {
      ...importRule(packages, { io: isPure, mui }),
      ...(isPure && purity),
      // `Big('1.10')` is how big.js makes a number; Backstage allows the like in backends.
      'new-cap': ['error', { capIsNew: false }],
    },
    overrides: [
      {
        files: tests,
        rules: {
          ...importRule(packages, { io: false, mui }),
          'no-restricted-globals': 'off',
          'no-restricted-properties': 'off',
        },
      },
      {
        // Only tests import it, so what it needs is a development dependency.
        files: ['**/testing/**'],
        rules: { '@backstage/no-undeclared-imports': 'off' },
      },
      {
        files: generated,
        rules: {
          '@typescript-eslint/no-restricted-imports': 'off',
          'no-restricted-globals': 'off',
        },
      },
    ],
  };
};
