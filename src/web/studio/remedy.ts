import { createReadStream } from 'node:fs';
import { extname, join } from 'node:path';
import type * as z from 'zod';
import { isSystemError } from '../../errors.ts';
import { wayInside } from '../../tools/inside.ts';
import type { remedyRequest } from './api.ts';
import { changeChoice } from './edits.ts';
import { RefusedError } from './refusal.ts';
import type { Studio } from './studio.ts';

/** Does what helps a post that is held or failed, and makes it anew. */
export async function remedy(
  studio: Studio,
  { account, key, remedy: what }: z.output<typeof remedyRequest>,
): Promise<void> {
  const entries = await studio.view(account).entries(key);
  if (entries.length === 0) throw new RefusedError('There is no such post here.', 404);
  if (studio.exports.paths().length === 0) throw new RefusedError('Drop the export first: the post is made from it.');
  const has = (...codes: readonly string[]) =>
    entries.some(({ issues }) => issues.some(({ code }) => codes.includes(code)));
  switch (what.kind) {
    case 'include': {
      if (has('visibility')) {
        const before = studio.choices.written()['include'];
        const all = [...new Set([...[before ?? []].flat().map(String), key])];
        await studio.choose({ options: { include: all } });
      }
      if (has('target-left-out', 'targets-unread'))
        await changeChoice(studio, { account, key, column: 'targets', value: '', seen: null, decided: [] });
      break;
    }
    case 'pick':
      await pick(studio, key, what.file);
      break;
    case 'again':
      break;
  }
  studio.refresher.ask(account, key, true);
}

/** Takes a copy of the right file of several under the name of the post, which no other file then fits better. */
async function pick(studio: Studio, key: string, name: string): Promise<void> {
  for (const root of studio.media()) {
    const path = join(root, name);
    // The name comes from a page: it must be of a file in a folder that was named or filled for this.
    if (wayInside(root, path) === null) continue;
    const facts = await studio.world.files.facts(path);
    if (facts === null) continue;
    try {
      await studio.addMedia(`${key}${extname(name)}`, createReadStream(path), facts.bytes);
      return;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      throw new RefusedError(`The file cannot be read (${error.code}).`);
    }
  }
  for (const path of studio.exports.paths()) if (await pickInExport(studio, key, name, path)) return;
  throw new RefusedError('This file is in no folder of your own videos here. Drop it on the post instead.', 404);
}

/** The files that fit may be in the export itself. @returns whether it has one of this name */
async function pickInExport(studio: Studio, key: string, name: string, path: string): Promise<boolean> {
  const archive = await studio.world.archives.open(path);
  try {
    const file = archive.files.find((each) => each.name === name);
    if (file === undefined) return false;
    await studio.addMedia(`${key}${extname(name)}`, file.stream(new AbortController().signal), file.bytes);
    return true;
  } finally {
    await archive.close();
  }
}
