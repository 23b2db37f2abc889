import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { quoted, UsageError } from '../../../errors.ts';
import { answersFor } from '../../../handover/answers.ts';
import { collectPackages } from '../../../handover/collect.ts';
import { type HandOver, type HandOverResult, isPackageFile } from '../../../handover/contract.ts';
import type { LeftOut } from '../../../handover/reasons.ts';
import { type AccountFolder, accountFolders } from '../../../posting/accounts.ts';
import { openPostingFolder } from '../../../posting/folder.ts';
import { machineZone } from '../../../posting/local-time.ts';
import { message } from '../../../report/messages.ts';
import { rowsIn } from '../../../state/manifest.ts';
import { targetNamed } from '../../../targets/index.ts';
import type { Files } from '../../../tools/files.ts';
import { postingTools } from '../posting-tools.ts';
import { type HandOverFlags, type HandOverOptions, handOverOptions, takenBy } from './flags.ts';
import { type AccountResult, handOverJson, handOverPage } from './page.ts';

export type { HandOverFlags } from './flags.ts';

/**
 * `port hand-over`: writes the input files of a publishing tool for all posts that are delivered and not out.
 * @param say prints a remark to stderr
 * @returns what to print
 * @throws UsageError
 */
export async function runHandOver(folder: string, flags: HandOverFlags, say: (text: string) => void): Promise<string> {
  const options = await handOverOptions(flags);
  const { files } = postingTools();
  const accounts = await accountFolders(folder, flags.account, files);
  const opened = await Promise.all(accounts.map(async (each) => read(each, options)));
  checkPosts(opened, folder, options);
  for (const { issues } of opened) for (const issue of issues) say(message(issue));
  const results: AccountResult[] = [];
  for (const each of opened) {
    if (each.delivered.length === 0) continue;
    const place = placeFor(each.folder, options.out);
    const { packages, leftOut } = await collectPackages(
      each.posting,
      each.delivered,
      {
        isWanted: ({ target }) => isTaken(options.tool, target),
        answersFor: (id) => answersFor(id, options.answers, options.forAll),
      },
      files,
    );
    const surroundings = { account: each.account, zone: machineZone(), now: Date.now() };
    const made = options.tool.write(packages, surroundings);
    await save(place, made, options.tool, files);
    const all = [...leftOut, ...made.leftOut, ...each.foreign];
    results.push({ ...made, leftOut: all, account: each.account, place: asTyped(place) });
  }
  return flags.json ? handOverJson(results, options.tool) : handOverPage(results, options.tool);
}

/** The wanted packages that are delivered in an account's folder. */
async function read({ folder, account, target }: AccountFolder, { tool, targets, only }: HandOverOptions) {
  const tools = postingTools();
  const posting = await openPostingFolder(folder, tools);
  const isWanted = (name: string) =>
    (target === null || target === name) && (targets === null || targets.some((each) => each.name === name));
  const rows = [...(await rowsIn(folder, tools.files))].filter(({ status }) => status === 'delivered');
  const delivered = rows.filter((row) => isWanted(row.target) && (only === null || only.has(row.key)));
  const foreign = delivered
    .filter((row) => !isTaken(tool, row.target))
    .map(
      (row): LeftOut => ({
        ...{ id: row.key, target: row.target, code: 'wrong-platform' },
        actual: targetNamed(row.target)?.title ?? row.target,
      }),
    );
  const keys = new Set(rows.map(({ key }) => key));
  return { folder, account, posting, delivered, foreign, keys, issues: posting.posting.issues };
}

type Opened = Awaited<ReturnType<typeof read>>;

function isTaken(tool: HandOver, name: string): boolean {
  const target = targetNamed(name);
  return target !== null && tool.takes(target);
}

function checkPosts(opened: readonly Opened[], folder: string, { tool, only, answers }: HandOverOptions): void {
  const isKnown = (key: string) => opened.some(({ keys }) => keys.has(key));
  const unknown = [...(only ?? [])].find((key) => !isKnown(key));
  if (unknown !== undefined)
    throw new UsageError(`No post ${quoted(unknown)} is delivered in ${quoted(folder)}, so nothing was written.`);
  const answered = [...answers.keys()].find((id) => !isKnown(id.split('/')[0] ?? id));
  if (answered !== undefined)
    throw new UsageError(
      `--answers names ${quoted(answered)}, which is not delivered in ${quoted(folder)}, so nothing was written.`,
    );
  if (opened.some(({ delivered }) => delivered.some(({ target }) => isTaken(tool, target)))) return;
  throw new UsageError(
    `Nothing is delivered in ${quoted(folder)} that ${tool.title} posts: it posts to ${takenBy(tool)}. Run port first.`,
  );
}

/** @throws UsageError if it would be inside a folder of delivered posts */
function placeFor(folder: string, out: string): string {
  const place = resolve(out, basename(folder));
  if (isInside(folder, place) || isInside(place, folder))
    throw new UsageError(`${quoted(out)} is where port delivers posts: name another folder with --out.`);
  return place;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Deletes files of packages that are out by now, or left out, so that nobody sends them by mistake. */
async function save(place: string, { files: made }: HandOverResult, tool: HandOver, files: Files): Promise<void> {
  await files.makeFolder(place);
  const inside = files.confined(place);
  const kept = new Set(made.map(({ path }) => path));
  if (tool.folder !== null) {
    for (const { name, folder } of await inside.list(join(place, tool.folder))) {
      if (!folder && isPackageFile(name) && !kept.has(`${tool.folder}/${name}`))
        await inside.remove(join(place, tool.folder, name));
    }
  }
  for (const { path, text } of made) await inside.write(join(place, path), text);
}

function asTyped(place: string): string {
  const way = relative(process.cwd(), place);
  return way === '' ? '.' : way.startsWith('..') ? place : way.startsWith('-') ? `.${sep}${way}` : way;
}
