import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { servicesAt } from '../__testUtils__/actionHarness';
import { changeEnvironmentAction } from './changeEnvironment';
import { examples as changeExamples } from './changeEnvironment.examples';
import { createEnvironmentAction } from './createEnvironment';
import { examples as createExamples } from './createEnvironment.examples';
import { removeEnvironmentAction } from './removeEnvironment';
import { examples as removeExamples } from './removeEnvironment.examples';

/** Values for the parameters that examples name. */
const PARAMETERS: Record<string, string> = {
  'parameters.name': 'shop',
  'parameters.owner': 'group:default/platform',
};

const render = (example: string) =>
  parse(
    example.replace(/\$\{\{ (.*?) \}\}/g, (_, name) => PARAMETERS[name] ?? ''),
  );

describe('examples of the actions', () => {
  let actions: TemplateAction<any, any>[];

  beforeAll(async () => {
    const services = await servicesAt('http://127.0.0.1:1');
    actions = [
      changeEnvironmentAction(services),
      createEnvironmentAction(services),
      removeEnvironmentAction(services),
    ];
  });

  it.each([...changeExamples, ...createExamples, ...removeExamples])(
    '$description: fits the input of its action',
    ({ example }) => {
      const { steps } = render(example);
      expect(steps).not.toHaveLength(0);
      for (const { action: id, input } of steps) {
        const action = actions.find(known => known.id === id);
        expect(validate(input, action!.schema!.input!).errors).toEqual([]);
      }
    },
  );

  it.each([...changeExamples, ...createExamples])(
    '$description: has a valid document',
    ({ example }) => {
      const { steps } = render(example);
      expect(
        parseEnvironmentDocument(steps[0].input.environment),
      ).toHaveProperty('environment');
    },
  );
});
