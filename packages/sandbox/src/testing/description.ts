import { existsSync } from 'node:fs';
import path from 'node:path';

// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
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

/** The name of a group of tests, with what to do when they cannot run. */
export const needingDescription = (name: string) =>
  descriptionFile
    ? name
    : `${name} (skipped: set HETZNER_OPENAPI to the official cloud.spec.json, which Hetzner publishes at docs.hetzner.cloud)`;
