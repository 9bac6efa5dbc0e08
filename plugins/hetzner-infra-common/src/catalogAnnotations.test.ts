import {
  annotatedEnvironments,
  ENVIRONMENT_ANNOTATION,
} from './catalogAnnotations';

describe('annotatedEnvironments', () => {
  it.each([
    ['xpeditis-prod', ['xpeditis-prod']],
    ['xpeditis-prod,xpeditis-staging', ['xpeditis-prod', 'xpeditis-staging']],
    [' xpeditis-prod , xpeditis-prod ,', ['xpeditis-prod']],
    ['', []],
    [' , ', []],
  ])('reads %p as %p', (annotation, names) => {
    expect(
      annotatedEnvironments({ [ENVIRONMENT_ANNOTATION]: annotation }),
    ).toEqual(names);
  });

  it('finds none without the annotation', () => {
    expect(annotatedEnvironments({})).toEqual([]);
    expect(annotatedEnvironments(undefined)).toEqual([]);
  });
});
