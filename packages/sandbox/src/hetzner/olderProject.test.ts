import { fromFile, projectFile } from './project';

const server = {
  id: 10_000_001,
  name: 'web',
  status: 'running',
  created: 1_795_000_000_000,
  serverType: 'cx23',
  location: 'fsn1',
  image: 161547269,
  ipv4: { id: 10_000_002, ip: '127.80.0.1' },
  ipv6: null,
  privateNets: [],
  protection: { delete: false, rebuild: false },
  labels: {},
  placementGroup: null,
  sshKeys: [],
  userData: '',
  diskSize: 40,
  shutdown: null,
};

const loadBalancer = {
  id: 10_000_004,
  name: 'front',
  created: 1_795_000_000_000,
  type: 'lb11',
  location: 'nbg1',
  labels: {},
  protection: { delete: false },
  algorithm: 'round_robin',
  publicInterface: true,
  ipv4: { id: 10_000_005, ip: '127.80.0.2', dnsPtr: 'front.example.com' },
  ipv6: { id: 10_000_006, ip: '2001:db8:98:9684::1', dnsPtr: null },
  privateNets: [],
  services: [],
  targets: [],
  checkedSince: {},
};

const certificate = {
  id: 10_000_007,
  name: 'cert',
  labels: {},
  certificate: 'PEM',
  created: 1_795_000_000_000,
  notValidBefore: 1,
  notValidAfter: 2,
  domainNames: ['example.com'],
  fingerprint: '00',
};

const older = {
  name: 'demo',
  nextId: 10_000_008,
  actions: [],
  servers: [server],
  networks: [],
  loadBalancers: [loadBalancer],
  firewalls: [],
  placementGroups: [],
  certificates: [certificate],
  volumes: [],
  sshKeys: [],
};

describe('a project of an older version', () => {
  const project = fromFile(projectFile.parse(older));

  it('keeps its addresses, as primary IPs', () => {
    expect(project.servers.get(server.id)).toMatchObject({
      ipv4: 10_000_002,
      ipv6: null,
      iso: null,
    });
    expect(project.loadBalancers.get(loadBalancer.id)).toMatchObject({
      ipv4: 10_000_005,
      ipv6: 10_000_006,
    });
    expect([...project.primaryIps.values()]).toMatchObject([
      { id: 10_000_002, type: 'ipv4', ip: '127.80.0.1', location: 'fsn1' },
      {
        name: 'primary_ip-10000005',
        autoDelete: true,
        reverseDns: { '127.80.0.2': 'front.example.com' },
      },
      { type: 'ipv6', ip: '2001:db8:98:9684::/64', location: 'nbg1' },
    ]);
  });

  it('keeps its certificates, as uploaded ones', () => {
    expect(project.certificates.get(certificate.id)).toMatchObject({
      name: 'cert',
      status: null,
      issued: { certificate: 'PEM', fingerprint: '00' },
    });
  });

  it('is read again as it was written since', () => {
    const now = projectFile.parse(older);
    expect(projectFile.parse(structuredClone(now))).toEqual(now);
  });

  it('is still refused when it is something else', () => {
    expect(projectFile.safeParse({ ...older, servers: 'none' }).success).toBe(
      false,
    );
  });
});
