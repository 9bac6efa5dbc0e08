import {
  inEnglish,
  phrase,
  verbatim,
  type OperationPurpose,
  type Phrase,
  type PhraseCode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Operation } from '../operations/operation';
import { phrasesOf, undoingFailed } from '../operations/transitions';
import type { StoredEnvironment } from './EnvironmentStore';

type Told = Pick<
  Operation,
  | 'goal'
  | 'state'
  | 'error'
  | 'aim'
  | 'revision'
  | 'previousRevision'
  | 'startedAt'
> &
  Partial<Pick<Operation, 'options'>>;

type ToldEnvironment = Pick<
  StoredEnvironment,
  'name' | 'state' | 'revision' | 'appliedRevision' | 'removedAt'
>;

/** The state of an environment in words. */
export function environmentSentence(
  environment: ToldEnvironment,
  operation?: Told,
): string {
  return inEnglish(environmentPhrases(environment, operation));
}

/** The state of an environment by what is said of it. */
export function environmentPhrases(
  environment: ToldEnvironment,
  operation?: Told,
): Phrase[] {
  const { name, revision } = environment;
  switch (environment.state) {
    case 'creating':
    case 'changing':
    case 'removing':
      return operation
        ? operationPhrases(operation, environment)
        : [verbatim(`${name} is ${environment.state}.`)];
    case 'ready':
      return [
        phrase(
          'environment-as-wanted',
          { environment: name, revision },
          `${name} is as revision ${revision} says.`,
        ),
      ];
    case 'removed':
      return [removed(name)];
    default:
      return operation
        ? [
            ...operationPhrases(operation, environment),
            ...(operation.error ? phrasesOf(operation.error) : []),
          ]
        : [
            phrase(
              'environment-not-as-wanted',
              { environment: name },
              `${name} is not as it should be.`,
            ),
          ];
  }
}

/**
 * The state of an operation in words, and what is left of what it did. Why it
 * failed is told by its error, once.
 */
export function operationSentence(
  operation: Told,
  environment: Pick<StoredEnvironment, 'name' | 'appliedRevision'>,
): string {
  return inEnglish(operationPhrases(operation, environment));
}

const GERUNDS: Record<OperationPurpose, string> = {
  create: 'Creating',
  change: 'Changing',
  reconcile: 'Repairing',
  remove: 'Removing',
};

/** The state of an operation by what is said of it. */
export function operationPhrases(
  operation: Told,
  environment: Pick<StoredEnvironment, 'name' | 'appliedRevision'>,
): Phrase[] {
  const { name } = environment;
  const purpose = purposeOf(operation, environment);
  const doing = `${GERUNDS[purpose]} ${name}`;
  const say = (
    code: OperationPhraseCode,
    text: string,
    params: Record<string, string | number> = {},
  ) =>
    phrase(
      `operation-${code}`,
      { doing: purpose, environment: name, ...params },
      text,
    );
  switch (operation.state) {
    case 'awaiting-approval': {
      const { group } = operation.options?.approval ?? {};
      return [
        group
          ? say('awaits-group', `${doing} waits for approval by ${group}.`, {
              group,
            })
          : say('awaits-approval', `${doing} waits for approval.`),
      ];
    }
    case 'queued':
      return [say('queued', `${doing} waits for its turn.`)];
    case 'running':
      return [
        operation.error && operation.aim.kind === 'remove'
          ? say(
              'being-undone',
              `${doing} failed. What was made of it is being removed.`,
            )
          : say('running', `${doing}.`),
      ];
    case 'cancelling':
      return [cancelling(operation, name)];
    case 'cancelled':
      if (operation.error?.code.startsWith('approval-')) {
        return [
          say('not-approved', `${doing} was not approved.`),
          ...phrasesOf(operation.error),
        ];
      }
      return [cancelled(operation, environment, doing, say)];
    case 'failed':
      return [failed(operation, doing, say)];
    default:
      return [
        operation.goal === 'remove'
          ? removed(name)
          : phrase(
              'environment-ready',
              { environment: name, revision: operation.revision },
              `${name} is ready, as revision ${operation.revision} says.`,
            ),
      ];
  }
}

/** As it is said: a change of what never stood is still its creation. */
function purposeOf(
  { goal, revision, previousRevision }: Told,
  { appliedRevision }: Pick<StoredEnvironment, 'appliedRevision'>,
): OperationPurpose {
  if (goal === 'remove') {
    return 'remove';
  }
  if (appliedRevision === undefined || previousRevision === undefined) {
    return 'create';
  }
  return previousRevision === revision ? 'reconcile' : 'change';
}

function removed(name: string): Phrase {
  return phrase(
    'environment-removed',
    { environment: name },
    `${name} is removed.`,
  );
}

function cancelling({ aim }: Pick<Operation, 'aim'>, name: string): Phrase {
  switch (aim.kind) {
    case 'remove':
      return phrase(
        'cancelling-removes',
        { environment: name },
        `Cancelling. What was made of ${name} is being removed.`,
      );
    case 'apply':
      return phrase(
        'cancelling-returns',
        { environment: name, revision: aim.revision },
        `Cancelling. ${name} goes back to revision ${aim.revision}.`,
      );
    default:
      return phrase(
        'cancelling-stops',
        {},
        'Cancelling. What is in flight is awaited.',
      );
  }
}

/** What comes after `operation-` in a phrase. */
type AfterOperation<Code> = Code extends `operation-${infer What}`
  ? What
  : never;

type OperationPhraseCode = AfterOperation<PhraseCode>;

/** Makes a phrase about the operation. */
type Say = (
  code: OperationPhraseCode,
  text: string,
  params?: Record<string, string | number>,
) => Phrase;

function cancelled(
  { aim, goal, startedAt }: Told,
  { appliedRevision }: Pick<StoredEnvironment, 'appliedRevision'>,
  doing: string,
  say: Say,
): Phrase {
  const was = `${doing} was cancelled`;
  if (aim.kind === 'remove') {
    return say(
      'cancelled-undone',
      `${was}. All that was made of it is removed.`,
    );
  }
  if (aim.kind === 'apply') {
    const { revision } = aim;
    return say(
      'cancelled-returned',
      `${was}. It is as revision ${revision} says again.`,
      { revision },
    );
  }
  if (startedAt === undefined) {
    return say('cancelled-before', `${was} before it began.`);
  }
  if (goal === 'remove') {
    return say('cancelled-unremoved', `${was}. Nothing was removed.`);
  }
  return appliedRevision === undefined
    ? say('cancelled-for-removal', `${was}. Its removal took over.`)
    : say('cancelled-stayed', `${was}. What had been done stayed.`);
}

function failed(operation: Told, doing: string, say: Say): Phrase {
  if (operation.goal === 'remove') {
    return say(
      'failed-unremoved',
      `${doing} failed. What was not removed is still there.`,
    );
  }
  return operation.aim.kind === 'remove' && !undoingFailed(operation)
    ? say(
        'failed-undone',
        `${doing} failed. All that was made of it is removed.`,
      )
    : say('failed-stayed', `${doing} failed. What had been done stayed.`);
}
