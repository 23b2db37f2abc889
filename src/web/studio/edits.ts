import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type * as z from 'zod';
import { type CellEdit, type Decided, editCaptions } from '../../deliver/edit-captions.ts';
import { isSystemError } from '../../errors.ts';
import { uploadId } from '../../posting/upload.ts';
import type { CaptionAnswer, PostDetail, WordsAnswer } from './api.ts';
import { detailOf } from './detail.ts';
import { captionPath, maxCaptionBytes } from './packages.ts';
import { RefusedError } from './refusal.ts';
import type { captionRequest, choiceRequest, wordsRequest } from './requests.ts';
import type { Studio } from './studio.ts';

/** Writes the words of a post into captions.csv, merged with what a spreadsheet saved meanwhile. */
export async function changeWords(
  studio: Studio,
  { account, key, cells, seen, decided }: z.output<typeof wordsRequest>,
): Promise<WordsAnswer> {
  const columns = ['caption', 'title', 'hashtags'] as const;
  const edits = columns.map((column) => ({ column, seen: seen[column], wanted: cells[column] }));
  const { cells: now, conflicts } = await edit(studio, account, key, edits, decided);
  const { caption, title, hashtags } = now;
  const ofWords = conflicts.flatMap(({ column, ...texts }) => {
    const own = columns.find((each) => each === column);
    return own === undefined ? [] : [{ column: own, ...texts }];
  });
  return { cells: { caption, title, hashtags }, conflicts: ofWords };
}

/**
 * Changes a choice for a post. The returned detail contains the conflict, if there is one.
 * @param request `seen` null: replaces whatever the cell says now
 */
export async function changeChoice(
  studio: Studio,
  request: Omit<z.output<typeof choiceRequest>, 'seen'> & { readonly seen: string | null },
): Promise<PostDetail> {
  const { account, key, column, value, seen, decided } = request;
  const texts = decided.map((text) => ({ column, text }));
  await edit(studio, account, key, [{ column, seen, wanted: value }], texts);
  return await detailOf(studio, account, key);
}

async function edit(
  studio: Studio,
  account: string,
  key: string,
  edits: readonly CellEdit[],
  decided: readonly Decided[] = [],
) {
  const { folder } = await knownPost(studio, account, key);
  const files = studio.world.files.confined(folder);
  const done = await editCaptions(folder, key, edits, { files, locks: studio.world.locks }, decided).catch(unwritable);
  if (done.isChanged) studio.refresher.ask(account, key);
  else if (done.conflicts.length + decided.length > 0) studio.events.send({ type: 'posts', account, keys: [key] });
  return done;
}

/** @throws RefusedError if a spreadsheet holds the file open, or the disk is full */
export function unwritable(error: unknown): never {
  if (!isSystemError(error)) throw error;
  const isBusy = error.code === 'EBUSY' || error.code === 'EPERM' || error.code === 'EACCES';
  throw new RefusedError(
    isBusy
      ? 'captions.csv cannot be written: close it where it is open, in a spreadsheet for example.'
      : `captions.csv cannot be written (${error.code}).`,
  );
}

/** @throws RefusedError if there is no such post in the folder */
export async function knownPost(studio: Studio, account: string, key: string) {
  const view = studio.view(account);
  if ((await view.entries(key)).length === 0) throw new RefusedError('There is no such post here.', 404);
  return view;
}

/** Writes a caption.txt, the words for one platform alone, as a person does with an editor. */
export async function changeCaption(
  studio: Studio,
  { account, key, target, part, text, seen }: z.output<typeof captionRequest>,
): Promise<CaptionAnswer> {
  const view = studio.view(account);
  const files = studio.world.files.confined(view.folder);
  const entry = (await view.entries(key)).find((each) => uploadId(each) === uploadId({ key, target }));
  const path = captionPath(key, target, part);
  if (entry?.files.every((file) => file.path !== path) ?? true)
    throw new RefusedError('This post has no words on that platform yet: make it first.', 404);
  const file = join(view.folder, path);
  const now = await files.readText(file, maxCaptionBytes).catch(() => null);
  if (now === text) return { text: now ?? '', conflict: null };
  if (now !== null && now !== (seen ?? '')) return { text: now, conflict: now };
  if (text !== null) await files.write(file, text);
  else {
    if (studio.exports.paths().length === 0)
      throw new RefusedError('Drop the export first: the words of port are made from it.');
    await files.remove(file);
  }
  studio.refresher.ask(account, key, text === null);
  return { text: text ?? '', conflict: null };
}

const maxCoverBytes = 40 << 20;

/** Stores a picture beside the originals and chooses it as the cover of a post. */
export async function changeCover(
  studio: Studio,
  { account, key, seen }: { readonly account: string; readonly key: string; readonly seen: string | null },
  body: AsyncIterable<Uint8Array>,
): Promise<PostDetail> {
  const { folder } = await knownPost(studio, account, key);
  const files = studio.world.files.confined(folder);
  const bytes = await collected(body);
  const extension = extensionOf(bytes);
  if (extension === null) throw new RefusedError('That is no picture that port knows: take a JPEG, PNG or WebP.', 400);
  // Without the key in it, since a file of that name could be taken for a photo of the post.
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = `covers/${name}.${extension}`;
  if ((await files.facts(join(folder, path))) === null) await files.write(join(folder, path), bytes);
  return await changeChoice(studio, { account, key, column: 'cover', value: path, seen, decided: [] });
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxCoverBytes) throw new RefusedError('The picture is larger than 40 MB.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function extensionOf(bytes: Buffer): 'jpg' | 'png' | 'webp' | null {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpg';
  if (start.startsWith('\u0089PNG\r\n')) return 'png';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : null;
}
