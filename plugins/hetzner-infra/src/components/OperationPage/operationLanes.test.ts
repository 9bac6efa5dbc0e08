import type { OperationStep } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleStep } from '../../__testUtils__/samples';
import { laneOf, operationLanes, type LaneId } from './operationLanes';

const origin = Date.parse('2026-11-20T08:00:00Z');
const at = (seconds: number) => new Date(origin + seconds * 1000).toISOString();

const server = (key: string, change: Partial<OperationStep> = {}) =>
  sampleStep({ key, kind: 'server', expectedSeconds: 20, ...change });
const ran = (start: number, end: number) => ({
  state: 'succeeded' as const,
  startedAt: at(start),
  finishedAt: at(end),
});

/** Each bar as `row: start-done-end`, by lane. */
function drawn(
  steps: OperationStep[],
  seconds: number,
  state: 'running' | 'failed' = 'running',
) {
  const { lanes } = operationLanes(
    { state, steps, createdAt: at(0), startedAt: at(0), finishedAt: undefined },
    origin + seconds * 1000,
  );
  return Object.fromEntries(
    lanes.map(lane => [
      lane.id,
      lane.rows.map(row =>
        row
          .map(
            bar => `${bar.step.key} ${bar.start}-${bar.doneUntil}-${bar.end}`,
          )
          .join(', '),
      ),
    ]),
  );
}

describe('laneOf', () => {
  it.each<[string, string, LaneId]>([
    ['network', 'network', 'network'],
    ['firewall', 'firewall-workers', 'network'],
    ['ssh-key', 'ssh-key-1', 'network'],
    ['placement-group', 'spread-control-plane-1', 'network'],
    ['server', 'control-plane-1', 'controlPlane'],
    ['server', 'web-12', 'workers'],
    ['load-balancer', 'load-balancer', 'loadBalancer'],
    ['certificate', 'certificate', 'loadBalancer'],
    ['something-new', 'x', 'other'],
  ])('puts %s %s in %s', (kind, key, lane) => {
    expect(laneOf({ kind, key })).toBe(lane);
  });
});

describe('operationLanes', () => {
  it('draws what ran, what runs and what waits for it', () => {
    expect(
      drawn(
        [
          sampleStep({ key: 'network', ...ran(0, 3) }),
          server('control-plane-1', { state: 'running', startedAt: at(3) }),
          server('web-1', { needs: ['step-network'] }),
          sampleStep({
            key: 'load-balancer',
            kind: 'load-balancer',
            needs: ['step-web-1'],
            expectedSeconds: 8,
          }),
        ],
        10,
      ),
    ).toEqual({
      network: ['network 0-3-3'],
      controlPlane: ['control-plane-1 3-10-23'],
      workers: ['web-1 10-10-30'],
      loadBalancer: ['load-balancer 30-30-38'],
    });
  });

  it('draws what runs for longer than usual up to now', () => {
    expect(
      drawn([server('web-1', { state: 'running', startedAt: at(0) })], 50),
    ).toEqual({ workers: ['web-1 0-50-50'] });
  });

  it('draws the undoing of a server in its row', () => {
    expect(
      drawn(
        [
          server('web-1', ran(3, 20)),
          server('web-2', ran(3, 22)),
          { ...server('web-1', ran(25, 28)), id: 'undo', change: 'remove' },
          server('web-3', { state: 'skipped' }),
        ],
        30,
      ),
    ).toEqual({
      workers: ['web-1 3-20-20, web-1 25-28-28', 'web-2 3-22-22'],
    });
  });

  it('draws nothing that will never run, and no present, when all is over', () => {
    const steps = [
      server('web-1', { ...ran(3, 20), state: 'failed' }),
      server('web-2'),
    ];
    expect(drawn(steps, 900, 'failed')).toEqual({ workers: ['web-1 3-20-20'] });
    const { axis, now } = operationLanes(
      { state: 'failed', steps, createdAt: at(0), startedAt: at(0) },
      origin + 900_000,
    );
    expect(axis.span).toBe(20);
    expect(now).toBeUndefined();
  });

  it('is the same at any later time', () => {
    const operation = {
      state: 'succeeded' as const,
      steps: [server('web-1', ran(3, 20))],
      createdAt: at(0),
      startedAt: at(0),
      finishedAt: at(20),
    };
    expect(operationLanes(operation, origin + 21_000)).toEqual(
      operationLanes(operation, origin + 86_400_000),
    );
  });
});
