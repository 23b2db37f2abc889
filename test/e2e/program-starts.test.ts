import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { makeMedia, picture, tone } from '../media.ts';
import { bundledPair } from '../programs.ts';
import { runPort, workFolder } from './run-port.ts';

/** How many programs a run starts, which is most of what a post costs that goes out as it is. */
const folder = await workFolder();
afterAll(folder.remove);

const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2'];

/** A program that counts how often it is started for a file, and then is the real one. */
async function counted(name: 'ffmpeg' | 'ffprobe', log: string): Promise<string> {
  const path = join(folder.path, name);
  const script = `#!/bin/sh\ncase "$*" in *-version*) ;; *) echo ${name} >> '${log}' ;; esac\nexec '${bundledPair[name]}' "$@"\n`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

async function startsFor(name: string, posts: readonly object[], fill: (media: string) => Promise<unknown>) {
  const media = join(folder.path, name);
  await mkdir(media);
  await fill(media);
  const document = {
    Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } },
    Post: { Posts: { VideoList: posts } },
  };
  const given = join(folder.path, `${name}.json`);
  await writeFile(given, JSON.stringify(document));
  const log = join(folder.path, `${name}.log`);
  await writeFile(log, '');
  const programs = { PORT_FFMPEG: await counted('ffmpeg', log), PORT_FFPROBE: await counted('ffprobe', log) };
  const out = join(folder.path, `${name}-out`);
  const to = ['--to', 'rednote,lemon8,reels', '--media', media, '--out', out, '--offline'];
  const { stdout, code } = await runPort([given, ...to], folder.path, programs);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('1 delivered') });
  return (await readFile(log, 'utf8')).split('\n').filter(Boolean);
}

const post = (link: string) => ({ Date: '2025-03-02 09:00:00', Link: link, Likes: '1', WhoCanView: 'Everyone' });

it.skipIf(process.platform === 'win32').each([
  ['a clip that is decoded completely', '144x256', 4],
  ['a clip of which key frames are decoded', '360x640', 6],
])('starts one program for %s and goes out as it is, to three platforms', async (name, size, seconds) => {
  const starts = await startsFor(name, [post('https://example.com/x.mp4')], async (media) =>
    makeMedia(media, '2025-03-02_09-00-00.mp4', [
      ...picture(size, seconds, 30),
      ...tone(seconds),
      ...coded,
      ...['-g', '60', '-shortest', '-movflags', '+faststart'],
    ]),
  );
  expect(starts).toEqual(['ffmpeg']);
});

it.skipIf(process.platform === 'win32')('starts no program for a post with photos only', async () => {
  const links = ['https://example.com/1.jpeg', 'https://example.com/2.jpeg'];
  const starts = await startsFor('photos', [post(links.join('\n'))], async (media) => {
    for (const index of [1, 2]) {
      const image = sharp({ create: { width: 300, height: 400, channels: 3, background: '#246' } }).jpeg();
      await image.toFile(join(media, `2025-03-02_09-00-00_${index}.jpg`));
    }
  });
  expect(starts).toEqual([]);
});
