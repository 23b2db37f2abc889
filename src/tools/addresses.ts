import { BlockList, isIP } from 'node:net';

/**
 * Networks that are not the public internet. An export comes from a client, who must not be able to make us ask the
 * machine's own services or its neighbours. Source: IANA special-purpose address registries, read 2026-11.
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

/** Of IPv6 only 2000::/3 is handed out; inside it these are not what they seem: documentation, Teredo, 6to4. */
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

/** Where networks without IPv4 put it (RFC 6052): the last four bytes are the IPv4 address that is really reached. */
const translated = new BlockList();
translated.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether a literal IPv4 or IPv6 address belongs to the public internet. What is no address does not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      if (translated.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
      // Mapped forms (::ffff:0:0/96) lie outside 2000::/3, so they are refused as well: no DNS answer needs them.
      return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
    default:
      return false;
  }
}

function lastFourBytes(address: string): string {
  // The URL parser writes the dotted form of IPv6 as two groups, and `::` for groups of zeros.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).replace('::', ':0:0:').split(':');
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high ?? 0, low ?? 0].flatMap((group) => [group >> 8, group & 255]).join('.');
}
