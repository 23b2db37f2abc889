import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCameraName } from '../../src/originals/camera-name.ts';
import { minutesInName, timesInName } from '../../src/originals/name-time.ts';
import { cases, isKnowable, type Named, patience, shiftedArchives } from '../captions/shifted-archives.ts';
import { fakeMedia } from '../servers/media.ts';
import { clockwork, folderOf, never, video, world } from './world.ts';

const second = (time: number) =>
  new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
const nameOf = ({ of, time, toMinute }: Named, copy: number) =>
  `${toMinute ? second(time).slice(0, -3) : second(time)} ${of}${copy > 0 ? ` (${copy})` : ''}.mp4`;

describe('small real files in a folder of --media', () => {
  it(
    'in any time zone of the names, no file is stored or used for a wrong post',
    async () => {
      await fc.assert(
        fc.asyncProperty(shiftedArchives({ most: 25 }), async (archive) => {
          fc.pre(isKnowable(archive));
          const copies = new Map<string, number>();
          const files = archive.names.map((name) => {
            const copy = copies.get(name.of) ?? 0;
            copies.set(name.of, copy + 1);
            return [nameOf(name, copy), fakeMedia('mp4', 64, 1 + Number(name.of.slice(1)))] as const;
          });
          const posts = archive.posts.map((post) => video(post));
          const ownTimes = clockwork({});
          const place = world();
          const media = [await folderOf(Object.fromEntries(files))];
          const originals = await place.open({ posts, media, offline: true }, { ffprobe: ownTimes });
          const wrong: string[] = [];
          for (const post of posts) {
            const { original } = await originals.get(post, never);
            const name = basename(original?.files[0]?.path ?? '');
            if (original !== null && !name.includes(post.key)) wrong.push(`${post.key}: ${name}`);
          }
          expect(wrong).toEqual([]);
        }),
        { numRuns: Math.ceil(cases.numRuns / 8) },
      );
    },
    patience,
  );
});

describe('a time without seconds in a name', () => {
  const minute = Date.UTC(2025, 2, 2, 9, 15) / 1000;
  it.each<[string, number[]]>([
    ['2025-03-02 09.15 harbour', [minute]],
    ['2025-03-02_09-15', [minute]],
    ['2025-03-02T0915', [minute]],
    ['2025-03-02T09:15Z', [minute]],
    ['2025-03-02 at 9.15 AM', [minute]],
    ['2025-03-02 at 9.15 PM', [minute + 12 * 3600]],
    ['2025-03-02T10:15+0100', [minute]],
    // The seconds are there: `timesInName` reads it.
    ['2025-03-02 09.15.04', []],
    ['20250302_091504', []],
    // Four digits alone are rather a number that somebody gave the file.
    ['20250302 0915', []],
    ['2025-03-02 0915', []],
    ['2025-03-02', []],
    ['2025-03-02 25.15', []],
    ['2025-02-30 09.15', []],
    ['2025-03-02 9.15', []],
  ])('%s', (name, times) => {
    expect(minutesInName(name).map(({ time }) => time)).toEqual(times);
    if (times.length > 0) expect(timesInName(name)).toEqual([]);
  });
});

describe('a name given by a camera or messenger', () => {
  it.each([
    'DCIM/Camera/VID_20251014_100009.mp4',
    'IMG_4711.MOV',
    'IMG-20251014-WA0003.jpg',
    'VID-20251014-WA0003.mp4',
    'PXL_20251014_100009123.mp4',
    'MVIMG_20251014_100009.jpg',
    'DSC01234.JPG',
    'DSCN0042.JPG',
    'DJI_0042.MP4',
    'GOPR0042.MP4',
    'GX010042.MP4',
    'Chat Video 2025-10-13 at 10.00.11.mp4',
    'WhatsApp Image 2025-10-13 at 10.00.11.jpeg',
    'Telegram Video 2025-10-13.mp4',
    'Screenshot_20251014-100009.png',
    'Screen Recording 2025-10-14 at 10.00.09.mov',
    'RPReplay_Final1760436009.mp4',
  ])('%s', (name) => expect(isCameraName(name)).toBe(true));

  it.each([
    '2025-10-14_10-00-02.mp4',
    '2025-10-14 10.00.02-video-maya-harbour.mp4',
    'maya_20251014_100002.mp4',
    '7560000000000000000.mp4',
    'Caption 1 [7560000000000000000].mp4',
    'video.mp4',
    'Imagine all the people.mp4',
    'VID_20251014_100009/2025-10-14_10-00-02.mp4',
    'Line dance 2025-10-14 10.00.02.mp4',
    'Movie night.mp4',
  ])('but not %s', (name) => expect(isCameraName(name)).toBe(false));
});
