import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { CloudError } from '../clouds/CloudError';
import { ManualClock } from '../__testUtils__/ManualClock';
import { ConnectionRegistry, type Connect } from './ConnectionRegistry';
import { Connections } from './Connections';
import type { ConnectionStore } from './ConnectionStore';
import { followConfiguration } from './followConfiguration';
import { readConfiguredConnections } from './readConfiguredConnections';

const withToken = (token: unknown) => ({
  hetznerInfra: {
    connections: [
      {
        name: 'prod',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usableBy: [],
        token,
      },
    ],
  },
});

const refusal = (code: string) =>
  new CloudError({
    code,
    outcome: 'refused',
    operation: { method: 'GET', path: '/servers' },
    message: `It said ${code}.`,
  });

/** A configuration whose files change. */
class ChangingConfig extends ConfigReader {
  #now: ConfigReader;
  #listener: () => void = () => {};

  constructor(data: object) {
    super(data as never);
    this.#now = new ConfigReader(data as never);
  }

  change(data: object) {
    this.#now = new ConfigReader(data as never);
    this.#listener();
  }

  subscribe(listener: () => void) {
    this.#listener = listener;
    return { unsubscribe: () => (this.#listener = () => {}) };
  }

  override getOptionalConfigArray(key: string) {
    return this.#now.getOptionalConfigArray(key);
  }

  override getOptionalString(key: string) {
    return this.#now.getOptionalString(key);
  }
}

describe('the tokens of the configuration', () => {
  const logger = mockServices.logger.mock();
  let config: ChangingConfig;
  let used: string[];
  /** By token the code with which the provider refuses it. */
  let refused: Map<string, string>;
  let registry: ConnectionRegistry;
  let clock: ManualClock;
  /** What a client does whose token the provider refuses. */
  let onRefused: (() => Promise<void>) | undefined;
  let audit: unknown[];
  /** Connections whose tokens are not forgotten. */
  let kept: string[];
  let following: ReturnType<typeof followConfiguration>;

  beforeEach(async () => {
    jest.clearAllMocks();
    config = new ChangingConfig(withToken('one'));
    used = [];
    audit = [];
    kept = [];
    refused = new Map();
    clock = new ManualClock();
    onRefused = undefined;
    registry = new ConnectionRegistry({
      configured: readConfiguredConnections(config),
      store: {} as ConnectionStore,
      endpoint: 'http://127.0.0.1:1/v1',
      guard: { require: async () => {}, confirm: async () => {} },
      objectStorageEndpoint: region => `https://${region}.example.com`,
      connect: ({ token, onTokenRefused }) => {
        let current = token;
        const cloud = {
          scoped: () => cloud,
          get: async () => {
            const code = refused.get(current);
            if (code) throw refusal(code);
          },
          post: async () => {
            throw refusal('invalid_input');
          },
          close: () => {},
          useToken: (another: string) => {
            current = another;
            used.push(another);
          },
        };
        onRefused ??= onTokenRefused;
        return cloud as unknown as ReturnType<Connect>;
      },
    });
    await registry.hetzner('prod');
    following = followConfiguration({
      config,
      registry,
      connections: new Connections({
        registry,
        store: {} as ConnectionStore,
        environments: { usingConnections: async () => new Map() },
        guard: {
          look: async (_name, token) =>
            token === 'elsewhere'
              ? { kind: 'another-project', notSeen: ['shop'] }
              : { kind: 'seen' },
          answerFor: async () => {},
        },
        installation: 'i1',
        now: () => new Date(clock.now()),
      }),
      guard: {
        forgetOthers: async names => void (kept = [...names]),
      },
      clock,
      auditor: {
        createEvent: async ({ eventId, meta }) => {
          const event: Record<string, unknown> = { eventId, meta };
          audit.push(event);
          return {
            success: async () => void (event.outcome = 'success'),
            fail: async () => void (event.outcome = 'fail'),
          };
        },
      },
      logger,
    });
  });

  const changed = {
    eventId: 'connection-token-change',
    meta: { connection: 'prod', secrets: ['token'], origin: 'configuration' },
  };

  it('are taken when a file changes, and audited', async () => {
    config.change(withToken('two'));
    await following.settled();
    expect(used).toEqual(['two']);
    expect(audit).toEqual([{ ...changed, outcome: 'success' }]);
    // Those of connections that went out of it are forgotten.
    expect(kept).toEqual(['prod']);
    config.change(withToken('two'));
    await following.settled();
    expect(audit).toHaveLength(1);
    following.stop();
    config.change(withToken('three'));
    await following.settled();
    expect(audit).toHaveLength(1);
  });

  it.each(['unauthorized', 'token_readonly'])(
    'are not taken when the provider refuses them as %s, wherever the connection is used',
    async code => {
      refused.set('two', code);
      config.change(withToken('two'));
      await following.settled();
      await registry.hetzner('prod');
      await registry.useLatest('prod');
      await onRefused!();
      expect(used).toEqual([]);
      expect(await registry.find('prod')).not.toHaveProperty('problem');
      expect(audit).toEqual([{ ...changed, outcome: 'fail' }]);
      expect(logger.error.mock.calls[0][0]).toContain('cannot be used');
      expect(JSON.stringify(logger.error.mock.calls)).not.toContain('"two"');
    },
  );

  it('are not taken when they are of another project', async () => {
    config.change(withToken('elsewhere'));
    await following.settled();
    await registry.useLatest('prod');
    expect(used).toEqual([]);
    expect(logger.error.mock.calls[0][0]).toContain('does not see shop');
  });

  it('are tried again when the provider could not tell, and audited once each way', async () => {
    refused.set('two', 'unavailable');
    config.change(withToken('two'));
    await following.settled();
    await clock.advance(60);
    await following.settled();
    expect(used).toEqual([]);
    expect(audit).toEqual([{ ...changed, outcome: 'fail' }]);
    refused.clear();
    await clock.advance(60);
    await following.settled();
    expect(used).toEqual(['two']);
    expect(audit).toEqual([
      { ...changed, outcome: 'fail' },
      { ...changed, outcome: 'success' },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('of a new connection are shown with what is wrong', async () => {
    const { hetznerInfra } = withToken('one');
    refused.set('two', 'unauthorized');
    config.change({
      hetznerInfra: {
        connections: [
          ...hetznerInfra.connections,
          { ...hetznerInfra.connections[0], name: 'new', token: 'two' },
        ],
      },
    });
    await following.settled();
    expect(await registry.find('new')).toMatchObject({
      problem: expect.stringContaining('does not know this token'),
    });
  });

  it('stay when the configuration is wrong', async () => {
    config.change(withToken('with blanks in it'));
    await following.settled();
    expect(used).toEqual([]);
    expect(audit).toEqual([]);
    expect(logger.error.mock.calls[0][0]).toContain('those before it stay');
  });
});
