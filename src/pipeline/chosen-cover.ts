import { isAbsolute, join, resolve, sep } from 'node:path';
import { readCoverCell } from '../captions/cover-cell.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { wholePicture } from '../plan/cover.ts';
import type { Material, Photo } from '../plan/post.ts';
import { cachedHash } from '../state/file-facts.ts';
import type { ArchiveFile } from '../tools/archive.ts';
import type { Files } from '../tools/files.ts';
import type { PostRun, PostWords } from './context.ts';
import { probeImage } from './probe-original.ts';

/** The cover that a person chose for a post in captions.csv, or by `--cover`. */
export interface ChosenCover {
  /** The cell; empty: none was chosen. */
  readonly cell: string;
  /** Seconds of the video. */
  readonly at: number | null;
  readonly picture: Photo | null;
  /** Why the cell is ignored; the cover is then chosen as for every other post. */
  readonly issues: readonly Issue[];
}

/** The folders whose pictures a cell may name. */
export function foldersOfCovers(
  { folder }: Pick<PostRun, 'folder'>,
  { media }: { readonly media: readonly string[] },
): readonly string[] {
  return [folder, ...media.map((path) => resolve(path))];
}

type Run = Pick<PostRun, 'folder' | 'coverFolders' | 'pathHere' | 'manifest' | 'probeCache' | 'tools' | 'signal'>;

/**
 * Reads a post's cell, and opens the picture that it names: a file in the account's folder or in one of `--media` that is
 * not behind a symbolic link and was not made by port.
 */
export async function openChosenCover(post: Post, cell: string, run: Run): Promise<ChosenCover> {
  const read = readCoverCell(cell);
  const nothing: ChosenCover = { cell, at: null, picture: null, issues: [] };
  switch (read.kind) {
    case 'none':
      return nothing;
    case 'bad':
      return { ...nothing, issues: [unusable(cell, read.why)] };
    case 'moment':
      if (post.kind === 'video') return { ...nothing, at: read.at };
      return {
        ...nothing,
        issues: [unusable(cell, `this post has photos; name one of them, such as originals/${post.key}/02.jpg`)],
      };
    case 'picture': {
      const picture = await openPicture(read.path, run);
      return typeof picture === 'string' ? { ...nothing, issues: [unusable(cell, picture)] } : { ...nothing, picture };
    }
  }
}

/** Checks the chosen time against the length of the video, once that is known. */
export function withinVideo(cover: ChosenCover, material: Material): ChosenCover {
  if (cover.at === null || material.kind !== 'video') return cover;
  const { to } = wholePicture(material.probe);
  if (cover.at < to) return cover;
  return { ...cover, at: null, issues: [unusable(cover.cell, `the video lasts ${Math.floor(to * 100) / 100} s`)] };
}

/** Removes the covers of posts from the files that fit no post. */
export async function withoutCovers(
  leftOver: readonly ArchiveFile[],
  posts: readonly Post[],
  captions: Pick<PostWords, 'choicesOf'>,
  { coverFolders, tools: { files } }: Pick<PostRun, 'coverFolders' | 'tools'>,
): Promise<readonly ArchiveFile[]> {
  if (leftOver.length === 0) return leftOver;
  const used = new Set<string>();
  for (const { key } of posts) {
    const read = readCoverCell(captions.choicesOf(key).cover);
    const found = read.kind === 'picture' ? await findPicture(read.path, coverFolders, files) : null;
    if (found !== null && 'path' in found) used.add(found.path);
  }
  return leftOver.filter(({ path }) => path === null || !used.has(path));
}

function unusable(cell: string, why: string): Issue {
  return { code: 'cover-unusable', severity: 'warning', actual: cell.slice(0, 200), limit: why };
}

/** @returns why it cannot be used, to go on after a colon */
async function openPicture(path: string, run: Run): Promise<Photo | string> {
  const { coverFolders, folder, probeCache, tools, signal, pathHere = (each) => each } = run;
  const found = await findPicture(pathHere(path), coverFolders, tools.files);
  if ('why' in found) return found.why;
  if (await isOurs(found.path, folder, run)) return 'port made that file; name one of your own';
  const facts = await tools.files.facts(found.path);
  if (facts === null || facts.bytes === 0) return 'that is no picture';
  const probe = await probeImage(found.path, probeCache, tools);
  if ('severity' in probe) return 'it cannot be opened as a picture; save it as JPEG';
  const make = async () => tools.files.sha256(found.path, signal);
  const sha256 = await cachedHash(probeCache, found.path, make, facts);
  return { file: { path: found.path, bytes: facts.bytes, sha256 }, probe };
}

async function findPicture(
  written: string,
  folders: readonly string[],
  files: Files,
): Promise<{ readonly path: string } | { readonly why: string }> {
  let leadsOut = false;
  // The sheet may have been filled in on Windows.
  const ways = written.includes('\\') && sep !== '\\' ? [written, written.replaceAll('\\', '/')] : [written];
  const roots = [...folders, ...(await Promise.all(folders.map(files.real)))].filter((root) => root !== null);
  for (const way of ways) {
    for (const root of new Set(roots)) {
      const path = isAbsolute(way) ? way : join(root, way);
      // A path that leads outside, or through a symbolic link, is not opened.
      if ((await files.pathInside(root, path).catch(() => null)) === null) leadsOut = true;
      else if (await files.facts(path)) return { path };
    }
  }
  const outside = 'the picture has to lie in the account’s folder or in a folder of --media';
  return { why: leadsOut ? outside : 'there is no such picture in the account’s folder, nor in a folder of --media' };
}

/** Whether port made the file. A cover made from port's own cover would change in every run. */
async function isOurs(path: string, folder: string, { manifest, tools }: Run): Promise<boolean> {
  const roots = [folder, (await tools.files.real(folder)) ?? folder];
  const ways = await Promise.all(roots.map(async (root) => tools.files.pathInside(root, path)));
  const inside = ways.find((way) => way !== null);
  if (inside === undefined) return false;
  const [target = '', key = ''] = inside.split('/');
  const files = manifest.rowsOf(key, [target]).flatMap((row) => row.files);
  return target.startsWith('.') || files.some((row) => row.path === inside && row.action !== 'own');
}
