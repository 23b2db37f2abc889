import { hasMedia, wantedFiles } from '../deliver/package.ts';
import type { Expected, Status } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import { failureOf } from '../model/machine-trouble.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { actionOf, type PlannedFile } from '../plan/plan.ts';
import { message } from '../report/messages.ts';
import type { Entry } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import type { ResolvedCaptions } from './caption-cache.ts';
import type { AccountRun } from './context.ts';
import { coverOf, decidePost } from './decide-post.ts';
import { jobOf } from './deliver-post.ts';
import type { Measuring } from './plan-with-measurements.ts';
import { computeInputHash, glanceOf, unchangedAtGlance, unchangedRows } from './up-to-date.ts';

/** What a post would come to. */
export interface PostForecast {
  readonly rows: readonly {
    readonly target: Target;
    readonly actions: readonly string[];
    readonly expected: Expected;
  }[];
  /** To be made: for all targets together, each once. */
  readonly files: readonly PlannedFile[];
  readonly hasOriginal: boolean;
}

/** How far a forecast looks. */
export interface ForecastDepth {
  /** See `planForAll`. */
  readonly measuring: Measuring;
  /** Whether the run will fetch what is not here: a dry run itself never does. */
  readonly fetches: (post: Post) => boolean;
}

/** Looks at a post's original as a run would, decides as a run does, and makes nothing. */
export async function forecastPost(
  post: Post,
  fetched: Fetched,
  captions: ResolvedCaptions,
  run: Omit<AccountRun, 'onProgress'>,
  { measuring, fetches }: ForecastDepth,
): Promise<PostForecast> {
  const { original } = fetched;
  const cover = await coverOf(post, captions, run);
  const unchanged = await unchangedRows(post, computeInputHash(post, fetched, captions, cover, run), run);
  if (unchanged !== null) return forecastOf(unchanged, run);
  const hasOriginal = original !== null;
  // With what comes, there will be more to plan with: which is not known yet.
  const toFetch = fetched.issues.some(({ code }) => code === 'offline') && fetches(post);
  if (toFetch) {
    const issues = fetched.issues.filter(({ code }) => code !== 'photo-missing');
    const expected = expect('delivered', issues, { toFetch });
    return { rows: run.options.to.map((target) => ({ target, actions: [], expected })), files: [], hasOriginal };
  }
  const decisions = await decidePost(post, fetched, captions, cover, run, { measuring, writes: false });
  const wanted = new Map<string, PlannedFile>();
  const rows = decisions.map(async (decision) => {
    const { target } = decision;
    switch (decision.kind) {
      case 'stay':
        return {
          target,
          actions: [],
          expected: expect('delivered', decision.row.issues as Issue[], { unchanged: true }),
        };
      case 'not':
        return { target, actions: [], expected: expect(decision.status, decision.issues) };
      case 'deliver': {
        const { delivery } = decision;
        const job = jobOf(post, delivery, run);
        const isThere = await hasMedia(job, run.tools.files);
        const files = wantedFiles(job).map(({ file }) => file);
        if (!isThere) for (const file of files) wanted.set(file.key, file);
        const made = files.filter(({ role }) => role !== 'cover').map(({ operation }) => actionOf(operation));
        const theirs = job.media.own.filter(({ role }) => role !== 'cover').map(({ action }) => action);
        return {
          target,
          actions: [...made, ...theirs],
          expected: expect('delivered', delivery.issues, { unchanged: isThere }),
        };
      }
    }
  });
  return { rows: await Promise.all(rows), files: [...wanted.values()], hasOriginal };
}

/** A post at which the system refused something, as the run will find it too. */
export function forecastTrouble(error: Error, { options }: Pick<AccountRun, 'options'>): PostForecast {
  const expected = expect('failed', [failureOf(error)]);
  return { rows: options.to.map((target) => ({ target, actions: [], expected })), files: [], hasOriginal: false };
}

/** The same without asking for the original, where the post is as it was; else null. */
export async function forecastAtGlance(
  post: Post,
  captions: ResolvedCaptions,
  run: Omit<AccountRun, 'onProgress'>,
): Promise<PostForecast | null> {
  const rows = await unchangedAtGlance(post, await glanceOf(post, captions, run), run);
  return rows && forecastOf(rows, run);
}

/** Of a post at whose look a program threw something: the run will tell the same of it. */
export function failedForecast(error: Error, { options }: Pick<AccountRun, 'options'>): PostForecast {
  const issue: Issue = { code: 'render-failed', severity: 'error', actual: error.message, limit: null };
  const rows = options.to.map((target) => ({ target, actions: [], expected: expect('failed', [issue]) }));
  return { rows, files: [], hasOriginal: true };
}

/** Of a post of which nothing has to be made anew. */
function forecastOf(unchanged: readonly Entry[], { options }: Pick<AccountRun, 'options'>): PostForecast {
  const rows = options.to.flatMap((target) =>
    unchanged
      .filter((row) => row.target === target.name)
      .map(({ files, issues }) => {
        const actions = files.filter(({ role }) => role === 'video' || role === 'photo').map(({ action }) => action);
        const expected: Expected = {
          status: 'delivered',
          toFetch: false,
          unchanged: true,
          issues: issues as Expected['issues'],
        };
        return { target, actions, expected };
      }),
  );
  return { rows, files: [], hasOriginal: true };
}

function expect(
  status: Status,
  issues: readonly Issue[],
  { toFetch = false, unchanged = false }: Partial<Pick<Expected, 'toFetch' | 'unchanged'>> = {},
): Expected {
  return { status, toFetch, unchanged, issues: issues.map((issue) => ({ ...issue, message: message(issue) })) };
}
