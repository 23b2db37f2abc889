import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExportError, isSystemError } from '../../errors.ts';
import type { Archive, ArchiveFile } from '../../tools/archive.ts';
import { pathInside } from '../../tools/inside.ts';
import { RefusedError } from './refusal.ts';
import { remediesOf } from './remedies.ts';
import type { Studio } from './studio.ts';
import { reserve } from './uploads.ts';

/** Files of which each could be the original of a post: a person picks one. */

/** A file in an export or a ZIP that is unpacked for its picture has at most this many bytes. */
const maxUnpacked = 500_000_000;
/** The picture is taken here, in seconds: many videos begin in black. */
const moment = 1;

/**
 * Takes a copy of the right file of several under the name of the post, which no other file then fits better.
 * @throws RefusedError if it is no candidate of the post, is not here, or cannot be read
 */
export async function pickCandidate(studio: Studio, account: string, key: string, name: string): Promise<void> {
  if (!(await isOffered(studio, account, key, name)))
    throw new RefusedError('This file is none of those that fit the post. Look again.', 404);
  const file = await inFolders(studio, name);
  try {
    if (file !== null) return await studio.addMedia(nameFor(key, name), createReadStream(file.path), file.bytes);
    const found = await inArchives(studio, name, async ({ bytes, stream }) =>
      studio.addMedia(nameFor(key, name), stream(new AbortController().signal), bytes),
    );
    if (found !== null) return;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new RefusedError(`The file cannot be read (${error.code}).`);
  }
  throw new RefusedError('This file is in no folder of your own videos here. Drop it on the post instead.', 404);
}

/**
 * A frame of such a file, small, as JPEG.
 * @throws RefusedError if it is no candidate of the post, or has no frame
 */
export async function candidatePicture(
  studio: Studio,
  account: string,
  key: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const picture = (await isOffered(studio, account, key, name)) ? await pictureOf(studio, name) : null;
  if (picture === null) throw new RefusedError('There is no such picture.', 404);
  return picture;
}

/** A name comes from a page, which may name anything. */
async function isOffered(studio: Studio, account: string, key: string, name: string): Promise<boolean> {
  const entries = await studio.view(account).entries(key);
  const offered = entries.flatMap((entry) => remediesOf(entry, 'video'));
  return offered.some((each) => each.kind === 'pick' && each.files.includes(name));
}

async function pictureOf(studio: Studio, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await inFolders(studio, name);
  if (file !== null) return await frameOf(studio, file.path);
  return await inArchives(studio, name, async ({ bytes, stream }) => {
    const free = await studio.world.disk.free(studio.session.folder);
    if (bytes > maxUnpacked || bytes + reserve > free) return null;
    const folder = await mkdtemp(join(studio.session.folder, 'candidate-'));
    try {
      const path = join(folder, nameFor('candidate', name));
      await pipeline(stream(new AbortController().signal), createWriteStream(path));
      return await frameOf(studio, path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** Of a video that is too short for the moment: its first frame. */
async function frameOf({ frames }: Studio, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await frames.at(path, moment)) ?? (await frames.at(path, 0));
}

const nameFor = (key: string, name: string) => `${key}${extname(name)}`;

/** @param name comes from a page: it must be of a file in a folder that was named or filled for this */
async function inFolders(studio: Studio, name: string) {
  for (const root of studio.media()) {
    // A ZIP.
    if ((await studio.world.files.facts(root)) !== null) continue;
    const path = join(root, name);
    if (pathInside(root, path) === null) continue;
    const facts = await studio.world.files.facts(path);
    if (facts !== null) return { path, bytes: facts.bytes };
  }
  return null;
}

/**
 * @returns what `use` makes of the file of this name in an export, or in a ZIP among the person's own media; null if none
 * has it
 */
async function inArchives<T>(studio: Studio, name: string, use: (file: ArchiveFile) => Promise<T>): Promise<T | null> {
  for (const path of [...studio.exports.paths(), ...studio.media()]) {
    const archive = await opened(studio, path);
    if (archive === null) continue;
    try {
      const file = archive.files.find((each) => each.name === name);
      if (file !== undefined) return await use(file);
    } finally {
      await archive.close();
    }
  }
  return null;
}

/** null if it cannot be read any more: the file may be in another one. */
async function opened(studio: Studio, path: string): Promise<Archive | null> {
  try {
    return await studio.world.archives.open(path);
  } catch (error) {
    if (error instanceof ExportError) return null;
    throw error;
  }
}
