import { callKey, CallNumbers, nameInRequest } from './callNumbers';
import { emptyProject, Project } from './project';

const projectWith = (kind: 'servers' | 'actions', object: object): Project => ({
  ...emptyProject('p'),
  [kind]: new Map([[42, object]]),
});

describe('the numbers of requests', () => {
  const call = (project: string | null, method: string, key: string) => ({
    project,
    method,
    path: '/x',
    template: '/x',
    operation: null,
    key,
  });

  it('count by project, by write and by key, and begin again', () => {
    const numbers = new CallNumbers();
    const count = (...args: Parameters<typeof call>) => {
      const { number, write, nth } = numbers.number(call(...args));
      return [number, write, nth];
    };
    expect(count('a', 'GET', 'x')).toEqual([1, null, 1]);
    expect(count('a', 'POST', 'y')).toEqual([2, 1, 1]);
    expect(count('a', 'GET', 'x')).toEqual([3, null, 2]);
    expect(count('a', 'DELETE', 'z')).toEqual([4, 2, 1]);
    expect(count('b', 'POST', 'y')).toEqual([1, 1, 1]);
    expect(count(null, 'GET', 'x')).toEqual([1, null, 1]);
    numbers.restart('a');
    expect(count('a', 'POST', 'y')).toEqual([1, 1, 1]);
    expect(count('b', 'POST', 'y')).toEqual([2, 2, 2]);
  });

  it.each([
    ['an object of the path', { id: '42' }, {}, undefined, 'web'],
    ['an object that is gone', { id: '7' }, {}, undefined, undefined],
    ['what is to be created', {}, {}, '{"name":"new"}', 'new'],
    ['what is looked for', {}, { name: 'web' }, undefined, 'web'],
    ['no name', {}, {}, '{"name":5}', undefined],
    ['no JSON', {}, {}, '{', undefined],
  ])('name %s', (_what, params, query, body, expected) => {
    const project = projectWith('servers', { id: 42, name: 'web' });
    expect(nameInRequest(project, { params, query, body })).toBe(expected);
  });

  it('do not name what has no name', () => {
    const project = projectWith('actions', { id: 42, command: 'x' });
    const request = { params: { id: '42' }, query: {} };
    expect(nameInRequest(project, request)).toBeUndefined();
    expect(callKey('GET', '/actions/{id}', undefined)).toBe(
      'GET /actions/{id}',
    );
    expect(callKey('POST', '/servers', 'web')).toBe('POST /servers web');
  });
});
