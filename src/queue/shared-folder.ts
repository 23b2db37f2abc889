import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';

/** The folder that all machines mount, each perhaps in another place: paths travel relative to it. */
export interface SharedFolder {
  /** Absolute, as this machine has it. */
  readonly root: string;
  /**
   * The way to a file or folder from there, with `/`.
   * @throws UsageError where it is not there, or lies elsewhere
   */
  toShared(path: string): Promise<string>;
  /** The file or folder that such a way leads to; null where there is none, or where it leads out of the folder. */
  fromShared(way: string): Promise<string | null>;
}

/**
 * @param path as it was asked for
 * @throws UsageError where there is no such folder
 */
export async function openSharedFolder(path: string, files: Pick<Files, 'real'>): Promise<SharedFolder> {
  const root = resolve(path);
  const realRoot = await files.real(root);
  if (realRoot === null) throw new UsageError(`There is no folder ${quoted(path)} for --shared. See port --help.`);
  /** null where it leads out. */
  const wayTo = (real: string): string | null => {
    const way = relative(realRoot, real);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way.split(sep).join('/') || '.';
  };
  return {
    root,
    async toShared(path) {
      const real = await files.real(resolve(path));
      if (real === null) throw new UsageError(`There is no ${quoted(path)}.`);
      const way = wayTo(real);
      if (way !== null) return way;
      throw new UsageError(
        `${quoted(path)} does not lie in the shared folder ${quoted(root)}, where workers could reach it. Put it there, or name another folder with --shared.`,
      );
    },
    async fromShared(way) {
      const path = join(root, ...way.split('/'));
      const real = await files.real(path);
      return real !== null && wayTo(real) !== null ? path : null;
    },
  };
}
