import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/tools/programs.ts';
import { expectConsistentFolder, type ManifestDocument } from './accounting.ts';
import { fixture, type Ran, runPort, workFolder } from './run-port.ts';

const run = promisify(execFile);
const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

const folder = await workFolder();
const maya = join(folder.path, 'ported/maya');
let first: Ran;
let manifest: ManifestDocument;

beforeAll(async () => {
  first = await runPort([fixture('export.zip'), '--to', 'all'], folder.path);
  manifest = await expectConsistentFolder(maya);
});
afterAll(folder.remove);

const row = (key: string, target: string) => {
  const found = manifest.posts.find((each) => each.key === key && each.target === target);
  if (!found) throw new Error(`no row for ${key} ${target}`);
  return found;
};

/** What ffprobe says, asked from outside. */
async function probed(path: string): Promise<Record<string, unknown>[]> {
  const { path: ffprobe } = await findProgram('ffprobe');
  const { stdout } = await run(ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', path]);
  return (JSON.parse(stdout) as { streams: Record<string, unknown>[] }).streams;
}

async function packets(path: string): Promise<string[]> {
  const { path: ffmpeg } = await findProgram('ffmpeg');
  const hashes = ['0:v:0', '0:a:0'].map(async (stream) => {
    const { stdout } = await run(ffmpeg, ['-v', 'error', '-i', path, '-map', stream, '-c', 'copy', '-f', 'hash', '-']);
    return stdout;
  });
  return await Promise.all(hashes);
}

describe('port export.zip --to all', () => {
  it('says where the posts are, and in one line for each platform what became of them', () => {
    expect(first.stdout).toContain('Your posts are in ported/maya');
    expect(first.stdout).toMatch(/rednote +7 delivered, 1 held/);
    expect(first.code).toBe(0);
  });

  it('leaves a compliant video as it is: the same bytes, the same file, the date of the post', async () => {
    const video = join(maya, 'rednote/2025-03-02_09-15-04/video.mp4');
    expect(await sha256(video)).toBe(await sha256(fixture('export/media/2025-03-02_09-15-04.mp4')));
    expect((await stat(video)).ino).toBe((await stat(join(maya, 'originals/2025-03-02_09-15-04.mp4'))).ino);
    expect((await stat(video)).mtime.toISOString()).toBe('2025-03-02T09:15:04.000Z');
    expect(row('2025-03-02_09-15-04', 'rednote').files[0]).toMatchObject({ role: 'video', action: 'copy', why: [] });
  });

  it('encodes HEVC where it is not taken, once for both platforms, and leaves it where it is', async () => {
    const key = '2025-11-23_08-05-41';
    const made = join(maya, 'rednote', key, 'video.mp4');
    const [picture, sound] = await probed(made);
    expect(picture).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width: 1080, height: 1920 });
    expect(sound).toMatchObject({ codec_name: 'aac' });
    expect(row(key, 'rednote').files[0]).toMatchObject({ action: 'transcode', why: [{ code: 'video-codec' }] });
    expect((await stat(made)).ino).toBe((await stat(join(maya, 'lemon8', key, 'video.mp4'))).ino);
    expect(row(key, 'shorts').files[0]).toMatchObject({ action: 'copy' });
  });

  it('puts a landscape video upright for Shorts only', async () => {
    const key = '2025-10-11_14-20-00';
    const [picture] = await probed(join(maya, 'shorts', key, 'video.mp4'));
    expect(picture).toMatchObject({ codec_name: 'h264', width: 1080, height: 1920, sample_aspect_ratio: '1:1' });
    expect(row(key, 'rednote').files[0]).toMatchObject({ action: 'copy' });
  });

  it('adds a silent track and keeps every packet of the picture', async () => {
    const key = '2025-11-23_08-05-12';
    const made = join(maya, 'reels', key, 'video.mp4');
    expect((await probed(made)).map((stream) => stream['codec_name'])).toEqual(['h264', 'aac']);
    const { path: ffmpeg } = await findProgram('ffmpeg');
    const hashOf = async (path: string) =>
      (await run(ffmpeg, ['-v', 'error', '-i', path, '-map', '0:v:0', '-c', 'copy', '-f', 'hash', '-'])).stdout;
    expect(await hashOf(made)).toBe(await hashOf(fixture('export/media/2025-11-23 08.05.12.mp4')));
  });

  it('mends a container: moov first, the same packets', async () => {
    const key = '2025-02-14_19-33-07';
    const made = join(maya, 'shorts', key, 'video.mp4');
    expect(row(key, 'shorts').files[0]).toMatchObject({ action: 'remux' });
    expect(await packets(made)).toEqual(await packets(fixture('export/media/maya_20250214_193307.mov')));
    const head = (await readFile(made)).toString('latin1');
    expect(head.indexOf('moov')).toBeLessThan(head.indexOf('mdat'));
    expect((await stat(made)).mtime.toISOString()).toBe('2025-02-14T19:33:07.000Z');
  });

  it('delivers photos in order with a cover in the shape of the platform', async () => {
    const files = await readdir(join(maya, 'rednote/2025-08-16_06-30-22'));
    expect(files.sort()).toEqual(['01.jpg', '02.jpg', '03.jpg', '04.jpg', 'caption.txt', 'cover.jpg', 'post.json']);
    const [cover] = await probed(join(maya, 'rednote/2025-08-16_06-30-22/cover.jpg'));
    expect(Number(cover?.['width']) / Number(cover?.['height'])).toBeCloseTo(3 / 4, 2);
  });

  it('makes a video of photos for a platform that takes none: three seconds each', async () => {
    const key = '2025-08-16_06-30-22';
    const [picture, sound] = await probed(join(maya, 'shorts', key, 'video.mp4'));
    expect(picture).toMatchObject({ codec_name: 'h264', width: 1080, height: 1920, avg_frame_rate: '30/1' });
    expect(Number(picture?.['nb_frames'])).toBe(4 * 3 * 30);
    expect(sound).toMatchObject({ codec_name: 'aac' });
    const { status, files } = row(key, 'shorts');
    expect(status).toBe('delivered');
    expect(files[0]).toMatchObject({ role: 'video', action: 'slideshow', why: [{ code: 'slideshow-needed' }] });
    expect((await readdir(join(maya, 'shorts', key))).sort()).toEqual([
      'caption.txt',
      'cover.jpg',
      'post.json',
      'video.mp4',
    ]);
  });

  it('words the caption: title, body, hashtags in their places', async () => {
    const { caption } = row('2025-08-16_06-30-22', 'rednote');
    expect(caption?.title).toMatch(/^A slow weekend/);
    const text = await readFile(join(maya, 'rednote/2025-08-16_06-30-22/caption.txt'), 'utf8');
    expect(text.startsWith(`${caption?.title}\n`)).toBe(true);
  });

  it('holds the private post, with the reason', () => {
    expect(row('2025-05-18_21-47-55', 'rednote')).toMatchObject({ status: 'held', issues: [{ code: 'visibility' }] });
    expect(row('2025-05-18_21-47-55', 'rednote').original?.path).toBe('originals/2025-05-18_21-47-55.mp4');
  });

  it('splits what is too long into packages of their own, no frame of which is made again or lost', async () => {
    const key = '2025-12-06_17-42-30';
    const long = row(key, 'shorts');
    expect(long.status).toBe('delivered');
    expect(long.issues.map(({ code }) => code)).toContain('duration-split');
    expect(row(key, 'rednote').files[0]).toMatchObject({ action: 'copy' });
    const frames = async (path: string) => (await probed(path)).map((stream) => Number(stream['nb_frames']));
    const parts: number[][] = [];
    for (const [index, part] of ['part-1', 'part-2'].entries()) {
      const folderOfPart = join(maya, 'shorts', key, part);
      expect((await readdir(folderOfPart)).sort()).toEqual(['caption.txt', 'cover.jpg', 'video.mp4']);
      expect(await readFile(join(folderOfPart, 'caption.txt'), 'utf8')).toContain(`(${index + 1}/2)`);
      parts.push(await frames(join(folderOfPart, 'video.mp4')));
    }
    expect(long.files.filter(({ role }) => role === 'video').map(({ action }) => action)).toEqual(['remux', 'remux']);
    const whole = await frames(join(maya, 'rednote', key, 'video.mp4'));
    expect(whole.map((_, index) => parts.reduce((sum, part) => sum + (part[index] ?? 0), 0))).toEqual(whole);
  });

  it('tells the next platform what TikTok was reported', () => {
    expect(row('2025-11-23_08-05-41', 'rednote').declarations).toEqual(['ai-generated']);
    expect(row('2025-10-11_14-20-00', 'rednote').declarations).toEqual(['your-brand']);
  });

  it('writes post.json as that post stands in the manifest', async () => {
    const written: unknown = JSON.parse(await readFile(join(maya, 'rednote/2025-03-02_09-15-04/post.json'), 'utf8'));
    expect(written).toEqual({ schemaVersion: 1, ...row('2025-03-02_09-15-04', 'rednote') });
  });

  it('never writes a signed query', async () => {
    const names = await readdir(folder.path, { recursive: true });
    for (const name of names.filter((each) => /\.(json|txt|csv)$/.test(each))) {
      expect(await readFile(join(folder.path, name), 'utf8')).not.toMatch(/x-(tos-)?(expires|signature)/);
    }
  });
});

// A shell script serves as the witness.
describe.skipIf(process.platform === 'win32')('a second run', () => {
  it('does nothing: no program is started, no file is touched', async () => {
    const before = await snapshot(maya);
    const witness = await watchedPrograms(folder.path);
    const again = await runPort([fixture('export.zip'), '--to', 'all', '--json'], folder.path, witness.environment);
    const events = again.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; status?: string; unchanged?: boolean });
    const delivered = events.filter(({ type, status }) => type === 'post' && status === 'delivered');
    expect(delivered.length).toBeGreaterThan(20);
    expect(delivered.every(({ unchanged }) => unchanged)).toBe(true);
    expect(events.filter(({ type }) => type === 'progress')).toEqual([]);
    expect(await snapshot(maya)).toEqual(before);
    expect(await witness.calls()).toEqual(['-hide_banner -version', '-hide_banner -version']);
    expect(again.code).toBe(0);
  });
});

/** ffmpeg and ffprobe that write down each of their calls. */
async function watchedPrograms(path: string) {
  const log = join(path, 'calls.log');
  const environment: NodeJS.ProcessEnv = {};
  for (const name of ['ffmpeg', 'ffprobe'] as const) {
    const script = join(path, `watched-${name}`);
    await writeFile(script, `#!/bin/sh\necho "$@" >> '${log}'\nexec '${(await findProgram(name)).path}' "$@"\n`);
    await chmod(script, 0o755);
    environment[`PORT_${name.toUpperCase()}`] = script;
  }
  const calls = async () => (await readFile(log, 'utf8')).trim().split('\n');
  return { environment, calls };
}

/** Every file with its inode, size and time, but for the documents that each run writes. */
async function snapshot(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  const lines = await Promise.all(
    names
      .filter((name) => !name.endsWith('manifest.json') && !name.includes('.port'))
      .map(async (name) => {
        const { ino, size, mtimeMs } = await stat(join(path, name));
        return `${name} ${ino} ${size} ${mtimeMs}`;
      }),
  );
  return lines.sort();
}
