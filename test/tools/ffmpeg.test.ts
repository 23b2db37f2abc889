import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { InterruptedError, ProgramError } from '../../src/errors.ts';
import type { FfmpegJob } from '../../src/model/render-job.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { paceJudge } from '../../src/tools/pace-judge.ts';
import { makeMedia, outside, recipes, temporaryFolder } from '../media.ts';
import { pairs } from '../programs.ts';

const never = new AbortController().signal;
const windows = process.platform === 'win32';

/** A job that goes on for as long as it is let: the test card in real time. */
function endless(output: string): FfmpegJob {
  return {
    inputs: [{ options: ['-re'], source: { lavfi: 'testsrc=size=320x568:rate=25' } }],
    outputOptions: ['-c:v', 'mpeg4', '-f', 'mpegts', '-flush_packets', '1'],
    output,
  };
}

describe.each(pairs)('ffmpeg of $name', (pair) => {
  const ffmpeg = createFfmpeg(pair.ffmpeg);
  let folder: string;
  let source: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    source = await makeMedia(folder, 'source.mp4', recipes.compliant, pair);
  });

  test('runs a job and reports progress', async () => {
    const output = join(folder, 'out.mp4');
    const told: number[] = [];
    const job: FfmpegJob = {
      inputs: [{ options: [], source: { file: source } }],
      outputOptions: ['-c', 'copy', '-f', 'mp4'],
      output,
    };
    await ffmpeg.run(job, never, (seconds) => told.push(seconds));
    expect((await stat(output)).size).toBeGreaterThan(1000);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeCloseTo(1, 0);
  });

  test.each([
    ['a whole video', false],
    ['a video whose middle is damaged', true],
  ])('tells of decoding errors: %s %s', async (name, isDamaged) => {
    const path = join(folder, `${name}.mp4`);
    const bytes = await readFile(source);
    const middle = bytes.indexOf('mdat') + 5000;
    if (isDamaged) bytes.fill(0x55, middle, middle + 10_000);
    await writeFile(path, bytes);
    let errors = 0;
    const inputs = [{ options: [], source: { file: path } }];
    const onDecodeError = () => void errors++;
    const decode: FfmpegJob = { inputs, outputOptions: ['-f', 'null'], output: '-', onDecodeError };
    await ffmpeg.run(decode, never);
    expect(errors > 0).toBe(isDamaged);
  });

  test('replaces the output of an earlier attempt', async () => {
    const output = join(folder, 'left.mp4');
    await writeFile(output, 'left');
    const inputs = [{ options: [], source: { file: source } }];
    await ffmpeg.run({ inputs, outputOptions: ['-c', 'copy'], output }, never);
    expect((await stat(output)).size).toBeGreaterThan(1000);
  });

  test('captures the output of a job', async () => {
    const inputs = [{ options: [], source: { file: source } }];
    const png = await ffmpeg.capture(
      { inputs, outputOptions: ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'] },
      1e6,
      never,
    );
    expect(Buffer.from(png).toString('latin1', 1, 4)).toBe('PNG');
    expect(Buffer.from(png).toString('latin1', png.length - 8, png.length - 4)).toBe('IEND');
  });

  test('captures many megabytes completely', async () => {
    const inputs = [{ options: [], source: { lavfi: 'color=size=1080x1920:rate=5:duration=1' } }];
    const job = { inputs, outputOptions: ['-pix_fmt', 'rgb24', '-f', 'rawvideo'] };
    expect((await ffmpeg.capture(job, 100e6, never)).length).toBe(1080 * 1920 * 3 * 5);
  });

  test('captures nothing if a job writes nothing', async () => {
    const inputs = [{ options: [], source: { file: source } }];
    expect(await ffmpeg.capture({ inputs, outputOptions: ['-f', 'null'] }, 10, never)).toHaveLength(0);
  });

  test('captures at most maxBytes', async () => {
    const inputs = [{ options: [], source: { lavfi: 'color=size=64x64:duration=1' } }];
    const job = { inputs, outputOptions: ['-pix_fmt', 'rgb24', '-f', 'rawvideo'] };
    await expect(ffmpeg.capture(job, 1000, never)).rejects.toThrow('more than 1000 bytes');
  });

  test('a capture that fails is an error', async () => {
    const inputs = [{ options: [], source: { file: join(folder, 'absent.mp4') } }];
    const failing = ffmpeg.capture({ inputs, outputOptions: ['-f', 'null'] }, 1000, never);
    await expect(failing).rejects.toThrow(ProgramError);
  });

  test('an interrupt ends the program', async ({ skip }) => {
    skip(windows, 'ps is asked whether the program is gone');
    const output = join(folder, 'endless.ts');
    const abort = new AbortController();
    const running = ffmpeg.run(endless(output), abort.signal, () => abort.abort());
    await expect(running).rejects.toThrow(InterruptedError);
    await expect.poll(() => processes(output), { timeout: 3000 }).toBe(0);
  });

  test('an interrupt ends a capture', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const { inputs, outputOptions } = endless('');
    await expect(ffmpeg.capture({ inputs, outputOptions }, 1e9, abort.signal)).rejects.toThrow(InterruptedError);
  });

  test('an interrupt before the start, and one while the start is prepared', async ({ skip }) => {
    skip(windows, 'ps is asked whether the program is gone');
    const output = join(folder, 'never.ts');
    await expect(ffmpeg.run(endless(output), AbortSignal.abort())).rejects.toThrow(InterruptedError);
    for (const wait of [0, 1, 5, 20]) {
      const abort = new AbortController();
      const running = ffmpeg.run(endless(output), abort.signal);
      setTimeout(() => abort.abort(), wait);
      await expect(running).rejects.toThrow(InterruptedError);
    }
    await expect.poll(() => processes(output), { timeout: 3000 }).toBe(0);
  });

  test('a failed job has the reason and a command that can be pasted', async ({ skip }) => {
    const job: FfmpegJob = {
      inputs: [{ options: [], source: { file: join(folder, 'not "there" $HOME.mp4') } }],
      outputOptions: ['-vf', "scale='trunc(iw/2)*2':ih", '-metadata', 'title=one two', '-f', 'null'],
      output: join(folder, 'none.mp4'),
    };
    const error = await ffmpeg.run(job, never).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProgramError);
    if (!(error instanceof ProgramError)) return;
    expect(error.message).toContain('No such file');
    expect(error.lastLines).toContain('No such file');
    expect(error.lastLines).not.toMatch(/^(?:frame|out_time|progress)=/m);

    skip(windows, 'the shell is sh');
    const pasted: unknown = await promisify(execFile)('sh', ['-c', error.command]).catch((caught: unknown) => caught);
    expect((pasted as { stderr: string }).stderr).toContain('not "there" $HOME.mp4: No such file');
  });

  test('the pasted command of a failed job produces the output', async ({ skip }) => {
    skip(windows, 'the shell is sh');
    const output = join(folder, 'folder that comes later', 'out.mp4');
    const job: FfmpegJob = {
      inputs: [
        { options: [], source: { file: source } },
        { options: ['-t', '1'], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } },
      ],
      outputOptions: ['-map', '0:v:0', '-map', '1:a:0', '-c:v', 'copy', '-metadata', "title=it's $5; ok", '-f', 'mp4'],
      output,
    };
    const error = (await ffmpeg.run(job, never).catch((caught: unknown) => caught)) as ProgramError;
    expect(error).toBeInstanceOf(ProgramError);
    await outside('mkdir', [join(folder, 'folder that comes later')]);
    await outside('sh', ['-c', error.command]);
    const title = await outside(pair.ffprobe, [
      '-v',
      'error',
      '-show_entries',
      'format_tags=title',
      '-of',
      'csv',
      output,
    ]);
    expect(title.trim()).toBe("format,it's $5; ok");
  });

  test('an argument that holds exactly one space stays one argument', async () => {
    const output = join(folder, 'one space.mp4');
    const job: FfmpegJob = {
      inputs: [{ options: [], source: { file: source } }],
      outputOptions: ['-c', 'copy', '-metadata', 'title=one space', '-metadata', 'comment=two  spaces here'],
      output,
    };
    await ffmpeg.run(job, never);
    const tags = await outside(pair.ffprobe, ['-v', 'error', '-show_entries', 'format_tags', '-of', 'json', output]);
    expect(JSON.parse(tags)).toMatchObject({
      format: { tags: { title: 'one space', comment: 'two  spaces here' } },
    });
  });

  test('a lone output option with one space, and a lone input option', async () => {
    const inputs = [{ options: ['-t', '00:00:00.5'], source: { lavfi: 'color=size=64x64:rate=10' } }];
    const job = { inputs, outputOptions: ['-vf', 'scale=32:32, hflip', '-pix_fmt', 'gray', '-f', 'rawvideo'] };
    expect(await ffmpeg.capture(job, 1e6, never)).toHaveLength(32 * 32 * 5);
  });

  test('file names are never patterns, options or addresses', async () => {
    for (const name of ['-y.mp4', 'a:b.mp4', '%03d.mp4', "it's $HOME.mp4", 'a|b.mp4', 'concat:x.mp4', 'ä 字 😀.mp4']) {
      const output = join(folder, name);
      const inputs = [{ options: [], source: { file: source } }];
      await ffmpeg.run({ inputs, outputOptions: ['-c', 'copy', '-f', 'mp4'], output }, never);
      expect(await readdir(folder)).toContain(name);
      const again = { inputs: [{ options: [], source: { file: output } }], outputOptions: ['-f', 'null'] };
      await ffmpeg.capture(again, 10, never);
    }
  });

  test('a playlist named .mp4 opens no other file', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end());
    server.on('connection', () => connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const output = join(folder, 'from a playlist.ts');
    try {
      for (const [index, address_] of [`${address}/a.ts`, 'file:///etc/passwd', `file://${source}`].entries()) {
        const path = join(folder, `playlist ${index}.mp4`);
        await writeFile(path, `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${address_}\n#EXT-X-ENDLIST\n`);
        const job = { inputs: [{ options: [], source: { file: path } }], outputOptions: ['-c', 'copy'], output };
        await expect(ffmpeg.run(job, never)).rejects.toThrow(ProgramError);
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    expect(connections).toBe(0);
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });

  test('concurrent jobs are not affected by each other’s interrupts', async () => {
    const abort = new AbortController();
    const jobs = [0, 1, 2].map((index) => {
      const inputs = [{ options: [], source: { file: source } }];
      const signal = index === 1 ? abort.signal : never;
      return ffmpeg.run({ inputs, outputOptions: ['-c', 'copy'], output: join(folder, `many ${index}.mp4`) }, signal);
    });
    abort.abort();
    const results = await Promise.allSettled(jobs);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('a program that cannot be started is an error', async () => {
    const job = {
      inputs: [{ options: [], source: { file: source } }],
      outputOptions: [],
      output: join(folder, 'x.mp4'),
    };
    const absent = createFfmpeg(join(folder, 'no ffmpeg'));
    await expect(absent.run(job, never)).rejects.toThrow(ProgramError);
    await expect(absent.run(job, never)).rejects.toThrow('ENOENT');
    await expect(absent.capture(job, 100, never)).rejects.toThrow(ProgramError);
  });
});

/** How many programs run that have this among their arguments. */
async function processes(argument: string): Promise<number> {
  const listing = await outside('ps', ['-eo', 'stat,args']);
  return listing.split('\n').filter((line) => line.includes(`file:${argument}`) && !line.startsWith('Z')).length;
}

describe('a stuck job', () => {
  const minute = 60_000;
  it.each([
    ['a second made in each of 30 minutes', Array.from({ length: 31 }, (_, at) => [at, at * minute]), false],
    ['a second made in each five minutes', Array.from({ length: 31 }, (_, at) => [at / 5, at * minute]), true],
    ['nothing made in the first ten minutes', Array.from({ length: 11 }, (_, at) => [0, at * minute]), false],
    [
      'a laptop that slept for a day',
      [
        [0, 0],
        [1, minute],
        [2, 1440 * minute],
        [30, 1441 * minute],
      ],
      false,
    ],
  ])('%s', (_name, reports, expected) => {
    const isHopeless = paceJudge();
    expect(reports.some(([seconds = 0, now = 0]) => isHopeless(seconds, now))).toBe(expected);
  });
});
