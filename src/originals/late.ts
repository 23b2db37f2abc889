import type { ArchiveFile } from '../tools/archive.ts';
import type { LocalSource } from './local.ts';
import type { FetchRequest, FetchResult, Source } from './source.ts';

type Ids = ReadonlyMap<string, string>;

interface LateOptions {
  readonly tiktokIds: Ids;
  readonly laterIds: (() => Promise<Ids>) | null;
}

/** Matches `--media` again, for posts whose TikTok id is known only from the profile's listing. */
export interface LateSource extends Source {
  /** The files among these that the second matching did not use either. */
  stillUnused(files: readonly ArchiveFile[]): readonly ArchiveFile[];
}

/**
 * Used after the links, because links may expire while the listing is loaded.
 * @param open matches the files of `--media` by these ids
 */
export function lateSource({ tiktokIds, laterIds }: LateOptions, open: (ids: Ids) => Promise<LocalSource>): LateSource {
  const nothing: FetchResult = { parts: new Map(), issues: [] };
  let reopened: Promise<LocalSource | null> | null = null;
  let opened: LocalSource | null = null;
  const reopen = async (later: Promise<Ids>) => {
    const ids = await later;
    if ([...ids].every(([key, id]) => tiktokIds.get(key) === id)) return null;
    opened = await open(ids);
    return opened;
  };
  return {
    count: () => 0,
    stillUnused(files) {
      if (opened === null) return files;
      const left = new Set(opened.unusedFiles());
      return files.filter((file) => left.has(file));
    },
    async fetch(request: FetchRequest): Promise<FetchResult> {
      if (laterIds === null) return nothing;
      request.onSlow();
      reopened ??= reopen(laterIds());
      const source = await reopened;
      return source === null ? nothing : await source.fetch(request);
    },
  };
}
