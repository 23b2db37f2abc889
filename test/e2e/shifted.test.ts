import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { document, row, video } from '../exports/files.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { playableMp4 } from '../servers/media.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;
const stamp = (time: number) => new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ');
const keyOf = (time: number) => stamp(time).replace(' ', '_').replaceAll(':', '-');
const nameOf = (time: number) => stamp(time).replaceAll(':', '.');
/** As TikTok gives them, some seconds before the post's time. */
const idOf = (time: number) => String((BigInt(time - 4) << 32n) | 77n);

let made = 0;
/** An export of posts at these times, and files of `--media`; file `n` of them is the video of seed `n`. */
async function desk(
  times: readonly number[],
  media: Readonly<Record<string, string | Buffer>>,
  { account = 'maya', links = times.map((_, index) => video(`o${index}`)) } = {},
): Promise<string> {
  const path = join(folder.path, `desk-${++made}`);
  const rows = times.map((time, index) => row({ Date: stamp(time), Link: links[index] }));
  await mkdir(path);
  await writeFile(join(path, 'user_data_tiktok.json'), JSON.stringify(document(rows, [], account)));
  for (const [name, content] of Object.entries(media)) {
    await mkdir(dirname(join(path, 'media', name)), { recursive: true });
    await writeFile(join(path, 'media', name), content);
  }
  return path;
}

const clip = (seed: number) => playableMp4(100, seed + 1);

interface Fetched {
  readonly code: number | null;
  /** All that was said. */
  readonly text: string;
  /** Of each post that has its original, the number of the post whose video that is. */
  readonly owners: readonly (readonly [post: number, owner: number])[];
}

/** Rescues the originals: the join is that of the main job, and nothing is encoded. */
async function fetched(cwd: string, times: readonly number[], ...args: string[]): Promise<Fetched> {
  const ran = await runPort(['fetch', 'user_data_tiktok.json', '--media', 'media', '--json', ...args], cwd);
  const events = ran.stdout
    .split('\n')
    .flatMap((line) => (line.startsWith('{"type":"post"') ? [JSON.parse(line)] : []));
  const owners = events
    .filter(({ status }) => status === 'delivered')
    .map(async ({ key, original }) => {
      const bytes = await readFile(resolve(cwd, 'ported', 'maya', original.path));
      const owner = Array.from({ length: 20 }, (_, seed) => seed).findIndex((seed) => clip(seed).equals(bytes));
      return [times.findIndex((time) => keyOf(time) === key), owner] as const;
    });
  return { code: ran.code, text: ran.stdout + ran.stderr, owners: (await Promise.all(owners)).sort() };
}
const own = (...posts: number[]) => posts.map((post) => [post, post]);

const everyHour = [2, 4, 3].map((second, hour) => at('2025-10-14 08:00:00') + hour * 3600 + second);

describe('names by local time', () => {
  it('posts every hour: no file is taken, what to type is said, and typed, each post has its own', async () => {
    const media = everyHour.map((time, index) => [`${nameOf(time + 3600)} video.mp4`, clip(index)] as const);
    const path = await desk(everyHour, Object.fromEntries(media));
    const plain = await fetched(path, everyHour, '--offline');
    expect(plain).toMatchObject({ code: 1, owners: [] });
    expect(plain.text).toContain(
      'Not taken: 3 files of --media whose names are off by 1 h. If those are local times, add --media-shift -3600.',
    );
    const typed = await fetched(path, everyHour, '--offline', '--media-shift', '-3600');
    expect(typed).toMatchObject({ code: 0, owners: own(0, 1, 2) });
    expect(typed.text).not.toContain('Not taken');
  });

  it('a name that may be either post of the same second of two hours: not taken, and the way out is said', async () => {
    const times = [at('2025-10-14 08:00:02'), at('2025-10-14 09:00:02')];
    const path = await desk(times, { [`${nameOf(times[0] ?? 0)}.mp4`]: clip(0) });
    const plain = await fetched(path, times, '--offline');
    expect(plain.owners).toEqual([]);
    expect(plain.text).toContain('If they are UTC, add --media-shift 0');
    expect((await fetched(path, times, '--offline', '--media-shift', '0')).owners).toEqual(own(0));
  });
});

it('captions with times to the minute join the posts of their minutes', async () => {
  const times = ['2025-10-14 10:00:44', '2025-10-13 18:30:20', '2025-10-12 07:15:03'].map(at);
  const path = await desk(times, Object.fromEntries(times.map((time, index) => [`${keyOf(time)}.mp4`, clip(index)])));
  const lines = times.map((time) => `${stamp(time).slice(0, 16)},Post of ${stamp(time).slice(11, 16)}`);
  await writeFile(join(path, 'plan.csv'), `createdAt,caption\n${lines.join('\n')}\n`);
  const { owners } = await fetched(path, times, '--offline', '--captions', 'plan.csv');
  expect(owners).toEqual(own(0, 1, 2));
  const sheet = await readFile(join(path, 'ported/maya/captions.csv'), 'utf8');
  for (const time of times)
    expect(sheet).toMatch(new RegExp(`^\ufeff?${keyOf(time)},.*,Post of ${stamp(time).slice(11, 16)},`, 'm'));
});

describe('a camera roll as --media', () => {
  const times = ['2025-10-14 10:00:02', '2025-10-13 10:00:02'].map(at);
  const roll = {
    'DCIM/Camera/VID_20251014_100009.mp4': clip(7),
    'DCIM/Camera/VID_20250925_080000.mp4': clip(8),
    'Chat Video 2025-10-13 at 10.00.11.mp4': clip(9),
  };

  it('offline, the posts fail and the recordings are named, with the reason', async () => {
    const path = await desk(times, roll);
    const { code, owners, text } = await fetched(path, times, '--offline');
    expect({ code, owners }).toEqual({ code: 1, owners: [] });
    expect(text).toContain('VID_20251014_100009.mp4 was recorded 7 s after this post went out');
    expect(text).toContain('Chat Video 2025-10-13 at 10.00.11.mp4 was recorded 9 s after this post went out');
  });

  it('with living links, these are fetched', async () => {
    const server = await startServer({ '/0': serve(clip(0)), '/1': serve(clip(1)) });
    const links = times.map((_, index) => server.url(`/${index}?mime_type=video_mp4&x-tos-expires=4102444800`));
    const path = await desk(times, roll, { links });
    const { code, owners } = await fetched(path, times, '--allow-host', '127.0.0.1', '--no-listing');
    expect({ code, owners }).toEqual({ code: 0, owners: own(0, 1) });
    expect(server.asked).toHaveLength(2);
  });
});

it('sidecars by a former handle: left alone, the handle is named, and with --alias all are joined with their words', async () => {
  const times = [0, 1, 2].map((day) => at('2025-10-14 10:00:00') - day * 86_400);
  const media = times.flatMap((time, index) => {
    const name = `Caption ${index} [${idOf(time)}]`;
    const about = { id: idOf(time), timestamp: time - 1, extractor: 'TikTok', uploader: 'maya_1999', vcodec: 'h264' };
    const sidecar = JSON.stringify({ ...about, title: `Caption ${index}`, description: `Caption ${index}` });
    return [[`${name}.mp4`, clip(index)] as const, [`${name}.info.json`, sidecar] as const];
  });
  const path = await desk(times, Object.fromEntries(media));
  const plain = await fetched(path, times, '--offline');
  expect(plain).toMatchObject({ code: 1, owners: [] });
  expect(plain.text).toContain('Left alone: 3 captions by @maya_1999');
  expect(plain.text).toContain('add --alias maya_1999');
  const typed = await fetched(path, times, '--offline', '--alias', '@Maya_1999');
  expect(typed).toMatchObject({ code: 0, owners: own(0, 1, 2) });
  const sheet = await readFile(join(path, 'ported/maya/captions.csv'), 'utf8');
  for (const [index, time] of times.entries()) expect(sheet).toMatch(new RegExp(`${keyOf(time)},.*,Caption ${index},`));
});
