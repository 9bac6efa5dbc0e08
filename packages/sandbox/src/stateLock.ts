import {
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { StateError } from './stateFolder';

const FILE = 'sandbox.lock';

/** Folders that this process has locked. */
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

const inUse = (folder: string, pid: number) =>
  new StateError(
    `${folder} is in use by the sandbox with process number ${pid}. End that one, or choose another folder with --state.`,
  );

/**
 * Keeps a state folder for this process, which two would write over each
 * other; the answer gives it back. A lock of a process that has gone is taken.
 *
 * @throws StateError while another sandbox has the folder
 */
export function lockState(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const real = realpathSync(folder);
  const file = path.join(real, FILE);
  if (lockedHere.has(real)) throw inUse(folder, process.pid);
  for (;;) {
    if (createWhole(file, ownLine())) break;
    const holder = holderOf(readFileSync(file, 'utf8'));
    if (holder !== undefined) throw inUse(folder, holder);
    rmSync(file, { force: true });
  }
  lockedHere.add(real);
  return () => {
    lockedHere.delete(real);
    rmSync(file, { force: true });
  };
}
