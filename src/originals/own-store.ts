import { join, relative, sep } from 'node:path';
import type { Archive } from '../tools/archive.ts';
import type { Files } from '../tools/files.ts';

/**
 * Removes files that are named by a post's key in the account's own `originals/` from archives, because the store finds
 * them itself and they would count twice. Files with other names stay.
 * @param folder the account's folder, absolute
 * @param times the times of all known posts, by key
 */
export async function withoutStored(
  archives: readonly Archive[],
  folder: string,
  times: ReadonlyMap<string, number>,
  files: Pick<Files, 'real'>,
): Promise<readonly Archive[]> {
  const own = await files.real(join(folder, 'originals'));
  if (own === null) return archives;
  const isStored = (path: string) => {
    const [key = ''] = relative(own, path).split(/[/\\.]/);
    return times.has(key);
  };
  const withoutOwn = async (archive: Archive): Promise<Archive> => {
    const root = await files.real(archive.path);
    if (root === null) return archive;
    const all = archive.files.filter(({ path, name }) => {
      if (path === null) return true;
      const real = join(root, name);
      return !real.startsWith(own + sep) || !isStored(real);
    });
    return { ...archive, files: all };
  };
  return await Promise.all(archives.map(withoutOwn));
}
