import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeIn, explain, Problem } from './problem.mjs';

const sentences = [
  [new Problem('Do this.'), /^Do this\.$/],
  [
    Object.assign(new Error(), { code: 'ENOSPC', path: '/data/x' }),
    /No space is left on the disk that holds \/data\/x\. Free some/,
  ],
  [Object.assign(new Error(), { code: 'EDQUOT' }), /quota .* is used up/],
  [
    Object.assign(new Error(), { code: 'EACCES', path: '/data/x' }),
    /\/data\/x cannot be written \(EACCES\)\. Give this account write access/,
  ],
  [
    Object.assign(new Error(), { code: 'EROFS', path: '/data/x' }),
    /XPEDITIS_CACHE/,
  ],
  [Object.assign(new Error(), { code: 'EMFILE' }), /ulimit -n/],
];

for (const [error, expected] of sentences) {
  test(`${error.code ?? error.name} is told without a stack trace`, () => {
    assert.match(explain(error), expected);
    assert.doesNotMatch(explain(error), /\n\s+at /);
  });
}

test('a defect of the scripts keeps its stack', () => {
  assert.match(explain(new TypeError('x is undefined')), /\n\s+at /);
});

const outputs = [
  ['npm error code ENOSPC', /No space is left/],
  ['npm error code EINTEGRITY', /not what is pinned/],
  [
    "➤ YN0018: │ pkg: The remote archive doesn't match the expected checksum",
    /not what is pinned/,
  ],
  [
    '➤ YN0028: │ The lockfile would have been modified by this install',
    /yarn\.lock does not fit/,
  ],
  ['npm error code ENOTFOUND', /registry was not reached.*https-proxy/],
  [
    '➤ YN0001: │ RequestError: getaddrinfo EAI_AGAIN',
    /registry was not reached/,
  ],
  ['npm error code E404', /registry does not hand it out/],
  ['npm error code EACCES', /folder cannot be written/],
];

for (const [output, expected] of outputs) {
  test(`"${output}" has a remedy`, () => {
    assert.match(causeIn(output), expected);
  });
}

test('an unknown output gets no invented cause', () => {
  assert.equal(causeIn('SyntaxError: Unexpected token'), undefined);
});
