import { join, resolve } from 'node:path';
import type { Account } from './accounts.ts';
import { knownKeysIn } from './deliver/manifest.ts';
import { linkThatLeadsOut } from './deliver/no-links.ts';
import { sweep } from './deliver/sweep.ts';
import { isSystemError, OutputError, quoted } from './errors.ts';
import { postPath } from './exports/keys.ts';
import { isQueued, queueFolder } from './queue/paths.ts';
import type { Tools } from './tools/tools.ts';

/**
 * The folder's name of an account. A nameless export goes by its file's name, which an export of somebody else may have
 * had before it: a folder is its own only if it is new or knows one of its posts.
 */
export async function folderOf(
  { nameless, folder, export: { posts, deleted } }: Account,
  out: string,
  { files }: Tools,
): Promise<string> {
  if (!nameless) return folder;
  const own = new Set([...posts, ...deleted].map((post) => `${post.key} ${postPath(post)}`));
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    const known = await knownKeysIn(resolve(out, name), files);
    if (known.length === 0 || known.some(({ key, linkPath }) => own.has(`${key} ${linkPath}`))) return name;
  }
}

/**
 * Makes the folder, takes it for this run, and takes away what a killed run left half-made.
 * @param out as it was asked for, for people
 * @param byQueue workers may be at its posts: what they have half-made stays
 * @throws OutputError where it cannot be written, or another run is at work in it
 */
export async function takeFolder(
  folder: string,
  out: string,
  targets: readonly string[],
  { files, locks }: Tools,
  byQueue: boolean,
): ReturnType<Tools['locks']['take']> {
  try {
    const link = await linkThatLeadsOut(folder, targets, files);
    if (link !== null) {
      throw new OutputError(
        `${quoted(link)} is a symbolic link, and port writes nowhere but in the folder it was given: take the link away, or name the folder where it leads with --out.`,
      );
    }
    const lock = await locks.take(join(folder, '.port', 'lock'));
    if (!(await isQueued(folder, files))) await sweep(folder, targets, lock.brokeDead, files);
    else if (!byQueue) {
      await lock.release();
      throw new OutputError(
        `Posts of ${quoted(folder)} are still in a queue, where workers go on with them. Run the command with --queue again to see it through; if there is no such queue any more, delete ${queueFolder(folder)}.`,
      );
    }
    return lock;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new OutputError(`port cannot write into ${out} (${error.message}). Choose another folder with --out.`);
  }
}
