import type { FastifyInstance } from 'fastify';
import type { Cloud } from '../hetzner/cloud';
import { running } from '../hetzner/actions/runner';
import type { Project } from '../hetzner/project';
import { publicIpv4Of } from '../hetzner/resources/primaryIps/primaryIp';
import type { ControlState } from './controlState';

const escape = (text: string) =>
  text.replace(/[&<>"']/g, char => `&#${char.codePointAt(0)};`);

const table = (heads: string[], rows: (string | number)[][]) => `<table>
<tr>${heads.map(head => `<th scope="col">${escape(head)}</th>`).join('')}</tr>
${rows
  .map(
    row =>
      `<tr>${row
        .map(cell => `<td>${escape(String(cell))}</td>`)
        .join('')}</tr>`,
  )
  .join('\n')}
</table>`;

function projectSection(project: Project): string {
  const rows = [
    ...[...project.servers.values()].map(server => [
      'server',
      server.id,
      server.name,
      server.status,
      [publicIpv4Of(project, server), ...server.privateNets.map(({ ip }) => ip)]
        .filter(Boolean)
        .join(', '),
    ]),
    ...[...project.loadBalancers.values()].map(
      ({ id, name, ipv4, privateNets }) => [
        'load balancer',
        id,
        name,
        '',
        [
          publicIpv4Of(project, { ipv4 }),
          ...privateNets.map(({ ip }) => ip),
        ].join(', '),
      ],
    ),
    ...[...project.networks.values()].map(({ id, name, ipRange }) => [
      'network',
      id,
      name,
      '',
      ipRange,
    ]),
    ...(
      [
        ['firewall', project.firewalls],
        ['placement group', project.placementGroups],
        ['certificate', project.certificates],
        ['volume', project.volumes],
        ['primary IP', project.primaryIps],
        ['floating IP', project.floatingIps],
        ['SSH key', project.sshKeys],
      ] as const
    ).flatMap(([kind, collection]) =>
      [...collection.values()].map(({ id, name }) => [kind, id, name, '', '']),
    ),
  ];
  const busy = running(project).filter(action => !action.hidden).length;
  return `<h2>Project ${escape(project.name)}</h2>
<p>${rows.length} resources, ${busy} running actions.</p>
${table(['Kind', 'ID', 'Name', 'State', 'Addresses'], rows)}`;
}

/** A plain page that shows what exists. */
export function page(cloud: Cloud, control: ControlState): string {
  const { speed, rateLimit, quotas, unavailable } = control.settings;
  const projects = [...cloud.projects.values()];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid #ccc; }
</style>
</head>
<body>
<h1>Sandbox</h1>
<p>Stand-in for Hetzner Cloud at <code>/hetzner/v1</code>. Nothing here costs money.</p>
${
  projects.map(projectSection).join('\n') ||
  '<p>There is no project yet. A project begins with the first request of its token.</p>'
}
<h2>Settings</h2>
${table(
  ['Setting', 'Value'],
  [
    ['Speed', `${speed} times real time`],
    ['Rate limit', `${rateLimit.limit} requests per hour and project`],
    [
      'Quotas',
      Object.entries(quotas)
        .map(([name, limit]) => `${name} ${limit}`)
        .join(', '),
    ],
    [
      'Sold out',
      unavailable
        .map(({ serverType, location }) => `${serverType} in ${location}`)
        .join(', ') || 'nothing',
    ],
    ['Faults', control.faults.map(({ id }) => id).join(', ') || 'none'],
  ],
)}
</body>
</html>
`;
}

/** Adds the page at `/`. */
export function pageRoute(cloud: Cloud, control: ControlState) {
  return async (server: FastifyInstance) => {
    server.get('/', async (_request, reply) =>
      reply
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'",
        )
        .type('text/html; charset=utf-8')
        .send(page(cloud, control)),
    );
  };
}
