/** Texts of drift over time and of the end of environments. */
export const sweeps = {
  drift: {
    differ_one: '{{count}} resource differs from what is wanted.',
    differ_other: '{{count}} resources differ from what is wanted.',
    history: 'What differed',
    failed: 'What differed could not be read',
    lookNow: 'Look now',
    lookFailed: 'The provider was not asked',
    lastLook: 'Compared with what is wanted',
    neverLooked: 'Not compared yet.',
    notLooked:
      'An operation works on it, or it has not stood yet: nothing was compared.',
    none: 'Nothing has differed so far.',
    open: 'Still so, since',
    gone: 'Over since',
    columns: {
      name: 'Resource',
      what: 'Difference',
      found: 'Found',
      state: 'State',
    },
  },
  expiry: {
    label: 'End of the environment',
    soon: 'Its time ends',
    soonAfter:
      'It is removed then, unless somebody extends its time or protects it.',
    over: 'Its time was over',
    overAfter:
      'The owner is warned, then it is removed. Extend its time to keep it.',
    protected: 'Its time was over',
    protectedAfter: 'It stays, because it is protected, and goes on costing.',
    extend: 'Extend its time',
    title: 'Extend the time of {{name}}',
    description:
      'It stands until the time that you choose. Nothing at the provider changes.',
    until: 'Until',
    confirm: 'Extend {{name}}',
    dismiss: 'Leave it',
    failedToExtend: 'Its time was not extended',
    by: {
      day: 'One day',
      week: 'One week',
      month: '30 days',
    },
    initiator: 'The portal, because its time was over',
  },
} as const;
