/** Texts of the page that changes an environment. */
export const change = {
  change: {
    open: 'Change',
    title: 'Change {{name}}',
    confirm: 'Change {{name}}',
    differs: 'What differs',
    nothing: 'Nothing differs from how it is. Go back and change something.',
    price: {
      now: 'Now',
      afterwards: 'Afterwards',
      difference: 'Difference',
      none: 'none',
    },
    stale:
      'Somebody changed {{name}} meanwhile. Load it again and repeat your change.',
    loadAgain: 'Load it again',
    busy: '{{name}} is being worked on. It can be changed when that has ended.',
    openOperation: 'Open the operation',
    notPossible: 'It cannot be changed now. The top of the page says why.',
    blocked: 'It cannot be changed like this. The price panel says why.',
    notYet: 'The price is being updated. It can be changed in a moment.',
    failed: '{{name}} was not changed',
    denied: {
      title: 'You may not change {{name}}',
      description: 'Ask its owner to change it, or for the permission.',
    },
  },
} as const;
