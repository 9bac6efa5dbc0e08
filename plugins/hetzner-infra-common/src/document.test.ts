import { parseEnvironmentDocument } from './document';
import {
  environmentInput,
  type EnvironmentOverrides,
} from './testing/environment';

function problemsOf(overrides: EnvironmentOverrides) {
  const parsed = parseEnvironmentDocument(environmentInput(overrides));
  return 'problems' in parsed ? parsed.problems : [];
}

describe('parseEnvironmentDocument', () => {
  it('fills in the defaults', () => {
    const parsed = parseEnvironmentDocument({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'small', owner: 'group:default/backend' },
      spec: {
        connections: { hetzner: 'sandbox' },
        location: 'fsn1',
        pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
      },
    });
    expect(parsed).toEqual({
      environment: expect.objectContaining({
        metadata: {
          name: 'small',
          owner: 'group:default/backend',
          expiresAt: null,
          protected: false,
        },
        spec: expect.objectContaining({
          network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/24' },
          adminAccess: { cidrs: [], ssh: false, sshKeys: [] },
          controlPlane: { serverType: 'cx23', count: 1 },
          loadBalancer: { type: 'lb11', stickyCookie: 'XPEDITIS_LB' },
        }),
      }),
    });
  });

  it.each<[string, EnvironmentOverrides, string, RegExp]>([
    [
      'a name with capitals',
      { metadata: { name: 'Prod' } },
      'metadata.name',
      /lower-case/,
    ],
    [
      'a long name',
      { metadata: { name: 'a'.repeat(31) } },
      'metadata.name',
      /at most 30/,
    ],
    [
      'a name that ends with a hyphen',
      { metadata: { name: 'prod-' } },
      'metadata.name',
      /end with/,
    ],
    [
      'an owner that is no group',
      { metadata: { owner: 'somebody' } },
      'metadata.owner',
      /group:/,
    ],
    [
      'an expiry that is no time',
      { metadata: { expiresAt: 'tomorrow' } },
      'metadata.expiresAt',
      /./,
    ],
    [
      'no CIDR',
      { spec: { network: { ipRange: '10.0.0.0' } } },
      'spec.network.ipRange',
      /10\.0\.0\.0\/16/,
    ],
    [
      'a CIDR with host bits',
      { spec: { network: { ipRange: '10.0.0.1/16' } } },
      'spec.network.ipRange',
      /host bits/,
    ],
    [
      'an IPv6 network',
      { spec: { network: { ipRange: 'fd00::/48' } } },
      'spec.network.ipRange',
      /IPv4/,
    ],
    [
      'a public network',
      { spec: { network: { ipRange: '8.8.0.0/16', nodes: '8.8.1.0/24' } } },
      'spec.network.ipRange',
      /private/,
    ],
    [
      'a tiny network',
      { spec: { network: { ipRange: '10.0.0.0/25', nodes: '10.0.0.0/26' } } },
      'spec.network.ipRange',
      /\/24/,
    ],
    [
      'nodes outside the network',
      { spec: { network: { ipRange: '10.0.0.0/16', nodes: '10.1.1.0/24' } } },
      'spec.network.nodes',
      /does not lie in/,
    ],
    [
      'a network over the pods',
      {
        spec: { network: { ipRange: '10.244.0.0/16', nodes: '10.244.1.0/24' } },
      },
      'spec.network.ipRange',
      /pods/,
    ],
    [
      'a network over the Services',
      { spec: { network: { ipRange: '10.0.0.0/8', nodes: '10.0.1.0/24' } } },
      'spec.network.ipRange',
      /services/,
    ],
    [
      'a range too small for the pools',
      { spec: { network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/29' } } },
      'spec.network.nodes',
      /need 10/,
    ],
    [
      'an admin address with host bits',
      { spec: { adminAccess: { cidrs: ['203.0.113.7/24'] } } },
      'spec.adminAccess.cidrs.0',
      /host bits/,
    ],
    [
      'SSH for nobody',
      { spec: { adminAccess: { cidrs: [], ssh: true } } },
      'spec.adminAccess.cidrs',
      /SSH is on/,
    ],
    [
      'a private key',
      {
        spec: {
          adminAccess: { sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] },
        },
      },
      'spec.adminAccess.sshKeys.0',
      /public key/,
    ],
    [
      'two control planes',
      { spec: { controlPlane: { count: 2 } } },
      'spec.controlPlane.count',
      /1 or 3/,
    ],
    ['no pool', { spec: { pools: [] } }, 'spec.pools', /at least one/],
    [
      'two pools of one name',
      {
        spec: {
          pools: [
            { name: 'web', serverType: 'cx43', min: 1, max: 1 },
            { name: 'web', serverType: 'cx43', min: 1, max: 1 },
          ],
        },
      },
      'spec.pools.1.name',
      /Two pools/,
    ],
    [
      'a pool with a reserved name',
      {
        spec: { pools: [{ name: 'data', serverType: 'cx43', min: 1, max: 1 }] },
      },
      'spec.pools.0.name',
      /belongs to the portal/,
    ],
    ...['control-plane', 'ssh-key', 'spread-web'].map(
      (name): [string, EnvironmentOverrides, string, RegExp] => [
        `a pool named ${name}`,
        { spec: { pools: [{ name, serverType: 'cx43', min: 1, max: 1 }] } },
        'spec.pools.0.name',
        /belongs to the portal/,
      ],
    ),
    [
      'a maximum below the minimum',
      {
        spec: { pools: [{ name: 'web', serverType: 'cx43', min: 3, max: 2 }] },
      },
      'spec.pools.0.max',
      /below/,
    ],
    [
      'pools without room',
      {
        spec: { pools: [{ name: 'web', serverType: 'cx43', min: 0, max: 0 }] },
      },
      'spec.pools.0.max',
      /room/,
    ],
    [
      'a host outside its zone',
      {
        spec: {
          edge: {
            zone: 'xpeditis.com',
            api: 'api.example.com',
            app: 'app.xpeditis.com',
          },
        },
      },
      'spec.edge.api',
      /zone/,
    ],
    ['a field that nobody knows', { spec: { pool: [] } }, 'spec', /pool/],
  ])('refuses %s where it stands', (_, overrides, path, message) => {
    expect(problemsOf(overrides)).toContainEqual(
      expect.objectContaining({
        path,
        code: expect.any(String),
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([null, undefined, 42, 'text', [], {}])('refuses %p', input => {
    expect(parseEnvironmentDocument(input)).toHaveProperty('problems');
  });
});

it.each<[string, EnvironmentOverrides, object]>([
  [
    'of a check of the schema',
    { metadata: { name: 'a'.repeat(31) } },
    { code: 'text-too-long', params: { most: '30' } },
  ],
  [
    'of fields beside each other',
    { spec: { network: { ipRange: '10.0.0.0/16', nodes: '10.1.1.0/24' } } },
    {
      code: 'nodes-outside-network',
      params: { nodes: '10.1.1.0/24', range: '10.0.0.0/16' },
      message:
        'The nodes’ range 10.1.1.0/24 does not lie in the network 10.0.0.0/16.',
    },
  ],
  [
    'that no sentence was written for',
    { metadata: { protected: 'yes' as never } },
    {
      code: 'wrong-type',
      params: { type: 'boolean' },
      message: 'Here belongs a value of the type boolean.',
    },
  ],
])(
  'tells the code and the values of a problem %s',
  (_what, overrides, told) => {
    expect(problemsOf(overrides)).toEqual([expect.objectContaining(told)]);
  },
);

it('gives every problem of an empty document a code', () => {
  const parsed = parseEnvironmentDocument({
    metadata: {},
    spec: { pools: [] },
  });
  expect('problems' in parsed && parsed.problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: 'metadata.name', code: 'name-missing' }),
      expect.objectContaining({ path: 'kind', code: 'missing' }),
      expect.objectContaining({ path: 'spec.pools', code: 'no-pools' }),
    ]),
  );
});
