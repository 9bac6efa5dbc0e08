import { errors } from '../errors';
import { Operation, operation } from '../operation';

/** Gone since 1 October 2026: hcloud-go v2.44 changelog. */
const gone = (): never => {
  throw errors.gone('https://docs.hetzner.cloud/changelog');
};

/** What is left of data centers. */
export const datacenterOperations: Operation[] = [
  operation('GET /datacenters', { status: 200, handle: gone }),
  operation('GET /datacenters/{id}', { status: 200, handle: gone }),
];
