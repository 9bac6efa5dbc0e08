/** Texts of operations: the list, the page of one, and its cancelling. */
export const operation = {
  operations: {
    title: 'Operations',
    past: 'History',
    failed: 'The operations could not be read',
    none: 'No operation before this one.',
    empty: {
      title: 'Nothing was done yet',
      description:
        'Creating, changing and removing an environment are operations. Each one stays here with its steps and events.',
    },
    columns: {
      state: 'State',
      operation: 'Operation',
      environment: 'Environment',
      sentence: 'Outcome',
      initiator: 'Started by',
      createdAt: 'Started',
      duration: 'Duration',
    },
  },
  operation: {
    label: 'Operation',
    title: {
      create: 'Create {{environment}}',
      change: 'Change {{environment}}',
      reconcile: 'Reconcile {{environment}}',
      remove: 'Remove {{environment}}',
    },
    unknown: 'There is no operation {{id}}',
    failedToRead: 'The operation could not be read',
    steps: 'Steps',
    noSteps: 'The plan is being made. Its steps appear here.',
    events: 'Events',
    noEvents: 'No event yet.',
    stepEvent: {
      waiting: 'Waiting: {{title}}',
      running: 'Begun: {{title}}',
      succeeded: 'Done: {{title}}',
      failed: 'Failed: {{title}}',
      skipped: 'Skipped: {{title}}',
    },
    progress: 'Progress of the operation',
    stepsDone: '{{done}} of {{total}} steps',
    percent: '{{percent}} %',
    attempts_one: '{{count}} attempt',
    attempts_other: '{{count}} attempts',
    error: 'The operation failed',
    retry: 'Retry operation',
    retryFailed: 'The operation was not started again',
    openEnvironment: 'Open environment',
    initiator: 'Started by',
    createdAt: 'Started',
    revision: 'Revision',
    updates: 'Updates',
    live: 'Live',
    polling: 'Every 10 s; the live connection is coming back',
  },
  cancel: {
    open: 'Cancel operation',
    title: 'Cancel the operation on {{environment}}?',
    failed: 'The operation was not cancelled',
    keepGoing: 'Let it go on',
    nothingBegun: 'Nothing was begun yet, so nothing has to be undone.',
    undo: {
      create:
        'The environment is removed again. These steps are under way or done, and will be undone:',
      change:
        'The environment goes back to revision {{revision}}. These steps are under way or done, and will be undone:',
      remove:
        'A removal can be cancelled only before its first deletion. After that it goes on to its end.',
    },
    confirm: {
      apply: 'Cancel and undo {{environment}}',
      remove: 'Cancel removal of {{environment}}',
    },
  },
} as const;
