import type { Settings } from '../config/config-file.ts';
import type { PortOptions } from '../config/options.ts';
import { stopsRun, UsageError } from '../errors.ts';
import type { Post } from '../model/post.ts';
import type { VideoProbe } from '../model/probe.ts';
import { wholePicture } from '../plan/cover.ts';
import type { AccountRun, OpenAccount } from './context.ts';
import { probeOriginal } from './probe-original.ts';
import type { Account } from './read-accounts.ts';

/**
 * A moment of one video cannot be meant for several accounts. Told before the first of them is begun.
 * @throws UsageError with a sentence
 */
export function checkOneCover(
  accounts: readonly Pick<Account, 'name'>[],
  settings: Pick<Settings<Pick<PortOptions, 'cover'>>, 'for'>,
): void {
  const meant = accounts.filter(({ name }) => settings.for(name).cover !== undefined);
  if (meant.length < 2) return;
  throw new UsageError(
    `--cover is for one post, and there are ${meant.length} accounts: give the export of one, and name the post with --only. See port --help.`,
  );
}

/**
 * Whether `--cover` can be meant for the posts of a run, before anything is made: it is a moment of one video.
 * @throws UsageError with a sentence
 */
export async function checkCover({
  options,
  selection,
  originals,
  probeCache,
  tools,
  signal,
}: OpenAccount & Pick<AccountRun, 'options'>): Promise<void> {
  const at = options.cover;
  const [post, ...others] = selection.selected;
  if (at === undefined || !post) return;
  if (others.length > 0) {
    throw new UsageError(
      `--cover is for one post, and ${others.length + 1} are selected: name the one with --only. See port --help.`,
    );
  }
  if (post.kind === 'photos') {
    throw new UsageError(`--cover is a moment of a video, and ${post.key} has photos: its cover is the first of them.`);
  }
  const probe = await lookAt(post);
  if (probe === null) return;
  const { to } = wholePicture(probe);
  if (at < to) return;
  const length = Math.floor(to * 100) / 100;
  throw new UsageError(`--cover ${at} is too late for ${post.key}: it lasts ${length} s. Name a moment before that.`);

  /** What cannot be looked at here is told of when the post is ported. */
  async function lookAt(video: Post): Promise<VideoProbe | null> {
    try {
      const { original } = await originals.get(video, signal);
      const seen = original && (await probeOriginal(video, original, probeCache, tools, signal));
      return seen?.material?.kind === 'video' ? seen.material.probe : null;
    } catch (error) {
      if (signal.aborted || stopsRun(error)) throw error;
      return null;
    }
  }
}
