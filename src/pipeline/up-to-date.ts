import { sep } from 'node:path';
import { fingerprintOptions } from '../config/options.ts';
import { isIntact, looksIntact } from '../deliver/present.ts';
import { stopsRun } from '../errors.ts';
import { postPath } from '../exports/keys.ts';
import type { Post } from '../model/post.ts';
import type { Fetched, Originals } from '../originals/index.ts';
import type { Entry } from '../state/documents.ts';
import { digest } from '../state/up-to-date-cache.ts';
import { yieldToEventLoop } from '../tools/yield-to-event-loop.ts';
import { build, version } from '../version.ts';
import { type ChosenCover, namesPicture } from './chosen-cover.ts';
import type { PostRun, PostWords } from './context.ts';
import { presenceCheckOf } from './make-renditions.ts';

type Planning = Pick<PostRun, 'options' | 'names' | 'music'>;

/** Of a run, all that what it makes of any post hangs on. */
export function computeRunHash(run: Planning): string {
  const { options, names, music } = run;
  return digest(version(), build(), options.to, fingerprintOptions(options), names, music);
}

/** The same of one post. A new link to the same original changes nothing. */
export function computeInputHash(
  post: Post,
  { original, issues }: Fetched,
  captions: PostWords,
  { cell, picture, issues: ofCover }: ChosenCover,
  { runHash }: Pick<PostRun, 'runHash'>,
): string {
  const cover = [cell, picture?.file.sha256, ofCover];
  return digest(runHash, ...saidOf(post, captions), original, issues, cover);
}

/**
 * A mark like `madeOf`, by how the original lies there, so that the original need not be asked for. null: how it lies does
 * not tell enough.
 */
export async function glanceOf(
  post: Post,
  captions: PostWords,
  { runHash, originals }: Pick<PostRun, 'runHash'> & { readonly originals: Pick<Originals, 'glance'> },
): Promise<string | null> {
  const cover = captions.coverOf(post.key);
  // A look at the original tells nothing of another file.
  if (namesPicture(cover) || (cover === '' && captions.isUnsure(post.key))) return null;
  const lies = await originals.glance(post);
  return lies && digest(runHash, ...saidOf(post, captions), 'at a glance', lies, cover);
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
  await yieldToEventLoop();
  const rows = deliveredRows(post, run);
  if (rows === null) return null;
  const listed = listedFiles(rows, run.folder);
  const facts = await run.tools.files.factsOf(listed.map(({ path }) => path));
  const sealed = facts.filter((_, index) => isPersonal(listed[index]));
  const folders = await run.tools.files.foldersOf(foldersOf(rows, run.folder));
  if (!run.upToDate.matches(post.key, mark, [...sealed, ...folders])) return null;
  for (const [index, { file }] of listed.entries()) {
    if (file === null || file.action === 'own' || looksIntact(file, post, facts[index] ?? null)) continue;
    // A disk that keeps no times.
    if (!(await isIntact(file, post, presenceCheckOf(run)))) return null;
  }
  if (!run.options.verify) return rows;
  for (const { file } of listed) if (file && !(await isAsListed(file, post, run))) return null;
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
export async function recordDelivered(post: Post, marks: readonly string[], run: PostRun): Promise<void> {
  const rows = deliveredRows(post, run);
  if (rows === null) return;
  const personal = listedFiles(rows, run.folder).filter(isPersonal);
  const documents = personal.map(({ path }) => path);
  try {
    await run.upToDate.record(post.key, marks, documents, foldersOf(rows, run.folder));
  } catch (error) {
    if (stopsRun(error) || run.signal.aborted) throw error;
    // It is delivered. That this was not remembered costs the next run a look at it.
  }
}

/** null if there is one that was not delivered; or one in parts, whose folders have to be looked at too. */
function deliveredRows({ key }: Post, { manifest, options }: Omit<PostRun, 'onProgress'>): readonly Entry[] | null {
  const rows = options.to.flatMap(({ name }) => manifest.rowsOf(key, [name]));
  // A photo that could not be read may be whole the next time, with the same size and time.
  const lacksPhoto = ({ issues }: Entry) => issues.some(({ code }) => code === 'photo-unusable');
  const isWhole = (row: Entry) =>
    row.status === 'delivered' && row.files.length > 0 && !row.parts && namesOwn(row) && !lacksPhoto(row);
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

/** In which a person may put something more. */
function foldersOf(rows: readonly Entry[], folder: string): string[] {
  return rows.map(({ target, key }) => `${folder}${sep}${target}${sep}${key}`);
}

/** What a person wrote or may edit, and our own document: known by how it lies there. */
function isPersonal(listed: Listed | undefined): boolean {
  return listed?.file === null || listed?.file.role === 'caption' || listed?.file.action === 'own';
}

/** A person's file that came while its package was made was not judged yet. */
function namesOwn({ files, issues }: Entry): boolean {
  return files.every(({ action }) => action !== 'own') || issues.some(({ code }) => code === 'own-file');
}

async function isAsListed(
  file: Entry['files'][number],
  post: Post,
  run: Omit<PostRun, 'onProgress'>,
): Promise<boolean> {
  if (file.action !== 'own') return await isIntact(file, post, presenceCheckOf(run));
  return (await run.tools.files.sha256(`${run.folder}${sep}${file.path}`, run.signal)) === file.sha256;
}
