import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';

/** The folder that all machines mount, possibly at different paths: paths are exchanged relative to it. */
export interface SharedFolder {
  /** The absolute path on this machine. */
  readonly root: string;
  /**
   * The relative path of a file or folder, with `/`.
   * @throws UsageError if it does not exist, or is outside the shared folder
   */
  toShared(path: string): Promise<string>;
  /** The file or folder for a relative path; null if it does not exist, or is outside the shared folder. */
  fromShared(relativePath: string): Promise<string | null>;
}

/**
 * Opens the shared folder.
 * @param path the path as given
 * @throws UsageError if there is no such folder
 */
export async function openSharedFolder(path: string, files: Pick<Files, 'real'>): Promise<SharedFolder> {
  const root = resolve(path);
  const realRoot = await files.real(root);
  if (realRoot === null) throw new UsageError(`There is no folder ${quoted(path)} for --shared. See port --help.`);
  /** null if it is outside. */
  const relativeTo = (real: string): string | null => {
    const path = relative(realRoot, real);
    return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? null : path.split(sep).join('/') || '.';
  };
  return {
    root,
    async toShared(path) {
      const real = await files.real(resolve(path));
      if (real === null) throw new UsageError(`There is no ${quoted(path)}.`);
      const inShared = relativeTo(real);
      if (inShared !== null) return inShared;
      throw new UsageError(
        `${quoted(path)} is not in the shared folder ${quoted(root)}, where workers can reach it. Put it there, or name another folder with --shared.`,
      );
    },
    async fromShared(relativePath) {
      const path = join(root, ...relativePath.split('/'));
      const real = await files.real(path);
      return real !== null && relativeTo(real) !== null ? path : null;
    },
  };
}
