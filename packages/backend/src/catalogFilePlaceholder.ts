import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  catalogProcessingExtensionPoint,
  processingResult,
  type PlaceholderResolverParams,
} from '@backstage/plugin-catalog-node';

/**
 * Puts the text of a file in the place of `$file: <relative path>`, for
 * entities that come from a file themselves. The stock `$text` knows URLs only,
 * so with it the portal could not show the API description that lies beside the entity.
 *
 * @throws InputError for an entity that was read from anywhere else: it has no say over this machine's files.
 */
export async function resolveFile({
  value,
  baseUrl,
  emit,
}: PlaceholderResolverParams): Promise<string> {
  if (typeof value !== 'string' || path.isAbsolute(value)) {
    throw new InputError(
      `$file in ${baseUrl} names no relative path: ${JSON.stringify(value)}`,
    );
  }
  if (!path.isAbsolute(baseUrl)) {
    throw new InputError(
      `$file in ${baseUrl} is not read, because that entity does not come from a file`,
    );
  }
  const file = path.resolve(path.dirname(baseUrl), value);
  const text = await readFile(file, 'utf8');
  emit(processingResult.refresh(`file:${file}`));
  return text;
}

export const catalogFilePlaceholder = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'file-placeholder',
  register: env =>
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addPlaceholderResolver('file', resolveFile);
      },
    }),
});
