import type { ResolvedCaptions } from '../captions/index.ts';
import { hasMedia } from '../deliver/package.ts';
import { wantedFiles } from '../deliver/package-job.ts';
import { asError, stopsRun } from '../errors.ts';
import type { Expected, Status } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import { failureOf } from '../model/machine-errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { actionOf, type PlannedFile } from '../plan/plan.ts';
import { message } from '../report/messages.ts';
import type { Entry } from '../state/documents.ts';
import type { Target } from '../targets/target.ts';
import { type LeftOut, leftOutOf } from './choices.ts';
import type { AccountRun } from './context.ts';
import { type Decision, decideHeldBack, decidePost, failsBeforeFetch, type HeldByRule } from './decide-post.ts';
import { jobOf } from './deliver-post.ts';
import type { Measuring } from './plan-with-measurements.ts';
import { changedTargets, checkUpToDate } from './up-to-date.ts';

/** The expected outcome of a post. */
export interface PostForecast {
  readonly rows: readonly {
    readonly target: Target;
    readonly actions: readonly string[];
    readonly expected: Expected;
    /** The files to make for this target, where there are any; other targets may share them. */
    readonly files?: readonly PlannedFile[];
  }[];
  /** The files to make, each once for all targets together. */
  readonly files: readonly PlannedFile[];
  readonly hasOriginal: boolean;
}

/** How much a forecast measures and fetches. */
export interface ForecastDepth {
  /** See `planForAll`. */
  readonly measuring: Measuring;
  /** Whether the run will fetch a missing original. A dry run itself never does. */
  readonly fetches: (post: Post) => boolean;
}

/** Probes a post's original and decides as a run does, without rendering. */
export async function forecastPost(
  post: Post,
  fetched: Fetched,
  captions: ResolvedCaptions,
  run: Omit<AccountRun, 'onProgress'>,
  { measuring, fetches }: ForecastDepth,
): Promise<PostForecast> {
  const hasOriginal = fetched.original !== null;
  const check = await checkUpToDate(post, fetched, captions, run);
  const { choices } = check;
  const targets = changedTargets(run.options.to, check);
  const all = (rows: PostForecast['rows'], files: PostForecast['files']): PostForecast => ({
    rows: [...forecastOf(check.unchanged, run), ...heldRows(choices.leftOut, run, fetched), ...rows],
    files,
    hasOriginal: hasOriginal || targets.length === 0,
  });
  if (targets.length === 0) return all([], []);
  // Fetched originals change the plan, so it is not known yet.
  const toFetch = fetched.issues.some(({ code }) => code === 'offline') && fetches(post);
  if (toFetch) {
    const issues = fetched.issues.filter(({ code }) => code !== 'photo-missing');
    const expected = expect('delivered', issues, { toFetch });
    const expectedOn = (target: Target) => {
      const why = failsBeforeFetch(post, target, captions, run);
      return why === null ? expected : expect('failed', why, { toFetch });
    };
    return all(
      targets.map((target) => ({ target, actions: [], expected: expectedOn(target) })),
      [],
    );
  }
  const decide = async () => decidePost(post, fetched, captions, choices, run, { targets, measuring, writes: false });
  const wanted = new Map<string, PlannedFile>();
  const rowOf = async (decision: Decision): Promise<PostForecast['rows'][number]> => {
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
        const made = files.filter(isCounted).map(({ operation }) => actionOf(operation));
        const theirs = job.media.own.filter(isCounted).map(({ action }) => action);
        return {
          target,
          actions: [...made, ...theirs],
          expected: expect('delivered', delivery.issues, { unchanged: isThere }),
          ...(!isThere && { files }),
        };
      }
    }
  };
  try {
    const rows = await Promise.all((await decide()).map(rowOf));
    return all(rows, [...wanted.values()]);
  } catch (error) {
    if (stopsRun(error) || run.signal.aborted) throw error;
    return all(failureRows(asError(error), targets), []);
  }
}

/** The forecast of a post whose files cause a system error, which the run will meet too. */
export function forecastFailure(
  post: Post,
  error: Error,
  captions: ResolvedCaptions,
  run: Pick<AccountRun, 'options' | 'manifest' | 'isPosted'>,
): PostForecast {
  const leftOut = leftOutOf(post, captions, run);
  const targets = run.options.to.filter(({ name }) => !leftOut.has(name));
  return { rows: [...heldRows(leftOut, run), ...failureRows(error, targets)], files: [], hasOriginal: false };
}

/** The row of a platform for a post that a rule holds back. */
export function forecastHeldByRule({ kind, target, issues }: HeldByRule): PostForecast['rows'][number] {
  const expected = kind === 'stay' ? expect('delivered', issues, { unchanged: true }) : expect('held', issues);
  return { target, actions: [], expected };
}

/** The rows of the platforms on which a person holds the post back. */
function heldRows(
  leftOut: LeftOut,
  { options }: Pick<AccountRun, 'options'>,
  fetched: Pick<Fetched, 'issues'> = { issues: [] },
): PostForecast['rows'] {
  const held = decideHeldBack(fetched, leftOut, options.to);
  return held.map(({ target, issues }) => ({ target, actions: [], expected: expect('held', issues) }));
}

function failureRows(error: Error, targets: readonly Target[]): PostForecast['rows'] {
  const expected = expect('failed', [failureOf(error)]);
  return targets.map((target) => ({ target, actions: [], expected }));
}

/** Whether a file is named in the events of posts. */
function isCounted({ role }: { readonly role: string }): boolean {
  return role === 'video' || role === 'photo';
}

/** The forecast of unchanged rows. */
function forecastOf(unchanged: readonly Entry[], { options }: Pick<AccountRun, 'options'>): PostForecast['rows'] {
  return options.to.flatMap((target) =>
    unchanged
      .filter((row) => row.target === target.name)
      .map(({ files, issues }) => {
        const actions = files.filter(({ role }) => role === 'video' || role === 'photo').map(({ action }) => action);
        return { target, actions, expected: expect('delivered', issues as Issue[], { unchanged: true }) };
      }),
  );
}

function expect(
  status: Status,
  issues: readonly Issue[],
  { toFetch = false, unchanged = false }: Partial<Pick<Expected, 'toFetch' | 'unchanged'>> = {},
): Expected {
  return { status, toFetch, unchanged, issues: issues.map((issue) => ({ ...issue, message: message(issue) })) };
}
