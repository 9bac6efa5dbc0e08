/*
 * Writes src/clouds/hetzner/api.generated.ts from the official description of
 * the Hetzner Cloud API and this plugin's overlay on top of it.
 *
 *   node scripts/generate-hetzner-types.mjs [--check]
 *
 * The description stays outside the repository: it is read from the environment
 * variable HETZNER_OPENAPI, else from ../shared/specs/hetzner/cloud.spec.json
 * beside the repository. Only names and types are taken over. All prose,
 * examples, limits and patterns are dropped before anything is generated.
 *
 * With --check nothing is written; the exit code tells whether the committed
 * file is what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { applyOverlay } from './hetzner-types/applyOverlay.mjs';
import { keepUsedPaths } from './hetzner-types/keepUsedPaths.mjs';
import { nameSchemas } from './hetzner-types/nameSchemas.mjs';
import { stripProse } from './hetzner-types/stripProse.mjs';

const plugin = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const repository = resolve(plugin, '../..');
const target = join(plugin, 'src/clouds/hetzner/api.generated.ts');

const HEADER = `/*
 * Names and types of the Hetzner Cloud API, as far as this plugin uses it.
 * Written by scripts/generate-hetzner-types.mjs; edit that, not this file.
 */
/* eslint-disable */
`;

/** The generator's own notes; no comment of the description is left by then. */
const COMMENTS = /^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm;

/** What it says about methods, parameters and headers that are not there. */
const ABSENT =
  /^\s*(\w+\?: never;|parameters: \{\s*\};|headers: \{\s*\[name: string\]: unknown;\s*\};)\n/gm;

function readDescription() {
  const file =
    process.env.HETZNER_OPENAPI ??
    resolve(repository, '../shared/specs/hetzner/cloud.spec.json');
  if (!existsSync(file)) {
    throw new Error(
      `No description of the Hetzner Cloud API at ${file}. ` +
        'Set HETZNER_OPENAPI to a copy of cloud.spec.json, which Hetzner publishes at docs.hetzner.cloud.',
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function generate() {
  const overlay = join(plugin, 'openapi/hetzner-overlay.yaml');
  const current = await applyOverlay(readDescription(), overlay);
  const description = nameSchemas(stripProse(keepUsedPaths(current)));
  const types = await openapiTS(description, { defaultNonNullable: false });
  const source = astToString(types)
    .replace(COMMENTS, '')
    .replace(ABSENT, '')
    // What held nothing but absent things is absent now itself.
    .replace(ABSENT, '');
  const style = await prettier.resolveConfig(target);
  return prettier.format(HEADER + source, { ...style, parser: 'typescript' });
}

const generated = await generate();
if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== generated) {
    console.error(
      `${target} is not what the description and the overlay say. Run node scripts/generate-hetzner-types.mjs.`,
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, generated);
}
