import { PROBLEM_TEXTS } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What the backend says by a code or by structure, see `src/words`. */
export const backend = {
  /** Parts of sentences, by the code of a phrase. */
  phrase: {
    'trait-private-address': 'private address {{address}}',
    'trait-rule': '{{port}} from {{sources}}',
    'trait-closed': 'closed to the internet',
    'trait-sticky-cookie': 'sticky cookie {{cookie}}',
    'trait-spread': 'spread over different hosts',
    'lost-access': 'No longer let in: {{sources}}.',
    'lost-sessions':
      'A visitor may come to another worker once, because the cookie has another name.',
    'server-off-for-type':
      'The server is off for about three minutes while its type changes.',
    'connections-break-for-type':
      'Open connections may break while its type changes.',
    'moves-to-successor':
      'What runs on it moves to other servers once its successor is there.',
    'moves-away': 'What runs on it moves to other servers.',
    'step-failed': '{{title}} failed: {{reason}}',
    'step-note': '{{title}}: {{note}}',
    tried: 'Tried {{attempts}} times.',
    'undoing-failed': 'Undoing it failed too:',
    'approval-expired':
      'Nobody of {{group}} approved it in time. Ask for it again.',
    'approval-rejected': '{{by}} rejected it: {{reason}}',
    'operation-taken-over': 'Taken over by {{worker}}',
    'operation-continued': 'Continued by {{worker}}',
    'rate-limited':
      'The requests that the provider allows in an hour are used up. This goes on slowly, one request at a time, until about {{until}}.',
    'environment-as-wanted':
      '{{environment}} is as revision {{revision}} says.',
    'environment-not-as-wanted': '{{environment}} is not as it should be.',
    'environment-ready':
      '{{environment}} is ready, as revision {{revision}} says.',
    'environment-removed': '{{environment}} is removed.',
    'operation-awaits-group': '{{doing}} waits for approval by {{group}}.',
    'operation-awaits-approval': '{{doing}} waits for approval.',
    'operation-queued': '{{doing}} waits for its turn.',
    'operation-running': '{{doing}}.',
    'operation-being-undone':
      '{{doing}} failed. What was made of it is being removed.',
    'operation-not-approved': '{{doing}} was not approved.',
    'cancelling-removes':
      'Cancelling. What was made of {{environment}} is being removed.',
    'cancelling-returns':
      'Cancelling. {{environment}} goes back to revision {{revision}}.',
    'cancelling-stops': 'Cancelling. What is in flight is awaited.',
    'step-not-ready': '{{title}} failed:',
    'not-ready-in-time': 'It was not ready within {{seconds}} s.',
    'cluster-missing': '{{object}} {{name}} is not there.',
    'kind-missing': 'The cluster has no kind {{object}} of {{api}} yet.',
    'cluster-not-seen':
      '{{object}} {{name}} was not looked at by its controller yet.',
    'cluster-unavailable':
      '{{object}} {{name}} has {{available}} of {{wanted}} pods available.',
    'cluster-not-ready': '{{object}} {{name}} is not ready.',
    'cluster-not-ready-because': '{{object}} {{name}} is not ready: {{reason}}',
    'node-missing': 'Server {{name}} did not join the cluster.',
    'node-not-ready': 'Node {{name}} is not ready.',
    'node-not-ready-because': 'Node {{name}} is not ready: {{reason}}',
    'node-without-id':
      'Node {{name}} has no provider id: the cloud controller manager did not take it up.',
    'chart-failed': 'Chart {{name}} could not be installed.',
    'chart-failed-because': 'Chart {{name}} could not be installed: {{reason}}',
    'pod-unplaced': 'Pod {{name}} has no node.',
    'pod-unplaced-because': 'Pod {{name}} has no node: {{reason}}',
    'pod-fails': 'Pod {{name}} does not run.',
    'pod-fails-because': 'Pod {{name}} does not run: {{reason}}',
    'cluster-event': 'The cluster reports of {{object}}.',
    'cluster-event-because': 'The cluster reports of {{object}}: {{reason}}',
    'operation-cancelled-undone':
      '{{doing}} was cancelled. All that was made of it is removed.',
    'operation-cancelled-returned':
      '{{doing}} was cancelled. It is as revision {{revision}} says again.',
    'operation-cancelled-before': '{{doing}} was cancelled before it began.',
    'operation-cancelled-unremoved':
      '{{doing}} was cancelled. Nothing was removed.',
    'operation-cancelled-for-removal':
      '{{doing}} was cancelled. Its removal took over.',
    'operation-cancelled-stayed':
      '{{doing}} was cancelled. What had been done stayed.',
    'operation-failed-unremoved':
      '{{doing}} failed. What was not removed is still there.',
    'operation-failed-undone':
      '{{doing}} failed. All that was made of it is removed.',
    'operation-failed-stayed': '{{doing}} failed. What had been done stayed.',
  },
  /** What a driver notes about its change. */
  note: {
    again: 'Trying again in {{seconds}} s. {{reason}}',
    'key-known': 'The project has this key already, as {{key}}.',
    attached: 'Attached to the network.',
    'attached-as': 'Attached to the network as {{address}}.',
    'power-cut': 'Not off after {{seconds}} s: cutting its power.',
    'not-on': 'Could not turn it on again either. {{reason}}',
    'targets-later': 'Its targets follow when they can be reached. {{reason}}',
    'no-lifecycle-rules':
      'Its provider has no lifecycle rules: old versions stay until somebody deletes them.',
    'bucket-retained':
      'There is data in {{bucket}}, and nobody asked for its end by name: it stays, and costs, until it is released.',
  },
  /** What an operation does, at the beginning of a sentence. */
  doing: {
    create: 'Creating {{environment}}',
    change: 'Changing {{environment}}',
    reconcile: 'Repairing {{environment}}',
    remove: 'Removing {{environment}}',
  },
  changeTitle: {
    create: 'Create {{resource}} {{name}}',
    update: 'Change {{resource}} {{name}}',
    replace: 'Replace {{resource}} {{name}}',
    remove: 'Remove {{resource}} {{name}}',
    keep: 'Keep {{resource}} {{name}}',
    withTraits: '{{title}} ({{traits}})',
  },
  /** A kind of resource in the midst of a sentence. */
  resourceNoun: {
    'load-balancer': 'load balancer',
    server: 'server',
    network: 'network',
    firewall: 'firewall',
    'placement-group': 'placement group',
    certificate: 'certificate',
    'ssh-key': 'SSH key',
    bucket: 'bucket',
  },
  deviation: {
    values: '{{field}}: {{wanted}} is wanted, {{found}} was found.',
    of: '{{kind}} {{name}}: {{what}}',
    details: '{{field}}: they differ in their details.',
    missing: 'It is wanted and does not exist.',
    surplus: 'It exists and is not wanted.',
    none: 'nothing',
    on: 'on',
    off: 'off',
    next: {
      create: 'Putting it right creates it.',
      update: 'Putting it right changes it in place.',
      replace: 'Putting it right replaces it by a successor.',
      remove: 'Putting it right removes it.',
      report:
        'Putting it right leaves this: a successor would cost more than the portal may decide. Change the document, or the resource by hand.',
    },
  },
  field: {
    ipRange: 'Address range',
    nodes: 'Address range of the nodes',
    networkZone: 'Network zone',
    publicKey: 'Public key',
    rules: 'Rules',
    domains: 'Domains',
    serverType: 'Server type',
    image: 'Image',
    location: 'Location',
    role: 'Role',
    pool: 'Pool',
    placementGroup: 'Placement group',
    userData: 'User data',
    firewalls: 'Firewalls',
    network: 'Network',
    privateIp: 'Private address',
    power: 'Power',
    protected: 'Protection against deletion',
    type: 'Type',
    algorithm: 'Algorithm',
    services: 'Services',
    targetPools: 'Target pools',
    connection: 'Connection',
    bucket: 'Bucket',
    mark: 'Mark of its owner',
    versioning: 'Versioning',
    lifecycle: 'Lifecycle rules',
    publicAccessBlock: 'Block of public access',
    retained: 'Only kept for its data',
  },
  /** Labels of what is told of a resource. */
  detail: {
    'Public IPv4': 'Public IPv4',
    'Public IPv6': 'Public IPv6',
    'Private IP': 'Private IP',
    Type: 'Type',
    Status: 'Status',
    'Healthy targets': 'Healthy targets',
    Rules: 'Rules',
    'Applied to': 'Applied to',
    Range: 'Range',
    Attached: 'Attached',
    Servers: 'Servers',
    Fingerprint: 'Fingerprint',
    Domains: 'Domains',
    'Valid until': 'Valid until',
    Connection: 'Connection',
    Versioning: 'Versioning',
    'Lifecycle rules': 'Lifecycle rules',
    'Block of public access': 'Block of public access',
  },
  feature: {
    on: 'on',
    off: 'off',
    unavailable: 'not offered by the provider',
  },
  someOf: '{{some}} of {{all}}',
  /** What is wrong with a document; in English the library says it. */
  problem: PROBLEM_TEXTS,
  warning: {
    'quota-exceeded':
      '{{quota}}: the project may have {{limit}}, has {{used}} and would have {{after}}. Choose fewer, remove some, or ask the provider for a higher limit.',
    'price-unknown':
      'The price of {{part}} is not known: hetznerInfra.prices.{{entry}} is missing in the configuration.',
    'server-type-replaced':
      '{{asked}} cannot be ordered in {{location}}; {{chosen}} takes its place.',
    'admin-access-open': {
      api: '{{cidrs}} lets the whole internet try to reach the Kubernetes API.',
      'api-and-ssh':
        '{{cidrs}} lets the whole internet try to reach the Kubernetes API and SSH.',
    },
    'admin-access-closed':
      'No address may reach the Kubernetes API: name the administrators’ ranges, or the portal’s own in hetznerInfra.egressCidrs.',
    'bucket-without-connection':
      'The bucket {{bucket}} is not made: the document names no connection of the kind object-storage.',
    'connection-refused':
      'The connection {{connection}} cannot be used: the provider refused it when it was last checked. Look under Connections why, then check it again.',
    'no-workers':
      'No worker is always there: it begins with control plane and load balancer, and nothing answers before the cluster buys a worker for a pod that finds no room. This version installs no cluster, so none is bought.',
    'approval-needed':
      'The environments of {{owner}} would cost {{total}} {{currency}} a month; {{budget}} is their budget. Nothing is touched before a member of {{group}} approves it.',
    'not-created': '{{part}}: not created by this version.',
  },
  /** Parts of a document that are priced and not built, by their place in it. */
  part: {
    'spec.edge': 'The Cloudflare edge',
    'spec.data.postgres': 'PostgreSQL',
    'spec.data.redis': 'Redis',
    'spec.workloads': 'The Xpeditis workloads',
    'spec.addons': 'The cluster’s add-ons',
  },
  /** Places of a document, by their path; those of a pool without its name. */
  place: {
    'metadata.name': 'Name',
    'metadata.owner': 'Owner',
    'metadata.expiresAt': 'Expires',
    'metadata.protected': 'Protected from removal',
    'spec.connections.hetzner': 'Hetzner project',
    'spec.connections.cloudflare': 'Cloudflare account',
    'spec.connections.objectStorage': 'Project of the object storage',
    'spec.location': 'Location',
    'spec.network.ipRange': 'Private network',
    'spec.network.nodes': 'Servers’ range',
    'spec.adminAccess.cidrs': 'Addresses of administrators',
    'spec.adminAccess.ssh': 'SSH for administrators',
    'spec.adminAccess.sshKeys': 'SSH keys',
    'spec.controlPlane.serverType': 'Control plane type',
    'spec.controlPlane.count': 'Control planes',
    'spec.pools.serverType': 'Pool {{name}}: worker type',
    'spec.pools.min': 'Pool {{name}}: workers at least',
    'spec.pools.max': 'Pool {{name}}: workers at most',
    'spec.loadBalancer.type': 'Load balancer',
    'spec.loadBalancer.stickyCookie': 'Cookie for sticky sessions',
    'spec.edge.zone': 'Domain at Cloudflare',
    'spec.edge.api': 'Host of the API',
    'spec.edge.app': 'Host of the app',
    'spec.edge.tls': 'End of TLS',
    'spec.edge.waf': 'Web application firewall',
    'spec.edge.cache': 'Cache at Cloudflare',
    'spec.data.postgres.mode': 'PostgreSQL',
    'spec.data.postgres.connection': 'Connection of PostgreSQL',
    'spec.data.redis.mode': 'Redis',
    'spec.data.redis.connection': 'Connection of Redis',
    'spec.data.objectStorage.bucket': 'Bucket',
    'spec.workloads.backend.image': 'Backend: image',
    'spec.workloads.backend.min': 'Backend: pods at least',
    'spec.workloads.backend.max': 'Backend: pods at most',
    'spec.workloads.frontend.image': 'Frontend: image',
    'spec.workloads.frontend.min': 'Frontend: pods at least',
    'spec.workloads.frontend.max': 'Frontend: pods at most',
    'spec.addons.monitoring': 'Monitoring',
    'spec.addons.backups': 'Backups',
  },
  orphanWhy: {
    retained:
      'Its environment {{environment}} was removed, and it is kept for the data in it.',
    removed: 'Its environment {{environment}} was removed.',
    unknown:
      'It carries the labels of {{environment}}, which the database does not know.',
    nameless: 'It carries the label of this portal and names no environment.',
    left: 'The {{maker}} of {{environment}} made it, and {{environment}} was removed.',
    leftByUnknown:
      'The {{maker}} of an environment made it that the database does not know.',
  },
  maker: {
    'cloud controller': 'cloud controller',
    'cluster autoscaler': 'cluster autoscaler',
    'volume driver': 'volume driver',
  },
  notCancellable: {
    'has-succeeded': 'It cannot be cancelled: it has succeeded.',
    'has-failed': 'It cannot be cancelled: it has failed.',
    'deletion-has-begun':
      'It cannot be cancelled: its first deletion has begun.',
    'being-undone': 'It failed and is being undone already.',
    'is-cancelling': 'It is being cancelled already.',
    'is-cancelled': 'It is cancelled already.',
  },
  connectionCheck: {
    'tokens-valid': 'Both tokens are valid and may read and write.',
    'keys-valid': 'The keys are valid and may write, read and delete.',
    'token-valid': 'The token is valid and may read and write.',
    unauthorized:
      'Hetzner does not know this token. Make one in the console of the project under Security, API tokens, with the permission read and write.',
    token_readonly:
      'This token may only read. Make one in the console of the project under Security, API tokens, with the permission read and write.',
    forbidden:
      'This token may only read. Make one in the console of the project under Security, API tokens, with the permission read and write.',
    another_project:
      'This token is of another project: it sees nothing of the environments of this connection. Use a token of the same project.',
    invalid_response:
      'What answers is not the API of the provider. Check the address in the configuration, and what stands between it and the portal.',
    ofCluster: 'The token for the cluster: {{message}}',
  },
  /** Why the backend refused, by the code of its error. */
  refusal: {
    'permission-lacks': 'You lack the permission {{permission}}.',
    'permission-lacks-for-environment':
      'You lack the permission {{permission}} for the environment {{environment}}.',
    'environment-exists':
      'An environment named {{environment}} exists. Choose another name, or change that environment.',
    'price-above':
      'It costs {{monthly}} {{currency}} a month now, more than the {{agreed}} that were agreed. Look at the price and ask again.',
    'revision-is-old':
      '{{environment}} is at revision {{revision}}; the change was made from {{from}}. Load it again and repeat the change.',
    'environment-protected':
      '{{environment}} is protected. Lift the protection first.',
    'nothing-left': 'Nothing is left of {{environment}}. Create it again.',
    'operation-in-the-way':
      'Another operation works on {{environment}}. Wait for its end or cancel it.',
    'connection-unknown': 'There is no connection named {{name}}.',
    'connection-invalid': 'The connection is not valid.',
    'connection-in-use':
      'The connection {{name}} is used by {{users}}. Remove what uses it first.',
    'connection-kind':
      'The connection {{name}} is one of the kind {{kind}}, and stays so.',
    'connection-changed':
      'Somebody changed the connection {{name}} meanwhile. Look at it again, then change it.',
    'connection-exists':
      'A connection named {{name}} exists by now. Choose another name, or change that connection.',
    'connection-deleted':
      'The connection {{name}} was deleted meanwhile. Add it again with its secrets.',
  },
} as const;
