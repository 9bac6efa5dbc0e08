/** Texts of the page that creates an environment. */
export const createPage = {
  create: {
    preset: {
      label: 'Start from',
      production: 'Production (as documented)',
      mvp: 'MVP (Neon, Upstash)',
      staging: 'Staging',
      preview: 'Preview for 8 hours',
    },
    presetAbout: {
      production:
        'Two to eight workers, Cloudflare in front, data services of its own.',
      mvp: 'Two workers and managed data services.',
      staging: 'Like production, with smaller servers.',
      preview: 'One worker for a look at a change. It expires by itself.',
    },
    startOver: 'Start over',
    form: 'Environment',
    back: 'Back',
    review: 'Review',
    step: { name: 'Name and owner', size: 'Size', data: 'Edge and data' },
    advanced: 'Advanced settings',
    missing: 'Fill this in.',
    about: {
      name: 'Names of servers and other resources begin with it. It cannot be changed later.',
      owner:
        'The group that answers for the environment. It must be one of yours.',
      connection:
        'The connection whose project pays and whose quota counts. Production deserves a project of its own.',
      location: 'Where servers and load balancer stand.',
      expiresAt: 'When the environment may go.',
      protected:
        'A protected environment is not removed before its protection is lifted.',
      controlPlaneServerType:
        'Server type of each control plane. It runs the Kubernetes API and its database.',
      controlPlaneCount: 'Three survive the loss of one.',
      pools:
        'Workers run the application. Servers of another type are replaced one at a time; a pool that is removed goes when all else is there.',
      poolServerType:
        'Server type of each worker. Workers run the application.',
      poolMin: 'These are always there.',
      poolMax:
        'The cluster buys servers up to this number when pods find no room.',
      loadBalancerType:
        'It takes HTTP and HTTPS from the Internet and passes them on over the private network.',
      stickyCookie:
        'It keeps a visitor, and a WebSocket that comes back, on the same worker.',
      edgeZone:
        'The zone in front of the load balancer, with firewall and cache. Leave it empty for none.',
      edgeApi: 'A name in the domain. Left empty, it is api and the domain.',
      edgeApp: 'A name in the domain. Left empty, it is app and the domain.',
      postgres:
        'Where the database runs. Self-hosted adds a server of its own.',
      redis: 'Where the cache runs.',
      bucket:
        'The bucket for documents, snapshots, backups and logs. Leave it empty for none. All customers of the provider share the names.',
      objectStorage:
        'The connection in which the bucket is. It cannot be changed later.',
      ipRange: 'IPv4 range of the whole network. It cannot be changed later.',
      nodesRange:
        'The part of the network that servers get their addresses from.',
      adminCidrs:
        'Ranges that may reach the Kubernetes API, and SSH where it is open. Everybody else is kept out.',
      ssh: 'The portal does not need it. Servers set themselves up.',
      sshKeys:
        'Public keys that may log in where SSH is open. Without one, nobody can.',
    },
    choice: {
      allowed: 'Allowed',
      protected: 'Protected',
      closed: 'Closed',
      open: 'Open to the administrators',
      none: 'None',
      selfHosted: 'Self-hosted',
      neon: 'Neon',
      upstash: 'Upstash',
      external: 'External',
    },
    formFailed: 'The form could not be read',
    panel: {
      label: 'Price and plan',
      details: 'Details of price and plan',
      waiting: 'The price appears when the form is complete.',
      open: 'Show details',
      close: 'Hide details',
      notBuilt: 'Priced, but not created by this version: {{parts}}.',
      quotaRest_one: '{{count}} more kind has no known limit.',
      quotaRest_other: '{{count}} more kinds have no known limit.',
    },
    summary: {
      title: 'Create {{name}}',
      where: '{{name}} in {{location}}, in the Hetzner project {{connection}}.',
      owner: 'It belongs to the group {{owner}}.',
      expires: 'It expires {{at}}.',
      stays: 'It stays until somebody removes it.',
      protected: 'It is protected against removal.',
      noWorkers: 'It has no workers: nothing answers behind its load balancer.',
      plan: 'This will be done',
      price: 'It costs',
      confirm: 'Create {{name}}',
      notYet: 'The price is being updated. It can be created in a moment.',
      blocked: 'It cannot be created like this. The price panel says why.',
      starting: 'The order is on its way.',
      failed: '{{name}} was not created',
      unknown: 'It is not known what became of the order for {{name}}',
      unknownWhy:
        'The portal lost sight of its task, which may go on. Look at the task before you order again.',
      openTask: 'Open the task',
    },
    denied: {
      title: 'You may not create environments',
      description:
        'Creating orders servers that cost money. Ask the platform team to create one for you, or for the permission to create environments.',
    },
    noConnection: {
      title: 'Connect a Hetzner project first',
      description:
        'A connection holds the access to the project that pays for servers. Add one, then come back.',
      notUsable:
        'No connection may be used by your groups. Ask the platform team to let one of them use a connection.',
      action: 'Go to connections',
    },
    contextFailed: 'What the form needs could not be read',
  },
} as const;
