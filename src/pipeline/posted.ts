import type { PortOptions } from '../config/options.ts';
import { hasMedia } from '../deliver/package.ts';
import type { PackageMedia } from '../deliver/package-media.ts';
import { readWords } from '../deliver/package-words.ts';
import { updatePostJson } from '../deliver/post-json.ts';
import { presentFiles } from '../deliver/present.ts';
import { isSystemError, OutputError } from '../errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Plan } from '../plan/plan.ts';
import { changePostingFolder, readPosting } from '../posting/folder.ts';
import { postingPath, recordPath } from '../posting/paths.ts';
import { postedTargets } from '../posting/posting.ts';
import { message } from '../report/messages.ts';
import { type Entry, issueRows } from '../state/documents.ts';
import { manifestPath } from '../state/manifest.ts';
import { digest } from '../state/up-to-date-cache.ts';
import { targetNamed } from '../targets/index.ts';
import type { AccountRun, Delivery, OpenAccount, PostRun } from './context.ts';
import { jobOf } from './deliver-post.ts';
import { presenceCheckOf } from './make-renditions.ts';

/**
 * Reads from posting.csv which posts are out, and reports cells that cannot be read.
 * @returns `isPosted`: whether a post is out on a platform and has a package there, so that nothing of it changes; always
 * false with `--redo-posted`. `refresh` reads posting.csv again if it changed
 */
export async function openPosted(
  { folder, manifest, tools, tell }: Pick<OpenAccount, 'folder' | 'manifest' | 'tools' | 'tell'>,
  { redoPosted }: Pick<PortOptions, 'redoPosted'>,
): Promise<{ readonly isPosted: PostRun['isPosted']; readonly refresh: () => Promise<void> }> {
  const documents = [postingPath(folder), recordPath(folder)];
  const stateOf = async () => JSON.stringify(await tools.files.factsOf(documents));
  let state = await stateOf();
  const posting = await readPosting(folder, tools);
  for (const issue of posting.issues) tell({ type: 'warning', message: message(issue), issue });
  let posted = postedTargets(posting);
  const isThere = (key: string, target: string) =>
    manifest
      .rowsOf(key, [target])
      .some(({ status, files }) => status === 'delivered' || (status === 'failed' && files.length > 0));
  return {
    isPosted: (key, target) => !redoPosted && posted.get(key)?.has(target) === true && isThere(key, target),
    async refresh() {
      const now = await stateOf();
      if (now === state) return;
      state = now;
      posted = postedTargets(await readPosting(folder, tools));
    },
  };
}

/**
 * The row of a post that is out on a platform: its package as it is now, and what this run would have changed.
 * @param plan null if there is nothing to plan with
 * @param ofOwn issues of a person's own files in the package
 * @param stillThere see `stillDelivered`; null if files of the package are gone, which are not made again
 * @param writes false in a forecast
 */
export async function frozenRow(
  post: Post,
  plan: Plan | null,
  about: Omit<Delivery, 'words' | 'original' | 'issues' | 'choices' | 'plan' | 'previous'> & {
    readonly previous: Entry;
  },
  stillThere: (row: Entry, issues: readonly Issue[]) => Promise<Entry | null>,
  run: Run,
  { writes }: { readonly writes: boolean },
): Promise<Entry> {
  const { previous } = about;
  const would =
    plan === null ? null : plan.kind === 'reject' ? 'be rejected' : await changes({ ...about, plan }, post, run);
  const issues = would === null ? [] : [frozen(would)];
  const still = await stillThere(withFrozen(previous, []), issues);
  if (still !== null) return still;
  const row = await frozenAsPresent(previous, issues.length > 0 ? issues : [frozen('fail')], post, about.media, run);
  if (writes) await updatePostJson(row, run.folder, run.tools.files);
  return row;
}

/** A row that stays, with those of its files that still exist. */
export async function frozenAsPresent(
  row: Entry,
  issues: readonly Issue[],
  post: Post,
  media: PackageMedia,
  run: Run,
): Promise<Entry> {
  const files = await presentFiles(row.files, media, post, presenceCheckOf(run));
  const paths = new Set(files.map(({ path }) => path));
  const parts = row.parts?.map((part) => ({ ...part, files: part.files.filter((path) => paths.has(path)) }));
  return { ...withFrozen(row, issues), files, ...(parts && { parts }) };
}

type Run = Omit<PostRun, 'onProgress'>;

/** A row that stays, with issues about what would have changed now. */
export function withFrozen(row: Entry, issues: readonly Issue[]): Entry {
  const before = row.issues.filter(({ code }) => code !== 'posted-frozen');
  return { ...row, issues: [...before, ...issueRows(issues, message)] };
}

/** What would change in a package, in words that follow “it would”; null if nothing would. */
async function changes(
  about: Omit<Delivery, 'words' | 'original' | 'issues' | 'choices'>,
  post: Post,
  run: Pick<PostRun, 'folder' | 'names' | 'options' | 'tools'>,
): Promise<string | null> {
  const { files } = run.tools;
  const job = jobOf(post, about, run);
  const words = await readWords(job, files);
  const before = about.previous?.parts?.map(({ caption }) => caption) ?? [about.previous?.caption];
  const said = (each: (typeof before)[number]) => JSON.stringify([each?.title, each?.body, each?.hashtags]);
  const hasOtherWords = words.some(
    ({ caption }, index) => caption.source !== 'edited' && said(caption) !== said(before[index]),
  );
  const hasOtherFiles = !(await hasMedia(job, files));
  const what = [...(hasOtherWords ? ['other words'] : []), ...(hasOtherFiles ? ['other files'] : [])];
  return what.length === 0 ? null : `have ${what.join(' and ')}`;
}

/** @param would what would happen to it, in words that follow “it would” */
export function frozen(would: string): Issue {
  return { code: 'posted-frozen', severity: 'info', actual: would, limit: null };
}

/**
 * Adds the posts that this run delivered to posting.csv, unless the documents are unchanged since the last run. If another
 * port is writing there, or the folder cannot be written, that is reported, and the next run adds them.
 */
export async function savePosted(run: AccountRun): Promise<void> {
  const { folder, tools, tell, upToDate } = run;
  const documents = [manifestPath(folder), postingPath(folder), recordPath(folder)];
  const name = 'posting.csv';
  const inputHash = digest(run.account);
  if (upToDate.matches(name, inputHash, await tools.files.factsOf(documents))) return;
  try {
    const { issues } = await changePostingFolder(
      folder,
      tools,
      (target) => targetNamed(target)?.title ?? target,
      () => [],
    );
    const unwritten = issues.filter(({ code }) => code === 'posting-unwritten');
    for (const issue of unwritten) tell({ type: 'warning', message: message(issue), issue });
    if (unwritten.length === 0) await upToDate.record(name, inputHash, documents);
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof OutputError)) throw error;
    const actual = isSystemError(error) ? (error.code ?? error.message) : 'another port is writing it';
    const issue: Issue = { code: 'posting-unwritten', severity: 'warning', actual, limit: null };
    tell({ type: 'warning', message: message(issue), issue });
  }
}

/** Counts the posts of a run that stay because they are out, to report them at its end. */
export function watchFrozen(tell: (event: RunEvent) => void): {
  readonly tell: (event: RunEvent) => void;
  readonly tellFrozen: () => void;
} {
  const keys = new Set<string>();
  return {
    tell(event) {
      if (event.type === 'post' && event.issues.some(({ code }) => code === 'posted-frozen')) keys.add(event.key);
      tell(event);
    },
    tellFrozen() {
      if (keys.size === 0) return;
      const issue: Issue = { code: 'posted-stays', severity: 'warning', actual: keys.size, limit: null };
      tell({ type: 'warning', message: message(issue), issue, atEnd: true, posts: [...keys] });
    },
  };
}
