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
   * is good even when all resources are gone by now.
   *
   * @throws CloudError `another_project`, or of the provider
   */
  async require(
    connection: string,
    token: string,
    cloud: HetznerCloud,
  ): Promise<void> {
    const fingerprint = this.#fingerprintOf(connection, token);
    const known = await this.options
      .knex('connection_tokens')
      .where({ fingerprint })
      .first();
    if (known) return;
    const finding = await this.look(connection, token, cloud);
    if (finding.kind === 'another-project') {
      throw new CloudError({
        code: ownCodes.anotherProject,
        outcome: 'refused',
        operation: { method: 'GET', path: '/networks' },
        message: `The token of the connection ${connection} is of another project: it does not see ${finding.notSeen.join(
          ', ',
        )}. Use a token of the same project.`,
      });
    }
    if (finding.kind === 'nothing-stands') {
      // It may be of another project, and what stands next is made there: those
      // that were seen before tell nothing any more.
      await this.options
        .knex('connection_tokens')
        .where({ connection })
        .whereNot({ fingerprint })
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
    return {
      kind: 'another-project',
      notSeen: standing.map(({ name }) => name),
    };
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
