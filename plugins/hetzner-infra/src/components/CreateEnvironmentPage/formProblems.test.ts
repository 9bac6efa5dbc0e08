import { errorsByField, firstField, isInForm, missingOf } from './formProblems';

const tooMany = {
  path: 'spec.pools.1.max',
  message: 'Use a whole number from 0 to 100.',
};
const badName = { path: 'metadata.name', message: 'Use lower-case letters.' };

describe('errorsByField', () => {
  it('says each problem once, at its field', () => {
    expect(errorsByField([badName, badName], ['name', 'owner'])).toEqual({
      name: { __errors: [badName.message] },
    });
  });

  it('says what is wrong with a pool at its number', () => {
    expect(errorsByField([tooMany], ['pools'])).toEqual({
      pools: { 1: { max: { __errors: [tooMany.message] } } },
    });
    expect(
      errorsByField([{ path: 'spec.pools', message: 'Too many.' }], ['pools']),
    ).toEqual({ pools: { __errors: ['Too many.'] } });
  });

  it('says nothing of other steps', () => {
    expect(errorsByField([badName], ['poolMax'])).toEqual({});
  });
});

it('goes to the first field of the step that is wrong', () => {
  expect(firstField([tooMany, badName], ['owner', 'name'])).toBe('name');
  expect(firstField([badName], ['poolMax'])).toBeUndefined();
});

it('knows what the form says itself', () => {
  expect(isInForm(badName, ['name'])).toBe(true);
  expect(isInForm(badName, ['poolMax'])).toBe(false);
  expect(isInForm({}, ['name'])).toBe(false);
});

describe('missingOf', () => {
  const steps = [{ schema: { required: ['name', 'stickyCookie', 'ssh'] } }];

  it('is what the document would do without', () => {
    expect(
      missingOf(
        steps,
        { stickyCookie: '', ssh: false },
        [badName],
        'Fill this in.',
      ),
    ).toEqual([
      { path: 'spec.loadBalancer.stickyCookie', message: 'Fill this in.' },
    ]);
  });

  it('is nothing when all is there', () => {
    expect(
      missingOf(steps, { name: 'a', stickyCookie: 'B', ssh: true }, [], 'x'),
    ).toEqual([]);
  });
});
