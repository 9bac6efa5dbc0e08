import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import signalsPlugin from '@backstage/plugin-signals-backend';
import type {
  ChangeSignal,
  EnvironmentEvent,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { WebSocket } from 'ws';
import { TestPortal } from '../__testUtils__/testPortal';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';

jest.setTimeout(60_000);

const environment = (name: string) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
  },
});

describe('announcements', () => {
  let sandbox: SandboxProcess;
  let portal: TestPortal;
  let socket: WebSocket | undefined;
  let events: EnvironmentEvent[];
  let signals: ChangeSignal[];

  /** Another plugin, as it would listen. */
  const listener = createBackendPlugin({
    pluginId: 'listener',
    register: env =>
      env.registerInit({
        deps: { events: eventsServiceRef, logger: coreServices.logger },
        async init(services) {
          await services.events.subscribe({
            id: 'listener',
            topics: ['hetzner-infra.environment'],
            onEvent: async ({ eventPayload }) => {
              events.push(eventPayload as EnvironmentEvent);
            },
          });
        },
      }),
  });

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    events = [];
    signals = [];
    portal = await TestPortal.start({
      sandbox,
      // The mock keeps the events of a plugin to itself.
      features: [eventsServiceFactory, signalsPlugin, listener],
    });
  });
  afterEach(async () => {
    socket?.close();
    await portal.stop();
  });

  const until = async (condition: () => boolean) => {
    while (!condition()) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  };

  const opened = () =>
    new Promise<WebSocket | undefined>(resolve => {
      const { host } = new URL(portal.url);
      const attempt = new WebSocket(`ws://${host}/api/signals`, {
        handshakeTimeout: 500,
      });
      attempt.on('open', () => resolve(attempt));
      attempt.on('error', () => resolve(undefined));
    });

  /** Listens as a browser does. The first attempt after a start gets no answer: with it the plugin learns of the server. */
  const listen = async () => {
    while (!socket) {
      socket = await opened();
    }
    socket.on('message', data => {
      const { channel, message } = JSON.parse(String(data));
      if (channel === 'hetzner-infra') signals.push(message);
    });
    socket.send(
      JSON.stringify({ action: 'subscribe', channel: 'hetzner-infra' }),
    );
    // The answer to a ping comes after the subscription was read.
    await new Promise<void>(resolve => {
      socket!.once('pong', () => resolve());
      socket!.ping();
    });
  };

  it('reach plugins by events and browsers by signals', async () => {
    await listen();

    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: environment('shop'),
    });
    await portal.follow('ada', body.operation.id);
    await until(() => events.some(({ state }) => state === 'ready'));
    const { body: removal } = await portal.call(
      'ada',
      'DELETE',
      '/environments/shop',
    );
    await portal.follow('ada', removal.operation.id);
    await until(() => events.some(({ state }) => state === 'removed'));

    const { id } = body.environment;
    expect(events.every(event => event.id === id)).toBe(true);
    // What lasts less than a second is told with what follows it.
    const states = [...new Set(events.map(({ state }) => state))];
    expect(states.filter(state => state !== 'removing')).toEqual([
      'creating',
      'ready',
      'removed',
    ]);
    expect(events.at(-1)).toEqual({
      id,
      name: 'shop',
      owner: 'group:default/platform',
      state: 'removed',
      revision: 1,
      operation: {
        id: removal.operation.id,
        goal: 'remove',
        state: 'succeeded',
      },
    });
    await until(() => signals.length > 1);
    expect(signals.flatMap(signal => Object.keys(signal)).sort()).toEqual(
      signals.flatMap(() => ['environments', 'resources']).sort(),
    );
    expect(
      new Set(signals.flatMap(signal => Object.values(signal)).flat()),
    ).toEqual(new Set([id]));
  });
});
