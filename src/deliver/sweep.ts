import { join } from 'node:path';
import { isSystemError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import { rescueForeign } from './foreign.ts';

/** Caches of earlier versions that nobody reads any more. */
const formerCaches = ['words.json'];

/**
 * Deletes unfinished files of a killed run. Downloads in `originals/` stay, because they can be resumed.
 * @param deep also look into every post's folder, which is slow for many posts: after a killed run
 * @returns paths that the system does not release (read-only, opened by a program), each with the reason. They do no
 * harm.
 */
export async function sweep(
  folder: string,
  targets: readonly string[],
  deep: boolean,
  files: Files,
): Promise<readonly UndeletedPath[]> {
  const stuck: UndeletedPath[] = [];
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
  await sweepFolder(join(folder, 'speech'));
  for (const name of formerCaches) {
    const path = join(folder, '.port', name);
    await tryTo(path, async () => files.remove(path));
  }
  for (const target of targets) {
    const inside = join(folder, target);
    const names = new Set((await files.list(inside)).map(({ name }) => name));
    // A name with a suffix was made next to one that could not be deleted, so it is newer.
    for (const name of [...names].sort().reverse()) {
      const path = join(inside, name);
      // The run was killed between the two renames that replace a package: restore the old one, which may contain
      // edited texts.
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
      for (const part of await files.list(join(inside, name))) await sweepFolder(join(inside, name, part.name));
    }
  }
  return stuck;
}

/** A path that could not be deleted, and the system's error. */
export interface UndeletedPath {
  readonly path: string;
  readonly reason: string;
}

function isHalfMade(name: string): boolean {
  return /^\..*\.part(?:\.|$)/.test(name);
}
