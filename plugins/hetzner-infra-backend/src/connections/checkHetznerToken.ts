import type { ConnectionCheckCode } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../clouds/CloudError';
import {
  hetznerCodes,
  interactive,
  type HetznerCloud,
} from '../clouds/hetzner';
import { ownCodes } from '../clouds/ownCodes';
import type { ConnectionRegistry } from './ConnectionRegistry';

/** What the check of a token found. */
export type TokenCheck =
  | { ok: true }
  | {
      ok: false;
      /** `token`: replace it. `provider`: the provider did not answer, nothing is known of the token. */
      fault: 'token' | 'provider';
      message: string;
      code: string;
      correlationId?: string;
    };

/**
 * Finds out whether a token is valid and may write, without changing anything.
 *
 * Validity: reads one page of the project's servers; a wrong or revoked token is
 * refused with 401 `unauthorized`.
 *
 * Permission: asks for an SSH key with neither name nor key. A token that may
 * write is told 422 `invalid_input`; one that may only read is refused before
 * its body is looked at, with 401 `token_readonly` or, since autumn 2026, 403
 * `forbidden`. Sources: Hetzner Cloud API, "Errors"; hcloud-go v2.53 error.go.
 */
export async function checkHetznerToken(
  cloud: HetznerCloud,
): Promise<TokenCheck> {
  const api = interactive(cloud);
  try {
    await api.get('/servers', { query: { per_page: 1 } });
    await api.post('/ssh_keys', { body: { name: '', public_key: '' } });
  } catch (error) {
    if (isCode(error, hetznerCodes.invalidInput)) {
      return { ok: true };
    }
    if (error instanceof CloudError) {
      return {
        ok: false,
        ...explain(error),
        code: error.code,
        ...(error.correlationId && { correlationId: error.correlationId }),
      };
    }
    throw error;
  }
  return {
    ok: false,
    fault: 'provider',
    code: ownCodes.invalidResponse,
    message:
      'The provider accepted an SSH key that has neither name nor key. This is not the Hetzner Cloud API: check hetznerInfra.hetzner.endpoint.',
  };
}

/** What the check of all tokens of a connection found, in sentences. */
export type ConnectionTokensCheck = { message: string } & (
  | { ok: true; code: ConnectionCheckCode }
  | { ok: false; fault: 'token' | 'provider'; code: string }
);

/**
 * Checks both tokens of a connection.
 *
 * @throws NotFoundError
 * @throws SealingError
 */
export async function checkTokens(
  connection: string,
  clouds: Pick<ConnectionRegistry, 'hetzner' | 'hetznerForCluster'>,
): Promise<ConnectionTokensCheck> {
  let cloud: HetznerCloud;
  try {
    cloud = await clouds.hetzner(connection);
  } catch (error) {
    if (isCode(error, hetznerCodes.unauthorized, ownCodes.anotherProject)) {
      return {
        ok: false,
        fault: 'token',
        message: error.message,
        code: error.code,
      };
    }
    throw error;
  }
  const token = await checkHetznerToken(cloud);
  if (!token.ok) {
    return token;
  }
  let cluster: HetznerCloud | undefined;
  try {
    cluster = await clouds.hetznerForCluster(connection);
  } catch (error) {
    if (isCode(error, ownCodes.anotherProject)) {
      return {
        ok: false,
        fault: 'token',
        code: `cluster-${error.code}`,
        message: `The token for the cluster: ${error.message}`,
      };
    }
    throw error;
  }
  const clusterToken = cluster && (await checkHetznerToken(cluster));
  if (clusterToken?.ok === false) {
    return {
      ...clusterToken,
      code: `cluster-${clusterToken.code}`,
      message: `The token for the cluster: ${clusterToken.message}`,
    };
  }
  return {
    ok: true,
    code: clusterToken ? 'tokens-valid' : 'token-valid',
    message: clusterToken
      ? 'Both tokens are valid and may read and write.'
      : 'The token is valid and may read and write.',
  };
}

const MAY_ONLY_READ: readonly string[] = [
  hetznerCodes.tokenReadonly,
  hetznerCodes.forbidden,
];

function explain(error: CloudError): {
  fault: 'token' | 'provider';
  message: string;
} {
  if (error.code === hetznerCodes.unauthorized) {
    return {
      fault: 'token',
      message:
        'Hetzner does not know this token. Make one in the console of the project under Security, API tokens, with the permission read and write.',
    };
  }
  if (MAY_ONLY_READ.includes(error.code)) {
    return {
      fault: 'token',
      message:
        'This token may only read. Make one in the console of the project under Security, API tokens, with the permission read and write.',
    };
  }
  return {
    fault: 'provider',
    message: `Hetzner could not be asked about this token. ${error.message}`,
  };
}
