import { randomBytes } from 'node:crypto';

/** Length of a token of Hetzner. */
const TOKEN_LENGTH = 64;

/**
 * A token that nothing else looks like. The sandbox takes the project from what
 * stands in front of the point; URLs and base64 write the next characters differently.
 */
function makeToken(project) {
  const start = `${project}.+/`;
  const rest = randomBytes(TOKEN_LENGTH).toString('base64url');
  return start + rest.slice(0, TOKEN_LENGTH - start.length);
}

const owners = {
  owner: 'group:default/platform',
  usableBy: ['group:default/platform'],
};

/** Everything secret that a portal with these projects is given. */
export class KnownSecrets {
  #tokens;
  /** Seals what is stored. */
  sealingKey = randomBytes(32);
  /** Lets a script in (`backend.auth.externalAccess`). */
  backendSecret = randomBytes(48).toString('base64');

  /** @param {string[]} projects */
  constructor(projects) {
    this.#tokens = new Map(
      projects.map(project => [
        project,
        {
          token: makeToken(project),
          clusterToken: makeToken(project),
          addedToken: makeToken(project),
        },
      ]),
    );
  }

  /** The tokens of a project: two of its configured connection, one of the connection that is added. */
  of(project) {
    return this.#tokens.get(project);
  }

  /** An entry of `hetznerInfra.connections`. */
  configuredConnection(project) {
    const { token, clusterToken } = this.of(project);
    return { name: project, kind: 'hetzner', ...owners, token, clusterToken };
  }

  /** What is put to the API for a connection of the same project. */
  addedConnection(project) {
    const { addedToken } = this.of(project);
    return { kind: 'hetzner', ...owners, secrets: { token: addedToken } };
  }

  /** @returns {import('./secretSearch.mjs').Needle[]} */
  needles() {
    return [
      ...[...this.#tokens].flatMap(([project, tokens]) =>
        Object.entries(tokens).map(([kind, value]) => ({
          what: `${kind} of ${project}`,
          value,
        })),
      ),
      { what: 'sealing key', value: this.sealingKey },
      {
        what: 'sealing key, as it is configured',
        value: this.sealingKey.toString('base64'),
      },
      { what: 'backend secret', value: this.backendSecret },
      { what: 'PEM of a private key', value: 'PRIVATE KEY' },
      { what: 'token that joins control planes', value: '::server:' },
      { what: 'token that joins workers', value: '::node:' },
    ];
  }
}
