import type { Project } from './project';

/** A request, described so that the same one of another run has the same description. */
export interface NumberedCall {
  /** Named by the token; null when it names none. */
  project: string | null;
  method: string;
  /** Below /hetzner/v1, without the query. */
  path: string;
  /** With `{id}` instead of ids; the path itself when no operation has it. */
  template: string;
  /** `operationId`, or null for an unknown path. */
  operation: string | null;
  /** Method, template and the name of what it is about, such as `POST /servers web-1`. */
  key: string;
  /** Its number among the project's requests, from 1, in the order in which they came. */
  number: number;
  /** Its number among those that may change something; null for a read. */
  write: number | null;
  /** Its number among the project's requests with the same key. */
  nth: number;
}

/** Method, path and name as one text. */
export const callKey = (
  method: string,
  template: string,
  name: string | undefined,
) => [method, template, ...(name ? [name] : [])].join(' ');

const nameOf = (value: unknown): string | undefined => {
  const { name } = (value ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
};

/** The name of the object in a project that has this id. */
function nameInProject(
  project: Project | undefined,
  id: number,
): string | undefined {
  for (const collection of Object.values(project ?? {})) {
    if (!(collection instanceof Map)) continue;
    const object: unknown = collection.get(id);
    if (object) return nameOf(object);
  }
  return undefined;
}

/**
 * The name of what a request is about: of the object that its path names, or
 * the one that its body or its query gives. Ids are no part of it, because
 * they depend on the order in which things were created.
 */
export function nameInRequest(
  project: Project | undefined,
  { params, query, body }: { params: unknown; query: unknown; body?: unknown },
): string | undefined {
  const { id } = params as { id?: string };
  if (id !== undefined) return nameInProject(project, Number(id));
  if (typeof body !== 'string' || body === '') return nameOf(query);
  try {
    return nameOf(JSON.parse(body));
  } catch {
    return undefined; // what is no JSON is refused in its turn
  }
}

interface Counts {
  requests: number;
  writes: number;
  keys: Map<string, number>;
}

/** Numbers the requests of each project. */
export class CallNumbers {
  private readonly projects = new Map<string, Counts>();

  number(call: Omit<NumberedCall, 'number' | 'write' | 'nth'>): NumberedCall {
    const counts = this.countsOf(call.project ?? '');
    counts.requests += 1;
    const isWrite = call.method !== 'GET';
    if (isWrite) counts.writes += 1;
    const nth = (counts.keys.get(call.key) ?? 0) + 1;
    counts.keys.set(call.key, nth);
    return {
      ...call,
      number: counts.requests,
      write: isWrite ? counts.writes : null,
      nth,
    };
  }

  /** Begins with 1 again, in one project or in all. */
  restart(project?: string): void {
    if (project === undefined) this.projects.clear();
    else this.projects.delete(project);
  }

  private countsOf(project: string): Counts {
    let counts = this.projects.get(project);
    if (!counts) {
      counts = { requests: 0, writes: 0, keys: new Map() };
      this.projects.set(project, counts);
    }
    return counts;
  }
}
