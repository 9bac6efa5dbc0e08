import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Both answers to the question of what happens to the data, as steps of a template. */
export const examples: TemplateExample[] = [
  {
    description: 'Remove an environment and keep its data',
    example: stringify({
      steps: [
        {
          id: 'remove',
          name: 'Remove environment',
          action: 'hetzner:environment:remove',
          input: { name: 'staging' },
        },
      ],
    }),
  },
  {
    description: 'Remove an environment with its data',
    example: stringify({
      steps: [
        {
          id: 'remove',
          name: 'Remove environment',
          action: 'hetzner:environment:remove',
          input: { name: 'preview', data: 'delete' },
        },
      ],
    }),
  },
];
