/** Texts of what waits for approval. */
export const approval = {
  approval: {
    needed: 'Waits for approval by',
    price:
      'It would cost {{monthly}} a month. All environments of its owner would cost {{total}}; their budget is {{budget}}. Nothing was touched.',
    expires: 'It is cancelled unless somebody decides:',
    notYourself: 'You asked for it, so another member decides.',
    approvedBy: 'Approved by',
    rejectedBy: 'Rejected by',
    dismiss: 'Decide later',
    failed: 'It was not decided',
    approve: {
      open: 'Approve…',
      title: 'Approve {{environment}}?',
      confirm: 'Approve {{environment}}',
      effect:
        '{{environment}} begins at once, at {{price}} a month. If its price has risen meanwhile, it waits on for you to look at the new one.',
    },
    reject: {
      open: 'Reject…',
      title: 'Reject {{environment}}?',
      confirm: 'Reject {{environment}}',
      effect: 'Nothing is created or changed. Who asked reads your reason.',
      reason: 'Reason',
    },
  },
} as const;
