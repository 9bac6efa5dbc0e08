/** Texts of the connections to providers. */
export const connections = {
  connections: {
    title: 'Connections',
    description:
      'A connection holds the credentials of a provider’s project. They go in here and never come out.',
    failed: 'The connections could not be read',
    add: 'Add connection',
    addTitle: 'Add a connection',
    replace: 'Replace',
    replaceNamed: 'Replace {{name}}',
    replaceTitle: 'Replace {{name}}',
    replaceConfirm: 'Replace {{name}}',
    saveFailed: 'The connection was not stored',
    check: 'Check',
    checkNamed: 'Check {{name}}',
    works: 'Works',
    fails: 'Fails',
    delete: 'Delete',
    deleteNamed: 'Delete {{name}}',
    deleteTitle: 'Delete {{name}}?',
    deleteDescription:
      'The portal forgets the connection and its secrets. Nothing changes at the provider.',
    deleteConfirm: 'Delete {{name}}',
    deleteFailed: 'The connection was not deleted',
    dismiss: 'Close',
    unused: 'Not used',
    usedBy_one: '{{count}} environment',
    usedBy_other: '{{count}} environments',
    neverChecked: 'Not checked yet',
    checked: 'Checked',
    console: 'Open the project in the provider’s console',
    usableByPlatform: 'Only by who acts for the platform',
    quota: 'Use of the project',
    quotaFailed: 'The use of the project could not be read',
    requests: 'Requests an hour',
    requestsLeft: '{{remaining}} of {{limit}} left',
    paused: 'Operations wait, so that people can go on:',
    quotaUsed: '{{used}} of {{limit}}',
    quotaNoLimit: '{{used}}, limit not known',
    empty: {
      title: 'Add your first connection',
      description:
        'A connection lets the portal work in a project of a provider. Environments are created through one.',
    },
    noneToSee: {
      title: 'No connection is yours to see',
      description:
        'You see the connections that your groups own or may use. Ask the platform team to let one of your groups use a connection.',
    },
    columns: {
      name: 'Name',
      kind: 'Kind',
      owner: 'Owner',
      environments: 'Used by',
      origin: 'Comes from',
      checkedAt: 'State',
      actions: 'Actions',
    },
    form: {
      name: 'Name',
      owner: 'Owner',
      usableBy: 'Usable by',
      usableByDescription: 'Groups whose environments may use it.',
      consoleProjectId: 'Project id',
      consoleProjectIdDescription:
        'The number in the address of the project in Hetzner’s console; it makes links to it possible.',
      token: 'API token of the portal',
      tokenDescription:
        'A token with read and write access, made in the project’s security settings.',
      clusterToken: 'API token of the clusters',
      clusterTokenDescription:
        'A second token of the same project, for what runs inside the clusters.',
      kind: 'Kind',
      region: 'Location',
      regionDescription:
        'Where the buckets are: {{regions}} at Hetzner. Signatures name it as their region.',
      endpoint: 'Endpoint',
      endpointDescription:
        'The address of the S3 API, with https. Empty for Hetzner’s own in the location.',
      checkBucket: 'Bucket of the check',
      checkBucketDescription:
        'A check writes, reads and deletes an object in it. Empty: it makes a bucket for itself and removes it again.',
      accessKey: 'Access key',
      accessKeyDescription:
        'Made in the project’s console under Object Storage, Manage credentials.',
      secretKey: 'Secret key',
      secretKeyDescription: 'The console shows it once, with the access key.',
      keepSecret: 'Leave it empty to keep the stored one.',
      servers: 'Servers at most',
      serversDescription:
        'As the console shows it; no API tells it. Empty when you do not know.',
      loadBalancers: 'Load balancers at most',
      loadBalancersDescription:
        'Likewise, as the console shows it. Empty when you do not know.',
      required: 'Fill this in.',
    },
  },
  connectionKind: {
    hetzner: 'Hetzner Cloud',
    cloudflare: 'Cloudflare',
    'object-storage': 'Object storage',
    neon: 'Neon',
    upstash: 'Upstash',
    registry: 'Registry',
  },
  connectionOrigin: { configuration: 'Configuration', api: 'Portal' },
} as const;
