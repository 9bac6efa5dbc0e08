import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Disk } from '../disk';
import { TlsClient } from '../tlsRequest';
import { pause, until } from '../wait';
import type { Components } from './Components';
import { ETCD_CLIENT_PORT, ETCD_PEER_PORT } from './ports';
import { SERVER_FOLDER, ServerFiles } from './serverFiles';

const DATA = `${SERVER_FOLDER}/db/etcd`;
const NAME = `${SERVER_FOLDER}/db/etcd-name`;
/** Members that voted when this one joined: a learner answers nothing itself. */
const VOTERS = `${SERVER_FOLDER}/db/etcd-voters.json`;
const POLL_MS = 250;

const member = z.object({
  ID: z.string(),
  name: z.string().default(''),
  peerURLs: z.array(z.string()).default([]),
  clientURLs: z.array(z.string()).default([]),
  isLearner: z.boolean().default(false),
});

/** A member of etcd. */
export type EtcdMember = z.infer<typeof member>;

const members = z.object({ members: z.array(member).default([]) });

const clientUrl = (address: string) => `https://${address}:${ETCD_CLIENT_PORT}`;
const peerUrl = (address: string) => `https://${address}:${ETCD_PEER_PORT}`;

/** True when a machine has been a member of etcd before. */
export const hasEtcdData = (disk: Disk) => disk.has(`${DATA}/member`);

/** A client of etcd's members, by its JSON gateway. Source: etcd documentation, grpc gateway. */
export class EtcdClient {
  private constructor(private readonly client: TlsClient) {}

  /** @param url - where a member answers clients */
  static async open(files: ServerFiles, url: string): Promise<EtcdClient> {
    const { hostname, port } = new URL(url);
    const { certificate, key } = await files.issue('etcd/server-ca', {
      commonName: 'etcd-client',
      usages: ['clientAuth'],
    });
    return new EtcdClient(
      new TlsClient({
        host: hostname,
        port: Number(port),
        name: hostname,
        ca: files.authority('etcd/server-ca').certificates,
        certificate,
        key,
      }),
    );
  }

  /**
   * Calls one of the cluster's methods.
   *
   * @throws Error with what etcd says
   */
  async call(method: string, body: object = {}): Promise<unknown> {
    const answer = await this.client.send({
      method: 'POST',
      path: `/v3/cluster/member/${method}`,
      body: JSON.stringify(body),
    });
    if (answer.status === 200) return JSON.parse(answer.body);
    throw new Error(`etcd refused to ${method} a member: ${answer.body}`);
  }

  async members(): Promise<EtcdMember[]> {
    return members.parse(await this.call('list')).members;
  }

  close(): void {
    this.client.close();
  }
}

/** How etcd runs on a machine. */
export interface EtcdOptions {
  disk: Disk;
  files: ServerFiles;
  components: Components;
  hostName: string;
  address: string;
  /** Where the members of the cluster that is joined answer clients; absent for a new one. */
  endpoints?: string[];
  say: (message: string) => void;
  signal: AbortSignal;
}

/**
 * Starts etcd on a machine: with its data, as the first member, or as one that
 * joins. Who joins is a learner until it has all data, and only one can be a
 * learner at a time.
 *
 * @throws Error when the cluster refuses it for good
 */
export async function startEtcd(options: EtcdOptions): Promise<void> {
  const { disk, files, components, hostName, address, endpoints } = options;
  const { say, signal } = options;
  const name =
    disk.read(NAME) ?? `${hostName}-${randomBytes(4).toString('hex')}`;
  let cluster = `${name}=${peerUrl(address)}`;
  const joins = endpoints !== undefined && !hasEtcdData(disk);
  if (joins) {
    cluster = await join(name, endpoints, options);
    disk.write(VOTERS, JSON.stringify(endpoints));
  }
  disk.write(NAME, name);

  const serving = await files.issueFiles(
    'etcd/server-client',
    'etcd/server-ca',
    {
      commonName: 'etcd-server',
      names: [address, 'localhost'],
      usages: ['serverAuth', 'clientAuth'],
    },
  );
  const peer = await files.issueFiles(
    'etcd/peer-server-client',
    'etcd/peer-ca',
    {
      commonName: 'etcd-peer',
      names: [address, 'localhost'],
      usages: ['serverAuth', 'clientAuth'],
    },
  );
  components.start('etcd', [
    `--name=${name}`,
    `--data-dir=${disk.makeFolder(DATA)}`,
    `--listen-client-urls=${clientUrl(address)}`,
    `--advertise-client-urls=${clientUrl(address)}`,
    `--listen-peer-urls=${peerUrl(address)}`,
    `--initial-advertise-peer-urls=${peerUrl(address)}`,
    `--initial-cluster=${cluster}`,
    `--initial-cluster-state=${joins ? 'existing' : 'new'}`,
    `--cert-file=${serving.certificate}`,
    `--key-file=${serving.key}`,
    `--trusted-ca-file=${files.bundle('etcd/server-ca')}`,
    '--client-cert-auth',
    `--peer-cert-file=${peer.certificate}`,
    `--peer-key-file=${peer.key}`,
    `--peer-trusted-ca-file=${files.bundle('etcd/peer-ca')}`,
    '--peer-client-cert-auth',
    // The power of a machine is cut, never that of its disk.
    '--unsafe-no-fsync',
    '--log-level=warn',
    '--auto-compaction-retention=5m',
  ]);
  await promoted(name, options);
  say('etcd is a member of the cluster');
  signal.throwIfAborted();
}

/** Asks members in turn until one does what is wanted. */
async function ofAny<Answer>(
  endpoints: readonly string[],
  { files, say, signal }: EtcdOptions,
  ask: (client: EtcdClient) => Promise<Answer>,
): Promise<Answer> {
  return until(
    async () => {
      for (const url of endpoints) {
        const client = await EtcdClient.open(files, url);
        try {
          return await ask(client);
        } catch (error) {
          say(`waiting for etcd at ${url}: ${(error as Error).message}`);
        } finally {
          client.close();
        }
      }
      return undefined;
    },
    1_000,
    signal,
  );
}

/** Adds this machine as a learner; answers what `--initial-cluster` must be. */
function join(
  name: string,
  endpoints: readonly string[],
  options: EtcdOptions,
): Promise<string> {
  const own = peerUrl(options.address);
  return ofAny(endpoints, options, async client => {
    for (const { ID, peerURLs } of await client.members()) {
      // It was a member with another disk, or its boot was cut off.
      if (peerURLs.includes(own)) await client.call('remove', { ID });
    }
    await client.call('add', { peerURLs: [own], isLearner: true });
    const others = (await client.members()).filter(
      ({ peerURLs }) => !peerURLs.includes(own),
    );
    return [
      ...others.flatMap(other =>
        other.peerURLs.map(url => `${other.name}=${url}`),
      ),
      `${name}=${own}`,
    ].join(',');
  });
}

/** Waits until this machine's member votes, and asks the others to let it. */
async function promoted(name: string, options: EtcdOptions): Promise<void> {
  const { address, disk, files, components, signal } = options;
  const voters = z
    .array(z.string())
    .parse(JSON.parse(disk.read(VOTERS) ?? '[]'));
  const clients = await Promise.all(
    [clientUrl(address), ...voters].map(url => EtcdClient.open(files, url)),
  );
  try {
    await until(
      async () => {
        for (const client of clients) {
          const all = await client.members().catch(() => undefined);
          const self = all?.find(candidate => candidate.name === name);
          if (!self) continue;
          if (!self.isLearner) return true;
          // Refused until it has all data.
          await client.call('promote', { ID: self.ID }).catch(() => {});
          break;
        }
        await Promise.race([pause(POLL_MS, signal), components.failure]);
        return undefined;
      },
      0,
      signal,
    );
  } finally {
    for (const client of clients) client.close();
  }
}

/** Where the voting members answer clients, as a member of this machine tells. */
export async function etcdEndpoints(
  files: ServerFiles,
  address: string,
): Promise<string[]> {
  const client = await EtcdClient.open(files, clientUrl(address));
  try {
    return (await client.members())
      .filter(({ isLearner }) => !isLearner)
      .flatMap(({ clientURLs }) => clientURLs);
  } finally {
    client.close();
  }
}
