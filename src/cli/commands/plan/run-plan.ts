import { join, relative } from 'node:path';
import { quoted, UsageError } from '../../../errors.ts';
import { accountFolders } from '../../../posting/accounts.ts';
import { changePostingFolder, openPostingFolder, type PostingFolder, titleOf } from '../../../posting/folder.ts';
import { likesIn } from '../../../posting/likes.ts';
import { clearedPlan, newPlan } from '../../../posting/plan-folder.ts';
import { type PlanFlags, type PlanOptions, planOptions } from '../../../posting/plan-rules.ts';
import type { Edits, PostingRow } from '../../../posting/record.ts';
import { type Upload, uploadId } from '../../../posting/upload.ts';
import { message } from '../../../report/messages.ts';
import { safeJson } from '../../../report/safe-text.ts';
import { targetNamed } from '../../../targets/index.ts';
import { postingTools } from '../posting-tools.ts';
import { calendarPage, type PlannedLine } from './calendar-page.ts';

/**
 * `port plan`: spreads the delivered posts that are not posted over days, in posting.csv and posting.ics of each account.
 * @param say prints a remark to stderr
 * @returns the calendar, to print
 * @throws UsageError if nothing is delivered
 */
export async function runPlan(folder: string, flags: PlanFlags, say: (text: string) => void): Promise<string> {
  const tools = postingTools();
  planOptions(flags, null, tools.now() * 1000);
  const accounts = await accountFolders(folder, flags.account, tools.files);
  const opened = await Promise.all(
    accounts.map(async (each) => ({ ...each, uploads: (await openPostingFolder(each.folder, tools)).uploads })),
  );
  const isWanted = wantedTargets(flags, planOptions(flags, null, tools.now() * 1000));
  const withPosts = opened.filter(({ uploads, target }) =>
    uploads.some((upload) => isWanted(upload) && (target === null || target === upload.target)),
  );
  if (withPosts.length === 0) throw new UsageError(nothingDelivered(folder, flags));
  const planned: (PlannedLine & { readonly account: string })[] = [];
  const pages: string[] = [];
  for (const { folder: path, account, target } of withPosts) {
    const isOurs = (upload: Upload) => isWanted(upload) && (target === null || target === upload.target);
    const likes = await likesIn(path, tools.files);
    let options = planOptions(flags, null, tools.now() * 1000);
    const change = (there: PostingFolder): Edits => {
      options = planOptions(flags, there.posting.record.zone, tools.now() * 1000);
      return flags.clear ? clearedPlan(there, isOurs) : newPlan(there, isOurs, options, likes);
    };
    const zone = flags.clear ? null : (flags.zone ?? null);
    const done = await changePostingFolder(path, tools, platformTitle, change, zone);
    for (const issue of done.issues) say(message(issue));
    await tools.redraw(path);
    const lines = linesOf(done, isOurs);
    planned.push(...lines.map((line) => ({ ...line, account })));
    const place = (name: string) => join(relative(process.cwd(), path) || '.', name);
    pages.push(pageOf(account, lines, options, flags, target, place));
    const most = options.rules.at.length;
    if (!flags.clear && flags.perDay !== undefined && options.rules.perDay > most)
      say(
        `--at names ${most} ${most === 1 ? 'time' : 'times'} a day, so no platform gets more posts than that: name more with --at.`,
      );
  }
  if (!flags.json) return pages.join('\n\n');
  const rows = planned.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const documents = rows.map(({ account, key, target, at }) => ({ account, key, target, at }));
  return safeJson({ schemaVersion: 1, planned: documents }, 2);
}

function wantedTargets(_flags: PlanFlags, { targets }: PlanOptions): (upload: Upload) => boolean {
  return ({ target }) => targets === null || targets.some(({ name }) => name === target);
}

function nothingDelivered(folder: string, { to }: PlanFlags): string {
  const where = to === undefined ? '' : ` for ${to}`;
  return `There is nothing delivered in ${quoted(folder)}${where}, so there is nothing to plan. Run port first.`;
}

export function platformTitle(target: string): string {
  return targetNamed(target)?.title ?? target;
}

function linesOf({ posting, uploads }: PostingFolder, isOurs: (upload: Upload) => boolean): readonly PlannedLine[] {
  const names = new Map(uploads.map((upload) => [uploadId(upload), titleOf(upload)]));
  const isPlanned = (row: PostingRow) =>
    isOurs(row) && row.planned !== '' && row.posted === '' && names.has(uploadId(row));
  return [...posting.record.rows.values()]
    .filter(isPlanned)
    .map((row) => ({
      ...{ target: row.target, platform: platformTitle(row.target), key: row.key, at: row.planned },
      name: names.get(uploadId(row)) ?? '',
    }))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function pageOf(
  account: string,
  lines: readonly PlannedLine[],
  { rules, targets }: PlanOptions,
  { clear }: PlanFlags,
  target: string | null,
  place: (name: string) => string,
): string {
  const cleared = target === null ? targets?.map(({ name }) => name) : [target];
  const where = cleared === undefined ? '' : ` for ${cleared.map(platformTitle).join(', ')}`;
  if (clear) return `${account}: nothing is planned any more${where}.`;
  if (lines.length === 0) return `${account}: everything that is delivered is posted already.`;
  const calendar = calendarPage(account, lines, rules.zone);
  const documents = `It stands in ${place('posting.csv')}, which any spreadsheet opens, and in ${place('posting.ics')} for the calendar of your phone.`;
  const next = 'When a post is out, tick it in port serve, or say so, as here for the first one:';
  return `${calendar}\n\n${documents}\n${next}\n  port posted ${lines[0]?.key} --to ${lines[0]?.target}`;
}
