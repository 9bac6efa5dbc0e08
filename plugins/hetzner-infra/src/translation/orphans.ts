/** Texts of what environments and their clusters left behind. */
export const orphans = {
  orphans: {
    title: 'Orphans',
    description:
      'What carries this portal’s labels, or was made by its clusters, and belongs to no environment that stands. Nothing here is removed by itself.',
    failed: 'The orphans could not be read',
    looked: 'Looked',
    lookAgain: 'Look again',
    count_one: '{{count}} orphan',
    count_other: '{{count}} orphans',
    lineAbove_one: '{{count}} resource belongs to no environment',
    lineAbove_other: '{{count}} resources belong to no environment',
    lineLink: 'See the orphans',
    partial: 'The list may be short: a project could not be searched',
    free: 'Free',
    empty: {
      title: 'Nothing was left behind',
      description:
        'Everything that carries this portal’s labels belongs to an environment that stands.',
    },
    columns: {
      name: 'Name',
      kind: 'Kind',
      reason: 'Why',
      cost: 'Cost',
      connection: 'Connection',
      age: 'Made',
      actions: 'Actions',
    },
    reason: {
      removed: 'Environment removed',
      unknown: 'Unknown environment',
      left: 'Left by a cluster',
      retained: 'Kept for its data',
    },
    labels: 'Labels',
    providerId: 'Id at the provider',
    console: 'Open in the provider’s console',
    protectedDescription:
      'Its protection has to be lifted in the provider’s console before it can be removed here.',
    remove: 'Remove',
    removeNamed: 'Remove {{name}}',
    removeTitle: 'Remove {{name}}?',
    removeDescription:
      'The portal reads it once more and removes it at the provider. What is on it is lost, and this cannot be undone.',
    removeSaves: 'Saves',
    removeFailed: 'It was not removed',
    typeName: 'Type {{name}} to confirm',
    dismiss: 'Keep it',
    adopt: 'Adopt',
    adoptNamed: 'Adopt {{environment}}, of which {{name}} is a part',
    adoptTitle: 'Adopt {{environment}}?',
    adoptDescription:
      'Everything that carries the labels of {{environment}} becomes that environment again, with a document that describes what stands. Nothing changes at the provider, and it is protected until you say otherwise.',
    adoptOwner: 'Owner',
    adoptFailed: 'It was not adopted',
    adoptConfirm: 'Adopt {{environment}}',
    adoptDismiss: 'Leave it',
  },
  orphanKind: {
    volume: 'Volume',
    'primary-ip': 'Primary IP address',
  },
} as const;
