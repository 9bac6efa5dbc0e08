import { createServer, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** What a provider has that the sandbox's S3 server has not, each with the code for what was never set. */
const SETTINGS = {
  lifecycle: 'NoSuchLifecycleConfiguration',
  publicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
};

type Setting = keyof typeof SETTINGS;

/**
 * An S3 server before the sandbox's that keeps lifecycle rules and blocks of
 * public access, as Hetzner does, and passes on everything else.
 */
export async function settingsProxy(target: string) {
  const kept = new Map<string, string>();
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url!, target);
    const setting = (Object.keys(SETTINGS) as Setting[]).find(name =>
      url.searchParams.has(name),
    );
    if (!setting) {
      const onward = request(
        url,
        { method: incoming.method, headers: incoming.headers },
        answer => {
          outgoing.writeHead(answer.statusCode!, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
      return;
    }
    const place = `${url.pathname.replace(/\/$/, '')} ${setting}`;
    const body = await text(incoming);
    if (incoming.method === 'PUT') {
      kept.set(place, body);
      outgoing.writeHead(200).end();
      return;
    }
    const found = kept.get(place);
    outgoing.writeHead(found ? 200 : 404, {
      'content-type': 'application/xml',
    });
    outgoing.end(found ?? `<Error><Code>${SETTINGS[setting]}</Code></Error>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** Settings by bucket, as they were sent. */
    kept,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function text(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts).toString();
}
