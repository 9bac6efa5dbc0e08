import type {
  NotCancellableCode,
  RefusalCode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/**
 * Gives an error the code and the values by which a page says its message in
 * another language. Both reach the caller of the API, so no value is a secret.
 */
export function coded<E extends Error>(
  error: E,
  code: RefusalCode | NotCancellableCode,
  params: Record<string, string | number> = {},
): E {
  return Object.assign(error, {
    code,
    params: Object.fromEntries(
      Object.entries(params).map(([key, value]) => [key, String(value)]),
    ),
  });
}
