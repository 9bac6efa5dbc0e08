import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { hetznerDescription } from '../../__testUtils__/sandboxProcess';

const plugin = resolvePackagePath(
  '@xpeditis/backstage-plugin-hetzner-infra-backend',
);
const present = hetznerDescription() !== undefined;

describe('api.generated.ts', () => {
  const source = readFileSync(join(__dirname, 'api.generated.ts'), 'utf8');

  it('holds names and types, and no prose of the description', () => {
    const [header, ...rest] = source.split('/* eslint-disable */');
    expect(header).toContain('Names and types of the Hetzner Cloud API');
    const body = rest.join('');
    expect(body).not.toMatch(/\/\*|\/\//);
    const texts = [...body.matchAll(/'([^']*)'/g)].map(([, text]) => text);
    expect(texts.length).toBeGreaterThan(100);
    // An identifier, a path, a sort order or a media type; never a sentence.
    expect(texts.filter(text => /\s/.test(text))).toEqual([]);
  });

  it('knows nothing that hands out a root password or a console', () => {
    expect(source).toContain("'/servers/{id}/actions/poweron'");
    expect(source).not.toMatch(/reset_password|request_console|enable_rescue/);
  });

  const whenPresent = present ? describe : describe.skip;
  whenPresent('with the official description (HETZNER_OPENAPI)', () => {
    it('is what it says, with the overlay on top', async () => {
      const check = promisify(execFile)(process.execPath, [
        join(plugin, 'scripts/generate-hetzner-types.mjs'),
        '--check',
      ]);
      await expect(check).resolves.toMatchObject({ stderr: '' });
    }, 60_000);
  });
});
