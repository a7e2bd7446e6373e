import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../src/infrastructure/outgoing/public-addresses.js';

describe('An address is public (RFC 6890)', () => {
  it.each(['1.1.1.1', '93.184.215.14', '160.79.104.10', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])('where it is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    '4000::1',
    '',
    'localhost',
    '127.1',
    '0x7f.1',
    '2130706433',
    'fe80::1%eth0',
    '1.1.1.1 ',
    'not an address',
  ])('not where it is %o', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('where any IPv4 address is, and in no disguise of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a, b, c, d] = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
        for (const disguise of [`::${a}${b}:${c}${d}`, `64:ff9b::${a}${b}:${c}${d}`, `2002:${a}${b}:${c}${d}::`]) expect(isPublicAddress(disguise)).toBe(false);
      }),
    );
  });
});
