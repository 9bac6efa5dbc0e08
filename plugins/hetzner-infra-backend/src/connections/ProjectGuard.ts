import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { OWNERSHIP_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import { hetznerCodes, type HetznerCloud } from '../clouds/hetzner';
import { ownCodes } from '../clouds/ownCodes';

/** An environment that has resources at the provider. */
export type StandingEnvironment = { id: string; name: string };

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
   * For a token that is about to be used. One that was found good before is good
   * even when all resources are gone by now.
   *
   * @throws CloudError `another_project`, or of the provider
   */
  async require(
    connection: string,
    token: string,
    cloud: HetznerCloud,
  ): Promise<void> {
    const { knex, installation, now } = this.options;
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([installation, connection, token]))
      .digest('hex');
    const known = await knex('connection_tokens')
      .where({ fingerprint })
      .first();
    if (known) return;
    const notSeen = await this.notSeen(connection, cloud);
    if (notSeen === undefined) return;
    if (notSeen.length > 0) {
      throw new CloudError({
        code: ownCodes.anotherProject,
        outcome: 'refused',
        operation: { method: 'GET', path: '/networks' },
        message: `The token of the connection ${connection} is of another project: it does not see ${notSeen.join(
          ', ',
        )}. Use a token of the same project.`,
      });
    }
    await knex('connection_tokens')
      .insert({ fingerprint, connection, seen_at: now().getTime() })
      .onConflict('fingerprint')
      .ignore();
  }

  /**
   * Names of the environments that tell that a token is of another project;
   * none when it sees one of them, undefined when the provider refuses to tell.
   *
   * @throws CloudError
   */
  async notSeen(
    connection: string,
    cloud: HetznerCloud,
  ): Promise<string[] | undefined> {
    const standing = await this.options.standing(connection);
    if (standing.length === 0) return [];
    const label_selector = `${OWNERSHIP_LABELS.installation}=${this.options.installation}`;
    try {
      // Whoever deleted a network in the console has its servers still, for a while.
      for (const list of [
        () => cloud.listAll('/networks', { label_selector }),
        () => cloud.listAll('/servers', { label_selector }),
      ]) {
        const found: { labels: Record<string, string> }[] = await list();
        const seen = new Set(
          found.map(({ labels }) => labels[OWNERSHIP_LABELS.environmentId]),
        );
        if (standing.some(({ id }) => seen.has(id))) return [];
      }
    } catch (error) {
      if (isCode(error, ...TELLS_NOTHING)) return undefined;
      throw error;
    }
    return standing.map(({ name }) => name);
  }
}
