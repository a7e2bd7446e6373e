import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressBlock } from '../../src/domain/address-block.js';

describe('addressBlock', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['2001:db8::3:4:5:6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('%s is in %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });

  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));

  it('is the same for every address of a /64, and another for its neighbour (RFC 4291 §2.5.4)', () => {
    const [network, host] = [fc.array(group, { minLength: 4, maxLength: 4 }), fc.array(group, { minLength: 4, maxLength: 4 })];
    fc.assert(
      fc.property(network, host, host, (prefix, one, other) => {
        expect(addressBlock([...prefix, ...one].join(':'))).toBe(addressBlock([...prefix, ...other].join(':')));
        const neighbour = [...prefix.slice(0, 3), prefix[3] === '0' ? '1' : '0'];
        expect(addressBlock([...neighbour, ...one].join(':'))).not.toBe(addressBlock([...prefix, ...one].join(':')));
      }),
    );
  });

  it('tells every IPv4 address from every other', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (one, other) => {
        expect(addressBlock(one) === addressBlock(other)).toBe(one === other);
      }),
    );
  });
});
