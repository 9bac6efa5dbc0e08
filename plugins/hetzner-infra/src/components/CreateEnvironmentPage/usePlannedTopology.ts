import {
  blueprint,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo, useRef } from 'react';
import { useCatalogue } from '../../api/queries';
import {
  serversOfGraph,
  topologyOf,
  type Topology,
} from '../Topology/topology';

/**
 * The drawing of what is described, by the blueprint that the backend builds from. While the
 * description has an error the drawing before it stays; undefined before the first one.
 */
export function usePlannedTopology(
  environment: EnvironmentDocument | undefined,
): Topology | undefined {
  const { data: catalogue } = useCatalogue(
    environment?.spec.connections.hetzner,
  );
  const latest = useRef<Topology>();
  return useMemo(() => {
    if (environment) {
      // Where the portal comes from changes a firewall's rules, which are not drawn.
      const graph =
        catalogue &&
        blueprint(environment, { catalogue, egressCidrs: [] }).graph;
      latest.current = topologyOf(
        environment,
        graph ? serversOfGraph(graph) : [],
      );
    }
    return latest.current;
  }, [environment, catalogue]);
}
