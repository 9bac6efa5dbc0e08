import { errors } from './errors';

/** Who a request speaks for. */
export interface Identity {
  project: string;
  readOnly: boolean;
}

/**
 * Reads an `Authorization` header. A token is `<project>` or
 * `<project>.<anything>`; one that ends in `.readonly` may only read.
 *
 * @param revoked - tokens that are not good any more
 * @throws ApiError 401 for a missing, empty or revoked token
 */
export function authenticate(
  authorization: string | undefined,
  revoked: readonly string[],
): Identity {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  const project = token?.split('.', 1)[0];
  if (!token || !project || revoked.includes(token)) {
    throw errors.unauthorized();
  }
  return { project, readOnly: token.endsWith('.readonly') };
}
