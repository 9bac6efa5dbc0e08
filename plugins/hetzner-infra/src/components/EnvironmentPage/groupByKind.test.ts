import { sampleResource } from '../../__testUtils__/samples';
import { groupByKind } from './groupByKind';

it('groups by kind in the order of importance, and by number within a kind', () => {
  const resources = [
    sampleResource({ kind: 'subnet', key: 'nodes' }),
    sampleResource({ kind: 'server', key: 'web-10' }),
    sampleResource({ kind: 'network', key: 'network' }),
    sampleResource({ kind: 'server', key: 'web-2' }),
    sampleResource({ kind: 'load-balancer', key: 'load-balancer' }),
    sampleResource({ kind: 'dns-record', key: 'api' }),
  ];
  expect(
    groupByKind(resources).map(([kind, group]) => [
      kind,
      group.map(({ key }) => key),
    ]),
  ).toEqual([
    ['load-balancer', ['load-balancer']],
    ['server', ['web-2', 'web-10']],
    ['network', ['network']],
    ['dns-record', ['api']],
    ['subnet', ['nodes']],
  ]);
});
