import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { keyIdIn, Sealer, SealingError, type Place } from './Sealer';

const key = (id: string) => ({ id, secret: randomBytes(32) });
const one = key('k1');
const two = key('k2');
const place: Place = { table: 'connections', row: 'prod', name: 'secrets' };

describe('Sealer', () => {
  it('opens what it sealed, whatever it is', () => {
    const sealer = new Sealer([one]);
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        const text = Buffer.from(bytes).toString('utf8');
        expect(sealer.open(sealer.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it('never gives the same form twice, nor the text', () => {
    const sealer = new Sealer([one]);
    const sealed = sealer.seal('a very secret token', place);
    expect(sealed).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/);
    expect(sealer.seal('a very secret token', place)).not.toBe(sealed);
    expect(
      Buffer.from(sealed.split('.')[3], 'base64url').toString(),
    ).not.toMatch(/secret/);
  });

  it('does not open a value with any one character changed', () => {
    const sealer = new Sealer([one, two]);
    const sealed = sealer.seal('token', place);
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom(...'ABCDabcd0123-_.'),
        (index, character) => {
          const changed =
            sealed.slice(0, index) + character + sealed.slice(index + 1);
          // The last characters of base64 may stand for the same bytes.
          fc.pre(!sameBytes(sealed, changed));
          expect(() => sealer.open(changed, place)).toThrow(SealingError);
        },
      ),
    );
  });

  it.each<[string, Place]>([
    ['another row', { ...place, row: 'staging' }],
    ['another table', { ...place, table: 'environment_secrets' }],
    ['another name', { ...place, name: 'token' }],
    ['a boundary moved', { ...place, row: 'prod","secrets' }],
  ])('does not open in %s', (_, other) => {
    const sealer = new Sealer([one]);
    expect(() => sealer.open(sealer.seal('token', place), other)).toThrow(
      SealingError,
    );
  });

  it('opens with every key and seals with the first', () => {
    const before = new Sealer([one]).seal('token', place);
    const rotating = new Sealer([two, one]);
    expect(rotating.open(before, place)).toBe('token');
    expect(keyIdIn(before)).toBe('k1');
    const after = rotating.seal('token', place);
    expect(keyIdIn(after)).toBe('k2');
    expect(new Sealer([two]).open(after, place)).toBe('token');
  });

  it('seals with another one of its keys when told so', () => {
    const sealer = new Sealer([two, one]);
    sealer.sealWith('k1');
    expect(keyIdIn(sealer.seal('token', place))).toBe('k1');
    expect(() => sealer.sealWith('k3')).toThrow('There is no key k3');
    expect(sealer.knows('v1.k2.a.b')).toBe(true);
    expect(sealer.knows('v1.k3.a.b')).toBe(false);
  });

  it('names the key that is missing, and where', () => {
    const sealed = new Sealer([one]).seal('token', place);
    expect(() => new Sealer([two]).open(sealed, place)).toThrow(
      'The secret secrets of prod in the table connections is sealed with the key k1, which is missing in hetznerInfra.sealing.keys. Add it again, behind the first.',
    );
  });

  it('says so when the key of that id is another, and prints neither', () => {
    const sealed = new Sealer([one]).seal('token', place);
    const other = key('k1');
    const error = (() => {
      try {
        return new Sealer([other]).open(sealed, place);
      } catch (e) {
        return e as Error;
      }
    })();
    expect(error).toBeInstanceOf(SealingError);
    const text = `${(error as Error).message} ${(error as Error).stack}`;
    expect(text).toContain('does not open with the key k1');
    expect(text).not.toContain(other.secret.toString('base64'));
    expect(text).not.toContain(sealed);
    expect((error as Error).cause).toBeUndefined();
  });

  it.each(['', 'token', 'v1.k1', 'v2.k1.a.b', 'v1.k1.a.b.c', 'v1.k1.a.b'])(
    'refuses %p',
    sealed => {
      expect(() => new Sealer([one]).open(sealed, place)).toThrow(SealingError);
    },
  );
});

function sameBytes(a: string, b: string): boolean {
  const bytes = (sealed: string) =>
    sealed
      .split('.')
      .map((part, index) =>
        index > 1 ? Buffer.from(part, 'base64url').toString('hex') : part,
      )
      .join('.');
  return bytes(a) === bytes(b);
}
