import { spawnSync } from 'node:child_process';

/** Tests that need a program of the system: skipped with a word where it is missing. */
export function needing(
  debianPackage: string,
  command: string,
  args: string[] = ['--version'],
): { describe: jest.Describe; named: (name: string) => string } {
  const present = spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  return {
    describe: present ? describe : describe.skip,
    named: name =>
      present
        ? name
        : `${name} (skipped: needs Debian’s package ${debianPackage})`,
  };
}
