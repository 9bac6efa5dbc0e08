import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** A change with the revision that it was made from, as a step of a template. */
export const examples: TemplateExample[] = [
  {
    description: 'Let the pool grow to four workers',
    example: stringify({
      steps: [
        {
          id: 'change',
          name: 'Change environment',
          action: 'hetzner:environment:change',
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
                pools: [{ name: 'web', serverType: 'cx43', min: 4, max: 8 }],
              },
            },
            revision: 1,
            maxMonthly: '120',
          },
        },
      ],
    }),
  },
];
