import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from '../testing/sandboxUnderTest';

describe('the protocol', () => {
  let sandbox: SandboxUnderTest;

  beforeEach(async () => {
    sandbox = await startSandboxUnderTest();
  });
  afterEach(async () => {
    const wrong = sandbox.wrongAnswers();
    await sandbox.close();
    if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  });

  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${sandbox.url}/hetzner/v1${path}`, init);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  describe('tokens', () => {
    it.each([undefined, 'Bearer', 'Bearer ', 'Basic abc', 'Bearer .x'])(
      'refuses %p as authorization',
      async authorization => {
        const response = await raw('/servers', {
          headers: authorization === undefined ? {} : { authorization },
        });
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({
          error: {
            code: 'unauthorized',
            message: 'unable to authenticate',
            details: null,
          },
        });
      },
    );

    it('are refused when they were revoked, alone of their project', async () => {
      await sandbox.control('PUT /settings', { revokedTokens: ['one.old'] });
      expect(
        await sandbox.refusal('GET /servers', undefined, 'one.old'),
      ).toContain('unauthorized');
      await sandbox.ok('GET /servers', undefined, 'one.new');
      await sandbox.control('PUT /settings', { revokedTokens: [] });
      await sandbox.ok('GET /servers', undefined, 'one.old');
    });

    it('keep projects apart, by what is before the first dot', async () => {
      const group = { name: 'g', type: 'spread' };
      await sandbox.ok('POST /placement_groups', group, 'one.secret');
      await sandbox.ok('POST /placement_groups', group, 'two');
      const names = async (token: string) =>
        (await sandbox.ok('GET /placement_groups', undefined, token))
          .placement_groups.length;
      expect(await names('one')).toBe(1);
      expect(await names('one.other.secret')).toBe(1);
      expect(await names('three')).toBe(0);
    });

    it('that end in .readonly only read', async () => {
      const token = 'one.readonly';
      await sandbox.ok('GET /placement_groups', undefined, token);
      const group = { name: 'g', type: 'spread' };
      expect(
        await sandbox.refusal('POST /placement_groups', group, token),
      ).toBe('403 forbidden');
      await sandbox.ok('POST /placement_groups', group, 'one');
    });

    it('may name projects that no file could be called after', async () => {
      const tokens = ['a/../../b', '%2e%2e', 'ü', 'x'.repeat(300)];
      for (const token of tokens) {
        await sandbox.ok(
          'POST /placement_groups',
          { name: 'g', type: 'spread' },
          encodeURIComponent(token),
        );
      }
      expect((await sandbox.control('GET /health')).body).toEqual({
        status: 'ok',
      });
    });
  });

  it('sends correlation, rate and CORS headers with every answer', async () => {
    for (const response of [
      await raw('/servers', { headers: bearer('t') }),
      await raw('/servers'),
      await raw('/nothing', { headers: bearer('t') }),
      // More than any request of the API: refused before it is read.
      await raw('/servers', {
        method: 'POST',
        headers: bearer('t'),
        body: 'x'.repeat(2 ** 21),
      }),
    ]) {
      expect(response.headers.get('x-correlation-id')).toMatch(
        /^[0-9a-f]{32}$/,
      );
      expect(response.headers.get('ratelimit-limit')).toBe('3600');
      expect(
        Number(response.headers.get('ratelimit-remaining')),
      ).toBeGreaterThan(3000);
      expect(Number(response.headers.get('ratelimit-reset'))).toBeGreaterThan(
        1e9,
      );
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('content-type')).toContain(
        'application/json',
      );
    }
  });

  it('answers unknown paths, methods and operations as the provider does', async () => {
    expect(await sandbox.refusal('GET /nothing')).toBe('404 not_found');
    expect(await sandbox.refusal('GET /servers/1/nothing')).toBe(
      '404 not_found',
    );
    expect(await sandbox.refusal('PUT /servers')).toBe(
      '405 method_not_allowed',
    );
    expect(await sandbox.refusal('PATCH /servers/1')).toBe(
      '405 method_not_allowed',
    );
    expect(await sandbox.refusal('GET /servers/0')).toBe('404 not_found');
    expect(await sandbox.refusal('DELETE /servers/0')).toBe('404 not_found');
    expect(await sandbox.refusal('GET /servers/abc')).toBe('404 not_found');
    expect(await sandbox.refusal('GET /zones')).toBe('501 not_implemented');
    expect(await sandbox.refusal('GET /actions')).toBe(
      '410 deprecated_api_endpoint',
    );
  });

  it('takes bodies of any content type, and says when they are no JSON', async () => {
    const post = (body: string, type: string) =>
      raw('/placement_groups', {
        method: 'POST',
        body,
        headers: { ...bearer('t'), 'content-type': type },
      });
    const group = JSON.stringify({ name: 'g', type: 'spread', unknown: [1] });
    expect((await post(group, 'text/plain')).status).toBe(201);
    const broken = await post('{', 'application/json');
    expect(broken.status).toBe(400);
    expect((await broken.json()).error.code).toBe('json_error');
    for (const body of ['', '[]', 'null', '7']) {
      const answer = await post(body, 'application/json');
      expect([body, answer.status]).toEqual([body, 422]);
    }
  });

  it('names every field that is wrong', async () => {
    const { status, body } = await sandbox.api('POST /servers', {
      name: 'a b',
      server_type: [],
    });
    expect(status).toBe(422);
    expect(body.error.message).toBe(
      "invalid input in fields 'name', 'server_type', 'image'",
    );
    expect(body.error.details.fields).toMatchObject([
      { name: 'name', messages: ['must be a valid hostname as per RFC 1123'] },
      { name: 'server_type' },
      { name: 'image' },
    ]);
  });

  describe('lists', () => {
    beforeEach(async () => {
      for (let index = 1; index <= 60; index += 1) {
        await sandbox.ok(
          'POST /placement_groups',
          {
            name: `g${String(index).padStart(2, '0')}`,
            type: 'spread',
            labels: index % 2 ? { odd: '' } : {},
          },
          index <= 30 ? 'one' : 'two',
        );
      }
    });

    it('are paged, with links', async () => {
      const { headers, body } = await sandbox.api(
        'GET /placement_groups?page=2&per_page=10&sort=name:desc',
        undefined,
        'one',
      );
      expect(
        body.placement_groups.map(({ name }: { name: string }) => name)[0],
      ).toBe('g20');
      expect(body.meta.pagination).toEqual({
        page: 2,
        per_page: 10,
        previous_page: 1,
        next_page: 3,
        last_page: 3,
        total_entries: 30,
      });
      const base = `${sandbox.url}/hetzner/v1/placement_groups`;
      expect(headers.get('link')).toBe(
        [
          `<${base}?page=1&per_page=10&sort=name%3Adesc>; rel="prev"`,
          `<${base}?page=3&per_page=10&sort=name%3Adesc>; rel="next"`,
          `<${base}?page=3&per_page=10&sort=name%3Adesc>; rel="last"`,
        ].join(', '),
      );
    });

    it('have 25 entries a page, and 50 at most', async () => {
      const { body } = await sandbox.api(
        'GET /placement_groups',
        undefined,
        'one',
      );
      expect(body.placement_groups).toHaveLength(25);
      const all = await sandbox.api(
        'GET /placement_groups?per_page=500',
        undefined,
        'one',
      );
      expect(all.body.meta.pagination).toMatchObject({
        per_page: 50,
        last_page: 1,
      });
      expect(await sandbox.refusal('GET /placement_groups?page=0')).toBe(
        '422 invalid_input',
      );
      expect(await sandbox.refusal('GET /placement_groups?page=x')).toBe(
        '422 invalid_input',
      );
    });

    it('are filtered by name and labels, and empty when nothing fits', async () => {
      const find = async (query: string) =>
        (await sandbox.ok(`GET /placement_groups?${query}`, undefined, 'two'))
          .placement_groups.length;
      expect(await find('name=g31')).toBe(1);
      expect(await find('name=g01')).toBe(0);
      expect(await find('label_selector=odd')).toBe(15);
      expect(await find('label_selector=!odd&name=g31')).toBe(0);
      expect(await find('type=spread&type=other')).toBe(25);
      expect(await find('type=other')).toBe(0);
      expect(await find('unknown=1&page=&per_page=&sort=&name=')).toBe(25);
      expect(
        await sandbox.refusal('GET /placement_groups?label_selector=a%20b'),
      ).toBe('422 invalid_input');
      expect(await sandbox.refusal('GET /placement_groups?sort=size')).toBe(
        '422 invalid_input',
      );
    });
  });

  it('reads images as clients ask for them', async () => {
    const find = async (query: string) =>
      (await sandbox.ok(`GET /images?${query}`)).images.map(
        ({ id }: { id: number }) => id,
      );
    expect(
      await find('architecture=x86&include_deprecated=true&name=ubuntu-24.04'),
    ).toEqual([161547269]);
    expect(
      await find('include_deprecated=True&status=25&name=debian-12'),
    ).toEqual([114690387, 114690389]);
    expect(await find('type=snapshot')).toEqual([]);
  });

  it('refuses more requests than the limit, each project for itself', async () => {
    await sandbox.control('PUT /settings', {
      rateLimit: { limit: 3 },
      speed: 1,
    });
    const read = (token: string) =>
      sandbox.api('GET /locations', undefined, token);
    const answers = [
      await read('one'),
      await read('one'),
      await read('one'),
      await read('one'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3].body.error).toEqual({
      code: 'rate_limit_exceeded',
      message: 'limit of 3 requests per hour reached',
      details: null,
    });
    expect(
      answers.map(({ headers }) => headers.get('ratelimit-remaining')),
    ).toEqual(['2', '1', '0', '0']);
    expect((await read('two')).status).toBe(200);
  });

  it('polls many actions with one request', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async name => {
        const { action } = await sandbox.ok('POST /servers', {
          name,
          server_type: 'cx23',
          image: 'debian-13',
        });
        return action.id;
      }),
    );
    const query = [...ids, 42].map(id => `id=${id}`).join('&');
    const { actions } = await sandbox.ok(
      `GET /actions?${query}&page=1&sort=status&sort=id`,
    );
    expect(actions.map(({ id }: { id: number }) => id).sort()).toEqual(
      [...ids].sort(),
    );
  });
});
