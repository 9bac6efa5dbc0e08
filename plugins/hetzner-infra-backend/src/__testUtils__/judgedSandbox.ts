import {
  hetznerDescription,
  startSandbox,
  type SandboxProcess,
} from './sandboxProcess';

interface Violation {
  where: 'request' | 'response';
  status: number;
}

/** A request that the sandbox has answered. */
export interface RecordedRequest {
  method: string;
  path: string;
  operation: string;
  status: number | null;
}

/** A sandbox in which the official description judges each exchange, where this machine has it. */
export interface JudgedSandbox extends SandboxProcess {
  /** @throws Error that names what was sent and is not as described */
  requireDescribedRequests(): Promise<void>;
  /** What was asked since the record was cleared. */
  requests(): Promise<RecordedRequest[]>;
  /** The writes among them, by the names of their operations. */
  writes(): Promise<string[]>;
  /** Resolves when this operation was asked for. */
  asked(operation: string): Promise<void>;
}

export async function startJudgedSandbox(): Promise<JudgedSandbox> {
  const judge = hetznerDescription() !== undefined;
  if (!judge) {
    process.stderr.write(
      'No description of the Hetzner Cloud API here: what is sent is not checked against it. Set HETZNER_OPENAPI.\n',
    );
  }
  const sandbox = await startSandbox({ speed: 2000, judge });
  const requests = async () => {
    const record = await sandbox.control('GET', '/record');
    return (record as { requests: RecordedRequest[] }).requests;
  };
  return {
    ...sandbox,
    requests,
    async writes() {
      const all = await requests();
      return all
        .filter(({ method }) => method !== 'GET')
        .map(({ operation }) => operation);
    },
    async asked(operation) {
      const isIn = (all: RecordedRequest[]) =>
        all.some(request => request.operation === operation);
      const deadline = Date.now() + 30_000;
      while (!isIn(await requests())) {
        if (Date.now() > deadline) {
          throw new Error(`Nobody asked the sandbox for ${operation}`);
        }
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    },
    async requireDescribedRequests() {
      if (!judge) return;
      const violations = (await sandbox.control(
        'GET',
        '/violations',
      )) as Violation[];
      // What was refused is judged already, or is a fault that a test injected.
      const ours = violations.filter(
        ({ where, status }) => where === 'request' && status < 400,
      );
      if (ours.length > 0) {
        throw new Error(`Not as described: ${JSON.stringify(ours, null, 2)}`);
      }
    },
  };
}
