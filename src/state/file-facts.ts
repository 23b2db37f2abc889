import * as z from 'zod';
import type { FileFacts } from '../tools/files.ts';
import type { ProbeCache } from './probe-cache.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The sha256 of a file in lower-case hex, from the cache or computed now. */
export async function cachedHash(
  probeCache: ProbeCache,
  path: string,
  make: () => Promise<string>,
  seen?: FileFacts,
): Promise<string> {
  return await probeCache.get(path, 'sha256', hash, make, seen);
}

/**
 * `creation_time` of a media file in Unix seconds; null if it has none, or is not media.
 * @param entry its name inside the archive at `path`; null for a file on disk
 */
export async function cachedCreationTime(
  probeCache: ProbeCache,
  path: string,
  entry: string | null,
  make: () => Promise<number | null>,
): Promise<number | null> {
  const what = entry === null ? 'created-at' : `created-at ${entry}`;
  return await probeCache.get(path, what, z.number().nullable(), make);
}
