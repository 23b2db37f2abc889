import { join } from 'node:path';
import type { ResolvedCaptions } from '../captions/index.ts';
import { asError, stopsRun } from '../errors.ts';
import type { Forecast } from '../model/event.ts';
import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { isUnexpired } from '../originals/order.ts';
import { countWorks, encodedMegapixels, estimatedBytes, estimatedSeconds } from '../plan/estimate.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { calibrate } from '../render/calibrate.ts';
import { mapLimit } from '../tools/map-limit.ts';
import { leftOutOf } from './choices.ts';
import type { AccountRun } from './context.ts';
import { type ForecastDepth, forecastFailure, forecastPost, type PostForecast } from './forecast-post.ts';

export interface ForecastOptions {
  /** Renders at a time. */
  readonly jobs: number;
  /** No further post is probed after this many seconds. */
  readonly maxSeconds: number;
  /** Locates the original of a post on this machine. */
  readonly locate: (post: Post) => Promise<Fetched>;
  /** How much to measure and fetch. By default only what takes no time, for a run that continues by itself. */
  readonly depth?: ForecastDepth;
  /** Posts that are known to be unchanged. */
  readonly unchanged?: ReadonlySet<Post>;
  /** Called for each post that was probed. */
  readonly onPost?: (post: Post, forecast: PostForecast) => void;
}

interface ProbedPost {
  readonly found: PostForecast;
  readonly originals: readonly OriginalFile[];
}

/**
 * Estimates the work of a run from the originals on this machine. Probes are cached for the run.
 * @param posts the posts to probe, in processing order
 */
export async function forecast(
  posts: readonly Post[],
  captions: ResolvedCaptions,
  run: Omit<AccountRun, 'onProgress'>,
  { jobs, maxSeconds, locate, depth = quick, unchanged = new Set(), onPost }: ForecastOptions,
): Promise<Forecast> {
  const { originals, tools, signal, threads } = run;
  const until = performance.now() + maxSeconds * 1000;
  const files: PlannedFile[] = [];
  const goesOut = (post: Post) => leftOutOf(post, captions, run).size < run.options.to.length;
  const out = posts.filter(goesOut);
  const done = out.filter((post) => unchanged.has(post)).length;
  const counts = { lookedAt: done, toFetch: 0, withoutOriginal: 0, unchanged: done };
  const perPlatform = { encoded: 0, others: 0 };
  const trial = keepTrial(run);
  const count = (post: Post, found: PostForecast) => {
    onPost?.(post, found);
    if (!goesOut(post)) return;
    const { hasOriginal, rows } = found;
    if (hasOriginal) counts.lookedAt++;
    else if (rows.some(({ expected }) => expected.toFetch)) counts.toFetch++;
    else counts.withoutOriginal++;
    if (rows.every(({ expected }) => expected.unchanged || expected.status === 'held')) counts.unchanged++;
    for (const { actions, expected } of rows) {
      const encoded = expected.unchanged ? 0 : actions.filter(isEncode).length;
      perPlatform.encoded += encoded;
      perPlatform.others += expected.unchanged ? 0 : actions.length - encoded;
    }
  };
  /** null if the post has to be fetched first, or the time is used up. */
  const probe = async (post: Post): Promise<ProbedPost | null> => {
    if (!(await originals.isAvailable(post))) {
      if (post.links.some((link) => isUnexpired(link, tools.now()))) counts.toFetch++;
      return null;
    }
    if (performance.now() > until) return null;
    const fetched = await locate(post);
    const found = await forecastPost(post, fetched, captions, run, depth);
    return { found, originals: fetched.original?.files ?? [] };
  };
  const guardedProbe = async (post: Post): Promise<ProbedPost | null> => {
    try {
      return await probe(post);
    } catch (error) {
      if (signal.aborted || stopsRun(error)) throw error;
      return { found: forecastFailure(post, asError(error), captions, run), originals: [] };
    }
  };
  const open = posts.filter((post) => !unchanged.has(post));
  await mapLimit(open, jobs, async (post) => {
    if (signal.aborted) return;
    const probed = await guardedProbe(post);
    if (probed === null) return;
    count(post, probed.found);
    files.push(...probed.found.files);
    await trial.offer(probed.found.files, probed.originals);
  });
  const pace = await trial.run(async (file, folder) => calibrate(file, threads, folder, tools, signal));
  return {
    posts: out.length,
    ...counts,
    withoutWords: out.filter(({ key }) => captions.get(key) === null).length,
    works: countWorks(files),
    perPlatform,
    estimate: {
      seconds: estimatedSeconds(files, pace, jobs),
      bytes: files.reduce((sum, file) => sum + estimatedBytes(file), 0),
    },
  };
}

const isEncode = (action: string) => action === 'transcode' || action === 'slideshow';

/** The forecast that a run shows at a terminal before it begins; missing originals are fetched by the run. */
const quick: ForecastDepth = { measuring: 'quick', fetches: () => true };

/**
 * Keeps the file with the most pixels to encode, for the calibration. Other originals that a dry run unpacked from a ZIP
 * are deleted after probing; otherwise the temporary folder would have to hold all of them.
 */
function keepTrial({ scratch, folder, tools }: Pick<AccountRun, 'scratch' | 'folder' | 'tools'>) {
  let longest: PlannedFile | null = null;
  let kept: readonly OriginalFile[] = [];
  const drop = async (originals: readonly OriginalFile[]) => {
    if (scratch === undefined) return;
    // Files outside `scratch` belong to the user.
    for (const { path } of originals)
      if ((await tools.files.pathInside(scratch, path)) !== null) await tools.files.remove(path);
  };
  return {
    async offer(files: readonly PlannedFile[], originals: readonly OriginalFile[]) {
      const most = [...files].sort((a, b) => encodedMegapixels(b) - encodedMegapixels(a))[0];
      if (most && encodedMegapixels(most) > (longest ? encodedMegapixels(longest) : 0)) {
        const old = kept;
        [longest, kept] = [most, originals];
        await drop(old);
      } else await drop(originals);
    },
    async run(measure: (file: PlannedFile, folder: string) => Promise<number | null>): Promise<number | null> {
      if (!longest) return null;
      // A run may write nowhere but in its own folder.
      const place = scratch ?? join(folder, '.port');
      await tools.files.makeFolder(place);
      const pace = await measure(longest, place);
      await drop(kept);
      return pace;
    },
  };
}
