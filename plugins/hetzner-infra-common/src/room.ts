import type { Catalogue } from './schema/openapi/generated/models';
import type { EnvironmentDocument } from './document';
import type { Plan } from './plan';
import { documentProblem, type DocumentProblem } from './problems';
import type { Quota } from './quota';

/**
 * Whether the project takes what a plan makes before it removes what goes:
 * its new servers and, while servers are replaced, one more. What nobody told
 * the portal limits nothing.
 */
export function hasRoomFor(plan: Plan, { used, limits }: Quota): boolean {
  const count = (type: string) =>
    plan.filter(({ kind, change }) => kind === 'server' && change === type)
      .length;
  const needed = count('create') + Math.min(1, count('replace'));
  return (['servers', 'primaryIps'] as const).every(name => {
    const limit = limits[name];
    return limit === undefined || (used[name] ?? 0) + needed <= limit;
  });
}

/**
 * What stands against changing servers in place: they keep their disk and what
 * is installed on it (Hetzner Cloud API, Servers: change type). `path` names
 * the field of the document.
 */
export function changesInPlace(
  { spec }: EnvironmentDocument,
  plan: Plan,
  { serverTypes }: Catalogue,
): DocumentProblem[] {
  const problems = new Map<string, DocumentProblem>();
  for (const { kind, change, node, actual } of plan) {
    if (kind !== 'server' || change !== 'update' || !node || !actual) continue;
    const [from, to] = [actual.state.serverType, node.desired.serverType].map(
      name => serverTypes.find(type => type.name === name),
    );
    if (!from || !to || from === to) continue;
    const { pool } = node.desired;
    const path = pool
      ? `spec.pools.${spec.pools.findIndex(
          ({ name }) => name === pool,
        )}.serverType`
      : 'spec.controlPlane.serverType';
    const who = pool ? 'pool' : 'control-plane';
    const disk = actual.diskGb ?? from.diskGb;
    if (from.architecture !== to.architecture) {
      problems.set(
        path,
        documentProblem(path, `${who}-architecture`, {
          ...(pool && { pool }),
          from: from.name,
          fromArchitecture: from.architecture,
          to: to.name,
          toArchitecture: to.architecture,
        }),
      );
    } else if (to.diskGb < disk) {
      problems.set(
        path,
        documentProblem(path, `${who}-disk`, {
          ...(pool && { pool }),
          disk,
          to: to.name,
          toDisk: to.diskGb,
        }),
      );
    }
  }
  return [...problems.values()];
}
