import { expectedFor } from './expected.mjs';

const nothing = { resources: [], state: 'removed' };

/**
 * What a run can be about: where it begins, what is asked for, and what stands
 * in the end.
 *
 * @type {Record<string, { place: 'empty' | 'standing', ask: Function, expected: Function }>}
 */
export const operations = {
  create: {
    place: 'empty',
    ask: run => run.create('before'),
    expected: ({ environmentId }) => ({
      resources: expectedFor('before', environmentId),
      state: 'ready',
    }),
  },
  change: {
    place: 'standing',
    ask: run => run.change('after'),
    expected: ({ environmentId }) => ({
      resources: expectedFor('after', environmentId),
      state: 'ready',
    }),
  },
  remove: {
    place: 'standing',
    ask: run => run.remove(),
    expected: () => nothing,
  },
};

/** What has to stand after a create that failed. */
export const nothingStands = nothing;
