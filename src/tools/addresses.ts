import { BlockList, isIP } from 'node:net';

/**
 * Networks outside the public internet. An export comes from a client, who must not be able to make port send requests
 * to the machine's own services or its local network. Source: IANA special-purpose address registries, read 2026-11.
 */
const closed = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  closed.addSubnet(network, bits, 'ipv4');
}

/** In IPv6 only 2000::/3 is assigned. These ranges inside it are special: documentation, Teredo, 6to4. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  closed.addSubnet(network, bits, 'ipv6');
}

/** NAT64 prefixes (RFC 6052): the last four bytes are the IPv4 address that is actually reached. */
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether a literal IPv4 or IPv6 address is on the public internet. false for anything that is not an address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      if (translated.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
      // IPv4-mapped addresses (::ffff:0:0/96) are outside 2000::/3, so they are refused as well: no DNS response needs
      // them.
      return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
    default:
      return false;
  }
}

function lastFourBytes(address: string): string {
  // The URL parser converts the dotted part of IPv6 to two groups, and `::` stands for groups of zeros.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).replace('::', ':0:0:').split(':');
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high ?? 0, low ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
}

/**
 * Endings of names that only local networks have. Sources: RFC 6761 (localhost), RFC 6762 with its appendix G (local,
 * and what home and office networks use), RFC 8375 (home.arpa), ICANN 2024-07 (internal); read 2026-11.
 */
const localEndings = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'localdomain',
];

/**
 * Whether a host name can only be one of a local network: it has no dot, or such an ending. All that can be told of a
 * name that a proxy resolves.
 * @param name in lower case, without a trailing dot
 */
export function isLocalName(name: string): boolean {
  return !name.includes('.') || localEndings.some((each) => name.endsWith(`.${each}`));
}

/** Whether a host is this machine itself. @param host a name in lower case, or an address without brackets */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
