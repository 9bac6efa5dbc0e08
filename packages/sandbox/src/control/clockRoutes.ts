import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Cloud } from '../hetzner/cloud';
import { settings } from '../settings';
import type { ControlState } from './controlState';

/** A century: enough for every expiry, and dates stay dates. */
const LONGEST_ADVANCE_SECONDS = 100 * 365 * 86_400;

/** A change of the clock; what is left out stays as it is. */
const clockChange = z.strictObject({
  mode: z.enum(['running', 'manual']).optional(),
  speed: settings.shape.speed.removeDefault().optional(),
  /** Seconds of the cloud. */
  advanceSeconds: z.number().min(0).max(LONGEST_ADVANCE_SECONDS).optional(),
});

function view({ clock, settings: { speed }, runner }: Cloud) {
  const now = clock.now();
  const end = runner.nextEnd();
  return {
    mode: clock.state.mode,
    speed,
    now: new Date(now).toISOString(),
    /** Seconds of the machine that the sandbox's time is ahead of it. */
    aheadSeconds: (now - clock.wall()) / 1000,
    runningActions: runner.runningCount(),
    /** Seconds of the cloud until an action ends; null when none will by itself. */
    nextEndSeconds:
      end === null ? null : (Math.max(0, end - now) / 1000) * speed,
  };
}

/**
 * Changes how time passes and then lets some of it pass; resolves when that is kept.
 *
 * @throws ZodError for what is no change
 */
export async function changeClock(
  cloud: Cloud,
  control: ControlState,
  change: unknown,
): Promise<void> {
  const { mode, speed, advanceSeconds } = clockChange.parse(change);
  if (speed !== undefined) await control.change({ speed });
  if (mode) cloud.clock.setMode(mode);
  cloud.runner.schedule();
  if (advanceSeconds) {
    cloud.clock.advance((advanceSeconds * 1000) / cloud.settings.speed);
  }
  await control.setClock(cloud.clock.state);
}

/** Reading and driving the clock. */
export function clockRoutes({
  cloud,
  control,
}: {
  cloud: Cloud;
  control: ControlState;
}) {
  return async (server: FastifyInstance) => {
    server.get('/clock', async () => view(cloud));
    server.post('/clock', async request => {
      await changeClock(cloud, control, request.body);
      return view(cloud);
    });
  };
}
