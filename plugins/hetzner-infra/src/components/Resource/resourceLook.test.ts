import { resourceLook } from './resourceLook';

const balancer = (healthy?: number, state = 'in place') => ({
  state,
  ...(healthy !== undefined && { targets: { healthy, total: 2 } }),
});

describe('resourceLook', () => {
  it.each([
    ['all of its servers answer', 2, 'green', 'in place'],
    ['some of its servers answer', 1, 'amber', 'someAnswer'],
    ['none answers', 0, 'neutral', 'noneAnswers'],
    ['nobody told', undefined, 'green', 'in place'],
  ])('of a load balancer when %s', (_, healthy, tone, known) => {
    expect(resourceLook(balancer(healthy))).toMatchObject({ tone, known });
  });

  it('of a load balancer that has no server yet', () => {
    const resource = { state: 'in place', targets: { healthy: 0, total: 0 } };
    expect(resourceLook(resource).tone).toBe('green');
  });

  it('of a load balancer that is missing or busy is that', () => {
    expect(resourceLook(balancer(0, 'missing')).tone).toBe('red');
    expect(resourceLook(balancer(0, 'busy')).tone).toBe('blue');
  });

  it.each([
    ['running', 'green'],
    ['off', 'red'],
    ['starting', 'blue'],
    ['unknown', 'neutral'],
    ['constructor', 'neutral'],
  ])('of a server that is %s', (state, tone) => {
    expect(resourceLook({ state }).tone).toBe(tone);
  });
});
