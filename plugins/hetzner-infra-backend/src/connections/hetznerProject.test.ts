import { systemClock } from '../clouds/clock';
import { CloudError } from '../clouds/CloudError';
import {
  connectHetzner,
  type HetznerConnectionOptions,
} from '../clouds/hetzner/connectHetzner';
import type { HetznerConnection } from '../clouds/hetzner/HetznerCloud';
import { RateBudget } from '../clouds/RateBudget';
import {
  json,
  refusal,
  reset,
  ScriptedServer,
} from '../__testUtils__/ScriptedServer';
import { checkHetznerToken } from './checkHetznerToken';
import { readHetznerUsage } from './hetznerUsage';

const TOKEN = 'a-token-of-more-than-sixteen-characters';

const page = (total: number | null, key: string) =>
  json(200, {
    [key]: [],
    meta: {
      pagination: {
        page: 1,
        per_page: 1,
        previous_page: null,
        next_page: null,
        last_page: null,
        total_entries: total,
      },
    },
  });

describe('a Hetzner project', () => {
  let server: ScriptedServer;
  let cloud: HetznerConnection;

  beforeEach(async () => {
    server = await ScriptedServer.start();
    const options: HetznerConnectionOptions = {
      token: TOKEN,
      endpoint: server.endpoint,
      clock: {
        now: Date.now,
        schedule: (_delay, run) => {
          const timer = setImmediate(run);
          return () => clearImmediate(timer);
        },
      },
    };
    cloud = connectHetzner(options);
  });
  afterEach(async () => {
    cloud.close();
    await server.stop();
  });

  it('draws on the budget that it is given', async () => {
    const budget = new RateBudget({ clock: systemClock, limit: 10 });
    const other = connectHetzner({
      token: TOKEN,
      endpoint: server.endpoint,
      budget,
    });
    server.plan(page(0, 'servers'));
    await other.get('/servers');
    other.close();
    expect(budget.status().remaining).toBe(9);
  });

  describe('checkHetznerToken', () => {
    it('takes a token that is told what is wrong with the key', async () => {
      server.plan(page(0, 'servers'), refusal(422, 'invalid_input'));
      expect(await checkHetznerToken(cloud)).toEqual({ ok: true });
      expect(server.log).toEqual(['GET /servers?per_page=1', 'POST /ssh_keys']);
      expect(server.requests[1].body).toEqual({ name: '', public_key: '' });
    });

    it.each([
      [401, 'token_readonly'],
      [403, 'forbidden'],
    ])('refuses one that may only read (%d %s)', async (status, code) => {
      server.plan(page(0, 'servers'), refusal(status, code));
      expect(await checkHetznerToken(cloud)).toMatchObject({
        ok: false,
        fault: 'token',
        code,
        message: expect.stringContaining('may only read'),
      });
    });

    it('refuses one that the provider does not know', async () => {
      server.plan(refusal(401, 'unauthorized'));
      expect(await checkHetznerToken(cloud)).toMatchObject({
        ok: false,
        fault: 'token',
        message: expect.stringContaining('does not know this token'),
      });
    });

    it('does not blame the token for a provider that does not answer', async () => {
      server.otherwise(reset());
      const check = await checkHetznerToken(cloud);
      expect(check).toMatchObject({ ok: false, fault: 'provider' });
      expect(JSON.stringify(check)).not.toContain(TOKEN);
    });

    it('does not trust an API that takes such a key', async () => {
      server.plan(page(0, 'servers'), json(201, { ssh_key: {} }));
      expect(await checkHetznerToken(cloud)).toMatchObject({
        ok: false,
        code: 'invalid_response',
      });
    });
  });

  describe('readHetznerUsage', () => {
    it('counts, and leaves out what is not told', async () => {
      server.otherwise((response, request, socket) => {
        const path = new URL(request.url, 'http://x').pathname.slice(4);
        if (path === 'primary_ips') {
          refusal(501, 'not_implemented')(response, request, socket);
          return;
        }
        const total = path === 'networks' ? null : path.length;
        page(total, path)(response, request, socket);
      });
      expect(await readHetznerUsage(cloud)).toEqual({
        servers: 7,
        loadBalancers: 14,
        firewalls: 9,
        placementGroups: 16,
        certificates: 12,
        sshKeys: 8,
      });
    });

    it('does not take a failure for nothing', async () => {
      server.otherwise(refusal(401, 'unauthorized'));
      await expect(readHetznerUsage(cloud)).rejects.toBeInstanceOf(CloudError);
    });
  });
});
