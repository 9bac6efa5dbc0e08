import { resolvePackagePath } from '@backstage/backend-plugin-api';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import type { Response } from 'supertest';
import { parse } from 'yaml';

const description = parse(
  readFileSync(
    resolvePackagePath(
      '@xpeditis/backstage-plugin-hetzner-infra-backend',
      'src/schema/openapi.yaml',
    ),
    'utf8',
  ),
);

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema({ ...description, $id: 'api' });

const escape = (segment: string) =>
  encodeURIComponent(segment.replace(/~/g, '~0').replace(/\//g, '~1'));

/**
 * Fails unless an answer is one that the description of the API knows: its
 * status (or the default for errors), and its body by its schema.
 */
export function expectDescribed(
  method: string,
  path: string,
  response: Response,
): void {
  const [template, operations] = operationsOf(path);
  const responses = (operations as any)[method.toLowerCase()]?.responses;
  if (!responses) {
    throw new Error(`${method} ${path} is not described`);
  }
  const known = responses[response.status];
  if (!known && response.status < 400) {
    throw new Error(
      `${method} ${path} answered ${response.status}, which is not described`,
    );
  }
  const status = known ? String(response.status) : 'default';
  const pointer = responses[status].$ref
    ? responses[status].$ref
    : `#/paths/${escape(template)}/${method.toLowerCase()}/responses/${status}`;
  const content = resolve(pointer).content;
  if (!content) {
    expect(response.text).toBe('');
    return;
  }
  const validate = ajv.compile({
    $ref: `api${pointer}/content/application~1json/schema`,
  });
  if (!validate(response.body)) {
    throw new Error(
      `${method} ${path} answered ${
        response.status
      } with a body that is not as described: ${ajv.errorsText(
        validate.errors,
      )}\n${JSON.stringify(response.body)}`,
    );
  }
}

function operationsOf(path: string): [string, unknown] {
  const { pathname } = new URL(path, 'http://localhost');
  const segments = pathname.split('/');
  const found = Object.entries(description.paths).find(([template]) => {
    const parts = template.split('/');
    return (
      parts.length === segments.length &&
      parts.every((part, i) => part.startsWith('{') || part === segments[i])
    );
  });
  if (!found) {
    throw new Error(`${path} is not described`);
  }
  return found;
}

function resolve(pointer: string): any {
  return pointer
    .slice(2)
    .split('/')
    .map(part =>
      decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~'),
    )
    .reduce((node, part) => node[part], description);
}
