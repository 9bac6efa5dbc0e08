import { sampleConnection } from '../../__testUtils__/samples';
import { formOf, inputOf, missingFields } from './connectionForm';

const existing = sampleConnection({
  usableBy: ['group:default/a', 'group:default/b'],
  limits: { servers: 10 },
  consoleProjectId: '123',
});

describe('connection form', () => {
  it('begins a new connection with the reader’s group and without secrets', () => {
    expect(formOf(undefined, 'group:default/platform')).toEqual({
      name: '',
      owner: 'group:default/platform',
      usableBy: 'group:default/platform',
      consoleProjectId: '',
      token: '',
      clusterToken: '',
    });
  });

  it('keeps what a replacement does not touch, and sends no empty secret', () => {
    const form = formOf(existing, 'group:default/other');
    expect(missingFields(form, existing)).toEqual([]);
    expect(inputOf(form, existing)).toEqual({
      kind: 'hetzner',
      owner: 'group:default/platform',
      usableBy: ['group:default/a', 'group:default/b'],
      limits: { servers: 10 },
      consoleProjectId: '123',
    });
  });

  it('sends only the secrets that were typed', () => {
    const form = { ...formOf(existing, ''), clusterToken: ' new ' };
    expect(inputOf(form, existing).secrets).toEqual({ clusterToken: 'new' });
  });

  it('wants everything of a new connection but what is optional', () => {
    expect(missingFields(formOf(undefined, ' '), undefined)).toEqual([
      'name',
      'owner',
      'token',
      'clusterToken',
    ]);
  });

  it('reads groups that stand on lines or between commas', () => {
    const form = {
      ...formOf(undefined, 'group:default/platform'),
      usableBy: 'group:default/a, group:default/b\n\ngroup:default/c\n',
    };
    expect(inputOf(form, undefined).usableBy).toEqual([
      'group:default/a',
      'group:default/b',
      'group:default/c',
    ]);
  });
});
