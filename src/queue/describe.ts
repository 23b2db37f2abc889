import { forEachChoice } from '../captions/choices.ts';
import { writePostOptions } from '../config/options.ts';
import { postPath } from '../exports/keys.ts';
import type { Post } from '../model/post.ts';
import type { PostWords } from '../pipeline/context.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import type { CompatibilityStamp } from './assert-compatible.ts';
import type { writeRun } from './files.ts';
import type { SharedFolder } from './shared-folder.ts';

/** The maximum length of a cell. */
const maxCellLength = 2000;

/**
 * Creates the run document for workers: everything except links, which they read from the exports.
 * @param posts the posts for workers
 * @throws UsageError if a file is outside the shared folder
 */
export async function describeRun(
  { account, run }: Pick<PostsToDo, 'account' | 'run'>,
  posts: readonly Post[],
  captions: PostWords & { readonly tiktokIds: ReadonlyMap<string, string> },
  shared: SharedFolder,
  stamp: CompatibilityStamp,
): Promise<Parameters<typeof writeRun>[1]> {
  const { options, music } = run;
  const held = new Map(run.selection.held.map(({ post, issue }) => [post, issue]));
  const sharedAll = async (paths: readonly string[]) => Promise.all(paths.map(shared.toShared));
  const about = (post: Post) => {
    const caption = captions.get(post.key);
    const choices = captions.choicesOf(post.key);
    return {
      linkPath: postPath(post),
      caption,
      issues: [...captions.issuesOf(post.key)],
      isUnsure: captions.isUnsure(post.key),
      choices: forEachChoice((column) => choices[column].slice(0, maxCellLength)),
      posted: options.to.filter(({ name }) => run.isPosted(post.key, name)).map(({ name }) => name),
      held: held.get(post) ?? null,
      subtitles: captions.subtitlesOf(post.key),
    };
  };
  return {
    ...{ schemaVersion: 1, ...stamp, account: account.name, nameless: account.nameless, root: shared.root },
    exports: await sharedAll(account.paths),
    media: await sharedAll(options.media),
    music: music && { ...music, path: await shared.toShared(music.path) },
    options: writePostOptions(options),
    tiktokIds: Object.fromEntries(captions.tiktokIds),
    posts: Object.fromEntries(posts.map((post) => [post.key, about(post)])),
  };
}
