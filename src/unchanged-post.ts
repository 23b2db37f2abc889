import { join, sep } from 'node:path';
import type { PostRun } from './account-run.ts';
import { breathe } from './breathe.ts';
import type { Entry } from './deliver/documents.ts';
import { isIntact, looksIntact } from './deliver/present.ts';
import { lookingOf } from './deliver-post.ts';
import { postPath } from './exports/keys.ts';
import type { Post } from './model.ts';
import type { Fetched } from './originals/index.ts';
import { type PostWords, planOptions } from './port-post.ts';
import { digest } from './settled.ts';
import type { FileFacts } from './tools/tools.ts';
import { build, version } from './version.ts';

type Planning = Pick<PostRun, 'options' | 'names' | 'music'>;

/** Of a run, all that what it makes of any post hangs on. */
export function madeBy(run: Planning): string {
  return digest(version(), build(), run.options.to, planOptions(run), run.options.strict, run.names);
}

/** The same of one post. A new link to the same original changes nothing. */
export function madeOf(
  post: Post,
  { original, issues }: Fetched,
  captions: PostWords,
  { by }: Pick<PostRun, 'by'>,
): string {
  const { key } = post;
  const said = { ...post, links: postPath(post), coverLink: null };
  return digest(by, said, original, issues, captions.get(key), captions.issuesOf(key), captions.isUnsure(key));
}

/**
 * The rows of a post that was delivered to all targets of the run, where neither what they were made of changed since
 * nor any of their files: it need not even be planned. null: it has to be looked at more closely.
 */
export async function unchangedRows(
  post: Post,
  made: string,
  run: Omit<PostRun, 'onProgress'>,
): Promise<readonly Entry[] | null> {
  await breathe();
  const rows = deliveredRows(post, run);
  if (rows === null) return null;
  const facts = await run.tools.files.factsOf(pathsOf(rows, run.folder));
  const ours: (FileFacts | null)[] = [];
  let place = 0;
  for (const { files } of rows) {
    ours.push(facts[place++] ?? null);
    for (const file of files) {
      const now = facts[place++] ?? null;
      if (!looksIntact(file, post, now)) return null;
      if (file.role === 'caption') ours.push(now);
    }
  }
  if (!run.settled.holds(post.key, made, ours)) return null;
  if (!run.options.verify) return rows;
  for (const file of rows.flatMap(({ files }) => files)) {
    if (!(await isIntact(file, post, lookingOf(run)))) return null;
  }
  return rows;
}

/** Remembers what a post's packages were made of, if they all are there. */
export async function noteDelivered(post: Post, made: string, run: PostRun): Promise<void> {
  const rows = deliveredRows(post, run);
  if (rows !== null) await run.settled.note(post.key, made, documentsOf(rows, run.folder));
}

/** null if there is one that was not delivered; or one in parts, whose folders have to be looked at too. */
function deliveredRows({ key }: Post, { manifest, options }: Omit<PostRun, 'onProgress'>): readonly Entry[] | null {
  const known = manifest.rowsOf(
    key,
    options.to.map(({ name }) => name),
  );
  const rows = options.to.flatMap(({ name }) => known.find(({ target }) => target === name) ?? []);
  const isWhole = ({ status, files, parts }: Entry) => status === 'delivered' && files.length > 0 && !parts;
  return rows.length === options.to.length && rows.every(isWhole) ? rows : null;
}

/** Of each row its post.json, then its files. Put together by hand: `join` would take a twentieth of a run over thousands. */
function pathsOf(rows: readonly Entry[], folder: string): string[] {
  const inside = `${folder}${sep}`;
  return rows.flatMap(({ target, key, files }) => [
    `${inside}${target}${sep}${key}${sep}post.json`,
    ...files.map(({ path }) => inside + path),
  ]);
}

/** Of each row what is ours, which a person may edit. */
function documentsOf(rows: readonly Entry[], folder: string): string[] {
  return rows.flatMap(({ target, key, files }) => [
    join(folder, target, key, 'post.json'),
    ...files.filter(({ role }) => role === 'caption').map(({ path }) => join(folder, path)),
  ]);
}
