import { createMockDirectory } from '@backstage/backend-test-utils';
import type { JsonValue } from '@backstage/types';
import { resolveFile } from './catalogFilePlaceholder';

describe('resolveFile', () => {
  const directory = createMockDirectory({
    content: { catalog: { 'api.yaml': '' }, 'openapi.yaml': 'openapi: 3.1.0' },
  });
  const emit = jest.fn();
  const resolve = (value: JsonValue, baseUrl: string) =>
    resolveFile({
      key: 'file',
      value,
      baseUrl,
      emit,
      read: jest.fn(),
      resolveUrl: jest.fn(),
    });

  it('reads relative to the file of the entity, and again when it changes', async () => {
    const base = directory.resolve('catalog/api.yaml');

    expect(await resolve('../openapi.yaml', base)).toBe('openapi: 3.1.0');
    expect(emit).toHaveBeenCalledWith({
      type: 'refresh',
      key: `file:${directory.resolve('openapi.yaml')}`,
    });
  });

  it.each([
    ['an entity from elsewhere', 'x.yaml', 'https://example.com/api.yaml'],
    ['an absolute path', '/etc/hostname', '/catalog/api.yaml'],
    ['what is no path', { a: 1 }, '/catalog/api.yaml'],
  ])('refuses %s', async (_, value, base) => {
    await expect(resolve(value, base)).rejects.toThrow(/^\$file in /);
  });
});
