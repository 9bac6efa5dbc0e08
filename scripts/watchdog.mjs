// Ends process groups when the process that started them is gone. It reads
// `+<pid>` and `-<pid>` lines; the end of its input means that the writer has
// ended, in whatever way, and what is still on the list has been left behind.
import readline from 'node:readline';

const secondsToEnd = 5;
const pollMs = 100;
const groups = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}

function signalAll(signal) {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group);
    }
  }
}

readline
  .createInterface({ input: process.stdin })
  .on('line', line => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) {
      groups.add(pid);
    } else {
      groups.delete(pid);
    }
  })
  .on('close', () => {
    if (groups.size === 0) {
      return;
    }
    signalAll('SIGTERM');
    const insist = setTimeout(() => signalAll('SIGKILL'), secondsToEnd * 1000);
    const poll = setInterval(() => {
      signalAll(0);
      if (groups.size === 0) {
        clearInterval(poll);
        clearTimeout(insist);
      }
    }, pollMs);
  });
