import { phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError } from '../clouds/CloudError';
import { NotReadyInTimeError } from '../resources/cluster/NotReadyInTimeError';
import { UnbuildableError } from './DesiredStates';
import { failureKind, isUnreachable, operationError } from './failure';
import { AimChangedError, LeaseLostError } from './operation';

const cloudError = (
  code: string,
  rest: { message?: string; correlationId?: string } = {},
) =>
  new CloudError({
    code,
    message: rest.message ?? `said ${code}`,
    outcome: 'refused',
    operation: { method: 'POST', path: '/servers' },
    correlationId: rest.correlationId,
  });

describe('failureKind', () => {
  it.each([
    ['the lease is gone', new LeaseLostError('o'), 'interrupted'],
    [
      'the aim changed',
      new AimChangedError('o', { kind: 'remove' }),
      'interrupted',
    ],
    ['waiting was ended', cloudError('aborted'), 'interrupted'],
    ['an object is locked', cloudError('locked'), 'passing'],
    ['another change is on its way', cloudError('conflict'), 'passing'],
    ['the answer was lost', cloudError('connection_lost'), 'passing'],
    ['an action failed', cloudError('action_failed'), 'passing'],
    ['a firewall is still in use', cloudError('resource_in_use'), 'passing'],
    [
      'an object went between looking and acting',
      cloudError('not_found'),
      'passing',
    ],
    ['the token may only read', cloudError('token_readonly'), 'passing'],
    ['the token was revoked', cloudError('unauthorized'), 'passing'],
    ['another writes the same object', cloudError('Conflict'), 'passing'],
    ['a kind is not defined yet', cloudError('no_such_kind'), 'passing'],
    [
      'the cluster was not ready in time',
      new NotReadyInTimeError('nodes', 600, []),
      'lasting',
    ],
    ['there is no capacity', cloudError('resource_unavailable'), 'lasting'],
    ['the quota is used up', cloudError('resource_limit_exceeded'), 'lasting'],
    ['the request is wrong', cloudError('invalid_input'), 'lasting'],
    ['the name is somebody else’s', cloudError('foreign_object'), 'lasting'],
    ['the revision cannot be built', new UnbuildableError('no'), 'lasting'],
    ['there is a defect', new TypeError('x is not a function'), 'lasting'],
  ])('when %s', (_, error, kind) => {
    expect(failureKind(error)).toBe(kind);
  });
});

describe('isUnreachable', () => {
  it.each([
    ['connection_failed', true],
    ['timed_out', true],
    ['bad_gateway', true],
    ['server_error', true],
    ['locked', false],
    ['resource_unavailable', false],
  ])('%s: %p', (code, expected) => {
    expect(isUnreachable(cloudError(code))).toBe(expected);
  });
});

describe('operationError', () => {
  it('keeps the parts of a diagnosis apart, so that each has its words', () => {
    const { message, phrases } = operationError(
      new NotReadyInTimeError('nodes', 600, [
        phrase('node-missing', { name: 'web-1' }, 'Server web-1 did not join.'),
      ]),
      {
        change: {
          title: 'Create server web-1',
          change: 'create',
          kind: 'server',
          subject: { name: 'web-1', traits: [] },
        },
      },
    );
    expect(phrases?.map(({ code }) => code)).toEqual([
      'step-not-ready',
      'not-ready-in-time',
      'node-missing',
    ]);
    expect(message).toBe(
      'Create server web-1 failed: It was not ready within 600 s. Server web-1 did not join.',
    );
  });

  it('says what failed, why, and how often it was tried', () => {
    expect(
      operationError(
        cloudError('resource_unavailable', {
          message: 'error during placement',
          correlationId: 'abc123',
        }),
        {
          change: {
            title: 'Create server prod-web-1-g1 (cx43)',
            change: 'create',
            kind: 'server',
            subject: { name: 'prod-web-1-g1', traits: [] },
          },
          attempts: 2,
        },
      ),
    ).toEqual({
      code: 'resource_unavailable',
      message:
        'Create server prod-web-1-g1 (cx43) failed: error during placement. Tried 2 times.',
      phrases: [
        {
          code: 'step-failed',
          params: {
            change: 'create',
            kind: 'server',
            name: 'prod-web-1-g1',
            reason: 'error during placement.',
          },
          text: 'Create server prod-web-1-g1 (cx43) failed: error during placement.',
        },
        { code: 'tried', params: { attempts: '2' }, text: 'Tried 2 times.' },
      ],
      correlationId: 'abc123',
    });
  });

  it('keeps a sentence that ends as one', () => {
    expect(operationError(new UnbuildableError('cx33 is gone.'))).toEqual({
      code: 'unbuildable',
      message: 'cx33 is gone.',
      phrases: [{ code: 'verbatim', params: {}, text: 'cx33 is gone.' }],
    });
  });
});
