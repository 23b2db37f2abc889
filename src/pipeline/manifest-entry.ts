import { isAbsolute, join, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { RowStart } from '../deliver/package-row.ts';
import { postPath } from '../exports/keys.ts';
import type { Caption } from '../model/caption.ts';
import type { RunEvent } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import type { Original } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { disclosedBy } from '../plan/words/caption-disclosures.ts';
import { declarationsOf, toDeclare, withoutKnownQuestions } from '../plan/words/declarations.ts';
import { wholeText } from '../plan/words/thread.ts';
import { message } from '../report/messages.ts';
import { type CaptionRow, type Entry, issueRows, type OriginalRow } from '../state/documents.ts';
import type { Manifest } from '../state/manifest.ts';
import type { Target } from '../targets/target.ts';
import type { MediaChoices, PostRun } from './context.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

/** The part of a row that is known before there are files. */
export function startEntry(
  post: Post,
  target: Target,
  issues: readonly Issue[],
  original: Original | null,
  { folder, names, pathOnCoordinator }: Pick<PostRun, 'folder' | 'names' | 'pathOnCoordinator'>,
  { cover, fit }: MediaChoices = { cover: '', fit: '' },
): RowStart {
  const declarations = declarationsOf(post, names);
  return {
    key: post.key,
    target: target.name,
    status: 'delivered',
    issues: issueRows(issues, message),
    original: original && originalRow(original, folder, pathOnCoordinator),
    declarations,
    toDeclare: toDeclare(declarations, target.declarations),
    linkPath: postPath(post),
    ...(cover !== '' && { cover }),
    ...(fit !== '' && { fit }),
  };
}

/** Whether a sha256 belongs to a file that port made from the post's original; not to copies, texts or a person's files. */
export function renditionsOf(manifest: Pick<Manifest, 'rowsOf'>): (key: string, sha256: string) => boolean {
  return (key, sha256) =>
    manifest
      .rowsOf(key)
      .flatMap(({ files }) => files)
      .some((file) => file.sha256 === sha256 && !['copy', 'text', 'own'].includes(file.action));
}

/**
 * The declarations of a post: from its export, from the captions that were found, and from the delivered texts. If a
 * person wrote the delivered texts, only those count besides the export.
 * @param captions the delivered texts of its parts
 */
export function declared(
  post: Post,
  target: Target,
  caption: Caption | null,
  captions: readonly CaptionRow[],
  { names, options }: Pick<PostRun, 'names' | 'options'>,
): Pick<Entry, 'declarations' | 'toDeclare'> {
  const written = captions.map((each) => disclosedBy({ ...each, text: wholeText(each) }, [], ''));
  const isOwn = captions.length > 0 && captions.every(({ source }) => source === 'edited');
  const found = isOwn ? [] : disclosedBy(caption, options.tags ?? [], options.footer ?? '');
  const declarations = declarationsOf(post, names, [...new Set([...found, ...written.flat()])]);
  return { declarations, toDeclare: toDeclare(declarations, target.declarations) };
}

/** Merges the declarations of a row with those of the previous row, because texts are not read if nothing is delivered. */
export function stillDeclared(
  row: RowStart,
  previous: Entry | null,
  target: Target,
): Pick<Entry, 'declarations' | 'toDeclare'> {
  const declarations = withoutKnownQuestions([...row.declarations, ...(previous?.declarations ?? [])]);
  return { declarations, toDeclare: toDeclare(declarations, target.declarations) };
}

/** Writes a row into the manifest and reports it. */
export function record(row: Entry, post: Post, run: PostRun, { unchanged = false } = {}): void {
  const [before] = run.manifest.rowsOf(post.key, [row.target]);
  run.manifest.set(row);
  reportEntry(row, post, run, { unchanged, newWords: hasNewWords(row, before) });
}

function hasNewWords(now: Entry, before: Entry | undefined): boolean {
  const wordsOf = ({ caption, parts }: Entry) =>
    [caption, ...(parts ?? []).map((part) => part.caption)].map((each) => [
      each?.title,
      each?.body,
      each?.hashtags,
      each?.thread,
    ]);
  const areDelivered = before?.status === 'delivered' && now.status === 'delivered';
  return areDelivered && !isDeepStrictEqual(wordsOf(now), wordsOf(before));
}

/** Reports a row of the manifest. */
export function reportEntry(
  row: Entry,
  post: Post,
  run: PostRun,
  { unchanged, newWords = false }: { readonly unchanged: boolean; readonly newWords?: boolean },
): void {
  run.tell({
    type: 'post',
    account: run.account,
    key: post.key,
    target: row.target,
    status: row.status,
    unchanged,
    ...(newWords && { newWords }),
    // For a post that was not delivered, files of an earlier run are not this run's actions.
    actions: row.status === 'delivered' ? actionsOf(row) : [],
    issues: row.issues as (Issue & { message: string })[],
    folder: row.status === 'delivered' ? join(row.target, row.key) : null,
    original: row.original && originalEvent(row.original),
    bytes: row.status === 'delivered' ? row.files.reduce((sum, { bytes }) => sum + bytes, 0) : 0,
  });
}

function actionsOf({ files }: Entry): string[] {
  return files.filter(({ role }) => role === 'video' || role === 'photo').map(({ action }) => action);
}

/** The description of an original in an event. */
export function originalEvent({ path, source, matchedBy, seconds }: OriginalRow): PostEvent['original'] {
  return { path, source, matchedBy, seconds };
}

/** @param atHome see `PostRun` */
export function originalRow(
  { files, source, matchedBy, seconds }: Original,
  folder: string,
  atHome: (path: string) => string = (path) => path,
): OriginalRow | null {
  const [first] = files;
  if (!first) return null;
  const named = (path: string) => shown(path, folder, atHome);
  const photos = files.map(({ path, sha256 }) => ({ path: named(path), sha256 }));
  const single = files.length === 1;
  const path = named(single ? first.path : join(first.path, '..'));
  const about = { source, matchedBy, seconds };
  return single ? { path, sha256: first.sha256, ...about } : { path, sha256: null, photos, ...about };
}

/** Relative to the account's folder if it is inside; with `/` on every system. */
function shown(path: string, folder: string, atHome: (path: string) => string): string {
  const inside = relative(folder, path);
  return inside.startsWith('..') || isAbsolute(inside) ? atHome(path) : inside.split(sep).join('/');
}
