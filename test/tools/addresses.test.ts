import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/tools/addresses.ts';

describe('public addresses', () => {
  it.each([
    '93.184.216.34',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '223.255.255.1',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['2606:4700:4700::1111', '2a00:1450:4001:81b::200e', '64:ff9b::1.1.1.1', '64:ff9b::5db8:d822'])(
    '%s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('local, private and reserved addresses', () => {
  it.each([
    ['this machine', ['127.0.0.1', '127.0.0.2', '127.255.255.255', '::1', '0.0.0.0', '::']],
    ['private networks', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1']],
    ['the link: clouds keep their secrets there', ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0']],
    ['behind the provider', ['100.64.0.1', '100.127.255.255']],
    ['multicast and broadcast', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
    [
      'reserved, documentation, benchmarks',
      ['240.0.0.1', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
    ],
    [
      'IPv4 inside IPv6',
      [
        '::ffff:127.0.0.1',
        '::ffff:7f00:1',
        '::ffff:1.1.1.1',
        '::127.0.0.1',
        '64:ff9b::127.0.0.1',
        '64:ff9b::a9fe:a9fe',
        '64:ff9b::',
        '2002:7f00:1::',
        '2001:0:7f00:1::',
        '64:ff9b:1::1.1.1.1',
      ],
    ],
    ['no addresses', ['', 'localhost', '1.2.3', '0x7f.1', '2130706433', '1.2.3.4.5', '[::1]', ' 1.1.1.1']],
  ])('%s', (_name, addresses) => {
    for (const address of addresses) expect(isPublicAddress(address), address).toBe(false);
  });
});
