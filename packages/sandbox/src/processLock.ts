import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Files that this process has locked. */
const lockedHere = new Set<string>();

/**
 * When a process began, so that another one that got its number later is not
 * taken for it; undefined when there is no such process, empty where the
 * system does not tell.
 */
function beginning(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    // proc(5), /proc/pid/stat: the 22nd field; the second, in parentheses, may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}

const ownLine = () => `${process.pid} ${beginning(process.pid)}\n`;

/** The number of the living process that a lock names. */
function holderOf(text: string): number | undefined {
  const [pid, began = ''] = text.trim().split(' ');
  const holder = Number(pid);
  // A lock with the own number is of an earlier process that had it.
  if (!Number.isInteger(holder) || holder <= 0 || holder === process.pid) {
    return undefined;
  }
  return beginning(holder) === began ? holder : undefined;
}

/** Makes a file that has its text from its first instant; false when there is one. */
function createWhole(file: string, text: string): boolean {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, text);
  try {
    linkSync(next, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(next);
  }
}

/** What a lock file holds; empty when it has just gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Locks something for this process by a file; one that a process left behind
 * when it died is taken.
 *
 * @param file - its real path, in a folder that exists
 * @returns what gives it back, or the number of the process that has it
 */
export function lockFile(
  file: string,
): { unlock: () => void } | { holder: number } {
  if (lockedHere.has(file)) return { holder: process.pid };
  while (!createWhole(file, ownLine())) {
    const holder = holderOf(textOf(file));
    if (holder !== undefined) return { holder };
    rmSync(file, { force: true });
  }
  lockedHere.add(file);
  return {
    unlock() {
      lockedHere.delete(file);
      rmSync(file, { force: true });
    },
  };
}
