import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';

/** A YAML file of the repository, by its path from the root. */
export function readYaml(path: string): any {
  return parse(
    readFileSync(
      resolvePackagePath(
        '@xpeditis/backstage-plugin-scaffolder-backend-module-hetzner-infra',
        '../..',
        path,
      ),
      'utf8',
    ),
  );
}
