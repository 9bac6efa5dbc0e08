import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { ConnectionRegistry } from './ConnectionRegistry';
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
  let checks: { ok: boolean; message: string };
  let audit: unknown[];
  let following: ReturnType<typeof followConfiguration>;

  beforeEach(async () => {
    jest.clearAllMocks();
    config = new ChangingConfig(withToken('one'));
    used = [];
    audit = [];
    checks = { ok: true, message: 'The token is valid.' };
    const registry = new ConnectionRegistry({
      configured: readConfiguredConnections(config),
      store: {} as ConnectionStore,
      endpoint: 'http://127.0.0.1:1/v1',
      guard: { require: async () => {} },
      objectStorageEndpoint: region => `https://${region}.example.com`,
      connect: ({ token }) => {
        used.push(token);
        return {
          close: () => {},
          useToken: (another: string) => void used.push(`then ${another}`),
        } as ReturnType<
          NonNullable<
            ConstructorParameters<typeof ConnectionRegistry>[0]['connect']
          >
        >;
      },
    });
    await registry.hetzner('prod');
    following = followConfiguration({
      config,
      registry,
      connections: { check: async () => checks },
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
    expect(used).toEqual(['one', 'two', 'then two']);
    expect(audit).toEqual([{ ...changed, outcome: 'success' }]);
    config.change(withToken('two'));
    await following.settled();
    expect(audit).toHaveLength(1);
    following.stop();
    config.change(withToken('three'));
    await following.settled();
    expect(audit).toHaveLength(1);
  });

  it('are not taken when the provider refuses them', async () => {
    checks = { ok: false, message: 'Hetzner does not know this token.' };
    config.change(withToken('two'));
    await following.settled();
    expect(used).toEqual(['one']);
    expect(audit).toEqual([{ ...changed, outcome: 'fail' }]);
    expect(logger.error.mock.calls[0][0]).toContain('cannot be used');
    expect(JSON.stringify(logger.error.mock.calls)).not.toContain('"two"');
  });

  it('stay when the configuration is wrong', async () => {
    config.change(withToken('with blanks in it'));
    await following.settled();
    expect(used).toEqual(['one']);
    expect(audit).toEqual([]);
    expect(logger.error.mock.calls[0][0]).toContain('those before it stay');
  });
});
