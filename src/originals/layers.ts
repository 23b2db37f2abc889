import PQueue from 'p-queue';
import { isOfAccount } from '../captions/handles.ts';
import { idsInName } from '../captions/tiktok-id.ts';
import type { Archive, ArchiveFile, PortFolder } from '../tools/archive.ts';
import { candidatesOf, kindOfName, type LocalCandidate } from './candidates.ts';
import { finishedName, isThumbnail, whyNoOriginal } from './downloads.ts';
import { minutesInName, timesInName } from './name-time.ts';
import { otherKinds } from './other-kinds.ts';
import { readSidecarOf, type Sidecar, sidecarNames } from './sidecar.ts';
import { isWatermarkedName } from './watermark.ts';

const sidecarsAtOnce = 16;

export interface LayerOptions {
  /** The folder's name that the account's own files have inside an archive of several accounts'. */
  readonly accountFolder: string;
  /** The user name, where the export tells it: files whose sidecar names another uploader are left alone. */
  readonly account: string | null;
  /** Former user names of the account: their files are its own. */
  readonly aliases: readonly string[];
  /** Seconds to add to times in names; null: nobody said, which is not 0. */
  readonly shift: number | null;
  /** The times of all known posts, by their keys. */
  readonly times: ReadonlyMap<string, number>;
}

export type LocalFiles = LocalCandidate<ArchiveFile>;

/**
 * The candidates of each archive, in the order in which they are to be tried: what lies in a folder of the account's
 * name before the rest, and after these the originals that `port` keeps in folders of the same account, each folder by
 * itself: it holds one original a post, and none of them makes a file of the person ambiguous.
 */
export async function layersOf(archives: readonly Archive[], options: LayerOptions): Promise<Layers> {
  const layers: LocalFiles[][] = [];
  const rejected: Rejected[] = [];
  const others: (() => Rejected[])[] = [];
  for (const { files } of archives) {
    const sidecars = await readSidecars(files);
    const known = files.filter(({ name }) =>
      isOfAccount(sidecars.get(name)?.uploader ?? null, options.account, options.aliases),
    );
    const { own, leftovers } = separateLeftovers(known, files, options.times);
    rejected.push(...rejectedOf(leftovers, sidecars, options));
    const persons = own.filter(({ keptBy }) => keptBy === undefined);
    others.push(() => rejectedOf(otherKinds(persons), sidecars, options));
    for (const part of [...splitByFolder(persons, options), ...storedOriginals(own, options)]) {
      layers.push([...candidatesOf(part, sidecars, options.times, isWatermarkedName, options.shift ?? 0)]);
    }
  }
  return { layers, rejected, others: () => others.flatMap((each) => each()) };
}

/** What only looks like an original, and why it is none; found in the same way as originals are. */
export interface Rejected extends LocalFiles {
  /** Sentences, by the indexes of its files. */
  readonly reasons: ReadonlyMap<number, string>;
}

export interface Layers {
  readonly layers: readonly LocalFiles[][];
  readonly rejected: readonly Rejected[];
  /** Files of kinds that are not taken, for the post that finds nothing else. */
  readonly others: () => readonly Rejected[];
}

/** What a downloader left of a file, or put beside one. */
interface Leftover {
  readonly file: ArchiveFile;
  /** What the file would be called if it were finished. */
  readonly name: string;
  readonly why: string;
}

/** @param all of the archive, of other accounts too: by what lies beside it a file is known */
function separateLeftovers(
  files: readonly ArchiveFile[],
  all: readonly ArchiveFile[],
  times: ReadonlyMap<string, number>,
): { readonly own: readonly ArchiveFile[]; readonly leftovers: readonly Leftover[] } {
  const names = new Set(all.map(({ name }) => name));
  const leftovers: Leftover[] = [];
  const own = files.filter((file) => {
    const { name } = file;
    const finished = finishedName(name, names);
    if (finished !== null) leftovers.push({ file, name: finished, why: whyNoOriginal('unfinished') });
    if (finished !== null) return false;
    // Whoever names a photo by its post means that photo.
    const isNamed = times.has(name.slice(name.lastIndexOf('/') + 1).replace(/\.\w+$/, ''));
    const isStill = !isNamed && isThumbnail(name, names);
    if (isStill) leftovers.push({ file, name, why: whyNoOriginal('photos') });
    return !isStill;
  });
  return { own, leftovers };
}

function rejectedOf(
  leftovers: readonly Leftover[],
  sidecars: ReadonlyMap<string, Sidecar>,
  { times, shift }: LayerOptions,
): Rejected[] {
  return candidatesOf(leftovers, sidecars, times, isWatermarkedName, shift ?? 0).map((candidate) => {
    const those = [...candidate.files];
    const files = new Map(those.map(([index, { file }]) => [index, file]));
    return { ...candidate, files, reasons: new Map(those.map(([index, { why }]) => [index, why])) };
  });
}

/** What is kept for another account may be of the same second, and is none of this account's. */
function storedOriginals(
  files: readonly ArchiveFile[],
  { account, accountFolder, aliases }: LayerOptions,
): ArchiveFile[][] {
  const byFolder = new Map<PortFolder, ArchiveFile[]>();
  for (const file of files) {
    const { keptBy } = file;
    if (keptBy === undefined || !isOfAccount(keptBy.account, account ?? accountFolder, aliases)) continue;
    const those = byFolder.get(keptBy) ?? [];
    those.push(file);
    byFolder.set(keptBy, those);
  }
  return [...byFolder.values()];
}

/**
 * Where a folder bears the account's name, other folders are other accounts', who may have posted at the same second:
 * of the rest only what lies loose counts, and folders named like a post.
 */
function splitByFolder(files: readonly ArchiveFile[], { accountFolder, times }: LayerOptions): ArchiveFile[][] {
  const top = ({ name }: ArchiveFile) => (name.includes('/') ? name.slice(0, name.indexOf('/')) : null);
  const isOwn = (file: ArchiveFile) => top(file)?.toLowerCase() === accountFolder.toLowerCase();
  const own = files.filter(isOwn);
  if (own.length === 0) return [[...files]];
  const rest = files.filter((file) => {
    const folder = top(file);
    if (folder === null) return true;
    return (
      !isOwn(file) &&
      (times.has(folder) || [idsInName, timesInName, minutesInName].some((read) => read(folder).length > 0))
    );
  });
  return [own, rest];
}

/** By the names of the media files that they lie beside. */
async function readSidecars(files: readonly ArchiveFile[]): Promise<ReadonlyMap<string, Sidecar>> {
  const byName = new Map(files.filter(({ name }) => name.endsWith('.json')).map((file) => [file.name, file]));
  if (byName.size === 0) return new Map();
  const queue = new PQueue({ concurrency: sidecarsAtOnce });
  const found = new Map<string, Sidecar>();
  await Promise.all(
    files.map(async ({ name }) => {
      if (kindOfName(name) === null) return;
      const sidecar = sidecarNames(name).flatMap((each) => byName.get(each) ?? [])[0];
      if (!sidecar) return;
      // A sidecar that cannot be read leaves the file its name.
      const read = await queue.add(async () => readSidecarOf(sidecar));
      if (read) found.set(name, read);
    }),
  );
  return found;
}
