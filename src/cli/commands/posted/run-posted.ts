import { checkTargets } from '../../../config/options.ts';
import { quoted, seeHelp, UsageError } from '../../../errors.ts';
import { type AccountFolder, accountFolders } from '../../../posting/accounts.ts';
import { contextNow, readCell, readUrl } from '../../../posting/cells.ts';
import { changePostingFolder, openPostingFolder, type PostingFolder } from '../../../posting/folder.ts';
import { dayOf, momentOf, timeOf } from '../../../posting/local-time.ts';
import type { Edits, PostingRow } from '../../../posting/record.ts';
import { isOut, ticked } from '../../../posting/state.ts';
import { readPackageId, uploadId } from '../../../posting/upload.ts';
import { message } from '../../../report/messages.ts';
import { safeText } from '../../../report/safe-text.ts';
import { dayWords } from '../plan/calendar-page.ts';
import { platformTitle } from '../plan/run-plan.ts';
import { postingTools } from '../posting-tools.ts';
import { marksIn, type PostedMark } from './from.ts';
import { listJson, listPage } from './list.ts';

/** The options of `port posted` as written. */
export interface PostedFlags {
  readonly to?: string;
  readonly account?: string;
  readonly out?: string;
  readonly url?: string;
  readonly at?: string;
  readonly undo?: true;
  readonly from?: string;
  readonly list?: true;
  readonly json?: true;
}

/**
 * `port posted`: records in posting.csv which posts are out. If a post or platform is unknown, nothing is changed.
 * @param say prints a remark to stderr
 * @returns what to print
 * @throws UsageError
 */
export async function runPosted(
  keys: readonly string[],
  flags: PostedFlags,
  say: (text: string) => void,
): Promise<string> {
  checkCombination(keys, flags);
  const tools = postingTools();
  const out = flags.out ?? 'ported';
  const accounts = await accountFolders(out, flags.account, tools.files);
  const opened = await Promise.all(
    accounts.map(async (each) => ({
      ...each,
      ...(await openPostingFolder(each.folder, tools)),
      account: each.account,
    })),
  );
  const targets = flags.to === undefined ? null : checkTargets(flags.to).map(({ name }) => name);
  if (flags.list) {
    const isWanted = (target: string) => targets === null || targets.includes(target);
    return flags.json ? listJson(opened, isWanted) : listPage(opened, isWanted);
  }
  const marks =
    flags.from === undefined ? marksOf(keys, targets ?? [], flags) : await marksIn(flags.from, targets, say);
  const byFolder = assigned(marks, opened, out);
  const lines: string[] = [];
  for (const [folder, ofFolder] of byFolder) {
    const change = (there: PostingFolder) => editsOf(ofFolder, there, flags, tools.now() * 1000);
    const done = await changePostingFolder(folder, tools, platformTitle, change);
    for (const issue of done.issues) say(message(issue));
    await tools.redraw(folder);
    lines.push(...ofFolder.map((mark) => lineOf(mark, done)));
  }
  return lines.length === 0 ? 'It names no posts that are out.' : lines.map(safeText).join('\n');
}

function checkCombination(keys: readonly string[], { to, url, at, undo, from, list, json }: PostedFlags): void {
  const wrong = (sentence: string) => {
    throw new UsageError(seeHelp(sentence));
  };
  const given = [keys.length > 0, from !== undefined, list === true].filter(Boolean).length;
  if (given === 0)
    wrong('Say which posts are out: port posted <key...> --to <platform>, or --from a file of ticks, or --list');
  if (given > 1) wrong('Name posts, or --from, or --list: one of them at a time');
  if (keys.length > 0 && to === undefined) wrong('Say on which platform: --to rednote');
  if (keys.length === 0 && (url !== undefined || at !== undefined || undo))
    wrong('--url, --at and --undo are for posts that are named');
  if (undo && (url !== undefined || at !== undefined))
    wrong('--undo takes a post back, so --url and --at do not go with it');
  if (url !== undefined && (keys.length > 1 || (to ?? '').includes(',')))
    wrong('--url is for one post on one platform');
  if (json && !list) wrong('--json goes with --list');
}

function marksOf(keys: readonly string[], targets: readonly string[], { undo }: PostedFlags): readonly PostedMark[] {
  // Shells complete the name of a folder with its separator.
  const ids = new Set(keys.map((key) => key.replace(/[\\/]+$/, '')));
  return [...ids].flatMap((key) => targets.map((target) => ({ id: key, target, posted: undo !== true })));
}

type Opened = PostingFolder & Pick<AccountFolder, 'account'>;

/**
 * The marks by the folder of their account.
 * @throws UsageError if a post is unknown, or in several accounts
 */
function assigned(
  marks: readonly PostedMark[],
  opened: readonly Opened[],
  out: string,
): ReadonlyMap<string, readonly PostedMark[]> {
  const byFolder = new Map<string, PostedMark[]>();
  for (const mark of marks) {
    const fits = opened.filter((each) => rowOf(mark, each) !== null);
    const [only, another] = fits;
    if (only === undefined) throw new UsageError(unknown(mark, opened, out));
    if (another !== undefined) {
      const names = fits.map(({ account }) => quoted(account)).join(' and ');
      throw new UsageError(`${names} both have a post ${mark.id}: say whose with --account.`);
    }
    byFolder.set(only.folder, [...(byFolder.get(only.folder) ?? []), mark]);
  }
  return byFolder;
}

/** The row of a post; null if it was never delivered there, or has no such part. */
function rowOf({ id, target }: PostedMark, { posting, uploads }: PostingFolder): PostingRow | null {
  const named = readPackageId(id);
  if (named === null) return null;
  const row = posting.record.rows.get(uploadId({ key: named.key, target })) ?? null;
  const count = partsOf(named.key, target, uploads);
  return named.part === null || Number(named.part.slice(5)) <= count ? row : null;
}

function partsOf(key: string, target: string, uploads: PostingFolder['uploads']): number {
  return uploads.find((upload) => upload.key === key && upload.target === target)?.parts ?? 1;
}

function unknown({ id, target }: PostedMark, opened: readonly Opened[], out: string): string {
  const key = readPackageId(id)?.key;
  const rows = opened.flatMap(({ posting }) => [...posting.record.rows.values()]).filter((row) => row.key === key);
  const elsewhere = [...new Set(rows.map((row) => platformTitle(row.target)))];
  const isThere = rows.some((row) => row.target === target);
  const where = isThere
    ? ' It has no such part there.'
    : elsewhere.length > 0
      ? ` It is delivered for ${elsewhere.join(', ')}.`
      : '';
  return `No post ${quoted(id)} was delivered for ${platformTitle(target)} in ${quoted(out)}, so nothing was changed.${where}`;
}

function editsOf(marks: readonly PostedMark[], there: PostingFolder, { url, at }: PostedFlags, now: number): Edits {
  const { record } = there.posting;
  const { zone } = contextNow(record.zone, now);
  const link = url === undefined ? null : readValue('--url', readUrl(url.trim()));
  const given = at === undefined ? null : readValue('--at', readCell('planned', at, { zone, saved: now }));
  if (given === '') throw new UsageError(seeHelp('--at takes a date and time such as 2026-12-31 18:00'));
  const rows = new Map<string, PostingRow>();
  for (const mark of marks) {
    const found = rowOf(mark, there);
    if (found === null) continue;
    const row = rows.get(uploadId(found)) ?? found;
    const moment = given ?? momentOf(mark.seen ?? now, zone);
    const state = ticked(row, mark.id, mark.posted, moment, partsOf(row.key, row.target, there.uploads));
    const when = given !== null && state.posted ? { posted: given } : {};
    const known = link ?? mark.url ?? null;
    const address = known !== null ? { url: known } : mark.posted ? {} : { url: '' };
    rows.set(uploadId(row), { ...row, ...state, ...when, ...address });
  }
  return [...rows.values()].map(({ key, target, ...cells }) => ({ key, target, cells }));
}

function readValue(name: string, read: ReturnType<typeof readCell>): string {
  if ('value' in read) return read.value;
  throw new UsageError(seeHelp(`${name}: ${read.why}`));
}

function lineOf(mark: PostedMark, done: PostingFolder): string {
  const [row, platform] = [rowOf(mark, done), platformTitle(mark.target)];
  if (row === null || !isOut(row, mark.id)) return `${mark.id} is not posted on ${platform}.`;
  if (row.posted === '') return `${mark.id} is posted on ${platform}; other parts of it are not.`;
  return `${mark.id} is posted on ${platform}: ${dayWords(dayOf(row.posted))} ${timeOf(row.posted)}.`;
}
