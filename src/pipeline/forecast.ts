import { tmpdir } from 'node:os';
import type { ResolvedCaptions } from '../captions/index.ts';
import { asError, stopsRun } from '../errors.ts';
import type { Forecast } from '../model/event.ts';
import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { isLiving } from '../originals/order.ts';
import { countWorks, encodedMegapixels, estimatedBytes, estimatedSeconds } from '../plan/estimate.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { calibrate } from '../render/calibrate.ts';
import { mapLimit } from '../tools/map-limit.ts';
import type { AccountRun } from './context.ts';
import { type ForecastDepth, forecastPost, forecastTrouble, type PostForecast } from './forecast-post.ts';

export interface ForecastOptions {
  /** Renders at a time. */
  readonly jobs: number;
  /** Nothing new is looked at after so many seconds. */
  readonly patience: number;
  /** Locates the original of a post that is at hand. */
  readonly locate: (post: Post) => Promise<Fetched>;
  /** How far it looks; without it as far as takes no time, for a run that goes on by itself. */
  readonly looks?: ForecastDepth;
  /** Posts that are known to be unchanged. */
  readonly unchanged?: ReadonlySet<Post>;
  /** Called for each post that was looked at. */
  readonly onPost?: (post: Post, forecast: PostForecast) => void;
}

interface Looked {
  readonly found: PostForecast;
  readonly originals: readonly OriginalFile[];
}

/**
 * What the run will have to do, as far as the originals at hand tell. What is found out is remembered, so that the run
 * itself need not look again.
 * @param posts to be looked at, in the order of their turn
 */
export async function forecast(
  posts: readonly Post[],
  captions: ResolvedCaptions,
  run: Omit<AccountRun, 'onProgress'>,
  { jobs, patience, locate, looks, unchanged = new Set(), onPost }: ForecastOptions,
): Promise<Forecast> {
  const { originals, tools, signal, threads } = run;
  const until = performance.now() + patience * 1000;
  const files: PlannedFile[] = [];
  const counts = { lookedAt: unchanged.size, toFetch: 0, withoutOriginal: 0, unchanged: unchanged.size };
  const trial = keepTrial(run);
  const count = (post: Post, found: PostForecast) => {
    const { hasOriginal, rows } = found;
    if (hasOriginal) counts.lookedAt++;
    else if (rows.some(({ expected }) => expected.toFetch)) counts.toFetch++;
    else counts.withoutOriginal++;
    if (rows.every(({ expected }) => expected.unchanged)) counts.unchanged++;
    onPost?.(post, found);
  };
  /** null: it has to be fetched first, or there is no time left to look. */
  const look = async (post: Post): Promise<Looked | null> => {
    if (!(await originals.isAtHand(post))) {
      if (post.links.some((link) => isLiving(link, tools.now()))) counts.toFetch++;
      return null;
    }
    if (performance.now() > until) return null;
    const fetched = await locate(post);
    const found = await forecastPost(post, fetched, captions, run, looks ?? quick);
    return { found, originals: fetched.original?.files ?? [] };
  };
  const guardedLook = async (post: Post): Promise<Looked | null> => {
    try {
      return await look(post);
    } catch (error) {
      if (signal.aborted || stopsRun(error)) throw error;
      return { found: forecastTrouble(asError(error), run), originals: [] };
    }
  };
  const open = posts.filter((post) => !unchanged.has(post));
  await mapLimit(open, jobs, async (post) => {
    if (signal.aborted) return;
    const looked = await guardedLook(post);
    if (looked === null) return;
    count(post, looked.found);
    files.push(...looked.found.files);
    await trial.offer(looked.found.files, looked.originals);
  });
  const pace = await trial.run(async (file, folder) => calibrate(file, threads, folder, tools, signal));
  return {
    posts: posts.length,
    ...counts,
    withoutWords: posts.filter(({ key }) => captions.get(key) === null).length,
    works: countWorks(files),
    estimate: {
      seconds: estimatedSeconds(files, pace, jobs),
      bytes: files.reduce((sum, file) => sum + estimatedBytes(file), 0),
    },
  };
}

/** At a terminal a run tells what is coming before it begins; what is not here is fetched in it. */
const quick: ForecastDepth = { measuring: 'quick', fetches: () => true };

/**
 * Keeps the file that has most to encode, for the calibration. Originals that a dry run took out of a ZIP go as soon as
 * they have been looked at, or the system's temporary folder would have to hold all of them.
 */
function keepTrial({ scratch, tools }: Pick<AccountRun, 'scratch' | 'tools'>) {
  let longest: PlannedFile | null = null;
  let kept: readonly OriginalFile[] = [];
  const drop = async (originals: readonly OriginalFile[]) => {
    if (scratch === undefined) return;
    // What lies elsewhere is the person's.
    for (const { path } of originals)
      if ((await tools.files.wayInside(scratch, path)) !== null) await tools.files.remove(path);
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
      const pace = await measure(longest, scratch ?? tmpdir());
      await drop(kept);
      return pace;
    },
  };
}
