import { sep } from 'node:path';
import type { PostRun } from './account-run.ts';
import { breathe } from './breathe.ts';
import type { Entry } from './deliver/documents.ts';
import { isIntact, looksIntact } from './deliver/present.ts';
import { lookingOf } from './deliver-post.ts';
import { postPath } from './exports/keys.ts';
import type { Post } from './model.ts';
import type { Fetched, Originals } from './originals/index.ts';
import { type PostWords, planOptions } from './port-post.ts';
import { digest } from './settled.ts';
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
  return digest(by, ...saidOf(post, captions), original, issues);
}

/**
 * A mark like `madeOf`, by how the original lies there, so that the original need not be asked for. null: how it lies does
 * not tell enough.
 */
export async function glanceOf(
  post: Post,
  captions: PostWords,
  { by, originals }: Pick<PostRun, 'by'> & { readonly originals: Pick<Originals, 'glance'> },
): Promise<string | null> {
  const lies = await originals.glance(post);
  return lies && digest(by, ...saidOf(post, captions), 'at a glance', lies);
}

function saidOf(post: Post, captions: PostWords): readonly unknown[] {
  const { key } = post;
  const said = { ...post, links: postPath(post), coverLink: null };
  return [said, captions.get(key), captions.issuesOf(key), captions.isUnsure(key)];
}

/**
 * The rows of a post that was delivered to all targets of the run, where neither what they were made of changed since
 * nor any of their files: it need not even be planned. null: it has to be looked at more closely.
 * @param mark `madeOf` it, or `glanceOf` it
 */
export async function unchangedRows(
  post: Post,
  mark: string,
  run: Omit<PostRun, 'onProgress'>,
): Promise<readonly Entry[] | null> {
  await breathe();
  const rows = deliveredRows(post, run);
  if (rows === null) return null;
  const listed = listedFiles(rows, run.folder);
  const facts = await run.tools.files.factsOf(listed.map(({ path }) => path));
  const isWhole = ({ file }: Listed, index: number) => file === null || looksIntact(file, post, facts[index] ?? null);
  if (!listed.every(isWhole)) return null;
  const ours = facts.filter((_, index) => isOurs(listed[index]));
  if (!run.settled.holds(post.key, mark, ours)) return null;
  if (!run.options.verify) return rows;
  for (const { file } of listed) if (file && !(await isIntact(file, post, lookingOf(run)))) return null;
  return rows;
}

/** As `unchangedRows`, by a mark of `glanceOf`; null with `--verify` too, which is to read the files. */
export async function unchangedAtGlance(
  post: Post,
  glance: string | null,
  run: Omit<PostRun, 'onProgress'>,
): Promise<readonly Entry[] | null> {
  return glance === null || run.options.verify ? null : await unchangedRows(post, glance, run);
}

/** Remembers what a post's packages were made of, if they all are there. @param marks in each way that there is */
export async function noteDelivered(post: Post, marks: readonly string[], run: PostRun): Promise<void> {
  const rows = deliveredRows(post, run);
  if (rows === null) return;
  const ours = listedFiles(rows, run.folder).filter(isOurs);
  await run.settled.note(
    post.key,
    marks,
    ours.map(({ path }) => path),
  );
}

/** null if there is one that was not delivered; or one in parts, whose folders have to be looked at too. */
function deliveredRows({ key }: Post, { manifest, options }: Omit<PostRun, 'onProgress'>): readonly Entry[] | null {
  const rows = options.to.flatMap(({ name }) => manifest.rowsOf(key, [name]));
  const isWhole = ({ status, files, parts }: Entry) => status === 'delivered' && files.length > 0 && !parts;
  return rows.length === options.to.length && rows.every(isWhole) ? rows : null;
}

interface Listed {
  readonly path: string;
  /** null: its post.json. */
  readonly file: Entry['files'][number] | null;
}

/** Of each row its post.json, then its files. Put together by hand: `join` would take a twentieth of a run over thousands. */
function listedFiles(rows: readonly Entry[], folder: string): Listed[] {
  const inside = `${folder}${sep}`;
  return rows.flatMap(({ target, key, files }) => [
    { path: `${inside}${target}${sep}${key}${sep}post.json`, file: null },
    ...files.map((file) => ({ path: inside + file.path, file })),
  ]);
}

/** What a person may edit. */
function isOurs(listed: Listed | undefined): boolean {
  return listed?.file === null || listed?.file.role === 'caption';
}
