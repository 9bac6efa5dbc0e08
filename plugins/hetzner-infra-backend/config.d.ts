import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /** Environments on Hetzner. */
  hetznerInfra: {
    hetzner?: {
      /**
       * Address of the Hetzner Cloud API, with `/v1`, for connections that name none
       * and for all that are added over the API. https://api.hetzner.cloud/v1 unless set.
       */
      endpoint?: string;
    };

    objectStorage?: {
      /**
       * Address of the S3 API in a region, with `{location}` in the region's place, for
       * connections that name none. https://{location}.your-objectstorage.com unless set.
       */
      endpoint?: string;
    };

    /** Accounts at providers. What is here can only be changed here. */
    connections?: Array<{
      /** Lower-case letters, digits and hyphens; documents refer to it. */
      name: string;
      kind: 'hetzner' | 'object-storage';
      /** Entity reference of the group that looks after it. */
      owner: string;
      /** Entity references of the owners whose environments may use it. */
      usableBy: string[];
      /**
       * hetzner: address of the API with `/v1`; that of `hetznerInfra.hetzner` unless set.
       * object-storage: address of the S3 API without a path; that of
       * `hetznerInfra.objectStorage` unless set.
       */
      endpoint?: string;
      /**
       * Token of one Hetzner project that may read and write. Without it the portal
       * starts, and refuses what would need it.
       * @visibility secret
       */
      token?: string;
      /**
       * Another token of the same project, for the cluster's own components.
       * @visibility secret
       */
      clusterToken?: string;
      /** object-storage: what signatures name as their region, which is the location at Hetzner. */
      region?: string;
      /**
       * object-storage: one half of a pair of keys. Without the pair the portal starts,
       * and refuses what would need it.
       * @visibility secret
       */
      accessKey?: string;
      /**
       * object-storage: the other half.
       * @visibility secret
       */
      secretKey?: string;
      /** object-storage: the bucket in which a check writes; it makes one for itself unless set. */
      checkBucket?: string;
      /** object-storage: PEM of the authorities that the endpoint's certificate must come from; the public ones unless set. */
      caCertificate?: string;
      /** Limits of the project, which no API tells. */
      limits?: {
        servers?: number;
        loadBalancers?: number;
        networks?: number;
        primaryIps?: number;
        firewalls?: number;
        placementGroups?: number;
        certificates?: number;
        sshKeys?: number;
      };
      /** Number of the project in the console's address, for links. */
      consoleProjectId?: string;
    }>;

    /** Seals secrets in the database. */
    sealing: {
      /**
       * The first key seals, all of them open. To change the key, put the new one
       * in front and start all replicas, one after the other; take the old one out
       * when the log says that nothing is sealed with it any more.
       */
      keys: Array<{
        /** 1 to 32 lower-case letters, digits or hyphens. Not secret. */
        id: string;
        /**
         * 32 random bytes in base64: `openssl rand -base64 32`.
         * @visibility secret
         */
        secret: string;
      }>;
    };

    /**
     * Addresses from which the portal reaches the Kubernetes API of its clusters, as
     * CIDRs. The firewalls of the control planes admit them.
     */
    egressCidrs?: string[];

    /** The release of k3s that servers install. What this version was tested with unless set. */
    k3s?: {
      /** Such as v1.36.3+k3s1; v1.33 or newer. Only together with `sha256`. */
      version?: string;
      /** What the binaries of that release hash to: 64 lower-case hex digits each. */
      sha256?: {
        /** Of `k3s`, from the release's sha256sum-amd64.txt. */
        amd64: string;
        /** Of `k3s-arm64`, from its sha256sum-arm64.txt. */
        arm64: string;
      };
      /**
       * Address under which servers find a folder for each version, https only.
       * https://github.com/k3s-io/k3s/releases/download unless set.
       */
      releases?: string;
    };

    /** Dated prices of what has no price API. Net decimal strings. */
    prices?: {
      [key in 'objectStorage' | 'cloudflare' | 'neon' | 'upstash']?: {
        description: string;
        monthly: string;
        /** Where the price depends on use: what it can come to. */
        monthlyMax?: string;
        /** Such as EUR. */
        currency: string;
        /** The page that the price was read from. */
        source: string;
        /** The day on which it was read, YYYY-MM-DD. */
        asOf: string;
      };
    };

    /** What the portal does by itself. One replica does it at a time. */
    sweeps?: {
      /** Compares environments with what is wanted. */
      drift?: {
        /** Every 10 minutes, at most 9 minutes, unless set. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
      /** Searches for what environments and their clusters left behind. */
      orphans?: {
        /** Every 30 minutes, at most 10 minutes, unless set. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
      };
      /** Warns of the end of environments, and removes those whose time is over. */
      expiry?: {
        /** Every minute, at most 5 minutes, unless set. */
        schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Hours before the end at which owners are warned, at least one: nothing is
         * removed without a warning. [24, 1] unless set.
         */
        warnHoursBefore?: number[];
        /**
         * Whether environments are removed when their time is over. True unless set.
         * False for the first start after an older database was restored.
         */
        remove?: boolean;
      };
    };

    /** What the environments of groups may be. Nothing is limited unless set. */
    guardrails?: {
      /** One for each group; what is left out is not limited. */
      groups: Array<{
        /** Entity reference of the owner, or `*` for each group that has none of its own. */
        group: string;
        /** Each environment stays within the size of one of these starting points. */
        presets?: Array<'production' | 'mvp' | 'staging' | 'preview'>;
        locations?: string[];
        serverTypes?: string[];
        loadBalancerTypes?: string[];
        /** Workers that one pool may have when it is full. */
        maxServersPerPool?: number;
        /** Servers of one environment when all its pools are full, control planes included. */
        maxServers?: number;
        /** What all its environments may cost a month, together, without approval. */
        budget?: {
          /** Net decimal string. */
          monthly: string;
          /** Such as EUR. */
          currency: string;
          /** Entity reference of the group whose members may approve more. */
          approvers: string;
        };
      }>;
      /** How long an operation waits for approval, then it is cancelled. Up to 90, 3 unless set. */
      approvalDays?: number;
    };

    /** How long what is only of use for a while is kept. */
    retention?: {
      /**
       * Days after the end of an operation for which its history is kept. The
       * operation with its steps, its initiator and how it ended stays for ever.
       * 1 to 3650, 90 unless set.
       */
      operationDetailsDays?: number;
      /** Every 6 hours, at most 30 minutes, unless set. One replica does it at a time. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };

    operations?: {
      /** How long a worker that went away keeps its operations. 3 to 600, 25 unless set. */
      leaseSeconds?: number;
      /** Operations that one replica works on at once. 1 to 100, 20 unless set. */
      concurrency?: number;
    };
  };
}
