import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { OWNERSHIP_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import {
  hetznerCodes,
  interactive,
  type HetznerCloud,
} from '../clouds/hetzner';
import { ownCodes } from '../clouds/ownCodes';
import type { HetznerSecrets } from './connection';

/** An environment that has resources at the provider. */
export type StandingEnvironment = { id: string; name: string };

/** What a look says of a token. */
export type ProjectFinding =
  /** It sees one of the environments. */
  | { kind: 'seen' }
  /** There is nothing that it could see. */
  | { kind: 'nothing-stands' }
  /** The provider refuses to tell. */
  | { kind: 'untold' }
  /** It sees nothing, and somebody answers for it. */
  | { kind: 'confirmed' }
  | { kind: 'another-project'; notSeen: string[] };

/**
 * What carries the labels of an environment, the likeliest first: a creation may
 * have begun with any of them, and whoever deleted a network in the console has
 * its servers still.
 */
const LABELLED = [
  '/networks',
  '/servers',
  '/load_balancers',
  '/firewalls',
  '/placement_groups',
  '/ssh_keys',
  '/certificates',
  '/volumes',
  '/primary_ips',
] as const;

/** How long somebody's word for the tokens of a connection holds: time to put them in place. */
const ANSWERED_FOR_MS = 60 * 60_000;

/** What is kept of the tokens of a connection. */
export const CONNECTION_TABLES = [
  'connection_tokens',
  'taken_tokens',
  'project_confirmations',
] as const;

/** What the provider says of a token that cannot tell which project it is of. */
const TELLS_NOTHING = [hetznerCodes.unauthorized, hetznerCodes.forbidden];

/**
 * Keeps a connection from being pointed at another project by a new token: all
 * its environments would seem to be gone, and be made there again. No call tells
 * the project of a token, so the environments' own resources do: a token that
 * sees nothing of any of them is another project's.
 */
export class ProjectGuard {
  constructor(
    private readonly options: {
      knex: Knex;
      installation: string;
      /** Environments of a connection that have resources at the provider. */
      standing: (connection: string) => Promise<StandingEnvironment[]>;
      now: () => Date;
    },
  ) {}

  /**
   * For a token that is about to be used. One that was seen to be of the project
   * is good even when all resources are gone by now. So is the one that was taken
   * when there were none: what was begun since was begun with it.
   *
   * @throws CloudError `another_project`, or of the provider
   */
  async require(
    connection: string,
    secret: keyof HetznerSecrets,
    token: string,
    cloud: HetznerCloud,
  ): Promise<void> {
    const { knex } = this.options;
    const fingerprint = this.#fingerprintOf(connection, token);
    if (await knex('connection_tokens').where({ fingerprint }).first()) return;
    const taken = { connection, secret, fingerprint };
    if (await knex('taken_tokens').where(taken).first()) return;
    const finding = await this.look(connection, token, cloud);
    if (finding.kind === 'another-project') {
      throw notOfProject(connection, finding.notSeen);
    }
    if (finding.kind === 'confirmed') await this.#take(taken, knex);
    if (finding.kind === 'nothing-stands') {
      await knex.transaction(async tx => {
        await this.#take(taken, tx);
        // It may be of another project, and what stands next is made there: those
        // that were seen before tell nothing any more.
        await tx('connection_tokens')
          .where({ connection })
          .whereNot({ fingerprint })
          .delete();
      });
    }
  }

  /**
   * Looks again whose a token is that is in use, and remembers it. For when
   * something was made with it.
   *
   * @throws CloudError `another_project`, or of the provider
   */
  async confirm(
    connection: string,
    token: string,
    cloud: HetznerCloud,
  ): Promise<void> {
    const fingerprint = this.#fingerprintOf(connection, token);
    const seen = await this.options
      .knex('connection_tokens')
      .where({ fingerprint })
      .first();
    if (seen) return;
    const finding = await this.look(connection, token, cloud);
    if (finding.kind === 'another-project') {
      throw notOfProject(connection, finding.notSeen);
    }
  }

  /**
   * Takes tokens of a connection for an hour though they see nothing, because
   * somebody answers for them: what the portal looks for may never have been made,
   * or may be gone.
   */
  async answerFor(connection: string): Promise<void> {
    const { knex, now } = this.options;
    await knex('project_confirmations')
      .insert({ connection, valid_until: now().getTime() + ANSWERED_FOR_MS })
      .onConflict('connection')
      .merge();
  }

  /** Forgets tokens of connections that are neither stored nor in the configuration any more. */
  async forgetOthers(configured: readonly string[]): Promise<void> {
    const { knex } = this.options;
    for (const table of CONNECTION_TABLES) {
      await knex(table)
        .whereNotIn('connection', [...configured])
        .whereNotIn('connection', knex('connections').select('name'))
        .delete();
    }
  }

  /**
   * Looks whose a token is, and remembers one that sees an environment. A person
   * waits for it: it goes before operations and sweeps.
   *
   * @throws CloudError
   */
  async look(
    connection: string,
    token: string,
    cloud: HetznerCloud,
  ): Promise<ProjectFinding> {
    const standing = await this.options.standing(connection);
    if (standing.length === 0) return { kind: 'nothing-stands' };
    const api = interactive(cloud);
    const label_selector = `${OWNERSHIP_LABELS.installation}=${this.options.installation}`;
    const lists = LABELLED.map(
      path => () => api.listAll(path, { label_selector }),
    );
    try {
      for (const list of lists) {
        const found = (await list()) as { labels?: Record<string, string> }[];
        const seen = new Set(
          found.map(({ labels }) => labels?.[OWNERSHIP_LABELS.environmentId]),
        );
        if (standing.some(({ id }) => seen.has(id))) {
          await this.#remember(connection, token);
          return { kind: 'seen' };
        }
      }
    } catch (error) {
      if (isCode(error, ...TELLS_NOTHING)) return { kind: 'untold' };
      throw error;
    }
    if (await this.#isAnsweredFor(connection)) return { kind: 'confirmed' };
    return {
      kind: 'another-project',
      notSeen: standing.map(({ name }) => name),
    };
  }

  async #isAnsweredFor(connection: string): Promise<boolean> {
    const { knex, now } = this.options;
    const answered = await knex('project_confirmations')
      .where({ connection })
      .where('valid_until', '>', now().getTime())
      .first();
    return answered !== undefined;
  }

  async #take(
    taken: {
      connection: string;
      secret: keyof HetznerSecrets;
      fingerprint: string;
    },
    knex: Knex,
  ): Promise<void> {
    await knex('taken_tokens')
      .insert({ ...taken, taken_at: this.options.now().getTime() })
      .onConflict(['connection', 'secret'])
      .merge();
  }

  async #remember(connection: string, token: string): Promise<void> {
    const { knex, now } = this.options;
    await knex('connection_tokens')
      .insert({
        fingerprint: this.#fingerprintOf(connection, token),
        connection,
        seen_at: now().getTime(),
      })
      .onConflict('fingerprint')
      .ignore();
  }

  #fingerprintOf(connection: string, token: string): string {
    return createHash('sha256')
      .update(JSON.stringify([this.options.installation, connection, token]))
      .digest('hex');
  }
}

function notOfProject(connection: string, notSeen: string[]): CloudError {
  return new CloudError({
    code: ownCodes.anotherProject,
    outcome: 'refused',
    operation: { method: 'GET', path: '/networks' },
    message: `The token of the connection ${connection} is of another project: it does not see ${notSeen.join(
      ', ',
    )}. Use a token of the same project.`,
  });
}
