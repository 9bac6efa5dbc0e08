/** Texts of the list of environments. */
export const environments = {
  environments: {
    title: 'Environments',
    create: 'Create environment',
    failed: 'The environments could not be read',
    search: 'Name',
    anyState: 'Any state',
    anyOwner: 'Any owner',
    count_one: '{{count}} environment',
    count_other: '{{count}} environments',
    attention_one: '{{count}} needs attention',
    attention_other: '{{count}} need attention',
    noAttention: 'none needs attention',
    noMatch: 'No environment matches the filter',
    clearFilter: 'Clear the filter',
    operationLink: 'Last operation: {{goal}}, {{state}}',
    empty: {
      title: 'Create your first environment',
      description:
        'An environment is a private network, a firewall, Kubernetes servers and a load balancer on Hetzner. Price and plan are shown before anything is ordered.',
    },
    columns: {
      state: 'State',
      name: 'Name',
      sentence: 'Now',
      location: 'Location',
      owner: 'Owner',
      cost: 'Cost',
      operation: 'Last operation',
      createdAt: 'Created',
    },
  },
} as const;
