/** How a unit starts k3s. */
export interface K3sUnit {
  role: 'server' | 'agent';
  args: string[];
  environment: Record<string, string>;
}

const unquoted = (word: string) => word.replace(/^(["'])(.*)\1$/s, '$2');

/** Words of a command line, with simple quotes. */
const wordsOf = (line: string) =>
  (line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map(unquoted);

function settings(text: string, key: string): string[] {
  return text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter(line => line.trim().startsWith(`${key}=`))
    .map(line => line.trim().slice(key.length + 1));
}

const variables = (lines: string[]) =>
  Object.fromEntries(
    lines.flatMap(line => {
      const at = line.indexOf('=');
      return at > 0 && !line.trim().startsWith('#')
        ? [[line.slice(0, at).trim(), unquoted(line.slice(at + 1).trim())]]
        : [];
    }),
  );

/**
 * Reads a systemd unit.
 *
 * @param read - gives a file of the machine, for EnvironmentFile
 * @returns how it starts k3s; undefined when it starts something else
 */
export function readK3sUnit(
  text: string,
  read: (file: string) => string | undefined,
): K3sUnit | undefined {
  const commands = settings(text, 'ExecStart').map(line =>
    wordsOf(line.replace(/^[-@:+!]+/, '')),
  );
  for (const words of commands) {
    const program = words.findIndex(word => /(^|\/)k3s$/.test(word));
    const role = words[program + 1];
    if (program < 0 || (role !== 'server' && role !== 'agent')) continue;
    return {
      role,
      args: words.slice(program + 2),
      environment: {
        ...variables(settings(text, 'Environment').flatMap(wordsOf)),
        ...variables(
          settings(text, 'EnvironmentFile').flatMap(file =>
            (read(file.replace(/^-/, '')) ?? '').split('\n'),
          ),
        ),
      },
    };
  }
  return undefined;
}
