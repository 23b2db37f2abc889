import { join } from 'node:path';
import type { Files } from '../tools/tools.ts';
import { rescueForeign } from './foreign.ts';

/**
 * Takes away what a killed run left half-made. Downloads in `originals/` are left: they go on where they broke off.
 * @param deep look into every post's folder too, which takes a while with many: after a run that was killed
 */
export async function sweep(folder: string, targets: readonly string[], deep: boolean, files: Files): Promise<void> {
  await sweepFolder(folder, files);
  await sweepFolder(join(folder, '.port'), files);
  for (const target of targets) {
    const inside = join(folder, target);
    const names = new Set((await files.list(inside)).map(({ name }) => name));
    for (const name of names) {
      // Killed between the two renames that replace a package: the old one, with words that a person may have changed.
      const key = /^\.(.+)\.old\.part$/.exec(name)?.[1];
      if (key && !names.has(key)) {
        await files.move(join(inside, name), join(inside, key));
        continue;
      }
      if (key) await rescueForeign(join(inside, name), join(inside, key), files);
      if (isHalfMade(name)) await files.remove(join(inside, name));
    }
    if (!deep) continue;
    for (const name of names) {
      await sweepFolder(join(inside, name), files);
      for (const part of await files.list(join(inside, name))) {
        if (part.folder) await sweepFolder(join(inside, name, part.name), files);
      }
    }
  }
}

async function sweepFolder(folder: string, files: Files): Promise<void> {
  for (const { name } of await files.list(folder)) if (isHalfMade(name)) await files.remove(join(folder, name));
}

function isHalfMade(name: string): boolean {
  return /^\..*\.part(?:\.|$)/.test(name);
}
