import { ConfigReader } from '@backstage/config';
import { readRetentionSettings } from './readRetentionSettings';

const read = (retention?: object) =>
  readRetentionSettings(
    new ConfigReader({ hetznerInfra: { ...(retention && { retention }) } }),
  );

describe('readRetentionSettings', () => {
  it('keeps details for 90 days unless told otherwise', () => {
    expect(read()).toMatchObject({
      operationDetailsDays: 90,
      schedule: { frequency: { hours: 6 } },
    });
    expect(
      read({
        operationDetailsDays: 7,
        schedule: { frequency: { hours: 1 }, timeout: { minutes: 5 } },
      }),
    ).toMatchObject({
      operationDetailsDays: 7,
      schedule: { frequency: { hours: 1 } },
    });
  });

  it.each([0, -1, 1.5, 3651])('refuses %p days', operationDetailsDays => {
    expect(() => read({ operationDetailsDays })).toThrow(
      `hetznerInfra.retention.operationDetailsDays is ${operationDetailsDays}. Give a whole number from 1 to 3650.`,
    );
  });
});
