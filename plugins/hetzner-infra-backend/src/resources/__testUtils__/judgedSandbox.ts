import {
  hetznerDescription,
  startSandbox,
  type SandboxProcess,
} from '../../testing/sandboxProcess';

interface Violation {
  where: 'request' | 'response';
  status: number;
}

/** A sandbox in which the official description judges each exchange, where this machine has it. */
export interface JudgedSandbox extends SandboxProcess {
  /** @throws Error that names what was sent and is not as described */
  requireDescribedRequests(): Promise<void>;
}

export async function startJudgedSandbox(): Promise<JudgedSandbox> {
  const judge = hetznerDescription() !== undefined;
  if (!judge) {
    process.stderr.write(
      'No description of the Hetzner Cloud API here: what is sent is not checked against it. Set HETZNER_OPENAPI.\n',
    );
  }
  const sandbox = await startSandbox({ speed: 2000, judge });
  return {
    ...sandbox,
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
