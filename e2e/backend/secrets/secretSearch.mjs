/**
 * Something to be searched. Bytes that are no text are searched as they are.
 *
 * @typedef {{ place: string, content: string | Buffer }} Haystack
 *
 * Something to be found.
 *
 * @typedef {{ what: string, value: string | Buffer }} Needle
 */

const withUrlAlphabet = text => text.replaceAll('+', '-').replaceAll('/', '_');

/**
 * The part of the base64 of a longer text that a value alone decides, for each
 * of the three places in a group of three bytes at which it can begin.
 */
function base64Forms(bytes) {
  return [0, 1, 2].map(lead => {
    const padded = Buffer.concat([Buffer.alloc(lead), bytes]);
    return padded
      .toString('base64')
      .slice(Math.ceil((lead * 8) / 6), Math.floor((padded.length * 8) / 6));
  });
}

/**
 * How a value can lie in something else: as it is, URL-encoded, in hexadecimal
 * digits, and in base64 of either alphabet at any offset.
 *
 * @param {string | Buffer} value
 * @returns {string[]} byte strings (latin1)
 */
export function formsOf(value) {
  const bytes = Buffer.from(value);
  const base64 = base64Forms(bytes);
  return [
    ...new Set([
      bytes.toString('latin1'),
      ...(typeof value === 'string' ? [encodeURIComponent(value)] : []),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      ...base64,
      ...base64.map(withUrlAlphabet),
    ]),
  ];
}

/**
 * Where needles lie.
 *
 * @param {Haystack[]} haystacks
 * @param {Needle[]} needles
 * @returns {{ what: string, place: string, around: string }[]}
 */
export function findSecrets(haystacks, needles) {
  const wanted = needles.flatMap(({ what, value }) =>
    formsOf(value).map(form => ({ what, form })),
  );
  return haystacks.flatMap(({ place, content }) => {
    const bytes = Buffer.from(content).toString('latin1');
    return wanted.flatMap(({ what, form }) => {
      const at = bytes.indexOf(form);
      return at < 0
        ? []
        : [{ what, place, around: bytes.slice(Math.max(0, at - 200), at) }];
    });
  });
}
