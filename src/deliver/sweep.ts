import { join } from 'node:path';
import { isSystemError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import { rescueForeign } from './foreign.ts';

/**
 * Takes away what a killed run left half-made. Downloads in `originals/` are left: they go on where they broke off.
 * @param deep look into every post's folder too, which takes a while with many: after a run that was killed
 * @returns paths that the system does not let go (read-only, held by a program), each with its reason: they harm nothing
 */
export async function sweep(
  folder: string,
  targets: readonly string[],
  deep: boolean,
  files: Files,
): Promise<readonly Stuck[]> {
  const stuck: Stuck[] = [];
  const tryTo = async (path: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      stuck.push({ path, reason: error.message });
    }
  };
  const sweepFolder = async (path: string) => {
    for (const { name } of await files.list(path)) {
      const half = join(path, name);
      if (isHalfMade(name)) await tryTo(half, async () => files.remove(half));
    }
  };
  await sweepFolder(folder);
  await sweepFolder(join(folder, '.port'));
  for (const target of targets) {
    const inside = join(folder, target);
    const names = new Set((await files.list(inside)).map(({ name }) => name));
    // One with a suffix was made beside one that could not be taken away, and is newer.
    for (const name of [...names].sort().reverse()) {
      const path = join(inside, name);
      // Killed between the two renames that replace a package: the old one, with words that a person may have changed.
      const key = /^\.(.+)\.old\.part(?:\.\w+)?$/.exec(name)?.[1];
      await tryTo(path, async () => {
        if (key && !names.has(key)) {
          await files.move(path, join(inside, key));
          names.add(key);
          return;
        }
        if (key) await rescueForeign(path, join(inside, key), files);
        if (isHalfMade(name)) await files.remove(path);
      });
    }
    if (!deep) continue;
    for (const name of names) {
      await sweepFolder(join(inside, name));
      for (const part of await files.list(join(inside, name))) {
        if (part.folder) await sweepFolder(join(inside, name, part.name));
      }
    }
  }
  return stuck;
}

/** What could not be taken away, and what the system said. */
export interface Stuck {
  readonly path: string;
  readonly reason: string;
}

function isHalfMade(name: string): boolean {
  return /^\..*\.part(?:\.|$)/.test(name);
}
