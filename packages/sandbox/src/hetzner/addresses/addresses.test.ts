import fc from 'fast-check';
import { cidrProblem } from './cidr';
import {
  formatIpv4,
  formatRange,
  includesAddress,
  includesRange,
  isPrivate,
  last,
  overlap,
  parseIpv4,
  parseRange,
  size,
} from './ipv4';
import { freePublicIpv4 } from './publicAddresses';
import {
  firstFreeRange,
  isAssignable,
  lowestFreeAddress,
  PUBLIC_GATEWAY,
} from './subnetAddresses';

const range = (text: string) => parseRange(text)!;
const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyRange = fc
  .tuple(address, fc.integer({ min: 0, max: 32 }))
  .map(([base, prefix]) => range(`${formatIpv4(base)}/${prefix}`));

describe('IPv4', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(address, number => {
        expect(parseIpv4(formatIpv4(number))).toBe(number);
      }),
    );
    fc.assert(
      fc.property(anyRange, value => {
        expect(parseRange(formatRange(value))).toEqual(value);
      }),
    );
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '::1', 'a.b.c.d'])(
    'does not read %p as an address',
    text => {
      expect(parseIpv4(text)).toBeUndefined();
      expect(parseRange(`${text}/8`)).toBeUndefined();
    },
  );

  it.each([
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
  ])('does not read %p as a range', text =>
    expect(parseRange(text)).toBeUndefined(),
  );

  it('drops host bits', () => {
    expect(formatRange(range('10.0.2.0/16'))).toBe('10.0.0.0/16');
  });

  it('knows when ranges overlap: when one includes the other', () => {
    fc.assert(
      fc.property(anyRange, anyRange, (left, right) => {
        expect(overlap(left, right)).toBe(
          includesRange(left, right) || includesRange(right, left),
        );
      }),
    );
  });

  it.each([
    ['10.0.0.0/8', true],
    ['172.31.0.0/16', true],
    ['192.168.1.0/24', true],
    ['172.32.0.0/16', false],
    ['10.0.0.0/7', false],
    ['8.8.8.0/24', false],
  ])('%s is private: %p', (text, expected) => {
    expect(isPrivate(range(text))).toBe(expected);
  });
});

describe('addresses in subnets', () => {
  it.each([
    // terraform-provider-hcloud, acceptance tests
    ['10.0.0.0/16', ['10.0.0.0/24'], [], '10.0.0.2'],
    ['10.0.0.0/16', ['10.0.1.0/24'], [], '10.0.1.1'],
    ['10.0.0.0/16', ['10.0.1.0/24'], ['10.0.1.1', '10.0.1.3'], '10.0.1.2'],
    [
      '10.0.0.0/16',
      ['10.0.1.0/30', '10.0.2.0/24'],
      ['10.0.1.1', '10.0.1.2'],
      '10.0.2.1',
    ],
    ['10.0.0.0/24', ['10.0.0.0/24'], [], '10.0.0.2'],
    ['172.31.0.0/16', ['172.31.1.0/30'], [], '172.31.1.2'],
    ['10.0.0.0/16', ['10.0.0.0/30'], ['10.0.0.2'], undefined],
    ['10.0.0.0/16', [], [], undefined],
  ])(
    'in %s with %j and %j taken, next is %s',
    (network, subnets, taken, expected) => {
      const free = lowestFreeAddress(
        range(network),
        subnets.map(range),
        new Set(taken.map(text => parseIpv4(text)!)),
      );
      expect(free === undefined ? undefined : formatIpv4(free)).toBe(expected);
    },
  );

  it('hands out every usable address once, none of them reserved', () => {
    const subnet = fc
      .tuple(fc.nat(255), fc.integer({ min: 26, max: 30 }), fc.nat(63))
      .map(([third, prefix, offset]) =>
        range(`172.31.${third}.${offset * 4}/${prefix}`),
      );
    fc.assert(
      fc.property(subnet, inside => {
        const network = range('172.31.0.0/16');
        const taken = new Set<number>();
        for (;;) {
          const next = lowestFreeAddress(network, [inside], taken);
          if (next === undefined) break;
          expect(taken.has(next)).toBe(false);
          expect(includesAddress(inside, next)).toBe(true);
          expect([
            inside.base,
            last(inside),
            network.base + 1,
            PUBLIC_GATEWAY,
          ]).not.toContain(next);
          taken.add(next);
        }
        const usable = Array.from(
          { length: size(inside) },
          (_, index) => inside.base + index,
        ).filter(candidate => isAssignable(network, inside, candidate));
        expect(taken.size).toBe(usable.length);
      }),
    );
  });

  it('finds the first /24 that no subnet uses', () => {
    const network = range('10.0.0.0/16');
    const next = (...used: string[]) => {
      const found = firstFreeRange(network, used.map(range));
      return found && formatRange(found);
    };
    expect(next()).toBe('10.0.0.0/24');
    expect(next('10.0.0.0/24')).toBe('10.0.1.0/24');
    expect(next('10.0.0.64/30', '10.0.2.0/23')).toBe('10.0.1.0/24');
    expect(next('10.0.0.0/16')).toBeUndefined();
  });

  it('gives every server a loopback address of its own', () => {
    const taken = new Set<string>();
    for (let count = 0; count < 600; count += 1) {
      const ip = freePublicIpv4(taken);
      expect(ip).toMatch(
        /^127\.80\.[0-2]\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$/,
      );
      expect(taken.has(ip)).toBe(false);
      taken.add(ip);
    }
  });
});

describe('CIDRs of firewalls', () => {
  it.each([
    '0.0.0.0/0',
    '::/0',
    '203.0.113.7/32',
    '2001:db8::/32',
    '10.0.0.0/8',
  ])('may be %s', text => expect(cidrProblem(text)).toBeUndefined());

  it.each([
    ['10.0.0.1/8', 'use 10.0.0.0/8'],
    ['2001:db8::1/32', 'use 2001:db8::/32'],
    ['10.0.0.0', 'is no CIDR'],
    ['10.0.0.0/40', 'is no CIDR'],
    ['example.com/8', 'is no CIDR'],
  ])('may not be %s', (text, problem) => {
    expect(cidrProblem(text)).toContain(problem);
  });
});
