/** Something that keeps a command from going on, told in words for the person at the keyboard. */
export class Problem extends Error {
  name = 'Problem';
}

const disk = path =>
  `No space is left on the disk${
    path ? ` that holds ${path}` : ''
  }. Free some (an empty cache needs about 3 GB) and start again.`;

/**
 * One or two sentences for any error. Faults of the machine that a person can
 * put right are named; what remains is a defect of these scripts and keeps its stack.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (error instanceof Problem) {
    return error.message;
  }
  switch (error?.code) {
    case 'ENOSPC':
      return disk(error.path);
    case 'EDQUOT':
      return `The disk quota of this account is used up${
        error.path ? ` (writing ${error.path})` : ''
      }. Free some space and start again.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${error.path ?? 'A file'} cannot be written (${
        error.code
      }). Give this account write access to it, or set XPEDITIS_CACHE to a folder that it may write if it lies in the cache.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open. Raise the limit (`ulimit -n 4096`) and start again.';
    default:
      return error?.stack ?? String(error);
  }
}

const network =
  'Check the connection, and `npm config get registry` and `npm config get https-proxy` if this machine reaches the internet through a registry or proxy of its own.';

const causes = [
  [/ENOSPC|no space left on device/i, () => disk()],
  [
    /EINTEGRITY|YN0018|Integrity checksum failed|checksum doesn't match/i,
    () =>
      'What arrived is not what is pinned, so it was thrown away. Try again; if it repeats, the registry in use serves something else.',
  ],
  [
    /YN0028|lockfile would have been (modified|created)/i,
    () =>
      'yarn.lock does not fit the package.json files. Run `yarn install` and commit the new yarn.lock.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|socket hang up|RequestError|getaddrinfo/i,
    () => `The package registry was not reached. ${network}`,
  ],
  [
    /\bE40[134]\b|\bHTTP ?Error: ?Response code 40[134]|Response code 40[134]/i,
    () => `The package registry does not hand it out. ${network}`,
  ],
  [
    /EACCES|EPERM|EROFS/i,
    () =>
      'A folder cannot be written. Give this account write access to the checkout and the cache, or set XPEDITIS_CACHE to another folder.',
  ],
];

/**
 * Finds in the output of npm or Yarn what a person can do something about.
 *
 * @param {string} output
 * @returns {string | undefined} nothing when the output tells none of the known causes
 */
export function causeIn(output) {
  return causes.find(([pattern]) => pattern.test(output))?.[1]();
}
