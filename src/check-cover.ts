import type { AccountRun, OpenAccount } from './account-run.ts';
import { UsageError } from './errors.ts';
import { wholePicture } from './plan/cover.ts';
import { examine } from './probe.ts';

/**
 * Whether `--cover` can be meant for the posts of a run, before anything is made: it is a moment of one video.
 * @throws UsageError with a sentence
 */
export async function checkCover({
  options,
  selection,
  originals,
  memory,
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
  const { original } = await originals.get(post, signal);
  const seen = original && (await examine(post, original, memory, tools, signal));
  if (seen?.material?.kind !== 'video') return;
  const { to } = wholePicture(seen.material.probe);
  if (at < to) return;
  throw new UsageError(`--cover ${at} is beyond the end of ${post.key}: it lasts ${Math.floor(to * 100) / 100} s.`);
}
