import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { folderKey, folderName } from '../../deliver/folder-name.ts';
import { isSystemError } from '../../errors.ts';
import { RefusedError } from './refusal.ts';
import { full, reserve, safeName, write } from './uploads.ts';
import type { StudioEnvironment } from './world.ts';

/** Folders that are sent file by file: unzipped exports, and folders of videos. */
export interface FolderUploads {
  /**
   * Starts a folder.
   * @param name as sent by the browser: anything
   * @param files,bytes what the browser is about to send
   * @returns the id under which its files are added
   */
  begin(name: string, files: number, bytes: number): Promise<string>;
  /** @param way the path inside the folder, with `/`, as sent by the browser: anything */
  add(id: string, way: string, body: AsyncIterable<Uint8Array>, declared: number | null): Promise<void>;
  /**
   * Moves the complete folder to the exports.
   * @returns the absolute path of the folder, which is alone in its parent folder
   */
  end(id: string): Promise<string>;
  /** Removes the files of a folder that arrived. */
  cancel(id: string): Promise<void>;
  /** Removes all incomplete folders. */
  forget(): Promise<void>;
}

/** The limit for ZIPs. */
const maxFiles = 200_000;
const maxFolders = 20;
const maxDepth = 16;
const longestWay = 1024;

interface Arriving {
  readonly name: string;
  /** The announced numbers that have not arrived yet. */
  files: number;
  bytes: number;
  /** Keys of the paths that arrived, equal for paths that are the same file on some file system. */
  readonly taken: Set<string>;
}

/** @param folder that of the session */
export function openFolderUploads(folder: string, { disk }: Pick<StudioEnvironment, 'disk'>): FolderUploads {
  const arriving = new Map<string, Arriving>();
  const root = join(folder, 'arriving');
  const known = (id: string): Arriving => {
    const found = arriving.get(id);
    if (found === undefined) throw new RefusedError('This folder is not being sent any more: send it again.', 404);
    return found;
  };
  return {
    async begin(name, files, bytes) {
      if (files > maxFiles) throw new RefusedError(`More than ${maxFiles} files in one folder are too many.`, 413);
      if (arriving.size >= maxFolders) throw new RefusedError('Too many folders at a time: send them one by one.');
      const free = await disk.free(folder);
      if (bytes + reserve > free) throw full(bytes, free);
      const id = randomBytes(6).toString('hex');
      const own = folderName(name.split(/[/\\]/).filter(Boolean).at(-1) ?? '');
      await mkdir(join(root, id, own), { recursive: true, mode: 0o700 });
      arriving.set(id, { name: own, files, bytes, taken: new Set() });
      return id;
    },
    async add(id, way, body, declared) {
      const own = known(id);
      const steps = stepsOf(way);
      if (declared === null) throw new RefusedError('It did not arrive in full: send it again.', 400);
      // Counted before the bytes arrive, so that nothing arrives uncounted.
      own.files--;
      own.bytes -= declared;
      if (own.files < 0 || own.bytes < 0) throw new RefusedError('More came than was announced.', 400);
      const path = join(root, id, own.name, ...untaken(steps, own.taken));
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await write(path, body, declared, async () => {
          const left = await disk.free(folder);
          if (left < reserve / 2) throw full(null, left);
        });
      } catch (error) {
        if (isSystemError(error)) throw new RefusedError(`It could not be stored (${error.code}).`, 507);
        throw error;
      }
    },
    async end(id) {
      const { name } = known(id);
      arriving.delete(id);
      const place = join(folder, 'exports-alone');
      await mkdir(place, { recursive: true, mode: 0o700 });
      await rename(join(root, id), join(place, id));
      return join(place, id, name);
    },
    async cancel(id) {
      if (arriving.delete(id)) await rm(join(root, id), { recursive: true, force: true });
    },
    async forget() {
      arriving.clear();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The steps of a path that a browser sent, as names that are valid on every system. @throws RefusedError if it leads out */
export function stepsOf(way: string): readonly string[] {
  const sent = way.split(/[/\\]/).filter((step) => step !== '' && step !== '.');
  if (sent.length === 0 || sent.length > maxDepth || way.length > longestWay || sent.includes('..'))
    throw new RefusedError('A file of this folder has a path that port does not take.', 400);
  return [...sent.slice(0, -1).map(folderName), safeName(sent.at(-1) ?? '', 'media')];
}

/** Adds a number if another path became the same safe name, so that neither file replaces the other. */
function untaken(steps: readonly string[], taken: Set<string>): readonly string[] {
  const name = steps.at(-1) ?? '';
  const [, stem = name, extension = ''] = /^(.*?)(\.\w{1,8})?$/s.exec(name) ?? [];
  for (let count = 1; ; count++) {
    const way = [...steps.slice(0, -1), count === 1 ? name : `${stem} (${count})${extension}`];
    const key = folderKey(way.join('/'));
    if (taken.has(key)) continue;
    taken.add(key);
    return way;
  }
}

/** Whether a folder has videos or photos, and nothing that TikTok could have exported. */
export async function hasOnlyMedia(folder: string): Promise<boolean> {
  const all = await readdir(folder, { recursive: true });
  // `video.info.json` and `photo.jpg.json` are sidecars.
  const isOfExport = (name: string) =>
    (/\.json(?:\.gz)?$/i.test(name) && !/\.(?:info|jpe?g|png|webp|heic|mp4|mov|m4v|webm)\.json$/i.test(name)) ||
    /(?:^|[/\\])Posts\.txt$/i.test(name);
  return all.some((name) => /\.(?:mp4|mov|m4v|webm|jpe?g|png|webp|heic)$/i.test(name)) && !all.some(isOfExport);
}
