import fc from 'fast-check';
import {
  addressFromEnd,
  contains,
  ipv4Range,
  isCanonicalCidr,
  overlaps,
  usableAddresses,
} from './cidr';

const cidr = fc
  .tuple(fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 }))
  .map(([address, prefix]) => {
    const first = Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
    return {
      text: `${[24, 16, 8, 0]
        .map(shift => Math.floor(first / 2 ** shift) % 256)
        .join('.')}/${prefix}`,
      first,
      last: first + 2 ** (32 - prefix) - 1,
    };
  });

describe('cidr', () => {
  it.each([
    ['10.0.0.0/16', true],
    ['10.0.0.1/16', false],
    ['10.0.0.0', false],
    ['10.0/16', false],
    ['300.0.0.0/8', false],
    ['10.0.0.0/33', false],
    ['2001:db8::/32', true],
    ['2001:db8::1/32', false],
    ['0.0.0.0/0', true],
    ['::/0', true],
    ['', false],
    ['10.0.0.0/', false],
  ])('%s is canonical: %p', (text, expected) => {
    expect(isCanonicalCidr(text)).toBe(expected);
  });

  it('reads what it was made from', () => {
    fc.assert(
      fc.property(cidr, ({ text, first, last }) => {
        expect(ipv4Range(text)).toMatchObject({ first, last });
      }),
    );
  });

  it('two ranges overlap exactly when one contains the other', () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        const [left, right] = [ipv4Range(a.text)!, ipv4Range(b.text)!];
        expect(overlaps(left, right)).toBe(
          contains(left, right) || contains(right, left),
        );
      }),
    );
  });

  it('counts fixed addresses down from the end', () => {
    const nodes = ipv4Range('10.0.1.0/24')!;
    expect([1, 2, 3].map(n => addressFromEnd(nodes, n))).toEqual([
      '10.0.1.254',
      '10.0.1.253',
      '10.0.1.252',
    ]);
    expect(usableAddresses(nodes)).toBe(253);
  });
});
