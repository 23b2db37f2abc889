import { networkInterfaces } from 'node:os';
import { OutputError, UsageError } from '../../errors.ts';
import { localAddress } from '../../web/server/local-address.ts';

/** What `port serve` and `port studio` share: where they listen. */

/** The address for phones. @throws UsageError if there is no network */
export function lanHost(): string {
  const host = localAddress(networkInterfaces());
  if (host !== null) return host;
  throw new UsageError('This machine has no address of a local network. Connect it to the one of your phone.');
}

/**
 * Listens on the port that was asked for, or on the usual one, or on any that is free.
 * @param usual browsers keep what they remember by address, so the port is the same each time unless it is taken
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
