import { describe, expect, it } from 'vitest';
import { finishedName, isThumbnail } from '../../src/originals/downloads.ts';

const id = '7477122334455667788';

describe('unfinished downloads', () => {
  it.each([
    [`${id}.mp4.part`, `${id}.mp4`],
    [`${id}.mp4.part-Frag12`, `${id}.mp4`],
    [`${id}.mp4.ytdl`, `${id}.mp4`],
    [`${id}.mp4.crdownload`, `${id}.mp4`],
    [`${id}.mp4.opdownload`, `${id}.mp4`],
    [`${id}.mp4.download`, `${id}.mp4`],
    [`${id}.mp4.download/${id}.mp4`, `${id}.mp4/${id}.mp4`],
    [`${id}.mp4.!ut`, `${id}.mp4`],
    [`${id}.mp4.aria2`, `${id}.mp4`],
    [`a/Harbour [${id}].temp.mp4`, `a/Harbour [${id}].mp4`],
    [`Harbour [${id}].f137.mp4`, `Harbour [${id}].mp4`],
    [`Harbour [${id}].fh264_540p_1.mp4`, `Harbour [${id}].mp4`],
    [`Harbour [${id}].fbytevc1_1080p_1440771-0.mp4`, `Harbour [${id}].mp4`],
    [`Harbour [${id}].fdownload.mp4`, `Harbour [${id}].mp4`],
    [`${id}.mp4.CRDOWNLOAD`, `${id}.mp4`],
    [`Safari/${id}.mp4.crdownload/part.mp4`, `Safari/${id}.mp4/part.mp4`],
    [`${id}.part.mp4`, `${id}.mp4`],
    [`${id}.TMP.mp4`, `${id}.mp4`],
    [`${id}.f22.mp4`, `${id}.mp4`],
    [`${id}.f1234.mp4`, `${id}.mp4`],
    [`${id}.f137.mp4.part`, `${id}.mp4`],
    ['a.f137.b.mp4.tmp', 'a.f137.b.mp4'],
  ])('%s', (name, finished) => {
    expect(finishedName(name, new Set([name]))).toBe(finished);
  });

  it.each(
    'part part-Frag1 ytdl crdownload download opdownload partial filepart !ut !qB aria2 fdmdownload tmp temp'.split(
      ' ',
    ),
  )('end in .%s', (ending) => {
    expect(finishedName(`a.mp4.${ending}`, new Set())).toBe('a.mp4');
    expect(finishedName(`a.mp4.${ending}x`, new Set())).toBeNull();
  });

  it.each([
    'h264',
    'h265-1',
    'bytevc1_720p',
    'bytevc2',
    'avc',
    'hevc',
    'av1',
    'download_addr-0',
    'play',
    'audio',
    'hls-1',
    'dash',
    'http-2',
  ])('have the format %s before the ending, as yt-dlp writes it', (format) => {
    expect(finishedName(`a.f${format}.m4a`, new Set())).toBe('a.m4a');
    expect(finishedName(`a.${format}.mp4`, new Set())).toBeNull();
    expect(finishedName(`a.f${format}`, new Set())).toBeNull();
  });

  it('a file with an .aria2 control file is unfinished', () => {
    expect(finishedName('a.mp4', new Set(['a.mp4', 'a.mp4.aria2']))).toBe('a.mp4');
  });

  it.each([
    `${id}.mp4`,
    `${id}_hd.mp4`,
    'summer.final.mp4',
    'part.mp4',
    'The temp.mp4',
    'f137.mp4',
    'downloads/a.mp4',
    'a.f1.mp4',
    '2025-03-02 09.15.04.mp4',
    'a.f12345.mp4',
    'a.fh266.mp4',
    'a.fbytevc3.mp4',
    'a.final.mp4',
    'a.part-frag.mp4',
    'xpart',
    'crdownload',
    'mydownload/a.mp4',
    'a.downloads/a.mp4',
  ])('%s is finished', (name) => {
    expect(finishedName(name, new Set([name]))).toBeNull();
  });
});

describe('thumbnails saved by downloaders', () => {
  it.each<[string, string[]]>([
    ['a.jpg', ['a.info.json']],
    ['a.webp', ['a.info.json']],
    ['a.image', ['a.info.json']],
    [`${id}.jpg`, [`${id}.m4a`]],
    [`Harbour [${id}].webp`, [`Harbour [${id}].mp4`]],
    ['a.originCover.jpg', []],
    ['a.dynamic_cover.webp', []],
    ['a_thumbnail.png', []],
    ['a-thumb.JPG', []],
    ['a.cover.jpeg', []],
    ['a_cover.jpg', []],
    ['a.origin_cover.avif', []],
    ['a.dynamicCover.gif', []],
    ['x/a.jfif', ['x/a.info.json']],
    ['a.b.heic', ['a.b.info.json']],
    ...['mp4', 'm4v', 'mov', 'webm', 'mkv', 'm4a', 'mp3', 'aac', 'opus', 'ogg'].map((ending): [string, string[]] => [
      `${id}.png`,
      [`${id}.${ending}`],
    ]),
  ])('%s beside %j', (name, beside) => {
    expect(isThumbnail(name, new Set([name, ...beside]))).toBe(true);
  });

  it.each<[string, string[]]>([
    [`${id}_1.jpg`, [`${id}_1.jpg.json`, `${id}.mp3`]],
    ['a.jpg', ['a.jpg.json', 'b.info.json']],
    ['IMG_1234.jpg', ['IMG_1234.mov']],
    ['discover.jpg', []],
    ['thumb.jpg', []],
    ['a.cover.1.jpg', []],
    ['a_covers.jpg', []],
    ['a_thumbs.jpg', []],
    ['a.coverx.jpg', []],
    ['a_cover.mp4', []],
    ['a.mp4.jpg.bak', ['a.mp4.jpg.info.json']],
    [`${id}.jpg`, [`${id}.txt`]],
    [`${id}.jpg`, ['a.mp4']],
    ['a.jpg', ['a.jpg.info.json']],
    ['a.mp4', ['a.info.json']],
    ['a.jpg.txt', ['a.jpg.info.json']],
  ])('%s beside %j is a photo, or no image', (name, beside) => {
    expect(isThumbnail(name, new Set([name, ...beside]))).toBe(false);
  });
});
