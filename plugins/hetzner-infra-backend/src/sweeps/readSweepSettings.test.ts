import { ConfigReader } from '@backstage/config';
import { readSweepSettings } from './readSweepSettings';

const read = (sweeps?: object) =>
  readSweepSettings(
    new ConfigReader({ hetznerInfra: { ...(sweeps && { sweeps }) } } as never),
  );

describe('readSweepSettings', () => {
  it('looks for drift every ten minutes, and removes what is over, unless told', () => {
    expect(read()).toMatchObject({
      drift: { frequency: { minutes: 10 }, timeout: { minutes: 9 } },
      warnHoursBefore: [24, 1],
      removesExpired: true,
    });
  });

  it('takes schedules as other plugins do', () => {
    expect(
      read({
        drift: {
          schedule: { frequency: { minutes: 2 }, timeout: { minutes: 1 } },
        },
        expiry: { warnHoursBefore: [48], remove: false },
      }),
    ).toMatchObject({
      drift: { frequency: { minutes: 2 }, timeout: { minutes: 1 } },
      orphans: { frequency: { minutes: 30 } },
      warnHoursBefore: [48],
      removesExpired: false,
    });
  });

  it.each([[[]], [[0]], ['soon']])(
    'refuses the warnings %p, naming the place',
    warnHoursBefore => {
      expect(() => read({ expiry: { warnHoursBefore } })).toThrow(
        /hetznerInfra\.sweeps\.expiry\.warnHoursBefore: /,
      );
    },
  );
});
