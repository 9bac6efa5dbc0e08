import fc from 'fast-check';
import {
  LabelSelectorError,
  matchesLabels,
  parseLabelSelector,
} from './labelSelector';
import { isLabelKey, isLabelValue, labels } from './labels';

const matches = (selector: string, of: Record<string, string>) =>
  matchesLabels(parseLabelSelector(selector), of);

describe('label selectors', () => {
  const web = { role: 'web', 'example.com/tier': 'front', empty: '' };

  it.each([
    ['', true],
    ['role', true],
    ['!role', false],
    ['! role', false],
    ['other', false],
    ['!other', true],
    ['role=web', true],
    ['role==web', true],
    ['role = web', true],
    ['role=db', false],
    ['role!=web', false],
    ['role!=db', true],
    ['other!=db', true],
    ['role in (db,web)', true],
    ['role in (db, api)', false],
    ['other in (a)', false],
    ['role notin (db)', true],
    ['role notin (db,web)', false],
    ['other notin (a)', true],
    ['empty=', true],
    ['role=', false],
    ['example.com/tier=front', true],
    ['role=web,example.com/tier in (front,back),!other', true],
    ['role=web,other', false],
  ])('%p on a web server: %p', (selector, expected) => {
    expect(matches(selector, web)).toBe(expected);
  });

  it('does not take what every object has for a label', () => {
    expect(matches('toString', {})).toBe(false);
    expect(matches('!constructor', {})).toBe(true);
  });

  it.each([
    '=',
    'a,',
    ',a',
    'a=b=c',
    'a in',
    'a in ()b',
    'a b',
    '-a',
    'a=-b',
    'a,,b',
  ])('refuses %p', selector => {
    expect(() => parseLabelSelector(selector)).toThrow(LabelSelectorError);
  });

  const word = fc.stringMatching(
    /^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,10}[a-zA-Z0-9])?$/,
  );
  const key = fc.oneof(
    word,
    fc.tuple(word, word).map(([prefix, name]) => `${prefix}/${name}`),
  );

  it('parses any text or says that it cannot', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        // Any other error fails the property.
        const outcome = () => {
          try {
            return parseLabelSelector(text);
          } catch (error) {
            if (error instanceof LabelSelectorError) return error;
            throw error;
          }
        };
        expect(outcome()).toBeDefined();
      }),
    );
  });

  it('selects an object by all of its own labels', () => {
    fc.assert(
      fc.property(fc.dictionary(key, word, { maxKeys: 5 }), own => {
        const selector = Object.entries(own)
          .map(([name, value]) => `${name}=${value}`)
          .join(',');
        expect(matches(selector, own)).toBe(true);
      }),
    );
  });

  it('gives opposite answers to opposite requirements', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('a', 'b', 'c'),
          fc.constantFrom('x', 'y'),
        ),
        fc.constantFrom('a', 'b', 'c'),
        fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
        (own, name, values) => {
          const list = values.join(',');
          expect(matches(`${name} in (${list})`, own)).toBe(
            !matches(`${name} notin (${list})`, own),
          );
          expect(matches(name, own)).toBe(!matches(`!${name}`, own));
          expect(matches(`${name}=${values[0]}`, own)).toBe(
            !matches(`${name}!=${values[0]}`, own),
          );
        },
      ),
    );
  });

  it('takes every valid key and value for a requirement', () => {
    fc.assert(
      fc.property(key, word, (name, value) => {
        expect(isLabelKey(name)).toBe(true);
        expect(isLabelValue(value)).toBe(true);
        expect(matches(`${name}=${value}`, { [name]: value })).toBe(true);
      }),
    );
  });
});

describe('labels of a request', () => {
  const long = 'a'.repeat(63);

  it.each([
    [{}],
    [{ a: '' }],
    [{ [long]: long }],
    [{ [`${'p'.repeat(253)}/${long}`]: 'v' }],
    [{ 'a.b-c_d/e': 'F.g-h_1' }],
  ])('may be %j', value => {
    expect(labels.safeParse(value).success).toBe(true);
  });

  it.each([
    [{ '': 'v' }],
    [{ [`${long}a`]: 'v' }],
    [{ a: `${long}a` }],
    [{ '-a': 'v' }],
    [{ a: 'v-' }],
    [{ '/a': 'v' }],
    [{ 'a/': 'v' }],
    [{ 'a/b/c': 'v' }],
    [{ 'a b': 'v' }],
    [{ a: 1 }],
    [{ 'hetzner.cloud/a': 'v' }],
  ])('may not be %j', value => {
    expect(labels.safeParse(value).success).toBe(false);
  });
});
