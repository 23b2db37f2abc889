import { extname, join } from 'node:path';
import { cachedCreationTime } from '../state/file-facts.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import type { SourceContext } from './source.ts';

/** The creation time stored in a file, in Unix seconds; null if there is none or the file cannot be read. */
export type CreationTimes = (file: ArchiveFile, signal: AbortSignal) => Promise<number | null>;

/**
 * Probes media files for their creation times, a few at a time, and caches the results. A file inside a ZIP is extracted
 * to a temporary file for that.
 */
export function creationTimes(archives: readonly Archive[], context: SourceContext): CreationTimes {
  const { tools, probeCache, store, diskQueue, hasRoom } = context;
  const archiveOf = new Map(archives.flatMap(({ path, files }) => files.map((file) => [file, path] as const)));
  let written = 0;

  const probe = async (path: string, signal: AbortSignal) => {
    try {
      return (await tools.ffprobe.probe(path, signal)).createdAt ?? null;
    } catch {
      signal.throwIfAborted();
      return null;
    }
  };
  const writeOut = async (file: ArchiveFile, signal: AbortSignal) => {
    if (!(await hasRoom(file.bytes))) throw new Error('no room on the disk');
    const path = join(store.incoming, `look-${++written}${extname(file.name)}`);
    try {
      await tools.files.writeStream(path, file.stream(signal), file.bytes, signal);
      return await probe(path, signal);
    } finally {
      await tools.files.remove(path);
    }
  };
  return async (file, signal) =>
    await diskQueue.run('probe', signal, async () => {
      const { path } = file;
      if (path !== null) return await cachedCreationTime(probeCache, path, null, async () => probe(path, signal));
      const archive = archiveOf.get(file) ?? '';
      return await cachedCreationTime(probeCache, archive, file.name, async () => writeOut(file, signal)).catch(() => {
        // Damaged, or not enough disk space now: not cached, so the next run tries again.
        signal.throwIfAborted();
        return null;
      });
    });
}
