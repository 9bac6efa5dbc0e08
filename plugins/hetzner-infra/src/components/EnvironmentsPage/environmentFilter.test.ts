import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleEnvironment } from '../../__testUtils__/samples';
import {
  applyFilter,
  readFilter,
  totalCost,
  writeFilter,
} from './environmentFilter';

const cost = (monthly: string, currency = 'EUR') => [
  { currency, monthly, monthlyMax: monthly },
];
const production = sampleEnvironment({
  name: 'prod',
  monthly: cost('49.20'),
  expiresAt: '2027-01-01T00:00:00Z',
});
const staging = sampleEnvironment({
  name: 'staging',
  state: 'failed',
  owner: 'group:default/checkout',
  location: 'hel1',
  monthly: cost('9.99'),
  expiresAt: '2026-12-01T00:00:00Z',
  servers: { running: 1, wanted: 3 },
});
const preview = sampleEnvironment({
  name: 'preview',
  state: 'creating',
  connection: 'abroad',
  monthly: undefined,
});
const all: Environment[] = [staging, production, preview];

describe('environment filter', () => {
  it.each<[string, string[]]>([
    ['', ['preview', 'prod', 'staging']],
    ['sort=-name', ['staging', 'prod', 'preview']],
    ['sort=cost', ['preview', 'staging', 'prod']],
    ['sort=expires', ['staging', 'prod', 'preview']],
    ['sort=servers', ['staging', 'preview', 'prod']],
    ['sort=state', ['staging', 'preview', 'prod']],
    ['sort=location', ['preview', 'prod', 'staging']],
    ['sort=owner', ['staging', 'preview', 'prod']],
    ['sort=nonsense', ['preview', 'prod', 'staging']],
    ['search=PR', ['preview', 'prod']],
    ['state=failed', ['staging']],
    ['state=nonsense', ['preview', 'prod', 'staging']],
    ['owner=group:default/checkout', ['staging']],
    ['location=hel1', ['staging']],
    ['connection=abroad', ['preview']],
    ['attention=yes', ['staging']],
    ['attention=no', ['preview', 'prod', 'staging']],
    ['page=-1', ['preview', 'prod', 'staging']],
    ['owner=group:default/checkout&state=ready', []],
  ])('shows for %p %p', (query, names) => {
    const filter = readFilter(new URLSearchParams(query));
    expect(applyFilter(all, filter).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    '',
    'sort=-cost',
    'page=3',
    'search=a&state=ready&owner=group%3Ax%2Fy&location=fsn1&connection=a&attention=yes',
  ])('keeps %p in the address', query => {
    const written = writeFilter(readFilter(new URLSearchParams(query)));
    expect(written.toString()).toBe(query);
  });

  it('leaves the list that it is given as it is', () => {
    const before = [...all];
    applyFilter(all, readFilter(new URLSearchParams('sort=cost')));
    expect(all).toEqual(before);
  });
});

describe('totalCost', () => {
  it('adds within a currency and never across', () => {
    const abroad = sampleEnvironment({ monthly: cost('1.10', 'USD') });
    const removed = sampleEnvironment({ state: 'removed' });
    expect(totalCost([production, staging, preview, abroad, removed])).toEqual([
      { currency: 'EUR', monthly: '59.19' },
      { currency: 'USD', monthly: '1.1' },
    ]);
  });
});
