import { join, relative, sep } from 'node:path';
import type { Archive } from '../tools/archive.ts';
import type { Files } from '../tools/files.ts';

/**
 * Archives without what the account's own `originals/` has under a post's key: the store finds that by itself, and as
 * media it would be there twice. Names that a person chose stay.
 * @param folder of the account, absolute
 * @param times of all known posts, by their keys
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
    if (archive.files.every(({ path }) => path === null)) return archive;
    const root = await files.real(archive.path);
    if (root === null) return archive;
    const all = archive.files.filter(({ path, name }) => {
      if (path === null) return true;
      const real = join(root, name);
      return !real.startsWith(own + sep) || !isStored(real);
    });
    return all.length === archive.files.length ? archive : { ...archive, files: all };
  };
  return await Promise.all(archives.map(withoutOwn));
}
