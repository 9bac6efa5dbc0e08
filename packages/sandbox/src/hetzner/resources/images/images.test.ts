import { CloudUnderTest } from '../../../testing/cloudUnderTest';
import type { Route } from '../../operationNames';

let test: CloudUnderTest;

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
});
afterEach(() => test.dispose());

const order = (more: object = {}) => ({
  name: 'a',
  server_type: 'cx23',
  image: 'debian-13',
  location: 'fsn1',
  ...more,
});

const server = (more: object = {}): number => {
  const answer = test.call('POST /servers', {}, order(more));
  test.pass(1);
  return answer.server.id;
};

const get = (id: number) => test.call('GET /images/{id}', { id }).image;
const exists = (id: number) => test.code('GET /images/{id}', { id }) === 'none';

/** Runs an action of a server to its end and gives its error code; `none` when it works. */
const act = (action: string, id: number, body: object = {}) => {
  const code = test.code(
    `POST /servers/{id}/actions/${action}` as Route,
    { id },
    body,
  );
  test.pass(1);
  return code;
};

const snapshot = (of: number, body: object = {}): number => {
  const { image } = test.call(
    'POST /servers/{id}/actions/create_image',
    { id: of },
    body,
  );
  test.pass(1);
  return image.id;
};

describe('images', () => {
  it('are made of a server, which is locked meanwhile', () => {
    const of = server();
    const { image, action } = test.call(
      'POST /servers/{id}/actions/create_image',
      { id: of },
      { description: 'before', labels: { role: 'web' } },
    );
    expect(action).toMatchObject({
      command: 'create_image',
      resources: [
        { id: of, type: 'server' },
        { id: image.id, type: 'image' },
      ],
    });
    expect(image).toMatchObject({
      type: 'snapshot',
      status: 'creating',
      name: null,
      description: 'before',
      image_size: null,
      disk_size: 40,
      created_from: { id: of, name: 'a' },
      bound_to: null,
      os_flavor: 'debian',
      labels: { role: 'web' },
    });
    expect(test.code('POST /servers/{id}/actions/poweroff', { id: of })).toBe(
      'locked',
    );
    expect(
      test.code(
        'POST /servers',
        {},
        order({ name: 'b', image: String(image.id) }),
      ),
    ).toBe('resource_unavailable');
    test.pass(1);
    expect(get(image.id)).toMatchObject({
      status: 'available',
      image_size: 1.6,
    });
  });

  it('make servers whose disk is large enough and whose architecture fits', () => {
    const of = server({ server_type: 'cx33' });
    const image = String(snapshot(of));
    const wish = (more: object) =>
      test.code('POST /servers', {}, order({ name: 'b', image, ...more }));
    expect(wish({ server_type: 'cx23' })).toBe('invalid_input');
    expect(wish({ server_type: 'cax31' })).toBe('invalid_input');
    expect(wish({ server_type: 'cx43' })).toBe('none');
    test.pass(1);
    const small = server({ name: 'c' });
    expect(act('rebuild', small, { image })).toBe('invalid_input');
    expect(act('rebuild', of, { image })).toBe('none');
    test.call('DELETE /images/{id}', { id: Number(image) });
    expect(test.call('GET /servers/{id}', { id: of }).server.image).toBeNull();
  });

  it('are backups only where backups are on, and go with the server', () => {
    const of = server();
    const backup = { type: 'backup' };
    expect(act('create_image', of, backup)).toBe('service_error');
    act('enable_backup', of);
    expect(
      test.call('GET /servers/{id}', { id: of }).server.backup_window,
    ).toBe('22-02');
    const kept = snapshot(of, backup);
    test.call('PUT /images/{id}', { id: kept }, { type: 'snapshot' });
    const ids = Array.from({ length: 8 }, () => snapshot(of, backup));
    expect(ids.map(exists)).toEqual([false, ...Array(7).fill(true)]);
    expect(get(ids[7])).toMatchObject({ type: 'backup', bound_to: of });
    act('disable_backup', of);
    expect(ids.map(exists)).toEqual(Array(8).fill(false));
    act('enable_backup', of);
    const last = snapshot(of, backup);
    test.call('DELETE /servers/{id}', { id: of });
    test.pass(1);
    expect([last, kept].map(exists)).toEqual([false, true]);
  });

  it('are protected when they are snapshots', () => {
    const of = server();
    const id = snapshot(of);
    const protect = (image: number, on: boolean) => {
      const code = test.code(
        'POST /images/{id}/actions/change_protection',
        { id: image },
        { delete: on },
      );
      test.pass(1);
      return code;
    };
    const remove = (image: number) =>
      test.code('DELETE /images/{id}', { id: image });
    expect(protect(id, true)).toBe('none');
    expect(remove(id)).toBe('protected');
    expect(protect(id, false)).toBe('none');
    expect(remove(id)).toBe('none');
    expect(remove(id)).toBe('not_found');
    act('enable_backup', of);
    expect(protect(snapshot(of, { type: 'backup' }), true)).toBe(
      'unsupported_error',
    );
    expect(remove(161547269)).toBe('forbidden');
    expect(protect(161547269, true)).toBe('forbidden');
  });

  it('are finished after a restart', async () => {
    const of = server();
    const { image } = test.call('POST /servers/{id}/actions/create_image', {
      id: of,
    });
    await test.cloud.save(test.cloud.project('test'));
    await test.restart();
    expect(get(image.id).status).toBe('creating');
    test.pass(1);
    expect(get(image.id)).toMatchObject({
      status: 'available',
      created_from: { id: of },
    });
    expect(test.call('GET /servers/{id}', { id: of }).server).toMatchObject({
      public_net: { ipv4: { ip: '127.80.0.1' } },
    });
  });

  it('are limited in number', () => {
    const of = server();
    test.change({ quotas: { snapshots: 1 } });
    expect(act('create_image', of)).toBe('none');
    expect(act('create_image', of)).toBe('resource_limit_exceeded');
  });

  it('disappear when they cannot be made', () => {
    const of = server();
    const { image } = test.call('POST /servers/{id}/actions/create_image', {
      id: of,
    });
    const [action] = [...test.cloud.project('test').actions.values()].slice(-1);
    action.fault = { code: 'action_failed', message: 'no space' };
    test.pass(1);
    expect(exists(image.id)).toBe(false);
  });

  it('that are deprecated end on their day', () => {
    const old = { image: 'debian-11' };
    expect(test.code('POST /servers', {}, order(old))).toBe('none');
    test.pass(8 * 24 * 3600);
    expect(
      test.refusedFields('POST /servers', {}, order({ name: 'b', ...old })),
    ).toEqual(['image']);
  });
});
