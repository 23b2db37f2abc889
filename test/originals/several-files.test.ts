import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { type FileVerdict, noVerdict } from '../../src/originals/source.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { get, nameOf, seeing, told } from './looks.ts';
import { folderOf, key, link, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const another = fakeMedia('mp4', 6000, 2);
const fromLink = fakeMedia('mp4', 7000, 3);
const jpg = fakeMedia('jpg', 700);
const id = String((BigInt(video().time - 4) << 32n) | 77n);
const noPicture = 'It has sound but no picture.';

describe('several files for one post', () => {
  const size = (width: number, height: number, seconds = 5) => ({ size: { width, height, seconds } });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['a second download', { [`${id}.mp4`]: mp4, [`${id} (1).mp4`]: mp4 }, `${id}.mp4`],
    ['under three names', { [`x ${id}.mp4`]: mp4, [`copy/${id}.mp4`]: mp4, [`${id} (1).mp4`]: mp4 }, `x ${id}.mp4`],
    [
      'known by their times',
      { '2025-03-02 09.15.04.mp4': mp4, '2025-03-02 09.15.04 (1).mp4': mp4 },
      '2025-03-02 09.15.04.mp4',
    ],
    [
      'with names of the same length',
      { [`b ${id}.mp4`]: mp4, [`c ${id}.mp4`]: mp4, [`a ${id}.mp4`]: mp4 },
      `a ${id}.mp4`,
    ],
  ])('of the same bytes are one: %s', async (_name, files, taken) => {
    for (const media of [await folderOf(files), zip(files)]) {
      const fetched = await get(video(), { media: [media], offline: true });
      expect(fetched.issues).toEqual([]);
      expect(nameOf(fetched)).toBe(media.path === '/export.zip' ? `${key}.mp4` : taken);
    }
  });

  it('one is unreadable: the other is used', async () => {
    const media = [await folderOf({ [`bad ${id}.mp4`]: another, [`${id}.mp4`]: mp4 })];
    const fetched = await get(video(), { media, inspectFile: seeing({ bad: { why: noPicture } }) });
    expect(nameOf(fetched)).toBe(`${id}.mp4`);
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('a photo of one folder is unreadable: the other folder is used', async () => {
    const other = fakeMedia('jpg', 800, 2);
    const folders = { [`a/${key}/01.jpg`]: jpg, [`a/${key}/02.jpg`]: other, [`b/${key}/01.jpg`]: other };
    const media = [await folderOf({ ...folders, [`b/${key}/02.jpg`]: jpg })];
    const why = 'It is not a picture.';
    const fetched = await get(photos([]), {
      media,
      inspectFile: async (_kind, path) => ({ ...noVerdict, why: path.endsWith(join('a', key, '02.jpg')) ? why : null }),
    });
    expect(fetched.original?.files.map(({ path }) => path)).toEqual(
      ['01.jpg', '02.jpg'].map((name) => join(media[0]?.path ?? '', 'b', key, name)),
    );
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('one was made by port: the other is used', async () => {
    const media = [await folderOf({ 'upload/2025-03-02 09.15.04.mp4': another, '2025-03-02 09.15.04 (1).mp4': mp4 })];
    const made = createHash('sha256').update(another).digest('hex');
    const fetched = await get(video(), { media, isRendition: (_post, sha256) => sha256 === made });
    expect(nameOf(fetched)).toBe('2025-03-02 09.15.04 (1).mp4');
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('none can be used: each is reported once, and the post fails', async () => {
    const media = [await folderOf({ [`a ${id}.mp4`]: mp4, [`b ${id}.mp4`]: another })];
    const fetched = await get(video(), {
      media,
      inspectFile: seeing({ a: { why: noPicture }, b: { why: noPicture } }),
    });
    expect(nameOf(fetched)).toBe(null);
    expect(fetched.issues.map(({ code, actual }) => [code, actual])).toEqual([
      ['passed-over', `a ${id}.mp4`],
      ['passed-over', `b ${id}.mp4`],
      ['no-link', 'file-unusable'],
    ]);
  });

  it.each<[string, Record<string, Partial<FileVerdict>>, string | null]>([
    ['the larger of two sizes', { a: size(360, 640), b: size(720, 1280) }, 'b'],
    [
      'the one with sound',
      { a: { ...size(360, 640), hasSound: true }, b: { ...size(720, 1280), hasSound: false } },
      'a',
    ],
    ['none of another length', { a: size(360, 640), b: size(720, 1280, 9) }, null],
    ['none of another shape', { a: size(360, 640), b: size(1280, 720) }, null],
    ['none if they are equal', { a: size(360, 640), b: size(360, 640) }, null],
    ['none if nothing is known', {}, null],
    ['none if nothing is known of one', { a: size(360, 640) }, null],
    ['none if nothing is known of the other', { b: size(360, 640) }, null],
    ['the larger, though a quarter of a second longer', { a: size(360, 640), b: size(720, 1280, 5.25) }, 'b'],
    ['none that is longer than that', { a: size(360, 640), b: size(720, 1280, 5.3) }, null],
    ['the larger, though of nearly the same shape', { a: size(360, 640), b: size(720, 1290) }, 'b'],
    ['none of a shape that differs by more', { a: size(360, 640), b: size(720, 1320) }, null],
  ])('of one id: %s', async (_name, seen, taken) => {
    const media = [await folderOf({ [`a ${id}.mp4`]: mp4, [`b ${id}.mp4`]: another })];
    const fetched = await get(video(), { media, inspectFile: seeing(seen) });
    expect(nameOf(fetched)).toBe(taken === null ? null : `${taken} ${id}.mp4`);
    expect(told(fetched.issues)).toEqual(
      taken === null ? ['warning several-files-fit', 'error no-link'] : ['info passed-over'],
    );
  });

  it('matched by time only: none is used, whatever the sizes', async () => {
    const media = [await folderOf({ 'a 2025-03-02 09.15.04.mp4': mp4, 'b 2025-03-02 09.15.04.mp4': another })];
    const fetched = await get(video(), { media, inspectFile: seeing({ a: size(360, 640), b: size(720, 1280) }) });
    expect(told(fetched.issues)).toEqual(['warning several-files-fit', 'error no-link']);
  });
});

describe('an unreadable file in the store', () => {
  it('of a later run is moved aside beside the one of an earlier run: both may be the only copy', async () => {
    const server = await startServer({ '/v': serve(another), '/w': serve(fromLink) });
    const place = world();
    await get(video(), { bundled: [zip({ [`${key}.mp4`]: mp4 })] }, place);
    const isBad = new Set<number>();
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...noVerdict,
      why: isBad.has(readFileSync(path).length) ? noPicture : null,
    });
    for (const [bad, path] of [
      [mp4, '/v'],
      [another, '/w'],
    ] as const) {
      isBad.add(bad.length);
      const { original } = await get(video({ links: [link(server.url(path))] }), { inspectFile }, place);
      expect(original?.source).toBe('link');
    }
    const aside = (name: string) => readFileSync(join(place.folder, 'originals/set-aside', name));
    expect(aside(`${key}.mp4`).equals(mp4)).toBe(true);
    expect(aside(`${key} (2).mp4`).equals(another)).toBe(true);
    expect(readFileSync(join(place.folder, 'originals', `${key}.mp4`)).equals(fromLink)).toBe(true);
  });

  it('is moved aside when a link provides a good one', async () => {
    const server = await startServer({ '/v': serve(fromLink) });
    const post = video({ links: [link(server.url('/v'))] });
    const place = world();
    await get(post, { bundled: [zip({ [`${key}.mp4`]: mp4 })] }, place);
    const isBad = new Set([mp4.length]);
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...{ hasSound: null, size: null },
      why: isBad.has(readFileSync(path).length) ? noPicture : null,
    });
    const { original, issues } = await get(post, { inspectFile }, place);
    expect(original?.source).toBe('link');
    expect(issues[0]).toMatchObject({ code: 'passed-over', actual: `originals/${key}.mp4` });
    expect(readFileSync(join(place.folder, 'originals/set-aside', `${key}.mp4`)).equals(mp4)).toBe(true);
    expect(told((await get(post, { inspectFile }, place)).issues)).toEqual([]);
  });

  it('from the same link is not requested again, but a new link is', async () => {
    const server = await startServer({ '/v': serve(mp4), '/w': serve(fromLink) });
    const [place, inspectFile] = [
      world(),
      async (_kind: unknown, path: string) => ({
        ...{ hasSound: null, size: null },
        why: readFileSync(path).length === mp4.length ? noPicture : null,
      }),
    ];
    for (let run = 0; run < 2; run++) {
      const { original, issues } = await get(video({ links: [link(server.url('/v'))] }), { inspectFile }, place);
      expect([original, told(issues)]).toEqual([null, ['error unreadable']]);
    }
    expect(server.asked).toHaveLength(1);
    const { original } = await get(video({ links: [link(server.url('/w'))] }), { inspectFile }, place);
    expect(original?.source).toBe('link');
  });
});
