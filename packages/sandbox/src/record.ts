/** One request under /hetzner/v1 as the sandbox saw it. Times are epoch ms, fractional. */
export interface RequestRecord {
  seq: number;
  /** Null when the token named none. */
  project: string | null;
  method: string;
  /** Below /hetzner/v1, without the query. */
  path: string;
  /** With its leading `?`; empty when there is none. */
  query: string;
  /** `operationId`, or null for an unknown path. */
  operation: string | null;
  /** Null when the connection was dropped instead of an answer. */
  status: number | null;
  receivedAt: number;
  answeredAt: number;
  correlationId: string;
}

/** One action, as of its latest change. Times are epoch ms, fractional. */
export interface ActionRecord {
  seq: number;
  id: number;
  project: string;
  command: string;
  resources: { type: string; id: number }[];
  startedAt: number;
  finishedAt: number | null;
  status: 'running' | 'success' | 'error';
}

/** Entries that are kept of each kind; the oldest go first. */
const KEPT_ENTRIES = 100_000;

/**
 * What happened, in memory. Each entry has a sequence number; an action gets a
 * new one when it ends, so that whoever reads on from a number misses nothing.
 */
export class EventRecord {
  private seq = 0;
  private readonly requests = new Map<number, RequestRecord>();
  private readonly actions = new Map<number, ActionRecord>();

  addRequest(request: Omit<RequestRecord, 'seq'>): void {
    this.seq += 1;
    this.requests.set(this.seq, { seq: this.seq, ...request });
    dropOldest(this.requests);
  }

  setAction(action: Omit<ActionRecord, 'seq'>): void {
    this.seq += 1;
    this.actions.delete(action.id);
    this.actions.set(action.id, { seq: this.seq, ...action });
    dropOldest(this.actions);
  }

  /** Everything that is younger than a sequence number. */
  since(seq: number) {
    const younger = (entry: { seq: number }) => entry.seq > seq;
    return {
      seq: this.seq,
      requests: [...this.requests.values()].filter(younger),
      actions: [...this.actions.values()].filter(younger),
    };
  }

  clear(): void {
    this.requests.clear();
    this.actions.clear();
  }
}

function dropOldest(entries: Map<number, unknown>): void {
  if (entries.size <= KEPT_ENTRIES) return;
  const [oldest] = entries.keys();
  entries.delete(oldest);
}
