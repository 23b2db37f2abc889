import type { AccountRun } from './account-run.ts';
import type { Entry, FileRow } from './deliver/documents.ts';
import { hasMedia, issuesNow } from './deliver/package.ts';
import { isIntact } from './deliver/present.ts';
import { jobOf, lookingOf } from './deliver-post.ts';
import type { FoundWords } from './kept-words.ts';
import type { Expected, Issue, Post, Status } from './model.ts';
import type { Fetched } from './originals/index.ts';
import { actionOf, type Plan, type PlannedFile } from './plan/plan.ts';
import { planForAll } from './plan-post.ts';
import { exportNotes, planOptions } from './port-post.ts';
import { examine } from './probe.ts';
import { message } from './report/messages.ts';
import type { Target } from './targets/target.ts';
import { glanceOf, madeOf, unchangedAtGlance, unchangedRows } from './unchanged-post.ts';

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

/** Looks at a post's original as a run would, plans it for all targets, and makes nothing. */
export async function forecastPost(
  post: Post,
  fetched: Fetched,
  captions: FoundWords,
  run: Omit<AccountRun, 'onProgress'>,
): Promise<PostForecast> {
  const { original, issues: missing } = fetched;
  const unchanged = await unchangedRows(post, madeOf(post, fetched, captions, run), run);
  if (unchanged !== null) return forecastOf(unchanged, run);
  const { options, manifest, memory, tools, signal } = run;
  const seen = original ? await examine(post, original, memory, tools, signal) : null;
  const caption = captions.get(post.key);
  const known = [...exportNotes(post), ...captions.issuesOf(post.key), ...missing, ...(seen?.issues ?? [])];
  const plans = seen?.material
    ? await planForAll(post, seen.material, caption, options.to, planOptions(run), memory, tools, signal, {
        onlyRemembered: true,
      })
    : [];
  if ('code' in plans) known.push(plans);

  const wanted = new Map<string, PlannedFile>();
  const rows = options.to.map(async (target, index) => {
    const previous = await manifest.get(post.key, target.name);
    const plan: Plan | undefined = 'code' in plans ? undefined : plans[index];
    if (!plan) {
      const kept = previous?.status === 'delivered' && (await allIntact(previous.files, post, run));
      const toFetch = !original && known.some(({ code }) => code === 'offline');
      const status = kept || toFetch ? 'delivered' : 'failed';
      return { target, actions: [], expected: expect(status, known, { toFetch: toFetch && !kept, unchanged: kept }) };
    }
    const planned = [...known, ...plan.issues];
    if (plan.kind === 'reject') return { target, actions: [], expected: expect('rejected', planned) };
    const job = jobOf(post, { target, plan, caption, keepsWords: captions.isUnsure(post.key), previous }, run);
    const issues = await issuesNow(job, planned, tools.files);
    if (options.strict && issues.some(({ severity }) => severity === 'warning')) {
      return { target, actions: [], expected: expect('failed', issues) };
    }
    const unchanged = await hasMedia(job, async (row) => isIntact(row, post, lookingOf(run)), tools.files);
    const files = plan.parts.flatMap((part) => part.files);
    if (!unchanged) for (const file of files) wanted.set(file.key, file);
    return {
      target,
      actions: files.filter(({ role }) => role !== 'cover').map(({ operation }) => actionOf(operation)),
      expected: expect('delivered', issues, { unchanged }),
    };
  });
  return { rows: await Promise.all(rows), files: [...wanted.values()], hasOriginal: original !== null };
}

/** The same without asking for the original, where the post is as it was; else null. */
export async function forecastAtGlance(
  post: Post,
  captions: FoundWords,
  run: Omit<AccountRun, 'onProgress'>,
): Promise<PostForecast | null> {
  const rows = await unchangedAtGlance(post, await glanceOf(post, captions, run), run);
  return rows && forecastOf(rows, run);
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

async function allIntact(rows: readonly FileRow[], post: Post, run: Omit<AccountRun, 'onProgress'>): Promise<boolean> {
  const whole = await Promise.all(rows.map(async (row) => isIntact(row, post, lookingOf(run))));
  return rows.length > 0 && whole.every(Boolean);
}
