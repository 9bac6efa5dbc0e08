import { Agent } from 'node:https';
import { CloudError } from '../CloudError';
import { sleep, type Clock } from '../clock';
import { ControlPlane } from './ControlPlane';
import { describeKubernetesFailure } from './describeKubernetesFailure';
import type { KubernetesScope } from './KubernetesCluster';
import { afterFailure } from './retry';

/** A client certificate, its key, and when to ask for another. */
export interface ClientCredential {
  /** PEM. */
  certificate: string;
  /** PEM. */
  privateKey: string;
  renewAt: Date;
}

/** Where a cluster is, and what opens it. */
export interface KubernetesOptions {
  /** Name of the environment whose cluster it is. */
  environment: string;
  /** The cluster's own server authorities, PEM. No other is trusted. */
  serverCa: string;
  /** `https://` addresses of the control planes, in the order in which they are tried. */
  controlPlanes: readonly string[];
  /** Makes a client certificate of short life. Asked again when one has to be renewed. */
  credential(): Promise<ClientCredential>;
  clock: Clock;
  /** How long one try of a call may take. */
  timeoutSeconds?: number;
  /** How often each control plane is asked before a call has failed. */
  rounds?: number;
  /** The pause before a control plane is asked again. */
  pauseSeconds?: number;
}

const TIMEOUT_SECONDS = 10;
const ROUNDS = 3;
const PAUSE_SECONDS = 1;

/** After this an idle socket is closed. */
const IDLE_SECONDS = 60;

/** A call as people read it. */
export interface Call {
  method: 'GET' | 'PATCH' | 'DELETE';
  path: string;
  kind?: string;
}

/**
 * The control planes of one cluster. A call goes to the one that answered last,
 * else to the next one in their order, until one answers or none does.
 */
export class ControlPlanes {
  readonly #options: Required<KubernetesOptions>;
  readonly #known = new Map<string, ControlPlane>();
  #opened?: Promise<{ agent: Agent; renewAt: Date }>;
  #current = 0;

  constructor(options: KubernetesOptions) {
    if (options.controlPlanes.length === 0) {
      throw new Error(
        `The cluster of ${options.environment} has no control plane.`,
      );
    }
    this.#options = {
      timeoutSeconds: TIMEOUT_SECONDS,
      rounds: ROUNDS,
      pauseSeconds: PAUSE_SECONDS,
      ...options,
    };
  }

  /** @throws CloudError; what `beforeCall` throws, unchanged */
  async perform<Answer>(
    call: Call,
    scope: KubernetesScope,
    work: (server: ControlPlane) => Promise<Answer>,
  ): Promise<Answer> {
    const { controlPlanes, rounds, pauseSeconds, clock } = this.#options;
    const tries = rounds * controlPlanes.length;
    let repeats: string | undefined;
    for (let number = 1; ; number++) {
      const asked = this.#current;
      try {
        return await this.#attempt(
          controlPlanes[asked],
          { ...call, number, repeats },
          scope,
          work,
        );
      } catch (error) {
        const after =
          error instanceof CloudError ? afterFailure(error.code) : 'stop';
        if (after === 'stop' || number === tries || scope.signal?.aborted) {
          throw error;
        }
        repeats = (error as CloudError).code;
        // Unless another call has gone on already.
        if (after === 'next' && asked === this.#current) {
          this.#current = (asked + 1) % controlPlanes.length;
        }
        if (after === 'same' || number % controlPlanes.length === 0) {
          await sleep(clock, pauseSeconds, scope.signal);
        }
      }
    }
  }

  close() {
    const closing = this.#opened;
    this.#opened = undefined;
    closing?.then(
      ({ agent }) => agent.destroy(),
      () => {},
    );
  }

  async #attempt<Answer>(
    url: string,
    call: Call & { number: number; repeats?: string },
    scope: KubernetesScope,
    work: (server: ControlPlane) => Promise<Answer>,
  ): Promise<Answer> {
    const { clock, timeoutSeconds, environment } = this.#options;
    const { method, path, kind, number: attempt, repeats } = call;
    const pathTemplate = kind ? `/${kind}` : path;
    await scope.beforeCall?.({ method, pathTemplate, attempt });
    const agent = await this.#agent();
    const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
    const means = {
      agent,
      signal: scope.signal
        ? AbortSignal.any([deadline, scope.signal])
        : deadline,
    };
    const server =
      this.#known.get(url)?.with(means) ?? new ControlPlane(url, means);
    this.#known.set(url, server);
    const begunAt = clock.now();
    const report = (end: { status?: number; errorCode?: string }) =>
      scope.onCall?.({
        method,
        pathTemplate,
        ...end,
        durationSeconds: (clock.now() - begunAt) / 1000,
        attempt,
        ...(repeats && { repeats }),
      });
    try {
      const answer = await work(server);
      report({ status: 200 });
      return answer;
    } catch (error) {
      const aborted = scope.signal?.aborted ?? false;
      const described = describeKubernetesFailure(error, {
        environment,
        address: new URL(url).host,
        operation: { method, path },
        kind,
        aborted,
        timedOut: !aborted && deadline.aborted,
        timeoutSeconds,
      });
      report({
        ...(described.status && { status: described.status }),
        errorCode: described.code,
      });
      throw described;
    }
  }

  /** The sockets of the certificate that is valid now. */
  async #agent(): Promise<Agent> {
    const before = this.#opened;
    if (before) {
      const { agent, renewAt } = await before;
      if (renewAt.getTime() > this.#options.clock.now()) return agent;
      // Calls under way keep their sockets; nobody gets an idle one of them any more.
      if (this.#opened === before) this.#opened = undefined;
    }
    this.#opened ??= this.#open();
    const opening = this.#opened;
    try {
      return (await opening).agent;
    } catch (error) {
      if (this.#opened === opening) this.#opened = undefined;
      throw error;
    }
  }

  async #open() {
    const { credential, serverCa } = this.#options;
    const { certificate, privateKey, renewAt } = await credential();
    return {
      renewAt,
      agent: new Agent({
        keepAlive: true,
        // An idle socket of a certificate that was renewed must not stay.
        timeout: IDLE_SECONDS * 1000,
        ca: serverCa,
        cert: certificate,
        key: privateKey,
      }),
    };
  }
}
