import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import { type FolderUploads, openFolderUploads } from './folder-uploads.ts';
import type { Written } from './options.ts';
import { lockSession, openUploads } from './uploads.ts';
import type { StudioEnvironment } from './world.ts';

/** The files of one studio: uploads, and the state that the next studio needs to continue an unfinished run. */
export interface Session {
  /** Absolute. */
  readonly folder: string;
  /** @returns the path of the file; `isNew` is false if the same export was sent before */
  store(
    kind: 'exports' | 'media',
    name: string,
    body: AsyncIterable<Uint8Array>,
    declared: number | null,
  ): Promise<{ readonly path: string; readonly isNew: boolean }>;
  /** Folders that are sent file by file. */
  readonly folders: FolderUploads;
  /** Completes a folder, which is treated as an export. @returns its path */
  endFolder(id: string): Promise<string>;
  /** Treats a folder as media, because it contains only files of posts. */
  takeAsMedia(path: string): Promise<void>;
  readonly exports: () => readonly string[];
  /** The paths for `--media`. */
  readonly media: () => readonly string[];
  /** Number of videos and photos that were sent. */
  readonly mediaCount: () => number;
  forget(): Promise<void>;
  /** Sets whether the uploads are kept when the studio ends. */
  keep(keeps: boolean): Promise<void>;
  readonly isKept: () => boolean;
  /** Records that a run began: if this process is killed, the next studio continues with its uploads. */
  began(): Promise<void>;
  remember(options: Written): Promise<void>;
  readonly options: () => Written;
  /** Whether an earlier studio of this output folder left it. */
  readonly isTakenOver: boolean;
  /** Whether an earlier studio was ended during a run, and no run has started since. */
  readonly isUnfinished: () => boolean;
  /** @param isThrough whether nothing is left to do; after a run of one post there may be, but nothing was cut off */
  ended(isThrough: boolean): Promise<void>;
  /** @returns a sentence about the uploads that are kept; null if there are none */
  close(): Promise<string | null>;
}

const value = z.union([z.string().max(5000), z.boolean(), z.array(z.string().max(500)).max(100)]);
const document = z.object({
  schemaVersion: z.literal(1),
  out: z.string(),
  isKept: z.boolean(),
  /** A run began and was not finished. */
  isOpen: z.boolean(),
  exports: z.array(z.string().max(4000)).max(3000),
  options: z.record(z.string().max(40), value),
});
type Document = z.infer<typeof document>;

/** Uploads of a studio with another output folder are kept for this long. */
const keptDays = 30;
const maxBytes = 2_000_000;

/** Opens the folder of this studio: that of an earlier one with the same output folder, if it left uploads. */
export async function openSession(out: string, world: StudioEnvironment): Promise<Session> {
  const own = resolve(out);
  let before: Document | null = null;
  const { folder, release } = await lockSession(world, async (path) => {
    const found = await readDocument(path);
    if (found === null || !(found.isKept || found.isOpen)) return 'gone';
    if (found.out !== own) return (await ageInDays(path)) < keptDays ? 'kept' : 'gone';
    before = found;
    return 'taken over';
  });
  const uploads = openUploads(folder, release, world);
  const taken: Document | null = before;
  const fresh: Document = { schemaVersion: 1, out: own, isKept: false, isOpen: false, exports: [], options: {} };
  let now: Document = taken ?? fresh;
  now = { ...now, exports: await stillThere(folder, now.exports) };
  let isUnfinished = now.isOpen && now.exports.length > 0;
  const folders = openFolderUploads(folder, world);
  // Incomplete uploads of an earlier studio.
  await folders.forget();
  let media = await mediaIn(folder);
  const hashes = new Map<string, string>();
  const save = async (change: Partial<Document>) => {
    now = { ...now, ...change };
    await writeFile(documentPath(folder), JSON.stringify(now), { mode: 0o600 });
  };
  return {
    folder,
    async store(kind, name, body, declared) {
      const { path, sha256 } = await uploads.store(kind, name, body, declared);
      if (kind === 'media') {
        media = await mediaIn(folder);
        return { path, isNew: true };
      }
      const before = hashes.get(sha256);
      if (before !== undefined && now.exports.includes(before)) {
        await rm(dirname(path), { recursive: true, force: true });
        return { path: before, isNew: false };
      }
      hashes.set(sha256, path);
      await save({ exports: [...now.exports, path] });
      return { path, isNew: true };
    },
    folders,
    async endFolder(id) {
      const path = await folders.end(id);
      await save({ exports: [...now.exports, path] });
      return path;
    },
    async takeAsMedia(path) {
      const place = join(folder, 'media-alone');
      await mkdir(place, { recursive: true, mode: 0o700 });
      await rename(dirname(path), join(place, basename(dirname(path))));
      media = await mediaIn(folder);
      await save({ exports: now.exports.filter((each) => each !== path) });
    },
    exports: () => now.exports,
    media: () => media.paths,
    mediaCount: () => media.count,
    async forget() {
      await folders.forget();
      await uploads.forget();
      media = noMedia;
      isUnfinished = false;
      await save({ exports: [], isKept: false, isOpen: false });
    },
    keep: async (isKept) => save({ isKept }),
    isKept: () => now.isKept,
    async began() {
      isUnfinished = false;
      await save({ isOpen: true });
    },
    remember: async (options) => save({ options: options as Document['options'] }),
    options: () => now.options,
    isTakenOver: taken !== null,
    isUnfinished: () => isUnfinished,
    ended: async (isThrough) => (isThrough ? save({ isOpen: false }) : undefined),
    async close() {
      const { isOpen } = now;
      const stays = now.exports.length + media.count > 0 && (isOpen || now.isKept);
      await folders.forget();
      await uploads.close(stays);
      if (!stays) return null;
      return isOpen
        ? 'The run was not through, so what you dropped on the page stays for the next port studio, which goes on with it.'
        : 'What you dropped on the page is kept for the next port studio.';
    },
  };
}

function documentPath(folder: string): string {
  return join(folder, 'session.json');
}

async function readDocument(folder: string): Promise<Document | null> {
  try {
    const text = await readFile(documentPath(folder), 'utf8');
    return text.length > maxBytes ? null : document.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function ageInDays(folder: string): Promise<number> {
  const { mtimeMs } = await stat(documentPath(folder));
  return (Date.now() - mtimeMs) / 86_400_000;
}

/** Only files and folders in this folder: the document may have been forged. */
async function stillThere(folder: string, paths: readonly string[]): Promise<string[]> {
  const own = await readdir(join(folder, 'exports-alone'), { recursive: true, withFileTypes: true }).catch(() => []);
  const all = new Set(
    own.filter((each) => each.isFile() || each.isDirectory()).map((each) => join(each.parentPath, each.name)),
  );
  return paths.filter((path) => all.has(path));
}

const noMedia = { paths: [] as readonly string[], count: 0 };

/** Loose files are in one folder, each folder and each ZIP in one of its own. */
async function mediaIn(folder: string): Promise<typeof noMedia> {
  const below = async (name: string) =>
    (await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(() => [])).filter((each) =>
      each.isFile(),
    );
  const [loose, alone] = [await below('media'), await below('media-alone')];
  const place = join(folder, 'media-alone');
  const paths = alone.map(({ parentPath, name }) =>
    dirname(parentPath) === place
      ? join(parentPath, name)
      : join(place, relative(place, parentPath).split(sep)[0] ?? ''),
  );
  return {
    paths: [...(loose.length > 0 ? [join(folder, 'media')] : []), ...new Set(paths)],
    count: [...loose, ...alone].filter(({ name }) => !/\.json$/i.test(name)).length,
  };
}
