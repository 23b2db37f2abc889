import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeMedia, picture, tone } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const key = '2025-03-02_09-00-00';
const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-coder', '1', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];

const noise = ['-vf', 'noise=alls=40:allf=t'];

/** @param rate 120 frames a second have to be encoded; 30 go out as they are */
async function port(pair: Pair, name: string, spoil: boolean, rate: 30 | 120, ...args: string[]) {
  const media = join(folder.path, name);
  await mkdir(media, { recursive: true });
  const path = await makeMedia(
    media,
    `${key}.mp4`,
    [
      ...picture('96x160', 1, rate),
      ...tone(),
      ...(rate === 30 ? noise : []),
      ...coded,
      '-ac',
      '2',
      '-movflags',
      '+faststart',
    ],
    pair,
  );
  const bytes = await readFile(path);
  const start = bytes.indexOf('mdat');
  const at = (share: number) => start + Math.floor((bytes.length - start) * share);
  // Most of what is changed decodes all the same, so several places of the clip that is noisy are.
  const places = rate === 30 ? [0.5, 0.6, 0.7, 0.8, 0.9] : [0.4];
  for (const from of spoil ? places.map(at) : [])
    for (let index = 0; index < (rate === 30 ? 2000 : 40); index++)
      bytes[from + index] = rate === 30 ? (index * index * 31 + index * 7 + 11) % 251 : 0x5a;
  await writeFile(path, bytes);
  const video = [
    { Date: '2025-03-02 09:00:00', Link: 'https://example.com/x.mp4', Likes: '1', WhoCanView: 'Everyone' },
  ];
  const document = {
    Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } },
    Post: { Posts: { VideoList: video } },
  };
  const given = join(folder.path, `${name}.json`);
  await writeFile(given, JSON.stringify(document));
  await writeFile(join(folder.path, `${name}.csv`), `key,caption\n${key},A walk by the sea\n`);
  const again = async (...more: string[]) => {
    const ran = await runPort(
      [
        given,
        '--media',
        media,
        '--captions',
        join(folder.path, `${name}.csv`),
        '--offline',
        '-v',
        '--out',
        join(folder.path, `${name}-out`),
        ...args,
        ...more,
      ],
      folder.path,
      { PORT_FFMPEG: pair.ffmpeg, PORT_FFPROBE: pair.ffprobe },
    );
    const manifest = JSON.parse(await readFile(join(folder.path, `${name}-out`, 'maya/manifest.json'), 'utf8')) as {
      posts: {
        target: string;
        status: string;
        issues: { code: string }[];
        files: { role: string; action: string }[];
      }[];
    };
    return {
      ...ran,
      actions: manifest.posts.flatMap(({ files }) =>
        files.filter(({ role }) => role === 'video').map(({ action }) => action),
      ),
      rows: manifest.posts.map(({ target, status, issues }) => [
        target,
        status,
        issues.filter(({ code }) => code === 'decode-errors').length,
      ]),
    };
  };
  return again;
}

it.each(pairs)('a video that is damaged in places goes out with one warning, with $name', async (pair) => {
  const run = await port(pair, `damaged ${pair.libavcodec[0]}`, true, 120);
  const first = await run('--to', 'shorts');
  expect(first.code).toBe(0);
  expect(first.stderr.match(/damaged spots/g)).toHaveLength(1);
  expect(first.rows).toEqual([['shorts', 'delivered', 1]]);
  // Nothing of it is decoded any more: it is known.
  const second = await run('--to', 'shorts,rednote');
  expect(second.rows.toSorted()).toEqual([
    ['rednote', 'delivered', 1],
    ['shorts', 'delivered', 1],
  ]);
});

it.each(pairs)('a short one that goes out as it is too, with $name', async (pair) => {
  const run = await port(pair, `copied ${pair.libavcodec[0]}`, true, 30);
  const { code, stderr, rows, actions } = await run('--to', 'rednote');
  expect(code).toBe(0);
  expect(actions).toEqual(['copy']);
  expect(stderr.match(/damaged spots/g)).toHaveLength(1);
  expect(rows).toEqual([['rednote', 'delivered', 1]]);
});

it('with --strict it stays at home', async () => {
  const run = await port(pairs[0] as Pair, 'strict', true, 120, '--strict');
  const { code, rows } = await run('--to', 'shorts');
  expect(code).toBe(1);
  expect(rows).toEqual([['shorts', 'failed', 1]]);
});

it('a video that is whole has no warning', async () => {
  const run = await port(pairs[0] as Pair, 'whole', false, 120);
  expect((await run('--to', 'shorts')).rows).toEqual([['shorts', 'delivered', 0]]);
});
