import fs from 'node:fs';
import { Children } from './children.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const callerCheckMs = 500;

function parentOf(pid) {
  try {
    // The fields after the name, which may hold spaces and brackets: state, parent, ...
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

/** The processes that called this one: npm, and the shell that it puts between. */
function callers() {
  return process.env.npm_lifecycle_event
    ? `${process.ppid} ${parentOf(process.ppid)}`
    : `${process.ppid}`;
}

/**
 * Runs `work` with a fresh set of child processes and ends all of them when it
 * comes back, throws, or is interrupted: by a signal, or because the program
 * that called (npm) is gone. A second signal does not wait for them any more.
 *
 * @param {(children: Children) => Promise<number>} work
 * @param {() => void} onInterruption called once, before the children are asked to end
 * @returns {Promise<number>} the exit code: that of `work`, or 130 when interrupted
 */
export async function withChildren(work, onInterruption = () => {}) {
  const children = new Children();
  let interrupt;
  const interrupted = new Promise(resolve => {
    interrupt = resolve;
  });
  let asked = false;
  const onSignal = () => {
    if (asked) {
      children.killAll();
      return;
    }
    asked = true;
    onInterruption();
    interrupt(130);
  };
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  const calledBy = callers();
  const callerCheck = setInterval(() => {
    if (callers() !== calledBy) {
      clearInterval(callerCheck);
      onSignal();
    }
  }, callerCheckMs);
  callerCheck.unref();

  const working = work(children);
  working.catch(() => {});
  try {
    return await Promise.race([working, interrupted]);
  } finally {
    await children.stopAll();
    clearInterval(callerCheck);
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  }
}
