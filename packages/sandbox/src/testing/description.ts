import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..', '..', '..');

/** What changed in the API since its official description. */
export const overlayFile = path.join(
  root,
  'plugins/hetzner-infra-backend/openapi/hetzner-overlay.yaml',
);

/**
 * The official description of the Hetzner Cloud API, which is no part of this
 * repository; undefined when it is not there.
 */
export const descriptionFile: string | undefined = [
  process.env.HETZNER_OPENAPI,
  path.join(root, '../shared/specs/hetzner/cloud.spec.json'),
].find(file => file !== undefined && existsSync(file));

/** `describe` for tests that need the description; says what to do without it. */
export const describeWithDescription: jest.Describe = descriptionFile
  ? describe
  : (((name: string, ..._rest: unknown[]) =>
      describe.skip(`${name} (skipped: set HETZNER_OPENAPI to the official cloud.spec.json, which Hetzner publishes at docs.hetzner.cloud)`, () => {
        it('needs the official description', () => {});
      })) as jest.Describe);
