import { once } from 'node:events';
import { until } from '../wait';
import { readK3sConfig, K3sConfigError } from './config';
import { JoinRefusedError, meetServer } from './joining';
import type { K3sContext } from './K3s';
import { listenAsKubelet, registerNode } from './kubelet';
import { nodeNameOf } from './node';
import { prepare } from './prepare';
import { caHashOf, parseToken } from './token';

const RETRY_MS = 1_000;

/** Resolves when a signal is aborted. */
const aborted = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort');
};

/**
 * Runs `k3s agent`: joins the server that the configuration names and is a node
 * until it is ended.
 *
 * @throws K3sConfigError, JoinRefusedError
 */
export async function runAgent(context: K3sContext): Promise<void> {
  const { unit, disk, surroundings, clusters, say, signal } = context;
  await prepare(unit.environment, context);
  const config = readK3sConfig(disk, unit);
  const { server: url, token: text } = config;
  if (!url || !text) {
    throw new K3sConfigError('--server and --token are required');
  }
  const token = parseToken(text, 'node');
  let said = '';
  const server = await until(
    async () => {
      try {
        const met = await meetServer(url, token, surroundings);
        await met.call('readyz');
        await registerNode(met, config, surroundings, context.version);
        return met;
      } catch (error) {
        if (error instanceof JoinRefusedError) throw error;
        const { message } = error as Error;
        if (message !== said) say(`waiting for ${url}: ${message}`);
        said = message;
        return undefined;
      }
    },
    RETRY_MS,
    signal,
  );
  const caHash = caHashOf(server.ca);
  server.close();
  const cluster = clusters.of(caHash);
  const name = nodeNameOf(config, surroundings);
  const kubelet = await listenAsKubelet(surroundings.address, cluster);
  const machine = { surroundings, joined: new URL(url).hostname };
  cluster.addNode(name, machine);
  say(`node ${name} is registered at ${url}`);
  try {
    await aborted(signal);
  } finally {
    cluster.removeNode(name, machine);
    await kubelet.close();
    await clusters.release(caHash);
  }
}
