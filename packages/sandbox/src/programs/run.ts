import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** How a program that ran to its end ended. */
export interface Ended {
  /** Null when a signal ended it or it was not started. */
  code: number | null;
  /** The last of what it wrote to its outputs. */
  output: string;
}

const OUTPUT_KEPT_CHARACTERS = 16_000;

/** Lets everything else on the machine go first. */
const BACKGROUND_PRIORITY = 15;

/**
 * Runs a program to its end. One that cannot be started has no code, and the
 * reason as its output.
 */
export function run(
  command: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: NodeJS.ProcessEnv;
    /** Ends it. */
    signal?: AbortSignal;
    /** Runs it when the machine has nothing better to do. */
    inBackground?: boolean;
  } = {},
): Promise<Ended> {
  const { inBackground, ...rest } = options;
  return new Promise(resolve => {
    let output = '';
    const child = spawn(command, args, {
      ...rest,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (inBackground && child.pid) {
      try {
        setPriority(child.pid, BACKGROUND_PRIORITY);
      } catch {
        // It has ended already, or this system has no priorities.
      }
    }
    const keep = (text: string) => {
      output = (output + text).slice(-OUTPUT_KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', error => resolve({ code: null, output: error.message }));
    child.on('close', code => resolve({ code, output: output.trim() }));
  });
}
