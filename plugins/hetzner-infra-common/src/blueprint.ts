import type { Catalogue } from './schema/openapi/generated/models';
import { addressFromEnd, ipv4Range } from './cidr';
import type { EnvironmentDocument } from './document';
import type {
  FirewallRule,
  LoadBalancerService,
  LoadBalancerState,
  ResourceGraph,
  ResourceNode,
  ServerState,
} from './graph';
import {
  checkLoadBalancer,
  checkReachability,
  checkSizes,
  checkWorkers,
} from './feasibility';
import type { DocumentProblem } from './problems';
import { Findings, type BlueprintWarning } from './findings';
import { PROVIDER_LIMITS } from './limits';
import { chooseServerType, type ServerTypeChoices } from './serverTypes';
import { partsNotBuilt } from './parts';

/** Operating system of every server. */
export const SERVER_IMAGE = 'ubuntu-24.04';

/** Port of the Kubernetes API on a control plane. */
const KUBERNETES_API_PORT = '6443';

/** Ports on which the ingress of a worker listens on its private address. */
const INGRESS_HTTP_PORT = 80;

/** How long the cookie keeps a client on one server: the length of a working day. */
const STICKY_COOKIE_LIFETIME_SECONDS = 8 * 3600;

/** What a document amounts to. `problems` name what cannot be built; the graph is complete only without them. */
export interface Blueprint {
  graph: ResourceGraph;
  choices: ServerTypeChoices;
  problems: DocumentProblem[];
  warnings: BlueprintWarning[];
}

/** What the blueprint depends on beside the document. */
export interface BlueprintContext {
  catalogue: Catalogue;
  /** Addresses from which the portal itself reaches the Kubernetes API, as CIDRs. */
  egressCidrs: string[];
  /** Server types that an earlier revision chose. */
  recordedChoices?: ServerTypeChoices;
}

function serverTypeOf(
  environment: EnvironmentDocument,
  {
    group,
    path,
    asked,
  }: { group: string; path: string; asked: string | string[] },
  context: BlueprintContext,
  findings: Findings,
): string | undefined {
  const chosen = chooseServerType({
    asked,
    location: environment.spec.location,
    catalogue: context.catalogue,
    recorded: context.recordedChoices?.[group],
  });
  if ('obstacles' in chosen) {
    chosen.obstacles.forEach(({ code, params }) =>
      findings.problem(path, code, params),
    );
    return undefined;
  }
  findings.choices[group] = chosen.choice;
  if (chosen.choice.reason) {
    findings.warn('server-type-replaced', path, chosen.choice.reason, {
      asked: chosen.choice.asked.join(', '),
      location: chosen.choice.location,
      chosen: chosen.choice.chosen,
    });
  }
  return chosen.serverType.name;
}

function sshKeys(environment: EnvironmentDocument): ResourceNode<'ssh-key'>[] {
  const keys = environment.spec.adminAccess.sshKeys;
  // Without any key the provider would make a root password and send it around.
  return (keys.length > 0 ? keys : [null]).map((publicKey, index) => ({
    kind: 'ssh-key',
    key: `ssh-key-${index + 1}`,
    desired: { publicKey },
    needs: [],
  }));
}

function firewalls(
  environment: EnvironmentDocument,
  egressCidrs: string[],
  findings: Findings,
): ResourceNode<'firewall'>[] {
  const { cidrs, ssh } = environment.spec.adminAccess;
  const sshRules: FirewallRule[] = ssh
    ? [
        {
          description: 'SSH from the administrators',
          protocol: 'tcp',
          port: '22',
          sources: [...cidrs].sort(),
        },
      ]
    : [];
  const apiSources = [...new Set([...cidrs, ...egressCidrs])].sort();
  if (apiSources.length > PROVIDER_LIMITS.sourcesPerRule) {
    findings.problem('spec.adminAccess.cidrs', 'too-many-sources', {
      most: PROVIDER_LIMITS.sourcesPerRule,
      sources: apiSources.length,
    });
  }
  const apiRules: FirewallRule[] =
    apiSources.length > 0
      ? [
          {
            description:
              'Kubernetes API from the administrators and the portal',
            protocol: 'tcp',
            port: KUBERNETES_API_PORT,
            sources: apiSources,
          },
        ]
      : [];
  return [
    {
      kind: 'firewall',
      key: 'firewall-control-plane',
      desired: { rules: [...sshRules, ...apiRules] },
      needs: [],
    },
    {
      kind: 'firewall',
      key: 'firewall-workers',
      desired: { rules: sshRules },
      needs: [],
    },
  ];
}

/** Placement groups for a row of servers: one for each ten. */
function placementGroups(
  name: string,
  count: number,
): ResourceNode<'placement-group'>[] {
  const groups = Math.ceil(count / PROVIDER_LIMITS.serversPerPlacementGroup);
  return Array.from({ length: groups }, (_, index) => ({
    kind: 'placement-group',
    key: `spread-${name}-${index + 1}`,
    desired: { type: 'spread' },
    needs: [],
  }));
}

function server(
  key: string,
  index: number,
  groupName: string,
  rest: Pick<
    ServerState,
    | 'serverType'
    | 'location'
    | 'role'
    | 'pool'
    | 'firewalls'
    | 'sshKeys'
    | 'privateIp'
    | 'protected'
  >,
): ResourceNode<'server'> {
  const placementGroup = `spread-${groupName}-${
    Math.floor(index / PROVIDER_LIMITS.serversPerPlacementGroup) + 1
  }`;
  return {
    kind: 'server',
    key,
    desired: {
      ...rest,
      image: SERVER_IMAGE,
      network: 'network',
      placementGroup,
      power: 'on',
      userData: null,
    },
    needs: ['network', placementGroup, ...rest.firewalls, ...rest.sshKeys],
  };
}

/** The most control planes that a document can ask for. */
const MOST_CONTROL_PLANES = 3;

/**
 * Private addresses of the control planes, the first one first, also of those
 * that there may be later.
 *
 * @param nodes - range of the nodes as CIDR
 */
export function controlPlaneAddresses(nodes: string): string[] {
  const range = ipv4Range(nodes)!;
  return Array.from({ length: MOST_CONTROL_PLANES }, (_, index) =>
    addressFromEnd(range, index + 1),
  );
}

function controlPlanes(
  environment: EnvironmentDocument,
  serverType: string,
  keys: string[],
): ResourceNode[] {
  const { spec } = environment;
  const addresses = controlPlaneAddresses(spec.network.nodes);
  return [
    ...placementGroups('control-plane', spec.controlPlane.count),
    ...Array.from({ length: spec.controlPlane.count }, (_, index) =>
      server(`control-plane-${index + 1}`, index, 'control-plane', {
        serverType,
        location: spec.location,
        role: 'control-plane',
        pool: null,
        firewalls: ['firewall-control-plane'],
        sshKeys: keys,
        privateIp: addresses[index],
        protected: true,
      }),
    ),
  ];
}

function poolServers(
  environment: EnvironmentDocument,
  pool: EnvironmentDocument['spec']['pools'][number],
  serverType: string,
  keys: string[],
): ResourceNode[] {
  return [
    ...placementGroups(pool.name, pool.min),
    ...Array.from({ length: pool.min }, (_, index) =>
      server(`${pool.name}-${index + 1}`, index, pool.name, {
        serverType,
        location: environment.spec.location,
        role: 'worker',
        pool: pool.name,
        firewalls: ['firewall-workers'],
        sshKeys: keys,
        privateIp: null,
        protected: false,
      }),
    ),
  ];
}

/** The bucket of the environment, if it has one. It needs nothing else of the graph. */
function bucket({ spec }: EnvironmentDocument): ResourceNode<'bucket'>[] {
  const connection = spec.connections.objectStorage;
  const name = spec.data?.objectStorage?.bucket;
  if (connection === undefined || name === undefined) return [];
  return [
    {
      kind: 'bucket',
      key: 'bucket',
      desired: {
        connection,
        bucket: name,
        mark: 'on',
        versioning: 'on',
        lifecycle: 'on',
        publicAccessBlock: 'on',
        retained: false,
      },
      needs: [],
    },
  ];
}

/** Host names that the environment answers to. */
function hostNames(environment: EnvironmentDocument): string[] {
  const { edge } = environment.spec;
  return edge
    ? [...new Set([edge.api, edge.app])]
    : [`${environment.metadata.name}.environment.internal`];
}

function loadBalancer(
  environment: EnvironmentDocument,
): ResourceNode<'load-balancer'> {
  const { loadBalancer: wanted, location, pools } = environment.spec;
  const https: LoadBalancerService = {
    protocol: 'https',
    listenPort: 443,
    destinationPort: INGRESS_HTTP_PORT,
    http: {
      certificate: 'certificate',
      redirectHttp: true,
      stickyCookie: {
        name: wanted.stickyCookie,
        lifetimeSeconds: STICKY_COOKIE_LIFETIME_SECONDS,
      },
    },
    healthCheck: {
      protocol: 'http',
      port: INGRESS_HTTP_PORT,
      intervalSeconds: 5,
      timeoutSeconds: 3,
      retries: 3,
      path: '/ping',
      statusCodes: ['2??'],
    },
  };
  const desired: LoadBalancerState = {
    type: wanted.type,
    location,
    algorithm: 'round_robin',
    network: 'network',
    services: [https],
    targetPools: pools.map(pool => pool.name).sort(),
  };
  return {
    kind: 'load-balancer',
    key: 'load-balancer',
    desired,
    needs: ['network', 'certificate'],
  };
}

/**
 * Draws what a document asks for as a graph of resources. Pure: the same
 * document, catalogue and recorded choices give the same graph.
 */
export function blueprint(
  environment: EnvironmentDocument,
  context: BlueprintContext,
): Blueprint {
  const { spec, metadata } = environment;
  const { catalogue } = context;
  const findings = new Findings();

  const location = catalogue.locations.find(
    ({ name }) => name === spec.location,
  );
  if (!location) {
    findings.problem('spec.location', 'location-unknown', {
      location: spec.location,
      known: catalogue.locations.map(({ name }) => name).join(', '),
    });
  }
  checkLoadBalancer(environment, catalogue, findings);
  checkSizes(environment, findings);
  checkWorkers(environment, findings);
  checkReachability(environment, context.egressCidrs, findings);

  const keyNodes = sshKeys(environment);
  const keys = keyNodes.map(({ key }) => key);
  const nodes: ResourceNode[] = [
    {
      kind: 'network',
      key: 'network',
      desired: {
        ipRange: spec.network.ipRange,
        nodes: spec.network.nodes,
        networkZone: location?.networkZone ?? '',
      },
      needs: [],
    },
    ...keyNodes,
    ...firewalls(environment, context.egressCidrs, findings),
    {
      kind: 'certificate',
      key: 'certificate',
      desired: { domains: hostNames(environment) },
      needs: [],
    },
  ];

  const controlPlaneType = location
    ? serverTypeOf(
        environment,
        {
          group: 'control-plane',
          path: 'spec.controlPlane.serverType',
          asked: spec.controlPlane.serverType,
        },
        context,
        findings,
      )
    : undefined;
  if (controlPlaneType) {
    nodes.push(...controlPlanes(environment, controlPlaneType, keys));
  }
  spec.pools.forEach((pool, index) => {
    const type = location
      ? serverTypeOf(
          environment,
          {
            group: pool.name,
            path: `spec.pools.${index}.serverType`,
            asked: pool.serverType,
          },
          context,
          findings,
        )
      : undefined;
    if (type) nodes.push(...poolServers(environment, pool, type, keys));
  });
  nodes.push(loadBalancer(environment), ...bucket(environment));

  if (spec.data?.objectStorage && !spec.connections.objectStorage) {
    findings.warn(
      'bucket-without-connection',
      'spec.connections.objectStorage',
      `The bucket ${spec.data.objectStorage.bucket} is not made: the document names no connection of the kind object-storage.`,
      { bucket: spec.data.objectStorage.bucket },
    );
  }
  for (const part of partsNotBuilt(environment)) {
    findings.warn(
      'not-created',
      part.path,
      `${part.name}: not created by this version.`,
    );
  }
  return {
    graph: { environment: metadata.name, nodes },
    choices: findings.choices,
    problems: findings.problems,
    warnings: findings.warnings,
  };
}
