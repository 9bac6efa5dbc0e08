import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

const linesKept = 200;
const secondsToEnd = 10;
const watchdogScript = fileURLToPath(
  new URL('./watchdog.mjs', import.meta.url),
);

function openLog(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const stream = fs.createWriteStream(file);
  // A full disk is the program's own error to report; the missing log must not end it.
  stream.on('error', () => {});
  return stream;
}

/** One process and what it said last. */
class Child {
  #process;
  #lines = [];

  constructor(name, process_, { log, onLine }) {
    this.name = name;
    this.#process = process_;
    this.log = log;
    this.hasEnded = false;
    const file = log && openLog(log);
    const take = line => {
      this.#lines.push(line);
      if (this.#lines.length > linesKept) {
        this.#lines.shift();
      }
      file?.write(`${line}\n`);
      onLine?.(line);
    };
    for (const input of [process_.stdout, process_.stderr]) {
      readline.createInterface({ input }).on('line', take);
    }
    /** @type {Promise<{ code: number | null, signal: string | null, error?: Error }>} */
    this.ended = new Promise(resolve => {
      process_.once('error', error => {
        this.hasEnded = true;
        resolve({ code: null, signal: null, error });
      });
      // What outlives the leader of its group would keep its ports and our pipes.
      process_.once('exit', () => {
        this.hasEnded = true;
        this.#killGroup('SIGKILL');
      });
      process_.once('close', (code, signal) => {
        file?.end();
        resolve({ code, signal });
      });
    });
  }

  /** @param {number} count */
  lastLines(count) {
    return this.#lines.slice(-count);
  }

  /** Asks the process group to end, and insists when it has not after ten seconds. */
  async stop() {
    this.#killGroup('SIGTERM');
    const insist = setTimeout(() => this.kill(), secondsToEnd * 1000);
    await this.ended;
    clearTimeout(insist);
  }

  kill() {
    this.#killGroup('SIGKILL');
  }

  #killGroup(signal) {
    try {
      process.kill(-this.#process.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
    }
  }
}

/**
 * The processes that a command has started. Each leads a process group of its
 * own, so that a Ctrl-C at the terminal reaches this process alone, which then
 * ends them in order; a watchdog ends the groups when this process dies first.
 */
export class Children {
  #running = new Map();
  #stopped = false;
  #watchdog;

  /**
   * @param {{ name: string, command: string, args: string[], cwd: string,
   *   env: NodeJS.ProcessEnv, uid?: number, gid?: number, log?: string,
   *   onLine?: (line: string) => void }} options
   *   `name` is used in sentences; `log` is a file that receives all output, started anew
   * @returns {Child}
   * @throws when all have been stopped: what was interrupted starts nothing more
   */
  start({ name, command, args, cwd, env, uid, gid, log, onLine }) {
    if (this.#stopped) {
      throw new Problem(`Interrupted before ${name} was started.`);
    }
    const process_ = spawn(command, args, {
      cwd,
      env,
      uid,
      gid,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const child = new Child(name, process_, { log, onLine });
    if (process_.pid) {
      this.#running.set(process_.pid, child);
      this.#tellWatchdog(`+${process_.pid}`);
      child.ended.then(() => {
        this.#running.delete(process_.pid);
        this.#tellWatchdog(`-${process_.pid}`);
      });
    }
    return child;
  }

  /** Ends all of them, the youngest first, and comes back when they are gone. */
  async stopAll() {
    this.#stopped = true;
    await Promise.all(
      [...this.#running.values()].reverse().map(child => child.stop()),
    );
    if (this.#watchdog) {
      const ended = once(this.#watchdog, 'exit');
      this.#watchdog.ref();
      this.#watchdog.stdin.end();
      await ended;
      this.#watchdog = undefined;
    }
  }

  /** Ends all of them without giving them time. */
  killAll() {
    for (const child of this.#running.values()) {
      child.kill();
    }
  }

  #tellWatchdog(line) {
    if (!this.#watchdog) {
      this.#watchdog = spawn(process.execPath, [watchdogScript], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      });
      this.#watchdog.unref();
      this.#watchdog.stdin.on('error', () => {});
    }
    this.#watchdog.stdin.write(`${line}\n`);
  }
}

/**
 * Runs a program to its end.
 *
 * @param {Children} children
 * @param {Parameters<Children['start']>[0]} options
 * @returns {Promise<{ code: number | null, output: string, error?: Error }>}
 *   `output` is its last lines, or why it could not be started
 */
export async function runToEnd(children, options) {
  const child = children.start(options);
  const { code, error } = await child.ended;
  return {
    code,
    error,
    output: error?.message ?? child.lastLines(linesKept).join('\n'),
  };
}
