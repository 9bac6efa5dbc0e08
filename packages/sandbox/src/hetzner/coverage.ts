import { splitRoute } from './operation';
import { operationNames, Route } from './operationNames';

/** Answered with 410 because the provider removed it: hcloud-go v2.44 changelog. */
const GONE: readonly string[] = ['list_datacenters', 'get_datacenter'];

/** What a request for an operation gets. */
export type CoverageState = 'supported' | '410' | '501';

/** One operation of the description, and whether the sandbox does it. */
export interface CoverageRow {
  method: string;
  path: string;
  name: string;
  state: CoverageState;
}

/**
 * Every operation in the order of the description.
 *
 * @param supported - routes that the sandbox runs
 */
export function coverage(supported: ReadonlySet<string>): CoverageRow[] {
  return (Object.keys(operationNames) as Route[]).map(route => {
    const name = operationNames[route];
    const state = GONE.includes(name) ? '410' : 'supported';
    return {
      ...splitRoute(route),
      name,
      state: supported.has(route) ? state : '501',
    };
  });
}

/** The page of the docs that holds the table. */
export function coveragePage(rows: readonly CoverageRow[]): string {
  const count = (state: CoverageState) =>
    rows.filter(row => row.state === state).length;
  const lines = rows.map(({ method, path, name, state }) => [
    `\`${method}\``,
    `\`${path}\``,
    `\`${name}\``,
    state,
  ]);
  const header = ['Method', 'Path', 'Operation', 'State'];
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map(line => line[column].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join(' | ')} |`;
  return `# What the sandbox covers

Every operation of the Hetzner Cloud API, by the names of its official
description of 8 July 2026 and of what changed since. \`yarn workspace sandbox
coverage\` writes this page; a test fails while it is out of date.

- **supported** (${count('supported')}): answers as the provider does.
- **410** (${count('410')}): the provider removed it on 1 October 2026.
- **501** (${count('501')}): refused by name.

${line(header)}
${line(widths.map(width => '-'.repeat(width)))}
${lines.map(line).join('\n')}
`;
}
