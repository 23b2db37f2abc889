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
  ])('%s', (name, finished) => {
    expect(finishedName(name, new Set([name]))).toBe(finished);
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
  ])('%s beside %j', (name, beside) => {
    expect(isThumbnail(name, new Set([name, ...beside]))).toBe(true);
  });

  it.each<[string, string[]]>([
    [`${id}_1.jpg`, [`${id}_1.jpg.json`, `${id}.mp3`]],
    ['a.jpg', ['a.jpg.json', 'b.info.json']],
    ['IMG_1234.jpg', ['IMG_1234.mov']],
    ['discover.jpg', []],
    ['a.mp4', ['a.info.json']],
    ['a.jpg.txt', ['a.jpg.info.json']],
  ])('%s beside %j is a photo, or no image', (name, beside) => {
    expect(isThumbnail(name, new Set([name, ...beside]))).toBe(false);
  });
});
