import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** The smallest documents that can be created, as steps of a template. */
export const examples: TemplateExample[] = [
  {
    description: 'Create an environment with two workers',
    example: stringify({
      steps: [
        {
          id: 'create',
          name: 'Create environment',
          action: 'hetzner:environment:create',
          input: {
            environment: {
              apiVersion: 'infra.xpeditis.com/v1alpha1',
              kind: 'Environment',
              metadata: {
                name: '${{ parameters.name }}',
                owner: '${{ parameters.owner }}',
              },
              spec: {
                connections: { hetzner: 'sandbox' },
                location: 'fsn1',
                pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
              },
            },
          },
        },
      ],
    }),
  },
  {
    description:
      'Create a small environment, unless it costs more than 30 a month',
    example: stringify({
      steps: [
        {
          id: 'create',
          name: 'Create environment',
          action: 'hetzner:environment:create',
          input: {
            environment: {
              apiVersion: 'infra.xpeditis.com/v1alpha1',
              kind: 'Environment',
              metadata: {
                name: 'preview',
                owner: 'group:default/platform',
                expiresAt: '2030-01-01T18:00:00Z',
              },
              spec: {
                connections: { hetzner: 'sandbox' },
                location: 'nbg1',
                pools: [{ name: 'web', serverType: 'cx23', min: 1, max: 1 }],
              },
            },
            maxMonthly: '30',
          },
        },
      ],
    }),
  },
];
