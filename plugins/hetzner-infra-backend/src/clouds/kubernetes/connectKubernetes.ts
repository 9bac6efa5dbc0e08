import { isCode } from '../CloudError';
import { ControlPlanes, type KubernetesOptions } from './ControlPlanes';
import { RefusedAnswer } from './describeKubernetesFailure';
import { kubernetesCodes } from './errorCodes';
import type {
  KubernetesCluster,
  KubernetesConnection,
  KubernetesObject,
  KubernetesScope,
  ObjectReference,
} from './KubernetesCluster';

/** Objects in one answer to a list. */
const PAGE = 500;

/** What a list is answered with. Its objects do not say what they are. */
interface Page {
  items: Omit<KubernetesObject, 'apiVersion' | 'kind'>[];
  metadata: { continue?: string };
}

/** The library writes into what it is given. */
const copyOf = ({ apiVersion, kind, metadata }: ObjectReference) => ({
  apiVersion,
  kind,
  metadata: { name: metadata.name, namespace: metadata.namespace },
});

const pathOf = ({ kind, metadata: { namespace, name } }: ObjectReference) =>
  `/${kind}/${namespace ? `${namespace}/` : ''}${name}`;

/** Opens a cluster by the client library. Nothing is sent before the first call. */
export function connectKubernetes(
  options: KubernetesOptions,
): KubernetesConnection {
  const controlPlanes = new ControlPlanes(options);
  return {
    ...clusterOf(controlPlanes, {}),
    close: () => controlPlanes.close(),
  };
}

function clusterOf(
  controlPlanes: ControlPlanes,
  scope: KubernetesScope,
): KubernetesCluster {
  return {
    async ready() {
      await controlPlanes.perform(
        { method: 'GET', path: '/readyz' },
        scope,
        async server => {
          try {
            await server.text('/readyz?verbose');
          } catch (error) {
            throw error instanceof RefusedAnswer && error.status === 500
              ? notReady(error)
              : error;
          }
        },
      );
    },

    get: reference =>
      unlessMissing(
        undefined,
        controlPlanes.perform(
          { method: 'GET', path: pathOf(reference), kind: reference.kind },
          scope,
          async server =>
            (await server.read(copyOf(reference))) as KubernetesObject,
        ),
      ),

    async list({ apiVersion, kind, namespace, fieldSelector, labelSelector }) {
      const found: KubernetesObject[] = [];
      let next: string | undefined;
      do {
        const from: string | undefined = next;
        const page = await unlessMissing<Page>(
          { items: [], metadata: {} },
          controlPlanes.perform(
            {
              method: 'GET',
              path: `/${kind}${namespace ? `/${namespace}` : ''}`,
              kind,
            },
            scope,
            async server =>
              (await server.list(
                apiVersion,
                kind,
                namespace,
                undefined,
                undefined,
                undefined,
                fieldSelector,
                labelSelector,
                PAGE,
                from,
              )) as unknown as Page,
          ),
        );
        for (const item of page.items) {
          found.push({ ...item, apiVersion, kind } as KubernetesObject);
        }
        next = page.metadata.continue || undefined;
      } while (next);
      return found;
    },

    apply: (object, { dryRun = false } = {}) =>
      controlPlanes.perform(
        { method: 'PATCH', path: pathOf(object), kind: object.kind },
        scope,
        server => server.apply(object, dryRun),
      ),

    async delete(reference) {
      await unlessMissing<unknown>(
        undefined,
        controlPlanes.perform(
          { method: 'DELETE', path: pathOf(reference), kind: reference.kind },
          scope,
          server =>
            server.delete(
              copyOf(reference),
              undefined,
              undefined,
              undefined,
              undefined,
              'Background',
            ),
        ),
      );
    },

    scoped: inner => clusterOf(controlPlanes, nested(scope, inner)),
  };
}

/** What is asked for, or something else when neither it nor its kind is there. */
async function unlessMissing<Answer>(
  otherwise: Answer,
  asked: Promise<Answer>,
): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (isCode(error, kubernetesCodes.notFound, kubernetesCodes.noSuchKind)) {
      return otherwise;
    }
    throw error;
  }
}

function nested(
  outer: KubernetesScope,
  inner: KubernetesScope,
): KubernetesScope {
  const signals = [outer.signal, inner.signal].filter(
    signal => signal !== undefined,
  );
  return {
    async beforeCall(call) {
      await outer.beforeCall?.(call);
      await inner.beforeCall?.(call);
    },
    onCall(report) {
      outer.onCall?.(report);
      inner.onCall?.(report);
    },
    ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
  };
}

/** The same answer as a Status, with the checks that fail in its words. */
function notReady({ status, body }: RefusedAnswer): RefusedAnswer {
  const failing = [...body.matchAll(/^\[-\](\S+) failed/gm)].map(
    ([, check]) => check,
  );
  return new RefusedAnswer(
    status,
    JSON.stringify({
      reason: kubernetesCodes.notReady,
      message: `The API server is not ready: ${
        failing.join(', ') || 'it does not say why'
      }`,
    }),
  );
}
