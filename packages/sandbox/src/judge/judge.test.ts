import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  descriptionFile,
  needingDescription,
  overlayFile,
} from '../testing/description';
import { apiDescription, readDescription } from './description';
import { Judge, readJudge } from './judge';

const thing = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    at: { type: 'string', format: 'date-time' },
  },
};

const json = (schema: object) => ({
  content: { 'application/json': { schema } },
});

const description = {
  paths: {
    '/things': {
      get: {
        operationId: 'list_things',
        parameters: [
          {
            name: 'id',
            in: 'query',
            required: true,
            schema: { type: 'array', items: { type: 'integer' } },
          },
        ],
        responses: {
          '200': json({ type: 'array', items: thing }),
          '4xx': json({ type: 'object' }),
        },
      },
      post: {
        operationId: 'create_thing',
        requestBody: json({ ...thing, additionalProperties: false }),
        responses: { '201': json(thing) },
      },
    },
    '/things/{id}': {
      delete: {
        operationId: 'delete_thing',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'integer', minimum: 1 },
          },
        ],
        responses: { '204': {} },
      },
    },
    '/things/all': {
      delete: { operationId: 'delete_all', responses: { '204': {} } },
    },
  },
};

describe('the judge', () => {
  const judged = (exchange: object) => {
    const judge = new Judge(apiDescription.parse(description));
    judge.check({
      method: 'GET',
      path: '/things',
      query: { id: '1' },
      requestBody: {},
      status: 200,
      answerBody: [],
      ...exchange,
    });
    return judge.violations.map(({ operation, where, path: at }) => [
      operation,
      where,
      at,
    ]);
  };

  it.each([
    [{}],
    [{ query: { id: ['1', '2'], other: 'x' } }],
    [{ answerBody: [{ id: 1, at: '2026-11-23T00:00:00Z', more: 1 }] }],
    [{ status: 404, answerBody: {} }],
    [
      {
        method: 'POST',
        requestBody: { id: 1 },
        status: 201,
        answerBody: { id: 1 },
      },
    ],
    [
      {
        method: 'DELETE',
        path: '/things/7',
        status: 204,
        answerBody: undefined,
      },
    ],
    [
      {
        method: 'DELETE',
        path: '/things/all',
        status: 204,
        answerBody: undefined,
      },
    ],
  ])('has nothing against %j', exchange => {
    expect(judged(exchange)).toEqual([]);
  });

  it.each([
    [{ query: {} }, ['list_things', 'request', '/query']],
    [{ query: { id: ['1', 'x'] } }, ['list_things', 'request', '/query/id/1']],
    [{ answerBody: [{ id: '1' }] }, ['list_things', 'response', '/body/0/id']],
    [{ answerBody: [{}] }, ['list_things', 'response', '/body/0']],
    [
      { answerBody: [{ id: 1, at: 'now' }] },
      ['list_things', 'response', '/body/0/at'],
    ],
    [{ answerBody: undefined }, ['list_things', 'response', '/body']],
    [{ status: 500, answerBody: {} }, ['list_things', 'response', '']],
    [
      {
        method: 'POST',
        requestBody: { id: 1, x: 1 },
        status: 201,
        answerBody: { id: 1 },
      },
      ['create_thing', 'request', '/body'],
    ],
    [
      {
        method: 'DELETE',
        path: '/things/0',
        status: 204,
        answerBody: undefined,
      },
      ['delete_thing', 'request', '/path/id'],
    ],
    [
      { method: 'DELETE', path: '/things/1', status: 204, answerBody: {} },
      ['delete_thing', 'response', '/body'],
    ],
    [{ path: '/nothing', status: 404 }, [null, 'request', '/path']],
    [{ method: 'PUT', status: 405 }, [null, 'request', '/path']],
  ])('notices %j', (exchange, violation) => {
    expect(judged(exchange)).toEqual([violation]);
  });

  it('says what is wrong, and forgets when it is told to', () => {
    const judge = new Judge(apiDescription.parse(description));
    const exchange = {
      method: 'GET',
      path: '/things',
      query: { id: '1' },
      requestBody: {},
      status: 200,
    };
    judge.check({ ...exchange, answerBody: [{ id: '1' }] });
    expect(judge.violations).toEqual([
      {
        operation: 'list_things',
        where: 'response',
        status: 200,
        path: '/body/0/id',
        message: 'must be integer {"type":"integer"}',
      },
    ]);
    judge.clear();
    expect(judge.violations).toEqual([]);
  });
});

const suite = descriptionFile ? describe : describe.skip;

suite(needingDescription('the overlay of the official description'), () => {
  it('changes what it says, with every entry', async () => {
    const { paths } = await readDescription(descriptionFile!, overlayFile);
    expect(
      Object.keys(paths['/load_balancers/{id}'].delete!.responses),
    ).toEqual(['201', '4xx', '5xx']);
    expect(paths['/networks/{id}/members'].get!.operationId).toBe(
      'list_network_members',
    );
    expect(paths['/datacenters'].get!.responses['200']).toBeUndefined();
    expect(JSON.stringify(paths)).not.toContain('"deprecated":{');
  });

  it('is refused when an entry finds nothing', async () => {
    const file = path.join(tmpdir(), `overlay-${process.pid}.yaml`);
    await writeFile(
      file,
      JSON.stringify({
        overlay: '1.0.0',
        actions: [{ target: "$.paths['/nothing']", remove: true }],
      }),
    );
    await expect(readJudge(descriptionFile!, file)).rejects.toThrow(
      "$.paths['/nothing']",
    );
  });
});
