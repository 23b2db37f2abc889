import type { NetworkInterfaceInfo } from 'node:os';

type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'address' | 'internal'>[] | undefined>>;

/** Interfaces of virtual machines and tunnels, which phones cannot reach. */
const virtual = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|wg|zt|tailscale|vEthernet)/i;

/**
 * The private address of this machine on the local network, for phones: of a physical interface, the usual ranges of home
 * networks first. null if there is none.
 */
export function localAddress(interfaces: Interfaces): string | null {
  const addresses = Object.entries(interfaces)
    .filter(([name]) => !virtual.test(name))
    .flatMap(([, list]) => list ?? [])
    .filter(({ internal, address }) => !internal && rank(address) < ranks.length)
    .map(({ address }) => address);
  return addresses.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** RFC 1918, and without IPv4 RFC 4193. */
const ranks = [/^192\.168\./, /^10\./, /^172\.(?:1[6-9]|2\d|3[01])\./, /^f[cd][0-9a-f]{2}:/i];

function rank(address: string): number {
  const found = ranks.findIndex((each) => each.test(address));
  return found === -1 ? ranks.length : found;
}
