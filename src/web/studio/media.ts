import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { sendFile } from '../server/answer.ts';
import { contentType, decodedStep, plainSteps } from '../server/request-path.ts';
import type { PostDetail } from './api.ts';
import { type Call, sent } from './call.ts';
import { detailOf } from './detail.ts';
import { RefusedError } from './refusal.ts';
import type { Studio } from './studio.ts';

/** A file below an account's folder, or a part of it: only videos and pictures, and nothing hidden. */
export async function sendMedia({ path, incoming, outgoing }: Call, studio: Studio): Promise<typeof sent> {
  const [, account = '', ...encoded] = path.split('/');
  const steps = plainSteps(encoded) ?? [];
  if (!isMedia(steps.at(-1) ?? '')) throw new RefusedError('There is no such file.', 404);
  const root = await realpath(studio.view(decodedStep(account) ?? '').folder);
  await sendFile(incoming, outgoing, root, steps);
  return sent;
}

function isMedia(name: string): boolean {
  return /^(?:image|video)\//.test(contentType(name) ?? '');
}

/** A frame of a post's video as JPEG. */
export async function frameOf(
  studio: Studio,
  account: string,
  key: string,
  at: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { folder } = studio.view(account);
  const path = videoOf(await detailOf(studio, account, key));
  const frame = path === null ? null : await studio.frames.at(join(folder, path), at);
  if (frame === null) throw new RefusedError('There is no such picture.', 404);
  return frame;
}

/** The original or, if that is in another folder, the delivered video. */
function videoOf({ original, platforms }: PostDetail): string | null {
  if (original !== null) return original.path;
  const files = platforms.flatMap(({ packages }) => packages.flatMap((each) => each.files));
  return files.find(({ role }) => role === 'video')?.path ?? null;
}
