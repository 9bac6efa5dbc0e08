import type {
  ScaffolderApi,
  TemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A template of the repository as the scaffolder gives its wizard. */
export function templateManifest(name: string): TemplateParameterSchema {
  const template = parse(
    readFileSync(
      path.resolve(__dirname, `../../../../templates/${name}/template.yaml`),
      'utf8',
    ),
  );
  return {
    title: template.metadata.title,
    presentation: template.spec.presentation,
    steps: template.spec.parameters.map(
      ({ title, ...schema }: { title: string }) => ({
        title,
        schema: { title, type: 'object', ...schema },
      }),
    ),
  };
}

/** A scaffolder with one template, whose task says something once and then is silent, or ends with a reason. */
export function scaffolderWith(
  manifest: TemplateParameterSchema,
  reason?: string,
) {
  const scaffold = jest.fn(async (_: object) => ({ taskId: 'task-1' }));
  const unsubscribe = jest.fn();
  const api = {
    getTemplateParameterSchema: async () => manifest,
    scaffold,
    streamLogs: () => ({
      subscribe: ({ next }: { next: (event: object) => void }) => {
        setTimeout(() =>
          next(
            reason
              ? { type: 'completion', body: { error: { message: reason } } }
              : { type: 'log', body: { message: 'Begun' } },
          ),
        );
        return { unsubscribe };
      },
    }),
  };
  return { api: api as unknown as ScaffolderApi, scaffold, unsubscribe };
}
