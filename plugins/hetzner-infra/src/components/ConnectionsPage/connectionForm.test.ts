import { sampleConnection } from '../../__testUtils__/samples';
import {
  errorsByField,
  formOf,
  inputOf,
  missingFields,
} from './connectionForm';

const existing = sampleConnection({
  usableBy: ['group:default/a', 'group:default/b'],
  limits: { servers: 10 },
  consoleProjectId: '123',
  version: 3,
});

describe('connection form', () => {
  it('begins a new connection with the reader’s group and without secrets', () => {
    expect(formOf(undefined, 'group:default/platform')).toEqual({
      kind: 'hetzner',
      name: '',
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
      consoleProjectId: '',
      servers: '',
      loadBalancers: '',
      token: '',
      clusterToken: '',
      region: 'fsn1',
      endpoint: '',
      checkBucket: '',
      accessKey: '',
      secretKey: '',
    });
  });

  it('asks of object storage for what it has, and sends no more', () => {
    const begun = {
      ...formOf(undefined, 'group:default/platform'),
      kind: 'object-storage' as const,
      token: 'typed before the kind was chosen',
      servers: '10',
    };
    expect(missingFields(begun, undefined)).toEqual([
      'name',
      'accessKey',
      'secretKey',
    ]);
    const form = {
      ...begun,
      accessKey: ' key ',
      secretKey: 'secret',
      endpoint: ' https://s3.example.com ',
    };
    expect(inputOf(form, undefined)).toEqual({
      kind: 'object-storage',
      version: 0,
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
      region: 'fsn1',
      endpoint: 'https://s3.example.com',
      secrets: { accessKey: 'key', secretKey: 'secret' },
    });
  });

  it('keeps where object storage is when it is replaced', () => {
    const storage = sampleConnection({
      kind: 'object-storage',
      region: 'nbg1',
      checkBucket: 'checks',
    });
    const form = formOf(storage, '');
    expect(missingFields(form, storage)).toEqual([]);
    expect(inputOf(form, storage)).toMatchObject({
      kind: 'object-storage',
      region: 'nbg1',
      checkBucket: 'checks',
    });
    expect(inputOf(form, storage)).not.toHaveProperty('secrets');
  });

  it('keeps what a replacement does not touch, and sends no empty secret', () => {
    const form = formOf(existing, 'group:default/other');
    expect(missingFields(form, existing)).toEqual([]);
    expect(inputOf(form, existing)).toEqual({
      kind: 'hetzner',
      version: 3,
      owner: 'group:default/platform',
      usableBy: ['group:default/a', 'group:default/b'],
      limits: { servers: 10 },
      consoleProjectId: '123',
    });
  });

  it('asks for a new one, so that nobody’s of the same name is overwritten', () => {
    const form = formOf(undefined, 'group:default/platform');
    expect(inputOf(form, undefined).version).toBe(0);
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

  it('forgets an emptied limit, takes a typed one and keeps the others', () => {
    const before = { ...existing, limits: { servers: 10, networks: 5 } };
    const form = formOf(before, '');
    expect(form.servers).toBe('10');
    expect(
      inputOf({ ...form, servers: ' ', loadBalancers: '3' }, before).limits,
    ).toEqual({ networks: 5, loadBalancers: 3 });
    expect(inputOf({ ...form, servers: '' }, existing)).not.toHaveProperty(
      'limits',
    );
  });
});

it('puts what the backend says at the field that it is about', () => {
  expect(
    errorsByField([
      { path: 'secrets.token', message: 'It may only read.' },
      { path: 'usableBy.0', message: 'Name a group.' },
      { path: 'usableBy.1', message: 'Name another.' },
      { path: 'limits.networks', message: 'Too many.' },
    ]),
  ).toEqual({
    errors: {
      token: 'It may only read.',
      usableBy: 'Name a group. Name another.',
    },
    rest: ['Too many.'],
  });
});
