import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inTurn, serve, stallAfter, startServer } from '../servers/fault-server.ts';
import { playableMp4 } from '../servers/media.ts';
import { expectConsistentFolder, readManifest } from './accounting.ts';
import { bin, cutOff, fixture, runPort, until, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const key = '2025-03-02_09-15-04';
const real = await readFile(fixture(`export/media/${key}.mp4`));
const other = playableMp4(40_000, 5);
const picture = await readFile(fixture('export/media/2025-08-16_06-30-22/01.jpg'));
const allow = ['--allow-host', '127.0.0.1'];
/** Nothing that fetches needs them. */
const withoutPrograms = { PORT_FFMPEG: '/nowhere/ffmpeg', PORT_FFPROBE: '/nowhere/ffprobe' };
const never = '4102444800';

/** Its picture track calls itself something that no player shows. */
function soundOf(mp4: Buffer): Buffer {
  return replaced(mp4, 'vide', 'meta');
}

function inForeignCodec(mp4: Buffer): Buffer {
  return replaced(mp4, 'avc1', 'bvc2', mp4.indexOf('stsd'));
}

function replaced(mp4: Buffer, from: string, to: string, after = 0): Buffer {
  const changed = Buffer.from(mp4);
  changed.write(to, changed.indexOf(from, after), 'latin1');
  return changed;
}

interface Row {
  readonly url: string;
  readonly who?: string;
  readonly expires?: string;
}

/** The newest row first, all of the same second. */
async function exportOf(account: string, file: string, rows: readonly Row[]): Promise<string> {
  const VideoList = rows.map(({ url, who = 'Everyone', expires = never }) => ({
    Date: '2025-03-02 09:15:04',
    Link: `${url}?mime_type=video_mp4&x-tos-expires=${expires}&x-tos-signature=verysecret`,
    WhoCanView: who,
  }));
  const profile = { Profile: { 'Profile Info': { ProfileMap: { userName: account } } } };
  const path = join(folder.path, file);
  await writeFile(path, JSON.stringify({ ...profile, Post: { Posts: { VideoList } } }));
  return path;
}

function eventsOf(stdout: string): Record<string, unknown>[] {
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A yt-dlp that does not answer before this file is there. */
async function waitingFor(marker: string): Promise<Record<string, string>> {
  const program = join(folder.path, 'waiting-yt-dlp');
  const script = `
const { existsSync } = require('node:fs');
const look = () => existsSync(${JSON.stringify(marker)}) ? process.exit(0) : setTimeout(look, 20);
look();`;
  await writeFile(program, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  return { PORT_YTDLP: program };
}

describe('port fetch', () => {
  it.each(['fetch', 'the main job'])('%s: links do not die while TikTok is asked for the words', async (job) => {
    const marker = join(folder.path, `asked by ${job}`);
    const asked = serve(real);
    const server = await startServer({
      '/a': (...asking) => {
        writeFileSync(marker, '');
        asked(...asking);
      },
    });
    const name = `slow_${job.length}`;
    const file = await exportOf(name, `${name}.json`, [{ url: server.url('/a') }]);
    const args = job === 'fetch' ? ['fetch', file] : [file, '--to', 'reels'];
    const ran = await runPort([...args, '--json', ...allow], folder.path, await waitingFor(marker));
    expect(eventsOf(ran.stdout).filter(({ type }) => type === 'warning')).toMatchObject([
      { message: expect.stringContaining('it listed no posts') },
      { message: expect.stringContaining('1 post has no caption') },
    ]);
    expect(ran.code).toBe(0);
  });

  it('brings originals without any platform and without ffmpeg, and puts no row into the manifest', async () => {
    const server = await startServer({ '/a': serve(real), '/secret': serve(other) });
    const file = await exportOf('anna', 'anna.json', [
      { url: server.url('/a') },
      { url: server.url('/secret'), who: 'Only You' },
      { url: server.url('/gone'), expires: '1741770904' },
    ]);
    const ran = await runPort(['fetch', file, '--json', ...allow], folder.path, withoutPrograms);
    expect(ran.code).toBe(1);
    const events = eventsOf(ran.stdout);
    expect(events[0]).toMatchObject({ type: 'run', posts: 3, selected: 2, targets: ['originals'] });
    expect(events.at(-1)).toEqual({
      type: 'summary',
      exitCode: 1,
      accounts: { anna: { originals: { delivered: 2, held: 0, rejected: 0, failed: 1 } } },
      missing: {
        anna: {
          ended: { videos: 1, photoPosts: 0, first: '2025-03-12', last: '2025-03-12' },
          ...{ refused: null, blocked: null, living: null },
        },
      },
      folders: [join('ported', 'anna')],
    });
    const told = events.find((event) => event['type'] === 'post' && event['status'] === 'delivered');
    expect(told).toMatchObject({ target: 'originals', original: { source: 'link', matchedBy: 'link' } });
    const manifest = await readManifest(join(folder.path, 'ported/anna'));
    expect(manifest).toMatchObject({ export: { posts: 3 }, totals: {}, posts: [] });
    const said = ran.stdout + ran.stderr + JSON.stringify(manifest);
    expect(said).not.toContain('verysecret');

    const people = await runPort(['fetch', file, ...allow], folder.path, withoutPrograms);
    expect(people.stdout).toContain('anna: the links of 1 video have ended (on 2025-03-12).');
    expect(people.stdout).toMatch(/ask TikTok for one/);
    expect(people.stderr).toContain('already there');
    expect(server.asked.map(({ path }) => path.split('?')[0]).sort()).toEqual(['/a', '/secret']);
    const ends = people.stdout.split('\n').filter((line) => /links|new export|^Next/.test(line));
    expect(ends).toHaveLength(4);
    for (const line of ends) expect(line.length).toBeLessThanOrEqual(80);

    const without = await runPort(['fetch', file, '--no-held-originals', '--offline', '--json'], folder.path);
    expect(eventsOf(without.stdout).at(-1)).toMatchObject({
      accounts: { anna: { originals: { delivered: 1, held: 1, failed: 1 } } },
    });
  });

  it('one photo that is gone does not lose the others; with --strict the post has failed, and they are kept', async () => {
    const server = await startServer({
      '/tos-sg-i-photomode-sg/1.jpeg': serve(picture, { type: 'image/jpeg' }),
    });
    const links = [1, 2].map((n) => `${server.url(`/tos-sg-i-photomode-sg/${n}.jpeg`)}?x-expires=${never}`).join('\n');
    const VideoList = [{ Date: '2025-03-02 09:15:04', Link: links, WhoCanView: 'Everyone' }];
    const file = join(folder.path, 'frida.json');
    await writeFile(file, JSON.stringify({ Post: { Posts: { VideoList } } }));
    const lenient = await runPort(['fetch', file, ...allow], folder.path, withoutPrograms);
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toContain('Photo 2 of 2 is missing');
    expect(lenient.stdout).toContain('the server would not hand out 1 photo post.');
    const strict = await runPort(['fetch', file, '--strict', ...allow], folder.path, withoutPrograms);
    expect(strict.code).toBe(1);
    expect(existsSync(join(folder.path, 'ported/frida/originals', key, '01.jpg'))).toBe(true);
  });

  it.each<[string, Buffer, string]>([
    ['a video that breaks off', real.subarray(0, real.length - 9000), 'It breaks off: 9000 of its bytes are missing.'],
    ['sound without a picture', soundOf(real), 'It has sound but no picture.'],
    ['a video in a codec of TikTok', inForeignCodec(real), "ByteVC2 (bvc2), TikTok's own codec"],
  ])('%s is not safe, with ffprobe or without; it is kept, and not fetched again', async (name, body, why) => {
    const server = await startServer({ '/bad': serve(body) });
    const account = `bad_${name.length}`;
    const file = await exportOf(account, `${account}.json`, [{ url: server.url('/bad') }]);
    const args = ['fetch', file, '--no-listing', ...allow];
    for (const environment of [withoutPrograms, {}]) {
      const ran = await runPort(args, folder.path, environment);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(why);
    }
    expect(server.asked).toHaveLength(1);
    const kept = await readFile(join(folder.path, 'ported', account, 'originals', `${key}.mp4`));
    expect(kept.equals(body)).toBe(true);
  });

  it('what lies in originals and cannot be read does not hide a good link, and is kept', async () => {
    const server = await startServer({ '/good': serve(real) });
    const file = await exportOf('gerda', 'gerda.json', [{ url: server.url('/good') }]);
    const originals = join(folder.path, 'ported/gerda/originals');
    await mkdir(originals, { recursive: true });
    const cut = real.subarray(0, 5000);
    await writeFile(join(originals, `${key}.mp4`), cut);
    const ran = await runPort(['fetch', file, '--no-listing', ...allow], folder.path, withoutPrograms);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(`originals/${key}.mp4 was passed over. It breaks off`);
    expect((await readFile(join(originals, `${key}.mp4`))).equals(real)).toBe(true);
    expect((await readFile(join(originals, 'set-aside', `${key}.mp4`))).equals(cut)).toBe(true);
    const again = await runPort(['fetch', file, '--no-listing', ...allow], folder.path, withoutPrograms);
    expect(again.stderr).not.toContain('passed over');
    expect(server.asked).toHaveLength(1);
  });

  it('keys stay with their posts: an older post of the same second, in a later export, takes the next one', async () => {
    const server = await startServer({ '/a': serve(real), '/b': serve(other), '/a2': serve(other) });
    const first = await exportOf('berta', 'berta.json', [{ url: server.url('/a') }]);
    expect((await runPort(['fetch', first, ...allow], folder.path, withoutPrograms)).code).toBe(0);
    const second = await exportOf('berta', 'berta-2.json', [{ url: server.url('/a') }, { url: server.url('/b') }]);
    const ran = await runPort([second, '--to', 'rednote', ...allow], folder.path);
    expect(ran.code).toBe(0);
    const account = join(folder.path, 'ported/berta');
    expect((await readFile(join(account, 'originals', `${key}.mp4`))).equals(real)).toBe(true);
    expect((await readFile(join(account, 'originals', `${key}-2.mp4`))).equals(other)).toBe(true);
    const manifest = await expectConsistentFolder(account);
    expect(manifest.posts.map((row) => [row.key, row.status]).sort()).toEqual([
      [key, 'delivered'],
      [`${key}-2`, 'delivered'],
    ]);
    expect(manifest).not.toHaveProperty('keys');
    expect(server.asked).toHaveLength(2);
  });

  it('a post that only an earlier fetch knew stands in the manifest of the platforms as held', async () => {
    const server = await startServer({ '/a': serve(real), '/b': serve(other) });
    const rows = [{ url: server.url('/a') }, { url: server.url('/b') }];
    const both = await exportOf('carla', 'carla.json', rows);
    await runPort(['fetch', both, ...allow], folder.path, withoutPrograms);
    const one = await exportOf('carla', 'carla-2.json', rows.slice(1));
    await runPort([one, '--to', 'rednote', '--offline'], folder.path);
    const { totals } = await expectConsistentFolder(join(folder.path, 'ported/carla'));
    expect(totals).toEqual({ rednote: { delivered: 1, held: 1, rejected: 0, failed: 0 } });
  });

  it('killed half-way, the keys are known; interrupted, it continues from the part', async () => {
    const half = stallAfter(20_000, other, { etag: '"1"' });
    const server = await startServer({
      '/a': serve(real),
      '/b': inTurn(half, half, serve(other, { etag: '"1"' })),
    });
    const rows = [{ url: server.url('/a') }, { url: server.url('/b') }];
    const file = await exportOf('dora', 'dora.json', rows);
    const account = join(folder.path, 'ported/dora');
    const part = join(account, '.port/incoming', `.${key}.part.json`);
    const args = ['fetch', file, ...allow];
    const original = join(account, 'originals', `${key}-2.mp4`);
    await cutOff(args, folder.path, 'SIGKILL', () => existsSync(original) && existsSync(part));
    const { keys } = (await readManifest(account)) as unknown as { keys: Record<string, string> };
    expect(keys).toEqual({ [key]: '/b', [`${key}-2`]: '/a' });
    if (process.platform !== 'win32') {
      const asked = server.asked.length;
      const code = await cutOff(args, folder.path, 'SIGINT', () => server.asked.length > asked);
      expect(code).toBe(130);
    }
    const again = await runPort(args, folder.path, withoutPrograms);
    expect(again.code).toBe(0);
    expect((await readFile(join(account, 'originals', `${key}.mp4`))).equals(other)).toBe(true);
    expect((await readFile(original)).equals(real)).toBe(true);
    expect(server.asked.at(-1)?.headers.range).toMatch(/^bytes=\d+-$/);
    expect(server.asked.filter(({ path }) => path.startsWith('/a'))).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')(
    'stopped for so long that another run took the folder over, it writes nothing more and says so',
    async () => {
      const server = await startServer({ '/a': inTurn(stallAfter(20_000, other), serve(other)) });
      const file = await exportOf('ines', 'ines.json', [{ url: server.url('/a') }]);
      const account = join(folder.path, 'ported/ines');
      const lock = join(account, '.port/lock');
      const args = ['fetch', file, ...allow];
      const child = spawn(process.execPath, [bin, ...args], { cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', (text) => {
        said += text;
      });
      const closed = new Promise<number | null>((done) => child.on('close', done));
      await until(() => server.asked.length > 0);
      child.kill('SIGSTOP');
      await utimes(lock, 1, 1);
      expect((await runPort(args, folder.path, withoutPrograms)).code).toBe(0);
      const manifest = await stat(join(account, 'manifest.json'));
      await mkdir(join(account, '.port'), { recursive: true });
      await writeFile(lock, JSON.stringify({ pid: process.pid, host: hostname(), id: 'of another run' }));
      child.kill('SIGCONT');
      expect(await closed).toBe(1);
      expect(said).toContain('another port took its folder over');
      expect((await stat(join(account, 'manifest.json'))).mtimeMs).toBe(manifest.mtimeMs);
      expect((await readFile(join(account, 'originals', `${key}.mp4`))).equals(other)).toBe(true);
      expect(await readFile(lock, 'utf8')).toContain('of another run');
    },
  );

  it('files of --media that fit no post are counted, listed, and left alone', async () => {
    const media = join(folder.path, 'clips');
    await mkdir(media);
    await writeFile(join(media, `${key}.mp4`), real);
    const strays = Array.from({ length: 12 }, (_, index) => join(media, `clip ${index + 10}.mp4`));
    for (const stray of strays) await writeFile(stray, other);
    await writeFile(join(media, 'notes.txt'), 'no media');
    const file = await exportOf('emma', 'emma.json', [{ url: 'https://v.example/a' }]);
    const args = ['fetch', file, '--offline', '--media', media];
    const plain = await runPort(args, folder.path, withoutPrograms);
    expect(plain.code).toBe(0);
    expect(plain.stderr).toContain('warning: 12 files of --media fit no post');
    expect(plain.stderr).toContain('... and 2 more');
    const verbose = await runPort([...args, '-v'], folder.path, withoutPrograms);
    for (const stray of strays) expect(verbose.stderr).toContain(stray);
    expect(verbose.stderr).toContain('named like the post');
    const json = eventsOf((await runPort([...args, '--json'], folder.path, withoutPrograms)).stdout);
    expect(json.find((event) => 'files' in event)).toMatchObject({ type: 'warning', files: strays });
  });

  it.each<[string, string[], RegExp]>([
    ['no export named', [], /No export was named/],
    ['a platform, which comes later', ['x.zip', '--to', 'rednote'], /--to/],
    ['nothing there', ['nowhere.zip'], /nowhere\.zip/],
    ['a day that is none', ['x.zip', '--since', 'yesterday'], /--since/],
  ])('%s is a slip', async (_name, args, sentence) => {
    const { code, stderr, stdout } = await runPort(['fetch', ...args], folder.path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trim()).toMatch(sentence);
  });
});
