import { sep } from 'node:path';
import { fingerprintOptions } from '../config/options.ts';
import { isIntact, looksIntact } from '../deliver/present.ts';
import { stopsRun } from '../errors.ts';
import { postPath } from '../exports/keys.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import type { Entry } from '../state/documents.ts';
import { digest } from '../state/up-to-date-cache.ts';
import type { Target } from '../targets/target.ts';
import { yieldToEventLoop } from '../tools/yield-to-event-loop.ts';
import { build, version } from '../version.ts';
import { leftOutOf, openChoices, type PostChoices } from './choices.ts';
import type { PostRun, PostWords } from './context.ts';
import { presenceCheckOf } from './make-renditions.ts';

type Planning = Pick<PostRun, 'options' | 'names' | 'music'>;
type Run = Omit<PostRun, 'onProgress'>;

/** The comparison of a post with the records of earlier runs. */
export interface UpToDateCheck {
  readonly choices: PostChoices;
  /** Fingerprints of the input of the post's packages, by platform that is not left out. */
  readonly inputHashes: ReadonlyMap<string, string>;
  /** The rows of the platforms that need neither planning nor rendering. */
  readonly unchanged: readonly Entry[];
}

/** A hash of everything in a run that the output of its posts depends on, except the platforms. */
export function computeRunHash({ options, names, music }: Planning): string {
  return digest(version(), build(), fingerprintOptions(options), names, music);
}

/** Whether the post has a record for each platform to which it goes; otherwise it is not located before its turn. */
export function hasRecords(
  post: Post,
  captions: Pick<PostWords, 'choicesOf' | 'isUnsure'>,
  run: Pick<Run, 'upToDate' | 'options' | 'manifest' | 'isPosted'>,
): boolean {
  const leftOut = leftOutOf(post, captions, run);
  return run.options.to.every(({ name }) => leftOut.has(name) || run.upToDate.has(recordName(post, name)));
}

/** Computes the fingerprint of a post for each platform, and compares it with the record of the last run. */
export async function checkUpToDate(
  post: Post,
  fetched: Fetched,
  captions: PostWords,
  run: Run,
): Promise<UpToDateCheck> {
  await yieldToEventLoop();
  const choices = await openChoices(post, captions, run);
  const inputHashes = computeInputHashes(post, fetched, captions, choices, run);
  const unchanged: Entry[] = [];
  for (const [target, inputHash] of inputHashes) {
    const row = await unchangedRow(post, target, inputHash, run);
    if (row !== null) unchanged.push(row);
  }
  return { choices, inputHashes, unchanged };
}

/** A new link to the same original changes nothing. */
function computeInputHashes(
  post: Post,
  { original, issues }: Fetched,
  captions: PostWords,
  { cover: { cell, picture, issues: ofCover }, cells, fit, leftOut, issues: ofChoices }: PostChoices,
  { runHash, options, isPosted }: Pick<Run, 'runHash' | 'options' | 'isPosted'>,
): ReadonlyMap<string, string> {
  const { key } = post;
  const said = { ...post, links: postPath(post), coverLink: null };
  const words = [captions.get(key), captions.issuesOf(key), captions.isUnsure(key), captions.subtitlesOf(key)];
  const chosen = [cell, picture?.file.sha256, ofCover, cells.fit, fit, ofChoices];
  const common = digest(runHash, said, words, original, issues, chosen);
  const to = options.to.filter(({ name }) => !leftOut.has(name));
  return new Map(to.map(({ name }) => [name, digest(common, name, isPosted(key, name))]));
}

/**
 * The row of a delivered post if neither its input nor a file of its package changed since; null if it has to be planned.
 */
async function unchangedRow(post: Post, target: string, inputHash: string, run: Run): Promise<Entry | null> {
  const name = recordName(post, target);
  if (!run.upToDate.has(name)) return null;
  const row = deliveredRow(post, target, run);
  if (row === null) return null;
  const listed = listedFiles(row, run.folder);
  const facts = await run.tools.files.factsOf(listed.map(({ path }) => path));
  const personal = facts.filter((_, index) => isPersonal(listed[index]));
  const folders = await run.tools.files.foldersOf([packageFolder(row, run.folder)]);
  if (!run.upToDate.matches(name, inputHash, [...personal, ...folders])) return null;
  for (const [index, { file }] of listed.entries()) {
    if (file === null || file.action === 'own' || looksIntact(file, post, facts[index] ?? null)) continue;
    // Some file systems do not keep times.
    if (!(await isIntact(file, post, presenceCheckOf(run)))) return null;
  }
  if (!run.options.verify) return row;
  for (const { file } of listed) if (file && !(await isAsListed(file, post, run))) return null;
  return row;
}

/** Records the input of a post's packages if all of their files exist. @param inputHashes by platform */
export async function recordDelivered(
  post: Post,
  inputHashes: ReadonlyMap<string, string>,
  run: PostRun,
): Promise<void> {
  for (const [target, inputHash] of inputHashes) {
    const row = deliveredRow(post, target, run);
    if (row === null) continue;
    const documents = listedFiles(row, run.folder)
      .filter(isPersonal)
      .map(({ path }) => path);
    try {
      await run.upToDate.record(recordName(post, target), inputHash, documents, [packageFolder(row, run.folder)]);
    } catch (error) {
      if (stopsRun(error) || run.signal.aborted) throw error;
      // The post is delivered. Without a record the next run checks it in full.
    }
  }
}

/** The targets for which a post has to be planned. */
export function changedTargets(
  targets: readonly Target[],
  { unchanged, choices }: Pick<UpToDateCheck, 'unchanged' | 'choices'>,
): readonly Target[] {
  const isDone = (name: string) => choices.leftOut.has(name) || unchanged.some(({ target }) => target === name);
  return targets.filter(({ name }) => !isDone(name));
}

function recordName({ key }: Post, target: string): string {
  return `${target}/${key}`;
}

/** null if the post was not completely delivered, or in parts, whose folders need a closer check. */
function deliveredRow({ key }: Post, target: string, { manifest }: Pick<Run, 'manifest'>): Entry | null {
  const [row] = manifest.rowsOf(key, [target]);
  if (row?.status !== 'delivered' || row.files.length === 0 || row.parts || !namesOwn(row)) return null;
  // A photo that could not be read may be complete the next time, with the same size and time.
  return row.issues.some(({ code }) => code === 'photo-unusable') ? null : row;
}

interface Listed {
  readonly path: string;
  /** null: its post.json. */
  readonly file: Entry['files'][number] | null;
}

/** The post.json of a row, then its files. Paths are concatenated: `join` would take 5 % of a run over thousands. */
function listedFiles(row: Entry, folder: string): Listed[] {
  const inside = `${folder}${sep}`;
  return [
    { path: `${packageFolder(row, folder)}${sep}post.json`, file: null },
    ...row.files.map((file) => ({ path: inside + file.path, file })),
  ];
}

/** The folder of a package, to which a person may add files. */
function packageFolder({ target, key }: Entry, folder: string): string {
  return `${folder}${sep}${target}${sep}${key}`;
}

/** Whether a file is compared by size and exact time: a person's files, files that a person may edit, and post.json. */
function isPersonal(listed: Listed | undefined): boolean {
  return listed?.file === null || listed?.file.role === 'caption' || listed?.file.action === 'own';
}

/** Whether a row names own files. A file that was added while the package was made has not been checked yet. */
function namesOwn({ files, issues }: Entry): boolean {
  return files.every(({ action }) => action !== 'own') || issues.some(({ code }) => code === 'own-file');
}

async function isAsListed(file: Entry['files'][number], post: Post, run: Run): Promise<boolean> {
  if (file.action !== 'own') return await isIntact(file, post, presenceCheckOf(run));
  return (await run.tools.files.sha256(`${run.folder}${sep}${file.path}`, run.signal)) === file.sha256;
}
