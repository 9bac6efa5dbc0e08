/** Texts of the card and the tab on pages of the catalog. */
export const entity = {
  entity: {
    card: 'Environment',
    runsIn: 'Runs in',
    open: 'Open environment',
    openNamed: 'Open {{name}}',
    cost: 'Cost',
    progress: 'See progress',
    failed: 'The environment {{name}} could not be read',
    gone: 'There is no environment {{name}}',
    goneHint:
      'It was removed, does not exist yet, or is not yours to see. The list shows all that you may see.',
    all: 'See all environments',
    choose: 'Environment to show',
  },
} as const;
