import { resourceLook, targetsOf } from './resourceLook';

const balancer = (targets?: string, state = 'in place') => ({
  kind: 'load-balancer',
  state,
  ...(targets && { details: { 'Healthy targets': targets } }),
});

describe('resourceLook', () => {
  it.each([
    ['all of its servers answer', '2 of 2', 'green', 'in place'],
    ['some of its servers answer', '1 of 2', 'amber', 'someAnswer'],
    ['none answers, before the cluster', '0 of 2', 'neutral', 'noneAnswers'],
    ['it has no server yet', '0 of 0', 'green', 'in place'],
    ['nobody told', undefined, 'green', 'in place'],
  ])('of a load balancer when %s', (_, targets, tone, known) => {
    expect(resourceLook(balancer(targets))).toMatchObject({ tone, known });
  });

  it('of a load balancer that is missing or busy is that', () => {
    expect(resourceLook(balancer('0 of 2', 'missing')).tone).toBe('red');
    expect(resourceLook(balancer('0 of 2', 'busy')).tone).toBe('blue');
  });

  it.each([
    ['running', 'green'],
    ['off', 'red'],
    ['starting', 'blue'],
    ['unknown', 'neutral'],
    ['constructor', 'neutral'],
  ])('of a server that is %s', (state, tone) => {
    expect(resourceLook({ kind: 'server', state }).tone).toBe(tone);
  });
});

describe('targetsOf', () => {
  it('knows only those of load balancers', () => {
    expect(targetsOf(balancer('1 of 3'))).toEqual({ healthy: 1, total: 3 });
    expect(targetsOf({ ...balancer('1 of 3'), kind: 'server' })).toBe(
      undefined,
    );
    expect(targetsOf(balancer('many'))).toBe(undefined);
  });
});
