import { join } from 'node:path';
import { detectLanguage } from '../language/languages.ts';
import type { PostingFolder } from '../posting/folder.ts';
import { isOut } from '../posting/state.ts';
import { packageIds, uploadId } from '../posting/upload.ts';
import { type CaptionRow, type Entry, type FileRow, noneIfTooLarge } from '../state/documents.ts';
import { targetNamed } from '../targets/index.ts';
import type { Target } from '../targets/target.ts';
import { readCues, spokenText } from '../text/subtitles.ts';
import type { Files } from '../tools/files.ts';
import type { Answers, Package, PackageFile } from './contract.ts';
import type { LeftOut } from './reasons.ts';

export interface Collected {
  /** In the order in which they are to go out. */
  readonly packages: readonly Package[];
  readonly leftOut: readonly LeftOut[];
}

/** The packages that are wanted of an account. */
export interface Selection {
  readonly isWanted: (entry: Pick<Entry, 'key' | 'target'>) => boolean;
  readonly answersFor: (id: string) => Answers;
}

/**
 * The packages of an account that are delivered and not out: planned ones by their times, then the others in the order
 * of posting.csv. Every wanted package is in the result, with the reason if it is left out.
 */
export async function collectPackages(
  { folder, posting }: PostingFolder,
  entries: Iterable<Entry>,
  { isWanted, answersFor }: Selection,
  files: Pick<Files, 'factsOf' | 'sha256' | 'read'>,
): Promise<Collected> {
  const { rows } = posting.record;
  const order = new Map([...rows.keys()].map((id, index) => [id, index]));
  const found: { readonly at: number; readonly rank: number; readonly package: Package }[] = [];
  const leftOut: LeftOut[] = [];
  for (const entry of entries) {
    const target = targetNamed(entry.target);
    if (entry.status !== 'delivered' || target === null || !isWanted(entry)) continue;
    const row = rows.get(uploadId(entry));
    const planned = row?.planned || null;
    for (const [index, id] of packageIds(entry).entries()) {
      const left = { id, target: target.name };
      if (row !== undefined && isOut(row, id)) leftOut.push({ ...left, code: 'posted', actual: null });
      else {
        const part = partOf(entry, index);
        const changed = await changedFile(folder, part.files, files);
        const replies = part.caption?.thread?.length ?? 0;
        if (changed !== null) leftOut.push({ ...left, code: 'changed', actual: changed });
        else if (replies > 0) leftOut.push({ ...left, code: 'thread', actual: replies + 1 });
        else {
          const rank = order.get(uploadId(entry)) ?? order.size;
          const at = planned === null ? Number.POSITIVE_INFINITY : Date.parse(planned);
          const subtitles = await subtitlesOf(folder, part.files, files);
          const made = packageOf(entry, { id, target, planned, part, folder, subtitles, answers: answersFor(id) });
          found.push({ at, rank, package: made });
        }
      }
    }
  }
  found.sort((one, other) => (one.at === other.at ? one.rank - other.rank : one.at - other.at));
  return { packages: found.map((each) => each.package), leftOut };
}

interface Part {
  readonly caption: CaptionRow | null;
  readonly files: readonly FileRow[];
}

function partOf({ caption, files, parts = [] }: Entry, index: number): Part {
  const part = parts[index];
  if (part === undefined) return { caption, files };
  const own = new Set(part.files);
  return { caption: part.caption, files: files.filter(({ path }) => own.has(path)) };
}

/**
 * The file of a package that is missing or not as the manifest has it; null: all are there. Only texts are hashed: a
 * text may be edited without changing its length.
 */
async function changedFile(
  folder: string,
  rows: readonly FileRow[],
  files: Pick<Files, 'factsOf' | 'sha256'>,
): Promise<string | null> {
  if (!rows.some(({ role }) => role === 'video' || role === 'photo')) return 'Its video or photos';
  const facts = await files.factsOf(rows.map(({ path }) => join(folder, path)));
  const signal = new AbortController().signal;
  for (const [index, { path, bytes, role, sha256 }] of rows.entries()) {
    if (facts[index]?.bytes !== bytes) return path;
    if (role === 'caption' && (await files.sha256(join(folder, path), signal)) !== sha256) return path;
  }
  return null;
}

const maxSubtitlesBytes = 5_000_000;

async function subtitlesOf(
  folder: string,
  rows: readonly FileRow[],
  files: Pick<Files, 'read'>,
): Promise<Package['subtitles']> {
  const row = rows.find(({ role }) => role === 'subtitles');
  if (row === undefined) return null;
  const path = join(folder, row.path);
  const bytes = await files.read(path, maxSubtitlesBytes).catch(noneIfTooLarge);
  const language = detectLanguage(spokenText(readCues(new TextDecoder().decode(bytes ?? undefined))));
  return { path, bytes: row.bytes, language };
}

function packageOf(
  { key, declarations, toDeclare }: Entry,
  {
    part: { caption, files },
    folder,
    ...rest
  }: Pick<Package, 'id' | 'planned' | 'answers' | 'subtitles'> & {
    readonly target: Target;
    readonly part: Part;
    readonly folder: string;
  },
): Package {
  const withRole = (wanted: FileRow['role']): PackageFile[] =>
    files.filter(({ role }) => role === wanted).map(({ path, bytes }) => ({ path: join(folder, path), bytes }));
  return {
    ...rest,
    ...{ key, declarations, toDeclare },
    title: caption?.title ?? null,
    body: caption?.body ?? '',
    hashtags: caption?.hashtags ?? [],
    video: withRole('video')[0] ?? null,
    photos: withRole('photo'),
    cover: withRole('cover')[0] ?? null,
  };
}
