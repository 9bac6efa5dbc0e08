/** Texts that several pages use. */
export const shared = {
  actions: 'Actions',
  newTab: '(opens in a new tab)',
  copied: 'Copied',
  connectionLost: 'Connection to the portal lost; trying again.',
  shownFrom: 'What is shown was read {{when}}.',
  error: {
    unreachable:
      'The portal’s backend does not answer. Check your network connection, then try again.',
    denied:
      'Ask a member of the owning group, or the platform team, for access.',
    again:
      'Try again. If it fails again, pass this message on to the platform team.',
    correlationId: 'Quote this id: {{id}}',
    retry: 'Try again',
  },
  money: {
    perMonth: '{{amount}} / month',
    perHour: '{{amount}} / hour, net',
    net: 'Net, without VAT',
    unknown: 'Not quoted yet',
  },
  environmentState: {
    creating: 'Creating',
    ready: 'Ready',
    changing: 'Changing',
    removing: 'Removing',
    failed: 'Failed',
    removed: 'Removed',
  },
  operationState: {
    'awaiting-approval': 'Awaiting approval',
    queued: 'Queued',
    running: 'Running',
    succeeded: 'Succeeded',
    failed: 'Failed',
    cancelling: 'Cancelling',
    cancelled: 'Cancelled',
  },
  operationGoal: { apply: 'Apply', remove: 'Remove' },
  stepState: {
    waiting: 'Waiting',
    running: 'Running',
    succeeded: 'Done',
    failed: 'Failed',
    skipped: 'Skipped',
  },
} as const;
