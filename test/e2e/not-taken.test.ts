import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeMedia, picture, tone } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const h264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-pix_fmt',
  'yuv420p',
  '-threads',
  '1',
  '-c:a',
  'aac',
  '-ac',
  '2',
];

const replaced = (file: Buffer, from: string, to: string) => {
  const changed = Buffer.from(file);
  changed.write(to, changed.indexOf(from, changed.indexOf('stsd')), 'latin1');
  return changed;
};

/** The configuration of AAC-LC, 44.1 kHz, stereo, becomes that of USAC (ISO/IEC 14496-3, 1.6.2.1). */
const inUsac = (file: Buffer) => {
  const changed = Buffer.from(file);
  const at = changed.indexOf(Buffer.from([0x12, 0x10]), changed.indexOf('esds'));
  changed.set([0xf9, 0x46], at);
  return changed;
};

/** The codec number of each picture in an FLV becomes 12: HEVC. */
const inFlvsHevc = (file: Buffer) => {
  const changed = Buffer.from(file);
  for (let at = 13; at + 11 < changed.length; at += 11 + changed.readUIntBE(at + 1, 3) + 4)
    if (changed[at] === 9) changed[at + 11] = ((changed[at + 11] ?? 0) & 0xf0) | 12;
  return changed;
};

/** 60 bytes of the last fifth are turned over: libjpeg shows what comes of it without a word. */
const spoilt = (file: Buffer) => {
  const changed = Buffer.from(file);
  const from = Math.floor(file.length * 0.8);
  for (let at = from; at < from + 60; at++) changed[at] = ((changed[at] ?? 0) * 7 + 3) % 255;
  return changed;
};

interface Row {
  readonly key: string;
  readonly status: string;
  readonly issues: readonly { readonly code: string; readonly message: string }[];
}

async function portAll(pair: Pair, name: string, kind: 'video' | 'photos', media: ReadonlyMap<string, Buffer>) {
  const at = (each: string) => join(folder.path, each);
  const [given, beside, out] = [at(`${name}.json`), at(name), at(`${name}-out`)];
  const keys = [...new Set([...media.keys()].map((each) => each.slice(0, 19)))];
  const count = kind === 'video' ? 1 : media.size;
  const posts = keys.map((key, post) => {
    const link = (photo: number) =>
      kind === 'video'
        ? `https://example.com/${post}.mp4?mime_type=video_mp4`
        : `https://p16.example.com/photomode/${post}-${photo}.jpeg`;
    const Link = Array.from({ length: count }, (_, photo) => link(photo)).join('\n');
    return { Date: key.replace('_', ' ').replace(/-(\d\d)-(\d\d)$/, ':$1:$2'), Link, WhoCanView: 'Everyone' };
  });
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(given, JSON.stringify({ Profile, Post: { Posts: { VideoList: posts } } }));
  for (const [file, bytes] of media) {
    await mkdir(join(beside, file, '..'), { recursive: true });
    await writeFile(join(beside, file), bytes);
  }
  const { ffmpeg, ffprobe } = pair;
  const args = [given, '--media', beside, '--offline', '-v', '--to', 'rednote', '--out', out];
  const ran = await runPort(args, folder.path, { PORT_FFMPEG: ffmpeg, PORT_FFPROBE: ffprobe });
  const manifest = JSON.parse(await readFile(join(out, 'maya/manifest.json'), 'utf8')) as { posts: Row[] };
  return { ...ran, rows: new Map(manifest.posts.map((row) => [row.key, row])) };
}

it.each(pairs)(
  'a video that lies there and is not taken is named, with the reason and what helps, with $name',
  async (pair) => {
    const name = `videos ${pair.libavcodec[0]}`;
    await mkdir(join(folder.path, 'made'), { recursive: true });
    const make = async (file: string, ...args: string[]) =>
      readFile(await makeMedia(join(folder.path, 'made'), file, args, pair));
    const film = [...picture('96x160', 0.3), ...tone(0.3), ...h264];
    const [mp4, flv] = [await make('a.mp4', ...film), await make('a.flv', ...film)];
    const gif = await make('a.gif', ...picture('96x160', 0.3));
    const cases: readonly (readonly [string, Buffer, RegExp])[] = [
      ['mp4', replaced(mp4, 'avc1', 'bvc2'), /ByteVC2.*TikTok's own codec/],
      ['mp4', replaced(mp4, 'avc1', 'encv'), /picture is encrypted by a copy protection/],
      ['mp4', replaced(mp4, 'mp4a', 'enca'), /sound is encrypted by a copy protection/],
      ['mp4', inUsac(mp4), /xHE-AAC, which this ffmpeg is too old to read. Install ffmpeg 7\.1 or newer/],
      // From 6.1 on ffmpeg reads it.
      ['flv', inFlvsHevc(flv), (pair.libavcodec[0] ?? 0) < 60 ? /HEVC in FLV, which this ffmpeg is too old/ : /./],
      ['swf', Buffer.from('FWS\u0006 and so on'), /port does not open \.swf files. Save it as MP4/],
      ['rm', Buffer.from('.RMF\0\0\0\u0012'), /port does not open \.rm files. Save it as MP4/],
      ['vob', Buffer.from('\0\0\u0001\u00ba'), /port does not open \.vob files. Save it as MP4/],
      ['gif', gif, /It is a picture \(\.gif\), and the post is a video. If it moves, save it as MP4/],
      ['webp', Buffer.from('RIFF'), /It is a picture \(\.webp\), and the post is a video/],
      ['', mp4, /Its name does not say what it is: add the right ending/],
      ['mp4', gif, /something else than its name says/],
      ['mp4', Buffer.from(''), /it is empty/],
      ['wmv', Buffer.from('\u0030\u0026\u00b2\u0075 no more'), /damaged or not what its name says/],
    ];
    const key = (index: number) => `2025-03-02_${String(index + 8).padStart(2, '0')}-00-00`;
    const media = new Map(cases.map(([ending, bytes], index) => [`${key(index)}${ending && `.${ending}`}`, bytes]));
    const { code, stderr, rows } = await portAll(pair, name, 'video', media);
    expect(code).toBe(1);
    for (const [index, [ending, , reason]] of cases.entries()) {
      const row = rows.get(key(index));
      const file = `${key(index)}${ending && `.${ending}`}`;
      const [about, link, ...more] = row?.issues ?? [];
      expect(row?.status, file).toBe('failed');
      expect(about?.message, file).toContain(file);
      expect(about?.message, file).toMatch(reason);
      // The file is the reason; the link is what helps.
      expect(link?.message, file).toMatch(/without --offline it may bring a better copy/);
      expect(more, file).toEqual([]);
    }
    expect(stderr).not.toMatch(/would have to be downloaded/);
  },
);

it('photos of which some cannot be opened or are spoilt: each is named, and the rest goes out', async () => {
  const pair = pairs[0] as Pair;
  const made = join(folder.path, 'photos made');
  await mkdir(made);
  const photo = async (name: string) =>
    readFile(
      await makeMedia(made, name, ['-f', 'lavfi', '-i', 'testsrc2=s=360x480', '-frames:v', '1', '-q:v', '3'], pair),
    );
  const [jpg, bmp, png] = [await photo('a.jpg'), await photo('a.bmp'), await photo('a.png')];
  const key = '2025-03-02_09-00-00';
  const media = new Map([
    [`${key}/01.jpg`, jpg],
    [`${key}/02.bmp`, bmp],
    [`${key}/03.jxl`, Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.alloc(600, 1)])],
    [`${key}/04.jpg`, spoilt(jpg)],
    [`${key}/05.jpg`, Buffer.alloc(0)],
    [`${key}/06.png`, png],
    [`${key}/07.psd`, Buffer.from('8BPS\0\u0001')],
  ]);
  const { code, stderr, rows } = await portAll(pair, 'photos', 'photos', media);
  expect(code).toBe(0);
  const row = rows.get(key);
  const told = row?.issues.map(({ message }) => message).join('\n') ?? '';
  expect(row?.status).toBe('delivered');
  expect(told).toMatch(/02\.bmp was passed over. It is a BMP photo/);
  expect(told).toMatch(/03\.jxl was passed over. It is a JPEG XL photo/);
  expect(told).toMatch(/Photo 2 \(04\.jpg\) of 3 is damaged, and part of it may look wrong/);
  expect(told).toMatch(/05\.jpg: it is empty/);
  expect(told).toMatch(/07\.psd was passed over. port does not open \.psd files. Save it as JPEG/);
  expect(row?.issues.filter(({ code: each }) => each === 'photo-missing')).toHaveLength(4);
  expect(stderr).not.toMatch(/would have to be downloaded/);
});
