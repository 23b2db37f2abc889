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
 * Refuses a cover time for several accounts, since it can be meant for one video only. Checked before the first account.
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
 * Checks before rendering that `--cover`, a moment of one video, fits the posts of a run.
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
  const probe = await probeSelected(post);
  if (probe === null) return;
  const { to } = wholePicture(probe);
  if (at < to) return;
  const length = Math.floor(to * 100) / 100;
  throw new UsageError(`--cover ${at} is too late for ${post.key}: it lasts ${length} s. Name a moment before that.`);

  /** null if the video cannot be probed; that is reported when the post is processed. */
  async function probeSelected(video: Post): Promise<VideoProbe | null> {
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
