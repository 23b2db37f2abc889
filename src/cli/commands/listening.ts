import { networkInterfaces } from 'node:os';
import { OutputError, UsageError } from '../../errors.ts';
import { localAddress } from '../../web/server/local-address.ts';

/** The address on which `port serve` and `port studio` listen. */

/** The address for phones. @throws UsageError if there is no network */
export function lanHost(): string {
  const host = localAddress(networkInterfaces());
  if (host !== null) return host;
  throw new UsageError('This machine has no address of a local network. Connect it to the one of your phone.');
}

/**
 * Listens on the requested port, else on the usual one, else on any free port.
 * @param usual browsers store data by address, so the port is the same each time unless it is in use
 */
export async function listenOn<T>(
  asked: number | null,
  usual: number,
  listen: (port: number) => Promise<T>,
): Promise<T> {
  if (asked !== null) return await listen(asked);
  try {
    return await listen(usual);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    return await listen(0);
  }
}
