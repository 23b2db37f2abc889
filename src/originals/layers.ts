import { posix } from 'node:path';
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
  /** The name of the account's folder in an archive of several accounts. */
  readonly accountFolder: string;
  /** The user name in the export, or null: files whose sidecar names another uploader are ignored. */
  readonly account: string | null;
  /** Former user names of the account. */
  readonly aliases: readonly string[];
  /** Seconds to add to times in names; null if not given, which differs from 0. */
  readonly shift: number | null;
  /** The times of all known posts, by key. */
  readonly times: ReadonlyMap<string, number>;
}

export type LocalFiles = LocalCandidate<ArchiveFile>;

/**
 * The candidates of each archive, in order of preference: files in a folder with the account's name, then the other
 * files, then originals that `port` stores in folders of the same account. Each of those folders is a layer of its own:
 * it has one original for each post, and must not make a person's file ambiguous.
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

/** Files that look like originals but are not, matched to posts like originals, with the reasons. */
export interface Rejected extends LocalFiles {
  /** Sentences, by the index of the file. */
  readonly reasons: ReadonlyMap<number, string>;
}

export interface Layers {
  readonly layers: readonly LocalFiles[][];
  readonly rejected: readonly Rejected[];
  /** Files of unsupported kinds, for posts without another file. */
  readonly others: () => readonly Rejected[];
}

/** An unfinished download, or a thumbnail that a downloader saved. */
interface Leftover {
  readonly file: ArchiveFile;
  /** The name of the finished file. */
  readonly name: string;
  readonly why: string;
}

/** @param all all files of the archive, because a file is recognised by its neighbours */
function separateLeftovers(
  files: readonly ArchiveFile[],
  all: readonly ArchiveFile[],
  times: ReadonlyMap<string, number>,
): { readonly own: readonly ArchiveFile[]; readonly leftovers: readonly Leftover[] } {
  const names = new Set(all.map(({ name }) => name));
  const leftoverOf = (file: ArchiveFile): Leftover | null => {
    const { name } = file;
    const finished = finishedName(name, names);
    if (finished !== null) return { file, name: finished, why: whyNoOriginal.unfinished };
    // A photo that is named by its post's key is meant to be used.
    const isNamed = times.has(posix.parse(name).name);
    return !isNamed && isThumbnail(name, names) ? { file, name, why: whyNoOriginal.still } : null;
  };
  const leftovers = new Map(files.map((file) => [file, leftoverOf(file)]));
  return {
    own: files.filter((file) => leftovers.get(file) === null),
    leftovers: [...leftovers.values()].filter((each) => each !== null),
  };
}

function rejectedOf(
  leftovers: readonly Leftover[],
  sidecars: ReadonlyMap<string, Sidecar | null>,
  { times, shift }: LayerOptions,
): Rejected[] {
  return candidatesOf(leftovers, sidecars, times, isWatermarkedName, shift ?? 0).map((candidate) => {
    const found = [...candidate.files];
    const files = new Map(found.map(([index, { file }]) => [index, file]));
    return { ...candidate, files, reasons: new Map(found.map(([index, { why }]) => [index, why])) };
  });
}

/** Stored originals of this account, by folder. Those of other accounts may have the same second and are left out. */
function storedOriginals(
  files: readonly ArchiveFile[],
  { account, accountFolder, aliases }: LayerOptions,
): ArchiveFile[][] {
  const folders = new Set<PortFolder>(files.flatMap(({ keptBy }) => keptBy ?? []));
  return [...folders]
    .filter((folder) => isOfAccount(folder.account, account ?? accountFolder, aliases))
    .map((folder) => files.filter(({ keptBy }) => keptBy === folder));
}

/**
 * If a folder has the account's name, other folders belong to other accounts, which may have posts of the same second.
 * Of the rest, only files at the top level and folders named like a post are used.
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

/** Reads the sidecars, by the name of their media file. */
async function readSidecars(files: readonly ArchiveFile[]): Promise<ReadonlyMap<string, Sidecar | null>> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const queue = new PQueue({ concurrency: sidecarsAtOnce });
  const found = new Map<string, Sidecar | null>();
  await Promise.all(
    files.map(async ({ name }) => {
      if (kindOfName(name) === null) return;
      const sidecar = sidecarNames(name).flatMap((each) => byName.get(each) ?? [])[0];
      if (!sidecar) return;
      // If the sidecar cannot be read, the file is matched by its name.
      found.set(name, await queue.add(async () => readSidecarOf(sidecar)));
    }),
  );
  return found;
}
