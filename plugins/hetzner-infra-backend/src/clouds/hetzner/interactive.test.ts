import {
  html,
  json,
  ScriptedServer,
  silence,
} from '../../__testUtils__/ScriptedServer';
import { translated } from '../../router/translateErrors';
import { systemClock } from '../clock';
import { connectHetzner } from './connectHetzner';
import type { HetznerConnection } from './HetznerCloud';
import { interactive } from './interactive';

describe('interactive', () => {
  let api: ScriptedServer;
  let cloud: HetznerConnection;

  beforeEach(async () => {
    api = await ScriptedServer.start();
    // Every pause between two tries is as long as the policy allows: half a second.
    cloud = connectHetzner({
      token: 'a-token',
      endpoint: api.endpoint,
      random: () => 1,
    });
  });
  afterEach(async () => {
    cloud.close();
    await api.stop();
  });

  it('asks once a provider that does not answer, and says what to do', async () => {
    api.otherwise(silence());
    const error = await interactive(cloud, 0.05)
      .get('/pricing')
      .catch(e => e);
    expect(error).toMatchObject({ code: 'timed_out', outcome: 'unknown' });
    expect(api.log).toEqual(['GET /pricing']);
    expect(translated(error)).toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'Hetzner Cloud: GET /pricing failed (timed_out). Hetzner does not answer. Nothing was changed. Try again in a minute; if it stays like this, ask who looks after the connection.',
    });
  });

  it('keeps the answer that there was when no time is left for another try', async () => {
    api.otherwise(html(502));
    await expect(interactive(cloud, 0.2).get('/pricing')).rejects.toMatchObject(
      { code: 'bad_gateway' },
    );
    expect(api.log).toEqual(['GET /pricing']);
  });

  it('sends nothing when the time is over', async () => {
    const page = interactive(cloud, 0);
    await new Promise<void>(resolve => {
      systemClock.schedule(5, resolve);
    });
    await expect(page.get('/pricing')).rejects.toMatchObject({
      code: 'timed_out',
      outcome: 'refused',
    });
    expect(api.log).toEqual([]);
  });

  it('has time enough for an answer', async () => {
    api.plan(json(200, { pricing: {} }));
    expect(await interactive(cloud).get('/pricing')).toEqual({ pricing: {} });
  });

  it('tells a cancel from a lack of time', async () => {
    const stop = new AbortController();
    api.otherwise(() => stop.abort());
    await expect(
      interactive(cloud).get('/pricing', { signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});
