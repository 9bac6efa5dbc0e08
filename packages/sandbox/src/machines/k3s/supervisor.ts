import { IncomingMessage } from 'node:http';
import { issueFor } from './certificates';
import type { K3sConfig } from './config';
import type { SupervisorHandler } from './front';
import type { ServerFiles } from './serverFiles';
import { isSameSecret, Token } from './token';

const MAX_BODY_BYTES = 64 * 1024;

/**
 * Settings that all control planes of a cluster must have in common. Source: k3s
 * documentation, cli/server, "Critical Configuration Values".
 */
const CRITICAL = [
  'cluster-cidr',
  'service-cidr',
  'cluster-dns',
  'cluster-domain',
  'disable-cloud-controller',
  'flannel-backend',
  'secrets-encryption',
] as const;

/** Values of the critical settings. */
export type CriticalSettings = Record<string, string>;

/** The critical settings of a control plane. */
export const criticalSettings = (config: K3sConfig): CriticalSettings =>
  Object.fromEntries(CRITICAL.map(name => [name, String(config[name])]));

/** Names of the settings that differ. */
export const criticalDifferences = (
  mine: CriticalSettings,
  theirs: CriticalSettings,
): string[] => CRITICAL.filter(name => mine[name] !== theirs[name]);

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) {
    text += piece;
    if (text.length > MAX_BODY_BYTES) throw new Error('The body is too long.');
  }
  return text;
}

function credentialsOf({ headers }: IncomingMessage): Token | undefined {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0
    ? undefined
    : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

const kubeletCertificate = (
  files: ServerFiles,
  nodeName: string,
  request: string,
) =>
  issueFor(
    files.authority('client-ca'),
    {
      commonName: `system:node:${nodeName}`,
      organization: 'system:nodes',
      usages: ['clientAuth'],
    },
    request,
  );

/** What k3s's own calls are answered with. */
export interface SupervisorContext {
  files: ServerFiles;
  config: K3sConfig;
  /** Passwords of those who join. */
  passwords: { server: string; node: string };
  isReady: () => boolean;
  /** URLs at which etcd's members answer clients. */
  etcdEndpoints: () => Promise<string[]>;
}

/**
 * Answers the calls by which nodes join. Source: k3s pkg/server/handlers/router.go;
 * what is sent is as little as the sandbox's own nodes need.
 */
export function supervisorHandler(
  context: SupervisorContext,
): SupervisorHandler {
  const { files, config, passwords, isReady, etcdEndpoints } = context;
  const may = (token: Token | undefined, ...users: ('server' | 'node')[]) =>
    users.some(
      user =>
        token?.user === user && isSameSecret(token.password, passwords[user]),
    );

  return (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const text = (body: string) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end(body);
      return true;
    };
    if (path === '/ping') return text('pong');
    if (path === '/cacerts') {
      return text(files.authority('server-ca').certificates);
    }
    if (!path.startsWith('/v1-k3s/')) return false;
    const token = credentialsOf(request);
    const call = path.slice('/v1-k3s/'.length);
    const isServerCall = ['server-bootstrap', 'config', 'etcd'].includes(call);
    if (!may(token, ...(isServerCall ? [] : (['node'] as const)), 'server')) {
      response.writeHead(401).end('Unauthorized');
      return true;
    }
    answer().catch(error => {
      response.writeHead(500).end((error as Error).message);
    });
    return true;

    async function answer(): Promise<void> {
      if (call === 'readyz') {
        if (isReady()) text('ok');
        else response.writeHead(503).end('not ready');
      } else if (call === 'server-bootstrap') {
        text(JSON.stringify(files.shared));
      } else if (call === 'config') {
        text(JSON.stringify(criticalSettings(config)));
      } else if (call === 'etcd') {
        text(JSON.stringify(await etcdEndpoints()));
      } else if (call === 'client-kubelet.crt' && request.method === 'POST') {
        const name = String(request.headers['k3s-node-name'] ?? '');
        text(await kubeletCertificate(files, name, await bodyOf(request)));
      } else {
        response.writeHead(404).end('404 page not found');
      }
    }
  };
}

/** True for the answer to a call that could not be authenticated. */
export const isRefused = ({ status }: { status: number }) => status === 401;
