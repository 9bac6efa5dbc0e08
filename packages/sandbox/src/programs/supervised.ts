import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs beside the sandbox. */
export interface Supervised {
  /** What it said last, once it has ended by itself or was told to. */
  ended: Promise<string>;
  /** Ends it and waits until it has. */
  close(): Promise<void>;
}

/**
 * Ends the program when this process dies, however it dies: the pipe that the
 * shell reads from is closed then.
 */
const withUs = (signal: 'TERM' | 'KILL') =>
  `exec 3<&0; "$@" </dev/null 3<&- & program=$!; (cat <&3 >/dev/null; kill -${signal} "$program") 2>/dev/null & wait "$program"`;

const OUTPUT_KEPT_CHARACTERS = 4_000;

/**
 * Starts a program that ends with this process.
 *
 * @param options.signal - what ends it: `KILL` for one that minds no power cut
 * @param options.onOutput - told what it writes, as it comes
 */
export function startSupervised(
  program: string,
  args: readonly string[],
  options: {
    /** All of it: nothing is taken over from this process. */
    env: NodeJS.ProcessEnv;
    cwd?: string;
    signal?: 'TERM' | 'KILL';
    onOutput?: (text: string) => void;
  },
): Supervised {
  const { env, cwd, signal = 'TERM', onOutput = () => {} } = options;
  const child = spawn('sh', ['-c', withUs(signal), 'sh', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
    cwd,
  });
  const ended = lastWords(child, onOutput);
  return {
    ended,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

async function lastWords(
  child: ChildProcess,
  onOutput: (text: string) => void,
): Promise<string> {
  let output = '';
  const keep = (text: string) => {
    output = (output + text).slice(-OUTPUT_KEPT_CHARACTERS);
    onOutput(text);
  };
  child.stdout!.setEncoding('utf8').on('data', keep);
  child.stderr!.setEncoding('utf8').on('data', keep);
  child.stdin!.on('error', () => {}); // it ended first
  child.once('exit', () => child.stdin!.end());
  try {
    await once(child, 'close');
  } catch (error) {
    return `it cannot be started (${(error as Error).message})`;
  }
  return output.trim() || 'without a word';
}
