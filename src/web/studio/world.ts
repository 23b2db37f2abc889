import type { Config } from '../../config/config-file.ts';
import type { ArchiveFile, Archives } from '../../tools/archive.ts';
import type { DryRunTools } from '../../tools/create-dry-run-tools.ts';
import { pathInside } from '../../tools/inside.ts';
import type { Tools } from '../../tools/tools.ts';

/** What the studio needs from the machine. */
export interface StudioEnvironment extends Pick<Tools, 'files' | 'archives' | 'disk' | 'locks' | 'now'> {
  /** All tools of a run. @throws ToolMissingError if a program is missing */
  readonly tools: () => Promise<Tools>;
  readonly dryRunTools: (tools: Tools) => Promise<DryRunTools>;
  /** The folder for uploads in the user's cache folder. */
  readonly cache: string;
  /** Reports an unexpected error, for a bug report. */
  readonly onBug: (error: unknown) => void;
  readonly version: string;
}

/**
 * Uploads are deleted when the studio ends, so a run must not use them where they are: seen as files inside an archive,
 * those that are originals are copied into `originals/`.
 */
export function copiedUploads(world: StudioEnvironment, folder: string): StudioEnvironment {
  const copied = (archives: Archives): Archives => ({
    async open(path) {
      const archive = await archives.open(path);
      if (pathInside(folder, path) === null) return archive;
      return { ...archive, files: archive.files.map(withoutPath) };
    },
  });
  return {
    ...world,
    archives: copied(world.archives),
    async tools() {
      const tools = await world.tools();
      return { ...tools, archives: copied(tools.archives) };
    },
  };
}

/** Lists the methods one by one, because spreading an object of a class loses them. */
function withoutPath(file: ArchiveFile): ArchiveFile {
  const { name, bytes, keptBy } = file;
  return {
    ...{ name, bytes, path: null, ...(keptBy && { keptBy }) },
    read: async (maxBytes) => file.read(maxBytes),
    stream: (signal) => file.stream(signal),
  };
}

export interface StudioStart {
  /** The named exports, as written. */
  readonly exports: readonly string[];
  /** The options given as flags. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly config: Config | null;
  /** A fresh address for a phone in the local network, which works once; null if phones may not open the studio. */
  readonly phoneAddress: (() => string) | null;
  /** Called when the last page was closed and no run is active. */
  readonly onGone: () => void;
}
