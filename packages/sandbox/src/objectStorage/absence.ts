import { createServer } from 'node:http';
import { once } from 'node:events';
import { escape } from '../control/html';

/** What answers while there is no S3 server. */
export interface Absence {
  /** Where it listens, for a port that was chosen freely. */
  port: number;
  close(): Promise<void>;
}

/**
 * Answers every request of an S3 client with 503 and the reason in the form of
 * S3's errors, so that whoever tries reads why.
 *
 * @throws an error with code EADDRINUSE when the port is taken
 */
export async function answerAbsence(
  host: string,
  port: number,
  reason: () => string,
): Promise<Absence> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(503, {
      'content-type': 'application/xml',
      connection: 'close',
    });
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>ServiceUnavailable</Code><Message>${escape(
        reason(),
      )}</Message></Error>`,
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
