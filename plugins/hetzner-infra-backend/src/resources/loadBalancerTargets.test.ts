import fc from 'fast-check';
import {
  namedTarget,
  poolsOf,
  poolTargets,
  targetHealth,
  type FoundTarget,
} from './loadBalancerTargets';

const owner = {
  installation: 'abc123def456',
  environmentId: 'ghi789jkl012',
  environment: 'xpeditis-prod',
};

const selectorTarget = (
  selector: string,
  usePrivateIp = true,
): FoundTarget => ({
  type: 'label_selector',
  label_selector: { selector },
  targets: [],
  use_private_ip: usePrivateIp,
});

const poolName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$/);

describe('the target for pools', () => {
  it('names installation, environment and pools', () => {
    expect(poolTargets(['web', 'jobs'], owner)).toEqual([
      {
        type: 'label_selector',
        label_selector: {
          selector:
            'infra.xpeditis.com/installation=abc123def456,infra.xpeditis.com/environment-id=ghi789jkl012,infra.xpeditis.com/pool in (jobs,web)',
        },
        use_private_ip: true,
      },
    ]);
  });

  it('reads as the pools it was written for', () => {
    fc.assert(
      fc.property(fc.uniqueArray(poolName, { minLength: 1 }), pools => {
        const [target] = poolTargets(pools, owner);
        const found = selectorTarget(target.label_selector!.selector);
        expect(poolsOf(found, owner)).toEqual([...pools].sort());
        expect(namedTarget(found)).toEqual({
          type: target.type,
          label_selector: target.label_selector,
        });
      }),
    );
  });

  it('reads alike however the provider spaces it', () => {
    const [{ label_selector: written }] = poolTargets(['web', 'jobs'], owner);
    const spaced = written!.selector
      .replace(/,/g, ', ')
      .replace(' in (', ' in( ');
    expect(poolsOf(selectorTarget(spaced), owner)).toEqual(['jobs', 'web']);
  });

  it('is none without pools', () => {
    expect(poolTargets([], owner)).toEqual([]);
  });
});

describe('a target of somebody else', () => {
  const [{ label_selector: ours }] = poolTargets(['web'], owner);
  const [{ label_selector: others }] = poolTargets(['web'], {
    ...owner,
    environmentId: 'another',
  });

  it.each<[string, FoundTarget, string]>([
    ['a selector', selectorTarget('role=web'), 'foreign:role=web'],
    [
      'the selector of another environment',
      selectorTarget(others!.selector),
      `foreign:${others!.selector}`,
    ],
    [
      'our selector over public addresses',
      selectorTarget(ours!.selector, false),
      `foreign:${ours!.selector}`,
    ],
    [
      'a server',
      {
        type: 'server',
        server: { id: 42, ip: '10.0.0.2' },
        health_status: [],
        use_private_ip: true,
      },
      'foreign:server 42',
    ],
    [
      'an address',
      { type: 'ip', ip: { ip: '203.0.113.9' }, health_status: [] },
      'foreign:ip 203.0.113.9',
    ],
  ])('%s reads as a pool that nobody wants', (_title, target, pool) => {
    expect(poolsOf(target, owner)).toEqual([pool]);
  });
});

describe('health', () => {
  const member = (...statuses: ('healthy' | 'unhealthy' | 'unknown')[]) => ({
    type: 'server' as const,
    server: { id: 1, ip: '10.0.1.1' },
    health_status: statuses.map((status, index) => ({
      listen_port: 80 + index,
      status,
    })),
    use_private_ip: true,
  });

  it('counts the servers that are healthy in every service', () => {
    const target = {
      ...selectorTarget('role=web'),
      targets: [
        member('healthy', 'healthy'),
        member('healthy', 'unhealthy'),
        member('unknown'),
        member(),
      ],
    } as FoundTarget;
    expect(
      targetHealth({ targets: [target, member('healthy') as FoundTarget] }),
    ).toEqual({ healthy: 2, total: 5 });
  });
});
