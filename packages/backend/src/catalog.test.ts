import fs from 'node:fs';
import path from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  getCompoundEntityRef,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { globSync } from 'glob';
import { parse, parseAllDocuments } from 'yaml';

const root = path.resolve(__dirname, '../../..');

const entitiesIn = (file: string): Entity[] =>
  parseAllDocuments(fs.readFileSync(path.join(root, file), 'utf8')).map(
    document => document.toJS(),
  );

const filesOf = (target: string) => globSync(target, { cwd: root }).sort();

const location = entitiesIn('catalog-info.yaml')[0];
const targets = (location.spec as { targets: string[] }).targets;
const files = [
  'catalog-info.yaml',
  'catalog/guest.yaml',
  ...targets.flatMap(filesOf),
];
const entities = files.flatMap(file =>
  entitiesIn(file).map(entity => ({ file, entity })),
);
const refs = new Set(entities.map(({ entity }) => stringifyEntityRef(entity)));

const validators = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  Template: templateEntityV1beta3Validator,
  User: userEntityV1alpha1Validator,
};

const envelope = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** Fields of `spec` that name other entities, and the kind meant when a name has none. */
const relations: Record<string, string | undefined> = {
  owner: 'Group',
  system: 'System',
  domain: 'Domain',
  subcomponentOf: 'Component',
  parent: 'Group',
  children: 'Group',
  members: 'User',
  memberOf: 'Group',
  providesApis: 'API',
  consumesApis: 'API',
  dependsOn: undefined,
};

const cases = entities.map(
  ({ file, entity }) => [stringifyEntityRef(entity), file, entity] as const,
);

describe('the catalog', () => {
  it('finds something for each of its targets', () => {
    expect(targets.filter(target => filesOf(target).length === 0)).toEqual([]);
  });

  it('has a catalog-info.yaml for each package', () => {
    const missing = filesOf('{packages,plugins}/*/package.json')
      .map(file => path.join(path.dirname(file), 'catalog-info.yaml'))
      .filter(file => !files.includes(file));
    expect(missing).toEqual([]);
  });

  it('names every entity once', () => {
    expect(cases.map(([ref]) => ref).sort()).toEqual([...refs].sort());
  });

  it.each(cases)('has a valid %s (%s)', async (_ref, file, entity) => {
    const spec = entity.spec as { definition?: unknown };
    const definition = spec.definition as { $file?: string } | undefined;
    const resolved = definition?.$file
      ? {
          ...entity,
          spec: {
            ...spec,
            definition: fs.readFileSync(
              path.resolve(root, path.dirname(file), definition.$file),
              'utf8',
            ),
          },
        }
      : entity;

    await envelope.enforce(resolved as Entity);
    expect(
      await validators[entity.kind as keyof typeof validators].check(
        resolved as Entity,
      ),
    ).toBe(true);
  });

  it.each(cases)('relates %s (%s) to what exists', (_ref, _file, entity) => {
    const { namespace } = getCompoundEntityRef(entity);
    const named = Object.entries(entity.spec ?? {})
      .filter(([field]) => field in relations)
      .flatMap(([field, value]) =>
        [value].flat().map(ref =>
          stringifyEntityRef(
            parseEntityRef(ref as string, {
              defaultKind: relations[field],
              defaultNamespace: namespace,
            }),
          ),
        ),
      );
    expect(named.filter(ref => !refs.has(ref))).toEqual([]);
  });

  it('describes APIs that parse', () => {
    const inline = entities
      .map(({ entity }) => entity)
      .filter(
        ({ kind, spec }) =>
          kind === 'API' &&
          ['openapi', 'asyncapi'].includes(spec?.type as string) &&
          typeof spec?.definition === 'string',
      );
    expect(
      inline.map(
        ({ spec }) => Object.keys(parse(spec!.definition as string))[0],
      ),
    ).toEqual(inline.map(({ spec }) => spec!.type));
  });
});
