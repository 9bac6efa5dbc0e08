import net from 'node:net';
import { Problem } from './problem.mjs';
import { readPorts } from './settings.mjs';

function listens(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host }, () => server.close(() => resolve()));
  });
}

/**
 * @param {import('./settings.mjs').Port[]} ports
 * @throws {Problem} that names every port in use and the variable that moves it
 */
export async function checkPortsAreFree(ports) {
  const refused = [];
  for (const { service, variable, port } of ports) {
    try {
      await listens(port, '127.0.0.1');
    } catch (error) {
      refused.push(
        error.code === 'EACCES'
          ? `Port ${port} for the ${service} is reserved for root: set ${variable} to one above 1023.`
          : `Port ${port} for the ${service} is in use: end what listens there, or set ${variable} to a free port.`,
      );
    }
  }
  if (refused.length > 0) {
    throw new Problem(refused.join('\n'));
  }
}

/**
 * A port that nothing listens on right now, for servers of a test run.
 *
 * @returns {Promise<number>}
 */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * A free port for everything that a portal listens with, for one that a test or a benchmark starts.
 *
 * @returns {Promise<Record<string, string>>} by the variable that sets it
 */
export async function findFreePorts() {
  const variables = readPorts({}).map(({ variable }) => variable);
  const free = new Set();
  while (free.size < variables.length) free.add(String(await findFreePort()));
  return Object.fromEntries([...free].map((port, at) => [variables[at], port]));
}
