import { z } from 'zod';
import { defineEffect } from '../actions/effect';
import { errors } from '../errors';
import { found, invalidField } from '../reference';
import type { Volume } from './volumes';

/** Volumes that a server can have. Source: docs.hetzner.com, Volumes FAQ. */
const MAX_VOLUMES = 16;

const volumeArgs = z.object({ volume: z.int() });

/** Attaches a volume to a server. */
export const attachVolume = defineEffect({
  name: 'attach_volume',
  command: 'attach_volume',
  latency: 'attach_volume',
  args: volumeArgs.extend({ server: z.int() }),
  succeed({ volume, server }, { project }) {
    found(project.servers, 'server', server);
    found(project.volumes, 'volume', volume).server = server;
  },
});

/** Detaches a volume from its server. */
export const detachVolume = defineEffect({
  name: 'detach_volume',
  command: 'detach_volume',
  latency: 'detach_volume',
  args: volumeArgs,
  succeed({ volume }, { project }) {
    found(project.volumes, 'volume', volume).server = null;
  },
});

/**
 * Refuses to attach a volume that another server has, that is elsewhere, or
 * that is one too many.
 *
 * @param server - where the server is, and how many volumes it has
 * @throws ApiError 422
 */
export function requireAttachable(
  volume: Pick<Volume, 'server' | 'location'>,
  server: { location: string; volumes: number },
): void {
  if (volume.server !== null) throw errors.volumeAlreadyAttached();
  if (volume.location !== server.location) {
    throw invalidField('volume', 'must be in the location of the server');
  }
  if (server.volumes >= MAX_VOLUMES) throw errors.serverVolumeLimit();
}
