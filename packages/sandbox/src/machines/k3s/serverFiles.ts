import {
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import type { Disk } from '../disk';
import {
  Authority,
  certificatesIn,
  issue,
  Issued,
  Leaf,
  selfSignedAuthority,
} from './certificates';
import { K3sConfig, K3sConfigError } from './config';

/** Folder of what a control plane keeps. */
export const SERVER_FOLDER = '/var/lib/rancher/k3s/server';
const TLS = `${SERVER_FOLDER}/tls`;
const ENCRYPTION = `${SERVER_FOLDER}/cred/encryption-config.json`;

/** Names of the CAs of a control plane: k3s pkg/daemons/control/deps/deps.go. */
const AUTHORITIES = [
  'server-ca',
  'client-ca',
  'request-header-ca',
  'etcd/server-ca',
  'etcd/peer-ca',
] as const;

/** Name of a CA of a control plane. */
export type AuthorityName = (typeof AUTHORITIES)[number];

const SERVICE_KEY = `${TLS}/service.key`;
const RSA_BITS = 2048;

/** Files that all control planes of a cluster have in common. */
const SHARED = [
  ...AUTHORITIES.flatMap(name => [`${TLS}/${name}.crt`, `${TLS}/${name}.key`]),
  SERVICE_KEY,
  ENCRYPTION,
];

/** What a joining control plane is given: contents in base64 by path. */
export type SharedFiles = Record<string, string>;

/** Keys and certificates of one control plane, in its files. */
export class ServerFiles {
  private constructor(
    readonly disk: Disk,
    private readonly authorities: Record<AuthorityName, Authority>,
  ) {}

  /** True when the control plane has begun or joined a cluster before. */
  static areShared(disk: Disk): boolean {
    return disk.has(SERVICE_KEY);
  }

  /** Puts what another control plane gave into its place. */
  static writeShared(disk: Disk, files: SharedFiles): void {
    for (const file of SHARED) {
      if (files[file] === undefined) continue;
      disk.write(file, Buffer.from(files[file], 'base64'));
    }
  }

  /**
   * Takes the CAs that are there, and makes what is missing.
   *
   * @throws K3sConfigError when a certificate and its key do not belong together
   */
  static async open(
    disk: Disk,
    config: Pick<
      K3sConfig,
      'secrets-encryption' | 'secrets-encryption-provider'
    >,
  ): Promise<ServerFiles> {
    const authorities: Partial<Record<AuthorityName, Authority>> = {};
    for (const name of AUTHORITIES) {
      authorities[name] = await authorityOf(disk, name);
    }
    if (!disk.has(SERVICE_KEY)) {
      const { privateKey } = generateKeyPairSync('rsa', {
        modulusLength: RSA_BITS,
      });
      disk.write(
        SERVICE_KEY,
        privateKey.export({ type: 'pkcs1', format: 'pem' }),
      );
    }
    if (config['secrets-encryption'] && !disk.has(ENCRYPTION)) {
      const provider = config['secrets-encryption-provider'];
      disk.write(ENCRYPTION, encryptionConfig(provider));
    }
    return new ServerFiles(
      disk,
      authorities as Record<AuthorityName, Authority>,
    );
  }

  get shared(): SharedFiles {
    return Object.fromEntries(
      SHARED.filter(file => this.disk.has(file)).map(file => [
        file,
        Buffer.from(this.disk.read(file)!).toString('base64'),
      ]),
    );
  }

  authority(name: AuthorityName): Authority {
    return this.authorities[name];
  }

  /** Where a CA's certificates lie. */
  bundle(name: AuthorityName): string {
    return this.disk.at(`${TLS}/${name}.crt`);
  }

  /** Where a CA's key lies. */
  keyOf(name: AuthorityName): string {
    return this.disk.at(`${TLS}/${name}.key`);
  }

  /** Where a CA's signing certificate lies, alone. */
  signer(name: AuthorityName): string {
    const [first] = certificatesIn(this.authorities[name].certificates);
    return this.disk.write(`${TLS}/${name}.nochain.crt`, first);
  }

  get serviceKey(): string {
    return this.disk.at(SERVICE_KEY);
  }

  /** Where the encryption of Secrets is configured; absent without it. */
  get encryption(): string | undefined {
    return this.disk.has(ENCRYPTION) ? this.disk.at(ENCRYPTION) : undefined;
  }

  /** Issues a certificate by one of the CAs. */
  issue(by: AuthorityName, leaf: Leaf): Promise<Issued> {
    return issue(this.authorities[by], leaf);
  }

  /** Issues a certificate into files, for programs that read them. */
  async issueFiles(
    file: string,
    by: AuthorityName,
    leaf: Leaf,
  ): Promise<{ certificate: string; key: string }> {
    const { certificate, key } = await this.issue(by, leaf);
    return {
      certificate: this.disk.write(`${TLS}/${file}.crt`, certificate),
      key: this.disk.write(`${TLS}/${file}.key`, key),
    };
  }

  /** Writes a kubeconfig for a client of the API server; answers where it lies. */
  async writeKubeconfig(
    file: string,
    server: string,
    leaf: Pick<Leaf, 'commonName' | 'organization'>,
  ): Promise<string> {
    const { certificate, key } = await this.issue('client-ca', {
      ...leaf,
      usages: ['clientAuth'],
    });
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    // JSON is YAML.
    return this.disk.write(
      file,
      JSON.stringify(
        {
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [
            {
              name: 'default',
              cluster: {
                server,
                'certificate-authority-data': base64(
                  this.authorities['server-ca'].certificates,
                ),
              },
            },
          ],
          users: [
            {
              name: 'default',
              user: {
                'client-certificate-data': base64(certificate),
                'client-key-data': base64(key),
              },
            },
          ],
          contexts: [
            {
              name: 'default',
              context: { cluster: 'default', user: 'default' },
            },
          ],
          'current-context': 'default',
        },
        null,
        1,
      ),
    );
  }
}

async function authorityOf(
  disk: Disk,
  name: AuthorityName,
): Promise<Authority> {
  const certificates = disk.read(`${TLS}/${name}.crt`);
  const key = disk.read(`${TLS}/${name}.key`);
  if (certificates !== undefined && key !== undefined) {
    const problem = problemOf(certificates, key);
    if (problem) throw new K3sConfigError(`${TLS}/${name}: ${problem}.`);
    return { certificates, key };
  }
  const made = await selfSignedAuthority(
    `k3s-${name.replace('/', '-')}@${Math.floor(Date.now() / 1000)}`,
  );
  disk.write(`${TLS}/${name}.crt`, made.certificates, 0o644);
  disk.write(`${TLS}/${name}.key`, made.key);
  return made;
}

function problemOf(certificates: string, key: string): string | undefined {
  try {
    const [first] = certificatesIn(certificates);
    if (!first) return 'there is no certificate in it';
    return new X509Certificate(first).checkPrivateKey(createPrivateKey(key))
      ? undefined
      : 'the key is not that of the first certificate';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Source: k3s pkg/daemons/control/deps/deps.go, `genEncryptionConfigAndState`. */
function encryptionConfig(provider: string): string {
  if (provider !== 'aescbc' && provider !== 'secretbox') {
    throw new K3sConfigError(
      `secrets-encryption-provider ${provider} is neither aescbc nor secretbox.`,
    );
  }
  const key = {
    name: `${provider}key`,
    secret: randomBytes(32).toString('base64'),
  };
  return JSON.stringify({
    kind: 'EncryptionConfiguration',
    apiVersion: 'apiserver.config.k8s.io/v1',
    resources: [
      {
        resources: ['secrets'],
        providers: [{ [provider]: { keys: [key] } }, { identity: {} }],
      },
    ],
  });
}
