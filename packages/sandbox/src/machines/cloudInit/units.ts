import type { FirstBoot } from './cloudConfig';

/** A systemd unit that the first boot asks for. */
export interface WantedUnit {
  /** With its suffix. */
  name: string;
  /** It starts now. */
  isStarted: boolean;
  /** It starts with every later boot. */
  isEnabled: boolean;
}

/** Lines of a script as a shell sees them: joined, without comments. */
const linesOf = (script: string) =>
  script
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);

/** All that runs: the commands, and the written files that they name, and so on. */
function reachedScripts({ files, commands }: FirstBoot): string[] {
  const scripts = [...commands];
  const reached = new Set<string>();
  for (let index = 0; index < scripts.length; index += 1) {
    for (const { path, content } of files) {
      if (reached.has(path) || !scripts[index].includes(path)) continue;
      const text = content.toString('utf8');
      if (!text.startsWith('#!')) continue;
      reached.add(path);
      scripts.push(text);
    }
  }
  return scripts;
}

const ASSIGNMENT =
  /^(?:export\s+|readonly\s+|local\s+)?(\w+)=(["']?)([\w.@-]+)\2$/;

/** Puts simple values in the place of the variables that have them. */
function substituted(line: string, values: ReadonlyMap<string, string>) {
  return line.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (whole, braced, bare) => values.get(braced ?? bare) ?? whole,
  );
}

const SYSTEMCTL = /\bsystemctl\s+([^;&|)]*)/g;
const STARTS = ['start', 'restart', 'reload-or-restart'];

/**
 * The units that the scripts of a first boot start or enable. The scripts are
 * read and never run: what counts is every `systemctl` in what the boot reaches,
 * whatever it depends on.
 */
export function wantedUnits(boot: FirstBoot): WantedUnit[] {
  const units = new Map<string, WantedUnit>();
  for (const script of reachedScripts(boot)) {
    const values = new Map<string, string>();
    for (const line of linesOf(script)) {
      const assigned = ASSIGNMENT.exec(line);
      if (assigned) values.set(assigned[1], assigned[3]);
      for (const [, rest] of substituted(line, values).matchAll(SYSTEMCTL)) {
        const words = rest.replace(/["']/g, '').split(/\s+/).filter(Boolean);
        const options = words.filter(word => word.startsWith('-'));
        const [verb, ...names] = words.filter(word => !word.startsWith('-'));
        const isEnabled = verb === 'enable';
        const isStarted =
          STARTS.includes(verb) || (isEnabled && options.includes('--now'));
        if (!isStarted && !isEnabled) continue;
        for (const bare of names) {
          const name = bare.includes('.') ? bare : `${bare}.service`;
          const before = units.get(name);
          units.set(name, {
            name,
            isStarted: isStarted || (before?.isStarted ?? false),
            isEnabled: isEnabled || (before?.isEnabled ?? false),
          });
        }
      }
    }
  }
  return [...units.values()];
}
