import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

describe('the page', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterEach(() => sandbox.close());

  const html = async () => (await fetch(sandbox.url)).text();
  /** Sends a form as a browser does and follows to the page. */
  const submit = (
    action: string,
    fields: Record<string, string> = {},
    origin = sandbox.url,
  ) =>
    fetch(`${sandbox.url}/controls/${action}`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams(fields),
    });

  it('shows what exists, with nothing executable in it', async () => {
    const name = '<script>alert(1)</script>';
    await sandbox.ok('POST /networks', { name, ip_range: '10.0.0.0/16' });
    await sandbox.control('PUT /faults', [{ id: name, effect: 'drop-before' }]);
    const response = await fetch(sandbox.url);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(text).toContain('10.0.0.0/16');
    expect(text).toContain('&#60;script&#62;');
    expect(text).not.toContain(name);
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
  });

  it('shows faults, plans, holds and limits', async () => {
    const nothing = await html();
    for (const sentence of [
      'Nothing is told to fail.',
      'Nothing fails at random.',
      'No request is held.',
      'Every type can be had everywhere.',
    ]) {
      expect(nothing).toContain(sentence);
    }
    await sandbox.control('PUT /faults', [
      {
        id: 'rule-1',
        match: { path: '/servers' },
        effect: 'bad_gateway-after',
      },
    ]);
    await sandbox.control('PUT /fault-plans', [
      { id: 'plan-1', seed: 4711, rate: 0.05 },
    ]);
    await sandbox.control('POST /holds', {
      match: { key: 'POST /servers web' },
      when: 'after',
    });
    await sandbox.control('PUT /capacity', [
      { serverType: 'cax31', location: 'hel1', left: 3 },
    ]);
    const text = await html();
    for (const part of [
      'rule-1',
      'bad_gateway-after',
      'plan-1',
      '4711',
      'POST /servers web',
      'cax31',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('steers the clock', async () => {
    const clock = async () => (await sandbox.control('GET /clock')).body;
    expect((await submit('clock', { mode: 'manual' })).url).toBe(
      `${sandbox.url}/`,
    );
    await submit('clock', { speed: '2' });
    const before = await clock();
    expect(before).toMatchObject({ mode: 'manual', speed: 2 });
    await submit('clock', { advanceSeconds: '120' });
    const passed = Date.parse((await clock()).now) - Date.parse(before.now);
    expect(passed).toBe(60_000);
    expect(await html()).toContain('Let it run');
    expect((await submit('clock', { speed: '-1' })).status).toBe(400);
  });

  it('takes faults away and limits capacity', async () => {
    await sandbox.control('PUT /faults', [{ id: 'f', effect: 'maintenance' }]);
    await submit('faults');
    expect((await sandbox.control('GET /faults')).body).toEqual([]);
    await submit('capacity', {
      serverType: 'cx23',
      location: 'fsn1',
      left: '2',
      recoversAfterSeconds: '',
    });
    const limits = async () => (await sandbox.control('GET /capacity')).body;
    expect(await limits()).toMatchObject([
      { serverType: 'cx23', left: 2, recoversAfterSeconds: null },
    ]);
    await submit('capacity-reset');
    expect(await limits()).toEqual([]);
  });

  it('takes no form from the page of another site', async () => {
    const { status } = await submit(
      'clock',
      { mode: 'manual' },
      'http://elsewhere.example',
    );
    expect(status).toBe(403);
    expect((await sandbox.control('GET /clock')).body.mode).toBe('running');
  });
});
