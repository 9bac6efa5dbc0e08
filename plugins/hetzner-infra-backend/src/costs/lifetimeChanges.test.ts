import type { SeenPart, StoredLifetime } from './lifetime';
import { lifetimeChanges, type Look } from './lifetimeChanges';

const part = (change: Partial<SeenPart> = {}): SeenPart => ({
  kind: 'server',
  key: 'web-1',
  providerId: '7',
  line: 'pool-web',
  description: 'Workers of the pool web, cx43',
  hourly: '0.0248',
  monthlyCap: '15.49',
  currency: 'EUR',
  source: 'price list, read today',
  ...change,
});

const stored = (change: Partial<StoredLifetime> = {}): StoredLifetime => ({
  ...part(),
  id: '1',
  startedAt: 100,
  recordedAt: 150,
  ...change,
});

const look = (change: Partial<Look> = {}): Look => ({
  startedAt: 1_000,
  parts: [{ ...part(), createdAt: 100 }],
  unpriced: new Set(),
  ...change,
});

describe('lifetimeChanges', () => {
  it('begins when the provider made it, however late it is seen', () => {
    const { begun, ended } = lifetimeChanges([], look());
    expect(ended).toEqual([]);
    expect(begun).toEqual([{ ...part(), startedAt: 100, recordedAt: 1_000 }]);
  });

  it('does not begin in the future when the provider’s clock is ahead', () => {
    const { begun } = lifetimeChanges(
      [],
      look({ parts: [{ ...part(), createdAt: 5_000 }] }),
    );
    expect(begun[0].startedAt).toBe(1_000);
  });

  it('changes nothing while the same is seen at the same price, whoever told it', () => {
    const seen = { ...part({ source: 'price list, read later' }) };
    expect(
      lifetimeChanges(
        [stored({ hourly: '0.0248000000' })],
        look({ parts: [{ ...seen, createdAt: 100 }] }),
      ),
    ).toEqual({ begun: [], ended: [] });
  });

  it('ends when it is gone', () => {
    expect(lifetimeChanges([stored()], look({ parts: [] }))).toEqual({
      begun: [],
      ended: [{ id: '1', endedAt: 1_000 }],
    });
  });

  it('goes on at another price without a gap', () => {
    const { begun, ended } = lifetimeChanges(
      [stored()],
      look({ parts: [{ ...part({ hourly: '0.03' }), createdAt: 100 }] }),
    );
    expect(ended).toEqual([{ id: '1', endedAt: 1_000 }]);
    expect(begun).toMatchObject([{ hourly: '0.03', startedAt: 1_000 }]);
  });

  it('keeps what exists and has no price at present', () => {
    expect(
      lifetimeChanges(
        [stored()],
        look({ parts: [], unpriced: new Set(['server 7']) }),
      ),
    ).toEqual({ begun: [], ended: [] });
  });

  it('tells a server and its address apart', () => {
    const { begun } = lifetimeChanges(
      [stored()],
      look({
        parts: [part(), part({ line: 'public-ipv4', hourly: '0.0008' })].map(
          seen => ({ ...seen, createdAt: 100 }),
        ),
      }),
    );
    expect(begun.map(({ line }) => line)).toEqual(['public-ipv4']);
  });

  describe('when an older look is recorded late', () => {
    it('does not end what a younger one saw begin', () => {
      expect(
        lifetimeChanges(
          [stored({ recordedAt: 1_001, startedAt: 990 })],
          look({ parts: [] }),
        ),
      ).toEqual({ begun: [], ended: [] });
    });

    it('does not begin again what a younger one saw end', () => {
      expect(lifetimeChanges([stored({ endedAt: 1_001 })], look())).toEqual({
        begun: [],
        ended: [],
      });
    });
  });

  it('begins again from now what was gone and came back', () => {
    const { begun } = lifetimeChanges([stored({ endedAt: 500 })], look());
    expect(begun).toMatchObject([{ startedAt: 1_000 }]);
  });
});
