import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { type Material, planPost } from '../../src/plan/post.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { createImages } from '../../src/tools/sharp.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { pictureSettings, planOptions, post } from '../builders.ts';
import { probedOnce, sharedMedia } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';

const run = promisify(execFile);
const signal = new AbortController().signal;

const picture = (size: string, rate = 30) => ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=1.5`];
const tone = ['-f', 'lavfi', '-i', 'sine=440:r=48000:d=1.5'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const aac = ['-c:a', 'aac', '-ac', '2'];
const front = ['-movflags', '+faststart'];

/** Odd sources, each with the way in which it is odd, and what shall become of it. */
const sources: readonly {
  name: string;
  args: readonly string[];
  target: Target;
  action: string;
  size?: [number, number];
}[] = [
  {
    name: 'fine.mp4',
    args: [...picture('180x320'), ...tone, ...h264, ...aac, ...front],
    target: rednote,
    action: 'copy',
  },
  { name: 'moov-last.mp4', args: [...picture('180x320'), ...tone, ...h264, ...aac], target: rednote, action: 'remux' },
  { name: 'silent.mp4', args: [...picture('180x320'), ...h264, ...front], target: rednote, action: 'remux' },
  { name: 'matroska.mkv', args: [...picture('180x320'), ...tone, ...h264, ...aac], target: rednote, action: 'remux' },
  {
    name: 'place.mp4',
    args: [
      ...picture('180x320'),
      ...tone,
      ...h264,
      ...aac,
      '-movflags',
      '+faststart+use_metadata_tags',
      '-metadata',
      'location=+38.7-009.1/',
    ],
    target: rednote,
    action: 'remux',
  },
  {
    name: 'two-tracks.mp4',
    args: [...picture('180x320'), ...tone, ...tone, '-map', '0', '-map', '1', '-map', '2', ...h264, ...aac, ...front],
    target: rednote,
    action: 'remux',
  },
  {
    name: 'mp3.mp4',
    args: [...picture('180x320'), ...tone, ...h264, '-c:a', 'libmp3lame', '-ar', '22050', '-ac', '1', ...front],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'surround.mp4',
    args: [...picture('180x320'), ...tone, ...h264, '-c:a', 'aac', '-ac', '6', ...front],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'hevc.mp4',
    args: [
      ...picture('180x320'),
      ...tone,
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=error',
      '-tag:v',
      'hvc1',
      '-pix_fmt',
      'yuv420p',
      ...aac,
      ...front,
    ],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'old.avi',
    args: [...picture('176x144', 25), ...tone, '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
    target: rednote,
    action: 'transcode',
    size: [176, 144],
  },
  {
    name: 'web.webm',
    args: [
      ...picture('180x320'),
      ...tone,
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-c:a',
      'libopus',
    ],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'odd-size.mp4',
    args: [...picture('135x241'), ...tone, '-c:v', 'libx264', '-pix_fmt', 'yuv444p', ...aac, ...front],
    target: rednote,
    action: 'transcode',
    size: [134, 240],
  },
  {
    name: 'fast.mp4',
    args: [...picture('180x320', 120), ...tone, ...h264, ...aac, ...front],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'ten-bit.mp4',
    args: [...picture('180x320'), ...tone, '-c:v', 'libx264', '-pix_fmt', 'yuv420p10le', ...aac, ...front],
    target: rednote,
    action: 'transcode',
    size: [180, 320],
  },
  {
    name: 'landscape.mp4',
    args: [...picture('320x180'), ...tone, ...h264, ...aac, ...front],
    target: shorts,
    action: 'transcode',
    size: [320, 568],
  },
  {
    name: 'wide-pixels.mp4',
    args: [...picture('180x320'), ...tone, '-vf', 'setsar=4/3', ...h264, ...aac, ...front],
    target: rednote,
    action: 'transcode',
    size: [240, 320],
  },
];

const source = sharedMedia(bundledPair);
/** One of the list. */
const listed = async (name: string) => source(name, sources.find((each) => each.name === name)?.args ?? []);

describe.each(pairs)('with $name', (pair: Pair) => {
  let folder: string;
  let tools: Pick<Tools, 'ffmpeg' | 'ffprobe' | 'files' | 'images'>;
  let probed: ReturnType<typeof probedOnce>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'port-render-'));
    tools = {
      ffmpeg: createFfmpeg(pair.ffmpeg),
      ffprobe: createFfprobe(pair.ffprobe),
      files: createFiles(),
      images: createImages(),
    };
    probed = probedOnce(tools.ffprobe, signal);
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const world = () => tools as Tools;
  const making = (owned = true, from: AbortSignal = signal) => ({
    time: post().time,
    threads: 1,
    owned,
    stills: openStills(tools, from),
    probeSource: probed,
    signal: from,
    onProgress: () => {},
  });

  async function planned(
    path: string,
    target: Target,
  ): Promise<{ probe: VideoProbe; video: PlannedFile; cover: PlannedFile }> {
    const probe = await probed(path);
    const file = { path, bytes: probe.bytes, sha256: await tools.files.sha256(path, signal) };
    const material: Material = { kind: 'video', file, probe, still: null };
    const plan = planPost(post(), material, null, target, planOptions(), new Measurements());
    const [video, cover] = plan.kind === 'deliver' ? (plan.parts[0]?.files ?? []) : [];
    if (!video || !cover) throw new Error(JSON.stringify(plan));
    return { probe, video, cover };
  }

  /** ffprobe's own words, not ours. */
  async function streams(path: string): Promise<Record<string, unknown>[]> {
    const { stdout } = await run(bundledPair.ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', path]);
    return (JSON.parse(stdout) as { streams: Record<string, unknown>[] }).streams;
  }

  /** By npm's ffmpeg, which starts in no time. */
  const hash = async (path: string, stream: string, codec: readonly string[]) =>
    (await run(bundledPair.ffmpeg, ['-v', 'error', '-i', path, '-map', stream, ...codec, '-f', 'hash', '-'])).stdout;

  it.each(sources)('$name: $action', async ({ name, args, target, action, size }) => {
    const path = await source(name, args);
    const before = await readFile(path);
    const { probe, video } = await planned(path, target);
    expect(video.operation.kind).toBe(action);

    const out = join(folder, `out-${name}.mp4`);
    expect(await render(video, out, [target], making(), world())).toEqual([]);
    expect((await readFile(path)).equals(before), 'the original').toBe(true);

    if (action === 'copy') {
      expect((await stat(out)).ino).toBe((await stat(path)).ino);
      return;
    }
    const [seen, heard, ...more] = await streams(out);
    expect(seen).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p' });
    expect(heard).toMatchObject({ codec_name: 'aac', profile: 'LC' });
    expect(more).toEqual([]);
    const text = (await readFile(out)).toString('latin1');
    expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'));
    expect(text).not.toContain('+38.7');
    expect(Number(seen?.['duration'])).toBeCloseTo(probe.seconds, 0);
    if (size) expect([seen?.['width'], seen?.['height']]).toEqual(size);
    if (action === 'remux') {
      const packets = ['-c', 'copy'];
      expect(await hash(out, '0:v:0', packets)).toBe(await hash(path, '0:v:0', packets));
      if (probe.audio.length > 0) expect(await hash(out, '0:a:0', packets)).toBe(await hash(path, '0:a:0', packets));
    }
  });

  it('remuxes MPEG-TS, whose packets change form, or reports that the ffprobe of 2018 crashes on it', async () => {
    const path = await source('stream.ts', [...picture('180x320'), ...tone, ...h264, ...aac]);
    const trouble = await planned(path, rednote).catch((error: unknown) => error);
    if (trouble instanceof Error) {
      expect(pair).toBe(pairs[0]);
      expect(trouble.message).toBe('it crashed (SIGSEGV)');
      return;
    }
    const { video } = await planned(path, rednote);
    const out = join(folder, 'out-stream.mp4');
    expect(await render(video, out, [rednote], making(), world())).toEqual([]);
    expect(await hash(out, '0:v:0', [])).toBe(await hash(path, '0:v:0', []));
  });

  it('halves 120 frames a second and writes square pixels', async () => {
    const [fast] = await streams(join(folder, 'out-fast.mp4.mp4'));
    expect(fast?.['avg_frame_rate']).toBe('60/1');
    const [wide] = await streams(join(folder, 'out-wide-pixels.mp4.mp4'));
    expect(wide?.['sample_aspect_ratio']).toBe('1:1');
  });

  it('keeps the colours of a BT.601 picture', async () => {
    const tags = ['-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'];
    const red = ['-f', 'lavfi', '-i', 'color=0xc02020:s=180x320:r=30:d=1,format=yuv444p,scale=out_color_matrix=bt601'];
    const path = await source('sd.mkv', [
      ...red,
      ...tone,
      '-c:v',
      'mpeg4',
      '-q:v',
      '2',
      '-pix_fmt',
      'yuv420p',
      ...tags,
      ...aac,
      '-t',
      '1',
    ]);
    const { video } = await planned(path, rednote);
    const out = join(folder, 'out-sd.mp4');
    expect(await render(video, out, [rednote], making(), world())).toEqual([]);
    const colour = async (file: string, matrix: string) => {
      const filter = `crop=2:2:80:100,scale=in_color_matrix=${matrix},format=rgb24`;
      const args = ['-v', 'error', '-i', file, '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', '-'];
      const { stdout } = await run(bundledPair.ffmpeg, args, { encoding: 'buffer' });
      return [...stdout.subarray(0, 3)];
    };
    const [before, after] = [await colour(path, 'bt601'), await colour(out, 'bt709')];
    for (const [index, value] of before.entries()) expect(Math.abs(value - (after[index] ?? 999))).toBeLessThan(6);
  });

  it('encodes a slideshow with one frame in several seconds and continuous sound', async () => {
    const frames = ['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=1/3:d=9'];
    const sound = ['-f', 'lavfi', '-i', 'sine=440:r=48000:d=9'];
    const path = await source('slow.mkv', [...frames, ...sound, '-c:v', 'mpeg4', ...aac]);
    const { video } = await planned(path, rednote);
    expect(await render(video, join(folder, 'out-slow.mp4'), [rednote], making(), world())).toEqual([]);
  });

  it('a Matroska recording whose timestamps start at 5 s has the right duration', async () => {
    const path = await source('clock.mkv', [...picture('180x320'), ...tone, ...h264, ...aac, '-output_ts_offset', '5']);
    const { probe, video } = await planned(path, rednote);
    expect(probe).toMatchObject({ clock: expect.closeTo(5, 0) as unknown, seconds: expect.closeTo(1.5, 1) as unknown });
    const out = join(folder, 'out-clock.mp4');
    expect(await render(video, out, [rednote], making(), world())).toEqual([]);
    expect(Number((await streams(out))[0]?.['duration'])).toBeCloseTo(1.5, 1);
  });

  it('remuxes a variable frame rate, although ffmpeg of 2018 shows the last frame for longer', async () => {
    const uneven = ['-vf', "select='not(mod(n,3))+gt(n,60)'", '-vsync', 'vfr'];
    const frames = ['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=30:d=4'];
    const sound = ['-f', 'lavfi', '-i', 'sine=440:r=48000:d=4'];
    // By the newer one, which ends it in time.
    const path = await sharedMedia(pairs.at(-1) ?? pair)('uneven.mp4', [
      ...frames,
      ...sound,
      ...uneven,
      ...h264,
      '-bf',
      '3',
      ...aac,
    ]);
    const { video } = await planned(path, rednote);
    expect(video.operation.kind).toBe('remux');
    expect(await render(video, join(folder, 'out-uneven.mp4'), [rednote], making(), world())).toEqual([]);
  });

  it('a picture that ends long before its sound has a cover', async () => {
    const frames = ['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=30:d=0.5'];
    const sound = ['-f', 'lavfi', '-i', 'sine=440:r=48000:d=5'];
    const path = await source('short.mp4', [...frames, ...sound, ...h264, ...aac, ...front]);
    const { cover } = await planned(path, rednote);
    expect(await render(cover, join(folder, 'short-cover.jpg'), [rednote], making(), world())).toEqual([]);
  });

  it('a file of --media is copied, never hard-linked', async () => {
    const path = await listed('fine.mp4');
    const out = join(folder, 'copied.mp4');
    await render((await planned(path, rednote)).video, out, [rednote], making(false), world());
    expect((await stat(out)).ino).not.toBe((await stat(path)).ino);
    expect((await readFile(out)).equals(await readFile(path))).toBe(true);
  });

  it('crops a cover to the aspect ratio of the platform', async () => {
    const { cover } = await planned(await listed('fine.mp4'), rednote);
    const out = join(folder, 'cover.jpg');
    expect(await render(cover, out, [rednote], making(), world())).toEqual([]);
    expect(await sharp(out).metadata()).toMatchObject({ format: 'jpeg', width: 180, height: 240, space: 'srgb' });
  });

  it('a result that differs from the plan gets no final name', async () => {
    const { video } = await planned(await listed('moov-last.mp4'), rednote);
    const out = join(folder, 'wrong.mp4');
    const wrong = await render({ ...video, seconds: 60 }, out, [rednote], making(), world());
    expect(wrong.map(({ code }) => code)).toEqual(['check-failed']);
    expect((await readdir(folder)).filter((name) => name.includes('wrong'))).toEqual([]);
  });

  it('a video with a damaged slice in an intact container gets no final name', async () => {
    const { video } = await planned(await listed('mp3.mp4'), rednote);
    // As a failing disk or encoder leaves it: lengths and times are right, the picture is not.
    const encoded: PlannedFile = {
      ...video,
      operation: { kind: 'transcode', picture: pictureSettings({ width: 180, height: 320 }), sound: 'silence' },
    };
    const damaging: Tools['ffmpeg'] = {
      ...tools.ffmpeg,
      async run(...job) {
        await tools.ffmpeg.run(...job);
        const [{ output }] = job;
        const bytes = await readFile(output);
        const slice = bytes.indexOf('mdat') + Math.floor((bytes.length - bytes.indexOf('mdat')) / 2);
        bytes.fill(0x55, slice, slice + 3000);
        await writeFile(output, bytes);
      },
    };
    const out = join(folder, 'slice.mp4');
    expect(await render(encoded, out, [rednote], making(), world())).toEqual([]);
    await rm(out);
    const wrong = await render(encoded, out, [rednote], making(), { ...world(), ffmpeg: damaging });
    expect(wrong.map(({ code }) => code)).toEqual(['render-failed']);
    expect((await readdir(folder)).filter((name) => name.includes('slice'))).toEqual([]);
  });

  it('reports a failed program with a command that can be pasted', async () => {
    const path = join(folder, 'no media.mp4');
    await writeFile(path, 'text');
    const { video } = await planned(await listed('moov-last.mp4'), rednote);
    const file = { ...video, source: { ...video.source, path } };
    const [issue] = await render(file, join(folder, 'never.mp4'), [rednote], making(), world());
    expect(issue).toMatchObject({ code: 'render-failed' });
    expect(issue?.limit).toContain(`'file:${path}'`);
    expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([]);
  });

  it('an interrupted render leaves no file and ends ffmpeg', async () => {
    const path = await source('long.mp4', [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=90x160:r=30:d=20',
      ...h264,
      '-tune',
      'zerolatency',
    ]);
    const { video } = await planned(path, rednote);
    const slow: PlannedFile = {
      ...video,
      operation: {
        kind: 'transcode',
        picture: pictureSettings({ width: 720, height: 1280 }),
        sound: 'silence',
      },
    };
    const stop = new AbortController();
    const seen: number[] = [];
    const job = {
      ...making(true, stop.signal),
      onProgress: (share: number) => {
        seen.push(share);
        stop.abort();
      },
    };
    await expect(render(slow, join(folder, 'stopped.mp4'), [rednote], job, world())).rejects.toThrow('Interrupted');
    expect(seen.length).toBeGreaterThan(0);
    expect((await readdir(folder)).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  it('a playlist named .mp4 opens no other file', async () => {
    const path = join(folder, 'playlist.mp4');
    await writeFile(path, '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');
    await expect(tools.ffprobe.probe(path, signal)).rejects.toThrow();
  });

  it('a truncated download with an intact index is damaged', async () => {
    const whole = await readFile(await listed('fine.mp4'));
    const path = join(folder, 'broken.mp4');
    await writeFile(path, whole.subarray(0, Math.floor(whole.length * 0.7)));
    await expect(tools.ffprobe.probe(path, signal)).rejects.toThrow(/ends \d+ bytes early/);
  });
});
