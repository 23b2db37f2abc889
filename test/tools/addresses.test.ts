import { describe, expect, it } from 'vitest';
import { isLoopback, isPublicAddress } from '../../src/tools/addresses.ts';

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

describe('the first and the last address of a closed network, and what lies on both sides of it', () => {
  it.each([
    ['', '0.0.0.0', '0.255.255.255', '1.0.0.0'],
    ['9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'],
    ['100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'],
    ['126.255.255.255', '127.0.0.0', '127.255.255.255', '128.0.0.0'],
    ['169.253.255.255', '169.254.0.0', '169.254.255.255', '169.255.0.0'],
    ['172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'],
    ['191.255.255.255', '192.0.0.0', '192.0.0.255', '192.0.1.0'],
    ['192.0.1.255', '192.0.2.0', '192.0.2.255', '192.0.3.0'],
    ['192.88.98.255', '192.88.99.0', '192.88.99.255', '192.88.100.0'],
    ['192.167.255.255', '192.168.0.0', '192.168.255.255', '192.169.0.0'],
    ['198.17.255.255', '198.18.0.0', '198.19.255.255', '198.20.0.0'],
    ['198.51.99.255', '198.51.100.0', '198.51.100.255', '198.51.101.0'],
    ['203.0.112.255', '203.0.113.0', '203.0.113.255', '203.0.114.0'],
    ['223.255.255.255', '224.0.0.0', '255.255.255.255', ''],
    ['', '::', '1fff:ffff::', '2000::'],
    ['2000:ffff::', '2001::', '2001:1ff:ffff::', '2001:200::'],
    ['2001:db7:ffff::', '2001:db8::', '2001:db8:ffff::', '2001:db9::'],
    ['2001:ffff::', '2002::', '2002:ffff::', '2003::'],
    ['3ffe:ffff::', '3fff::', '3fff:fff:ffff::', '3fff:1000::'],
    ['3fff:ffff::', '4000::', 'ffff::', ''],
    ['64:ff9b::9.255.255.255', '64:ff9b::10.0.0.0', '64:ff9b::10.255.255.255', '64:ff9b::11.0.0.0'],
  ])('%s | %s ... %s | %s', (before, first, last, after) => {
    expect([first, last].filter(isPublicAddress)).toEqual([]);
    for (const address of [before, after]) if (address !== '') expect(isPublicAddress(address), address).toBe(true);
  });
});

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.255.255.255', true],
  ['::1', true],
  ['128.0.0.1', false],
  ['127.example', false],
  ['a.localhost', false],
  ['::2', false],
  ['::ffff:127.0.0.1', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
