import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { root } from './settings.mjs';

const common = 'plugins/hetzner-infra-common';
const frontend = 'plugins/hetzner-infra';
const backend = 'plugins/hetzner-infra-backend';
const module_ = 'plugins/scaffolder-backend-module-hetzner-infra';
const scope = '@xpeditis/backstage-plugin';

async function messages(folder, code, file = 'src/example.ts') {
  const cwd = path.join(root, folder);
  const eslint = new ESLint({ cwd });
  const [result] = await eslint.lintText(code, {
    filePath: path.join(cwd, file),
  });
  return result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

/** [what, package, code, part of the message, file] */
const refused = [
  ['a Node module', common, `import 'node:fs';`, 'no I/O'],
  ['a Node module without prefix', common, `import 'fs';`, 'no I/O'],
  ['an HTTP client', common, `import 'axios';`, 'no I/O'],
  ['a database client', common, `import 'knex';`, 'no I/O'],
  ['an HTTP server', common, `import 'express';`, 'no I/O'],
  [
    'the backend system',
    common,
    `import '@backstage/backend-plugin-api';`,
    'no I/O',
  ],
  ['fetch', common, `export const get = () => fetch('/');`, 'no I/O'],
  ['the process', common, `export const env = process.env.HOME;`, 'no I/O'],
  ['a timer', common, `setTimeout(() => {}, 1);`, 'no I/O'],
  ['the clock', common, `export const now = Date.now();`, 'no I/O'],
  [
    'the clock by constructor',
    common,
    `export const now = new Date();`,
    'no I/O',
  ],
  ['chance', common, `export const dice = Math.random();`, 'no I/O'],
  [
    'a backend from a common library',
    common,
    `import '${scope}-hetzner-infra-backend';`,
    'common-library does not import a backend-plugin',
  ],
  [
    'a backend from a frontend',
    frontend,
    `import '${scope}-hetzner-infra-backend';`,
    'frontend-plugin does not import a backend-plugin',
  ],
  [
    'a node library from a frontend',
    frontend,
    `import '${scope}-hetzner-infra-node';`,
    'frontend-plugin does not import a node-library',
  ],
  [
    'a frontend from a backend',
    backend,
    `import '${scope}-hetzner-infra';`,
    'backend-plugin does not import a frontend-plugin',
  ],
  [
    'a path inside another package',
    backend,
    `import '${scope}-hetzner-infra/src/plugin';`,
    'backend-plugin does not import a frontend-plugin',
  ],
  [
    'another plugin’s backend',
    module_,
    `import '${scope}-hetzner-infra-backend';`,
    'backend-plugin-module does not import a backend-plugin',
  ],
  [
    'a backend by import()',
    module_,
    `export const load = () => import('${scope}-hetzner-infra-backend');`,
    'backend-plugin-module does not import a backend-plugin',
  ],
  [
    'a backend by require()',
    module_,
    `export const load = () => require('${scope}-hetzner-infra-backend');`,
    'backend-plugin-module does not import a backend-plugin',
  ],
  [
    'a re-export of a backend',
    module_,
    `export * from '${scope}-hetzner-infra-backend';`,
    'backend-plugin-module does not import a backend-plugin',
  ],
  ['the sandbox', backend, `import 'sandbox';`, 'Nothing imports the sandbox'],
  [
    'the sandbox from the backend app',
    'packages/backend',
    `import 'sandbox';`,
    'Nothing imports the sandbox',
  ],
  [
    'Material UI',
    frontend,
    `import '@material-ui/core/Button';`,
    'draw with @backstage/ui',
  ],
  [
    'new Material UI',
    frontend,
    `import '@mui/material/Button';`,
    'draw with @backstage/ui',
  ],
  [
    'a component from ui',
    frontend,
    `import '../components/PageFrame';`,
    'ui comes before it',
    'src/ui/example.ts',
  ],
  [
    'a component from words',
    frontend,
    `import '../components/PageFrame';`,
    'words comes before it',
    'src/words/example.ts',
  ],
];

for (const [what, folder, code, expected, file] of refused) {
  test(`${folder} may not use ${what}`, async () => {
    const found = await messages(folder, code, file);
    assert.ok(
      found.some(message => message.includes(expected)),
      `expected "${expected}" among:\n${found.join('\n')}`,
    );
  });
}

test('tests keep to the layers too', async () => {
  const found = await messages(
    backend,
    `import 'sandbox';`,
    'src/example.test.ts',
  );
  assert.ok(
    found.some(message => message.includes('Nothing imports the sandbox')),
  );
});

/** [what, package, code, file] */
const granted = [
  [
    'a common library',
    frontend,
    `export * from '${scope}-hetzner-infra-common';\n`,
  ],
  [
    'a common library',
    backend,
    `export * from '${scope}-hetzner-infra-common';\n`,
  ],
  [
    'the node library',
    module_,
    `export * from '${scope}-hetzner-infra-node';\n`,
  ],
  [
    'a given time',
    common,
    `export const at = (text: string) => new Date(text);\n`,
  ],
  ['files in tests', common, `import 'node:fs';\n`, 'src/example.test.ts'],
  [
    'a frontend plugin',
    'packages/app',
    `export * from '${scope}-hetzner-infra';\n`,
  ],
];

for (const [what, folder, code, file] of granted) {
  test(`${folder} may use ${what}`, async () => {
    const found = await messages(folder, code, file);
    assert.deepEqual(found, []);
  });
}
