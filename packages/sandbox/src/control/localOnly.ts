import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';

/** True for an address of this machine itself. */
export function isLoopback(address: string): boolean {
  return ipaddr.process(address).range() === 'loopback';
}

/**
 * True for a request from this machine that no other site's page had a
 * person's browser send.
 */
export function isLocal({ ip, headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  return (
    isLoopback(ip) && (origin === undefined || origin === `http://${host}`)
  );
}
