import type { Machines } from '../machines/Machines';
import { escape, table, tableOr } from './html';

const LINES_SHOWN = 12;

/** The programs of Kubernetes, and the machines with the end of their consoles. */
export function machinesSection(machines: Machines | undefined): string {
  if (!machines) return '';
  const { state, reason, programs } = machines.programs.view;
  return `<h2>Machines</h2>
${table(
  ['Program', 'Version', 'State'],
  [
    ...programs.map(program => [
      program.name,
      program.version,
      program.reason ? `${program.state}: ${program.reason}` : program.state,
    ]),
    ['all', '', reason ? `${state}: ${reason}` : state],
  ],
)}
${tableOr(
  'No server has been on.',
  ['Server', 'Project', 'Name', 'State', 'k3s'],
  machines.views.map(view => [
    view.server,
    view.project,
    view.name,
    view.state,
    view.role ?? '',
  ]),
)}
${machines.views
  .map(
    view => `<h3>Console of ${escape(view.name)}</h3>
<pre>${escape(view.console.slice(-LINES_SHOWN).join('\n'))}</pre>`,
  )
  .join('\n')}`;
}
