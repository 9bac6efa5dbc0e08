/** What costs, as it was seen: one part of one resource. */
export type SeenPart = {
  kind: string;
  /** Logical name of the resource, such as `web-2`. */
  key: string;
  providerId: string;
  /** Key of the price line. A server and its address are two parts. */
  line: string;
  description: string;
  /** Of the server or load balancer; absent for an address. */
  type?: string;
  /** Net decimal strings. */
  hourly: string;
  monthlyCap: string;
  currency: string;
  source: string;
};

/** How long a part existed at one price. Times are epoch milliseconds. */
export type Lifetime = SeenPart & {
  startedAt: number;
  /** Start of the look that saw it first. */
  recordedAt: number;
  endedAt?: number;
};

/** A lifetime as it is stored. */
export type StoredLifetime = Lifetime & { id: string };

/** Identity of a part among all of an environment. */
export function partId({
  kind,
  providerId,
  line,
}: Pick<SeenPart, 'kind' | 'providerId' | 'line'>): string {
  return `${kind} ${providerId} ${line}`;
}
