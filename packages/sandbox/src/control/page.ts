import type { FastifyInstance } from 'fastify';
import { running } from '../hetzner/actions/runner';
import type { Project } from '../hetzner/project';
import { publicIpv4Of } from '../hetzner/resources/primaryIps/primaryIp';
import { controlForms } from './controlForms';
import { controlsSection } from './controlsSection';
import { machinesSection } from './machinesSection';
import type { ControlContext } from './routes';
import type { ObjectStorage } from '../objectStorage/ObjectStorage';
import { escape, table } from './html';

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

function objectStorageSection(storage: ObjectStorage | undefined): string {
  if (!storage) return '';
  const { endpoint, region, state, reason } = storage.view;
  return `<h2>Object storage</h2>
${table(
  ['Object storage', ''],
  [
    ['Endpoint', endpoint],
    ['Region', region],
    ['State', reason ? `${state}: ${reason}` : state],
    ...storage
      .list()
      .map(keys => [`Access key of ${keys.project}`, keys.accessKey]),
  ],
)}`;
}

/** What the page shows. */
export type PageContext = Pick<
  ControlContext,
  'cloud' | 'control' | 'holds' | 'objectStorage' | 'machines'
>;

/** A plain page that shows what exists. */
export function page({
  cloud,
  control,
  holds,
  objectStorage,
  machines,
}: PageContext): string {
  const { rateLimit, quotas } = control.settings;
  const projects = [...cloud.projects.values()];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; }
form { margin: .5rem 0; }
pre { overflow-x: auto; }
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
${objectStorageSection(objectStorage)}
${machinesSection(machines)}
${controlsSection(cloud, control, holds)}
<h2>Limits</h2>
${table(
  ['Limit', 'Of each project'],
  [['Requests', `${rateLimit.limit} per hour`], ...Object.entries(quotas)],
)}
</body>
</html>
`;
}

/** Adds the page at `/` and what its forms do. */
export function pageRoute(context: PageContext) {
  const { cloud, control } = context;
  return async (server: FastifyInstance) => {
    await server.register(controlForms(cloud, control));
    server.get('/', async (_request, reply) =>
      reply
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
        )
        .type('text/html; charset=utf-8')
        .send(page(context)),
    );
  };
}
