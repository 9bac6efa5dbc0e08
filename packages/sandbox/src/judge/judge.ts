import type { Exchange } from '../hetzner/api';

/** One way in which an exchange was not as the description says. */
export interface Violation {
  operation: string | null;
  where: 'request' | 'response';
  status: number;
  /** Where in the body or the parameters, as a JSON pointer. */
  path: string;
  message: string;
}

/** Checks every exchange against the provider's description. */
export interface Judge {
  violations: Violation[];
  check(exchange: Exchange): void;
  clear(): void;
}

/** Reads a description and its overlay. */
export async function readJudge(
  _description: string,
  _overlay: string | undefined,
): Promise<Judge> {
  throw new Error('not yet');
}
