/** Tokens have 64 characters; a short one is the sandbox's and a common word. */
const SHORTEST_TOKEN = 16;

/**
 * A private key in PEM (RFC 7468, 10 and 11). Its line breaks can be escaped,
 * also more than once, and its end can be cut off.
 */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:[A-Za-z0-9+/=\s]|\\+[nr])*(?:-----END [A-Z0-9 ]*PRIVATE KEY-----)?/g;

/**
 * What a server's first boot reads begins with this line, and holds keys and
 * passwords. How its line breaks are escaped does not matter: all that follows goes.
 */
const USER_DATA = /#cloud-config[^]*/;

/** What lets a server join a cluster, also where only a part of the user data was repeated. */
const JOIN_SECRET =
  /K10[0-9a-f]{64}::(?:server|node):[0-9a-f]*|(?<=agent-token\W{1,9})[0-9a-f]+/g;

/**
 * Takes secrets out of what the other side wrote: a gateway may repeat a
 * request, its headers and its body. Gone are the token, as it is, URL-encoded
 * and in base64 (also as a part of something longer), the user data of servers, what
 * lets one join a cluster, and every private key.
 */
export function createRedactor(token: string): (text: string) => string {
  const forms = token.length < SHORTEST_TOKEN ? [] : formsOf(token);
  const anyForm = forms.length > 0 && new RegExp(forms.join('|'), 'g');
  return text => {
    const withoutKeys = text
      .replace(USER_DATA, '[user data]')
      .replace(PRIVATE_KEY, '[private key]')
      .replace(JOIN_SECRET, '[join token]');
    return anyForm ? withoutKeys.replace(anyForm, '[token]') : withoutKeys;
  };
}

/** The ways in which a text holds a token, as regular expressions. */
function formsOf(token: string): string[] {
  const base64 = [0, 1, 2].map(offset => base64At(token, offset));
  return [
    token,
    encodeURIComponent(token),
    ...base64,
    ...base64.map(form => form.replaceAll('+', '-').replaceAll('/', '_')),
  ].map(form => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

/**
 * The digits that a token alone decides in the base64 of a longer text, in
 * which it begins so many bytes after a group of three (RFC 4648, 4).
 */
function base64At(token: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(token)]);
  return bytes
    .toString('base64')
    .slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
