import { fileURLToPath } from 'node:url';
import { readExport } from '../../src/exports/index.ts';
import type { ExportFile } from '../../src/model/export-file.ts';
import type { Export } from '../../src/model/post.ts';
import { createArchives } from '../../src/tools/archives.ts';

export const fixtures = fileURLToPath(new URL('../../fixtures/exports/', import.meta.url));

/** A file of an export, in memory. */
export function file(name: string, content: string | Uint8Array): ExportFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, bytes: bytes.length, read: async () => bytes };
}

/** A row of `VideoList` as exports of 2025 hold it. */
export function row(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Date: '2025-03-02 09:15:04',
    Link: video('one'),
    Likes: '12',
    WhoCanView: 'Everyone',
    Sound: 'original sound - maya',
    Title: '',
    ...changes,
  };
}

export function video(object: string, expires = 1741770904): string {
  return `https://video-useast5.tiktokv.us/storage/v1/tos-useast5-ve-0068c001-tx/${object}?br=2345&mime_type=video_mp4&x-tos-expires=${expires}&x-tos-signature=secret`;
}

export function photo(hash: string, expires = 1741252504): string {
  return `https://p16-ttdyd-sign-sg.ibyteimg.com/tos-alisg-i-photomode-sg/${hash}~tplv-noop.jpeg?x-expires=${expires}&x-signature=secret`;
}

/** A document of generation D with these rows. */
export function document(rows: unknown, deleted: unknown = [], account: unknown = 'maya'): Record<string, unknown> {
  return {
    Profile: { 'Profile Info': { ProfileMap: { userName: account } } },
    Post: { Posts: { VideoList: rows }, 'Recently Deleted Posts': { PostList: deleted } },
  };
}

export function readDocument(value: unknown): Promise<Export> {
  return readExport([file('user_data_tiktok.json', JSON.stringify(value))]);
}

export function readRows(rows: unknown, deleted: unknown = []): Promise<Export> {
  return readDocument(document(rows, deleted));
}

/** Reads a fixture: a file or a folder below fixtures/exports. */
export async function readFixture(name: string): Promise<Export> {
  const archive = await createArchives().open(fixtures + name);
  try {
    return await readExport(archive.files);
  } finally {
    await archive.close();
  }
}
