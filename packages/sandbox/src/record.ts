import type { NumberedCall } from './hetzner/callNumbers';
import type { InjectedFault } from './hetzner/faults/injection';

/** One request under /hetzner/v1 as the sandbox saw it. Times are epoch ms, fractional. */
export interface RequestRecord extends NumberedCall {
  seq: number;
  /** With its leading `?`; empty when there is none. */
  query: string;
  /** Null when the connection was dropped instead of an answer. */
  status: number | null;
  /** Status that the operation had, whatever was answered; null when it did not run to its end. */
  effectStatus: number | null;
  /** What was injected and met something that it could change. */
  faults: InjectedFault[];
  /** Of the hold that was for this request. */
  hold: number | null;
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
const KEPT_ENTRIES = 20_000;

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

  /** Everything that is younger than a sequence number, of one project or of all. */
  since(seq: number, project?: string) {
    const isWanted = (entry: { seq: number; project: string | null }) =>
      entry.seq > seq && (project === undefined || entry.project === project);
    return {
      seq: this.seq,
      requests: [...this.requests.values()].filter(isWanted),
      actions: [...this.actions.values()].filter(isWanted),
    };
  }

  /** Forgets everything of one project or of all. */
  clear(project?: string): void {
    if (project === undefined) {
      this.requests.clear();
      this.actions.clear();
      return;
    }
    for (const entries of [this.requests, this.actions]) {
      for (const [key, entry] of entries) {
        if (entry.project === project) entries.delete(key);
      }
    }
  }
}

function dropOldest(entries: Map<number, unknown>): void {
  if (entries.size <= KEPT_ENTRIES) return;
  const [oldest] = entries.keys();
  entries.delete(oldest);
}
