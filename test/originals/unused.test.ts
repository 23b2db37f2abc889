import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import type { VideoProbe } from '../../src/model/probe.ts';
import type { ArchiveFile, PortFolder } from '../../src/tools/archive.ts';
import { fakeMedia } from '../servers/media.ts';
import { folderOf, key, never, photos, video, world } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);

describe('files of --media that match no post', () => {
  const names = async (files: Readonly<Record<string, Uint8Array | string>>, stored: readonly string[] = []) => {
    const archive = await folderOf(files);
    const keptBy = { account: 'maya' } as PortFolder;
    const marked = archive.files.map((file): ArchiveFile => (stored.includes(file.name) ? { ...file, keptBy } : file));
    const originals = await world().open({ posts: [video()], media: [{ ...archive, files: marked }], offline: true });
    await originals.get(video(), never);
    return originals.unusedFiles().map(({ name }) => name);
  };

  it('are reported: videos and photos, not notes', async () => {
    expect(await names({ 'holiday.mp4': mp4, 'notes.txt': 'x', [`${key}.mp4`]: mp4 })).toEqual(['holiday.mp4']);
  });

  it('are not reported if port stored them, for a post of another export', async () => {
    const stored = ['originals/2019-01-01_00-00-00.mp4'];
    expect(await names({ 'holiday.mp4': mp4, [`${stored[0]}`]: mp4 }, stored)).toEqual(['holiday.mp4']);
  });

  it('are not reported if several match one post, nor leftovers of downloads, which the post tells', async () => {
    const rivals = { 'a/2025-03-02 09.15.04.mp4': mp4, 'b/2025-03-02 09.15.04.mp4': fakeMedia('mp4', 5000, 2) };
    expect(await names({ ...rivals, 'holiday.mp4.part': mp4, 'old.temp.mp4': mp4 })).toEqual([]);
  });
});

describe('local files of a post', () => {
  const fetched = async (post: Post, files: Readonly<Record<string, Uint8Array>>) => {
    let probed = 0;
    const probe = async () => {
      probed++;
      return { createdAt: null } as VideoProbe;
    };
    const media = [await folderOf({ ...files, 'holiday.mp4': mp4 }), await folderOf({ 'other.mp4': mp4 })];
    const ffprobe = { probe, packets: async () => [] };
    const originals = await world().open({ posts: [post], media, offline: true }, { ffprobe });
    return { ...(await originals.get(post, never)), probed };
  };

  it('with its key: the times in other files are not looked for, as they are for a post without a file', async () => {
    expect((await fetched(video(), { [`${key}.mp4`]: mp4 })).probed).toBe(0);
    expect((await fetched(photos([]), {})).probed).toBe(0);
    expect((await fetched(video(), {})).probed).toBe(2);
  });

  it('that are of another kind than their names say are reported, and not that they have a watermark', async () => {
    const { issues } = await fetched(video(), { '20250302_091504_watermark.mp4': fakeMedia('jpg') });
    expect(issues.map(({ code, actual }) => [code, actual])).toEqual([
      ['damaged', '20250302_091504_watermark.mp4: it is something else than its name says'],
      ['no-link', 'file-unusable'],
    ]);
  });
});

describe('a folder in the store that is named like a file', () => {
  it('is neither the video of a post nor its cover', async () => {
    const { folder, open } = world();
    for (const name of [`${key}.mp4`, `${key}.cover.jpg`])
      mkdirSync(join(folder, 'originals', name), { recursive: true });
    const originals = await open({ posts: [video()] });
    expect(await originals.isAvailable(video())).toBe(false);
    writeFileSync(join(folder, 'originals', `${key}.mov`), mp4);
    const again = await open({ posts: [video()] });
    expect((await again.get(video(), never)).original).toMatchObject({ cover: null, files: [{ bytes: 5000 }] });
  });
});
