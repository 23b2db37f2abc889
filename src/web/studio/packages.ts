import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readCaptionText } from '../../deliver/caption-text.ts';
import type { PostingRow } from '../../posting/record.ts';
import { isOut } from '../../posting/state.ts';
import { packageIds, readPackageId } from '../../posting/upload.ts';
import type { CaptionRow, Entry } from '../../state/documents.ts';
import { targetNamed } from '../../targets/index.ts';
import type { Files } from '../../tools/files.ts';
import type { PostOnPlatform } from './api.ts';
import { messageOf } from './sentences.ts';

type Package = PostOnPlatform['packages'][number];

export const maxCaptionBytes = 1_000_000;

/** The path of a caption.txt relative to the account's folder. @param part null: the post is not split */
export function captionPath(key: string, target: string, part: string | null): string {
  return [target, key, ...(part === null ? [] : [part]), 'caption.txt'].join('/');
}

/** The packages of a post on one platform as they are on disk, with the texts that a person edited there. */
export async function packagesOf(
  entry: Entry,
  folder: string,
  row: PostingRow | undefined,
  files: Files,
): Promise<readonly Package[]> {
  const { key, target, files: all } = entry;
  if (all.length === 0) return [];
  return await Promise.all(
    packageIds(entry).map(async (id) => {
      const part = readPackageId(id)?.part ?? null;
      const place = [target, key, ...(part === null ? [] : [part])].join('/');
      const own = all.filter(
        ({ path }) => path.startsWith(`${place}/`) && (part !== null || !/\/part-\d+\//.test(path)),
      );
      const words = await wordsOf(entry, part, files, folder);
      return {
        part,
        folder: join(folder, place),
        isOut: row !== undefined && isOut(row, id),
        ...words,
        files: own.map(({ path, role, bytes, sha256, action, why }) => ({
          path,
          version: sha256.slice(0, 8),
          role,
          bytes,
          action,
          why: why.map(messageOf),
        })),
      };
    }),
  );
}

async function wordsOf(
  entry: Entry,
  part: string | null,
  files: Files,
  folder: string,
): Promise<Pick<Package, 'title' | 'body' | 'hashtags' | 'isEdited' | 'captionText'>> {
  const path = captionPath(entry.key, entry.target, part);
  const text = (await files.readText(join(folder, path), maxCaptionBytes).catch(() => null)) ?? '';
  const listed = entry.files.find((file) => file.path === path);
  const isEdited = text !== '' && (listed === undefined || listed.edited === true || listed.sha256 !== sha256(text));
  const recorded: CaptionRow | null | undefined =
    entry.parts?.find((each) => each.files.includes(path))?.caption ?? entry.caption;
  const words = targetNamed(entry.target)?.words;
  const form = { hasTitle: words?.title != null, hasThreads: words?.thread !== undefined };
  const said = isEdited || recorded == null ? readCaptionText(text, form) : recorded;
  return { title: said.title, body: said.body, hashtags: said.hashtags, isEdited, captionText: text };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
