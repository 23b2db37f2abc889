import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import type { Issue, OriginalFile, Post } from '../../src/model.ts';
import type { Fit, Operation, PictureSettings, PlannedFile } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { type Making, render } from '../../src/render/index.ts';
import { rednote } from '../../src/targets/rednote.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { createFiles } from '../../src/tools/files.ts';
import { createHttp } from '../../src/tools/http.ts';
import { createImages } from '../../src/tools/sharp.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { hasEncoder, makeMedia, outside, picture, recipes, temporaryFolder, tone, turned } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';

const never = new AbortController().signal;

const post: Post = {
  ...{
    key: '2025-03-02_09-15-04',
    time: 1740906904,
    kind: 'video',
    visibility: 'everyone',
    links: [],
    coverLink: null,
  },
  ...{ title: null, sound: null, location: null, likes: null, aiGenerated: false, disclosure: [] },
};

/** What ffprobe says when a stranger asks it. */
interface Judged {
  readonly streams: readonly {
    readonly codec_type: string;
    readonly codec_name: string;
    readonly width?: number;
    readonly height?: number;
    readonly pix_fmt?: string;
    readonly sample_aspect_ratio?: string;
    readonly avg_frame_rate: string;
    readonly color_transfer?: string;
    readonly color_space?: string;
    readonly channels?: number;
    readonly sample_rate?: string;
    readonly duration?: string;
    readonly side_data_list?: readonly object[];
  }[];
  readonly format: { readonly duration: string; readonly tags: Record<string, string> };
}

describe.each(pairs)('render with $name', { timeout: 30_000 }, (pair) => {
  const tools = toolsOf(pair);
  let folder: string;
  let compliant: string;
  const made = (name: string, args: readonly string[]) => makeMedia(folder, name, args, pair);

  beforeAll(async () => {
    folder = await temporaryFolder();
    compliant = await made('compliant.mp4', recipes.compliant);
  });

  /** Plans a video as the product does, and renders one of its files into a folder of its own. */
  async function port(
    source: string,
    { target = rednote, fit = 'blur', role = 'video' }: { target?: Target; fit?: Fit; role?: 'video' | 'cover' } = {},
    making: Partial<Making> = {},
  ): Promise<Rendered> {
    const probe = await tools.ffprobe.probe(source, never);
    const file = await originalOf(source);
    const plan = planPost(post, { kind: 'video', file, probe }, null, target, { fit });
    if (plan.kind === 'reject') throw new Error(`rejected: ${JSON.stringify(plan.issues)}`);
    const planned = plan.parts[0]?.files.find((each) => each.role === role);
    if (!planned) throw new Error(`no ${role}`);
    return await run(planned, [target], making);
  }

  interface Rendered {
    readonly file: PlannedFile;
    readonly output: string;
    readonly issues: readonly Issue[];
    /** All that is in the folder of the result afterwards. */
    readonly left: readonly string[];
  }

  async function run(file: PlannedFile, targets: readonly Target[], making: Partial<Making> = {}): Promise<Rendered> {
    const output = await freshOutput(file.name);
    const issues = await render(file, output, targets, makingOf(making), tools);
    return { file, output, issues, left: await readdir(join(output, '..')) };
  }

  async function freshOutput(name: string): Promise<string> {
    const own = join(folder, `results ${Math.random()}`);
    await mkdir(own);
    return join(own, name);
  }

  async function judge(path: string): Promise<Judged> {
    const args = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path];
    return JSON.parse(await outside(pair.ffprobe, args)) as Judged;
  }

  const packets = (path: string, stream: string) =>
    outside(pair.ffmpeg, ['-v', 'error', '-i', path, '-map', `0:${stream}`, '-c', 'copy', '-f', 'hash', '-']);

  /** What every made video has to be. */
  async function expectUploadable(path: string, width: number, height: number): Promise<Judged> {
    const found = await judge(path);
    const [video, audio, ...others] = found.streams;
    expect(video).toMatchObject({ codec_type: 'video', codec_name: 'h264', width, height, pix_fmt: 'yuv420p' });
    expect(video?.sample_aspect_ratio ?? '1:1').toBe('1:1');
    expect(video?.side_data_list ?? []).toEqual([]);
    expect(audio).toMatchObject({ codec_type: 'audio', codec_name: 'aac' });
    expect(others).toEqual([]);
    expect(Math.abs(Number(found.format.duration) - 1)).toBeLessThan(0.11);
    expect(Object.keys(found.format.tags).join()).not.toMatch(/location/i);
    expect(found.format.tags['creation_time']).toMatch(/^2025-03-02T09:15:04/);
    const bytes = await readFile(path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(bytes.includes('+52.3676')).toBe(false);
    await outside(pair.ffmpeg, ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
    return found;
  }

  describe('copy', () => {
    test('of our own store: the same inode', async () => {
      const { file, output, issues, left } = await port(compliant, {}, { owned: true });
      expect(file.operation).toEqual({ kind: 'copy' });
      expect([issues, left]).toEqual([[], ['video.mp4']]);
      expect((await stat(output)).ino).toBe((await stat(compliant)).ino);
    });

    test('of somebody’s folder: a file of its own with the same bytes', async () => {
      const { output, issues } = await port(compliant, {}, { owned: false });
      expect(issues).toEqual([]);
      expect((await stat(output)).ino).not.toBe((await stat(compliant)).ino);
      expect((await originalOf(output)).sha256).toBe((await originalOf(compliant)).sha256);
    });
  });

  describe('remux', () => {
    test.each([
      ['moov last', 'moov last.mp4', recipes.moovLast],
      ['Matroska', 'a.mkv', recipes.matroska],
      ['a place inside', 'place.mp4', recipes.withPlace],
      ['two sound tracks', 'two.mp4', recipes.twoSoundTracks],
    ] as const)('%s: the same packets', async (_, name, recipe) => {
      const source = await made(name, recipe);
      const before = await readFile(source);
      const { file, output, issues, left } = await port(source);
      expect(file.operation).toEqual({ kind: 'remux', sound: 'copy' });
      expect([issues, left]).toEqual([[], ['video.mp4']]);
      await expectUploadable(output, 320, 568);
      for (const stream of ['v:0', 'a:0']) expect(await packets(output, stream)).toBe(await packets(source, stream));
      expect((await readFile(source)).equals(before)).toBe(true);
    });

    test('no sound: a silent track as long as the picture', async () => {
      const source = await made('silent.mp4', recipes.noSound);
      const { file, output, issues } = await port(source);
      expect(file.operation).toEqual({ kind: 'remux', sound: 'silence' });
      expect(issues).toEqual([]);
      const found = await expectUploadable(output, 320, 568);
      expect(await packets(output, 'v:0')).toBe(await packets(source, 'v:0'));
      expect(Math.abs(Number(found.streams[1]?.duration) - 1)).toBeLessThan(0.06);
    });

    test('a rotation survives, since the packets do', async () => {
      const source = await made('turned last.mp4', [...turned(compliant, pair), '-movflags', '0']);
      const { file, output, issues } = await port(source);
      expect([file.operation.kind, issues]).toEqual(['remux', []]);
      const probe = await tools.ffprobe.probe(output, never);
      expect(probe.video).toMatchObject({ width: 320, height: 568, rotation: 90 });
    });

    test('from MPEG-TS, where packets change their form', async () => {
      const source = await made('a.ts', ['-i', compliant, '-c', 'copy', '-f', 'mpegts']);
      const { file, output, issues } = await port(source);
      expect([file.operation.kind, issues]).toEqual(['remux', []]);
      await expectUploadable(output, 320, 568);
    });
  });

  describe('transcode', () => {
    test('HEVC for a platform that has none: the sound keeps its packets', async () => {
      const source = await made('hevc.mp4', recipes.hevc);
      const told: number[] = [];
      const { file, output, issues } = await port(source, {}, { onProgress: (share) => told.push(share) });
      expect(file.operation).toMatchObject({ kind: 'transcode', sound: 'copy' });
      expect(issues).toEqual([]);
      const found = await expectUploadable(output, 320, 568);
      expect(found.streams[0]).toMatchObject({ avg_frame_rate: '25/1', color_space: 'bt709' });
      expect(await packets(output, 'a:0')).toBe(await packets(source, 'a:0'));
      expect(told.length).toBeGreaterThan(0);
      expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...told)).toBeLessThanOrEqual(1);
    });

    test('landscape to 1080x1920 over its own blur', async () => {
      // Left half red, right half blue, ten frames a second.
      const halves = "geq=r='if(lt(X,W/2),255,0)':g=0:b='if(lt(X,W/2),0,255)'";
      const flat = ['-f', 'lavfi', '-i', 'color=size=1080x608:rate=10:duration=1', ...tone(), '-vf', halves];
      const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
      const source = await made('wide.mp4', [...flat, ...x264, '-c:a', 'aac', '-movflags', '+faststart']);
      const { file, output, issues } = await port(source, { target: shorts, fit: 'blur' });
      expect(file.operation).toMatchObject({ kind: 'transcode', picture: { width: 1080, height: 1920, fit: 'blur' } });
      expect(issues).toEqual([]);
      await expectUploadable(output, 1080, 1920);
      const [left, right, above] = await pixels(output, [
        [20, 960],
        [1060, 960],
        [20, 50],
      ]);
      expect(left?.[0]).toBeGreaterThan(200);
      expect(right?.[2]).toBeGreaterThan(200);
      // The fill is the picture's own, darker: not black.
      expect(above?.[0]).toBeGreaterThan(80);
      expect(above?.[2]).toBeLessThan(80);
    });

    test.each(['pad', 'crop', 'blur'] as const)('landscape, small, by %s', async (fit) => {
      const source = await made(`wide ${fit}.mp4`, recipes.landscape);
      const { file, output, issues } = await port(source, { target: shorts, fit });
      if (file.operation.kind !== 'transcode' || file.operation.picture === 'copy') throw new Error('not transcoded');
      const { width, height } = file.operation.picture;
      expect(issues).toEqual([]);
      await expectUploadable(output, width, height);
      expect(width / height).toBeCloseTo(9 / 16, 1);
      const [corner] = await pixels(output, [[2, 2]]);
      if (fit === 'pad') expect(Math.max(...(corner ?? []))).toBeLessThan(10);
    });

    test('an old AVI: mono sound stays mono, at 48 kHz', async () => {
      const { output, issues } = await port(await made('old.avi', recipes.oldAvi));
      expect(issues).toEqual([]);
      const found = await expectUploadable(output, 320, 568);
      expect(found.streams[1]).toMatchObject({ channels: 1, sample_rate: '48000' });
    });

    test('WebM', async ({ skip }) => {
      const able = (await hasEncoder(pair, 'libvpx-vp9')) && (await hasEncoder(pair, 'libopus'));
      skip(!able, 'this ffmpeg cannot make one');
      const { output, issues } = await port(await made('a.webm', recipes.webm));
      expect(issues).toEqual([]);
      await expectUploadable(output, 320, 568);
    });

    test('HDR becomes SDR, and says so', async ({ skip }) => {
      skip(!(await hasEncoder(pair, 'libx265', 'yuv420p10le')), 'this ffmpeg has no x265 for 10 bits');
      const { file, output, issues } = await port(await made('hdr.mp4', recipes.hdr));
      expect(file.operation).toMatchObject({ kind: 'transcode', picture: { toneMap: true } });
      expect(issues).toEqual([]);
      const found = await expectUploadable(output, 320, 568);
      expect(found.streams[0]).toMatchObject({ color_transfer: 'bt709', color_space: 'bt709' });
    });

    test('anamorphic and interlaced', async () => {
      const squeezed = await port(await made('squeezed.mp4', recipes.anamorphic));
      expect(squeezed.issues).toEqual([]);
      await expectUploadable(squeezed.output, 320, 568);
      const fields = await port(await made('fields.mp4', recipes.interlaced));
      expect(fields.file.operation).toMatchObject({ picture: { deinterlace: true } });
      expect(fields.issues).toEqual([]);
      await expectUploadable(fields.output, 320, 568);
    });

    test('a rotated source comes out upright', async () => {
      // Stored red on the left and blue on the right; turned clockwise the left is on top.
      const halves = "geq=r='if(lt(X,W/2),255,0)':g=0:b='if(lt(X,W/2),0,255)'";
      const flat = ['-f', 'lavfi', '-i', 'color=size=568x320:rate=10:duration=1', ...tone(), '-vf', halves];
      const stored = await made('stored.mp4', [...flat, '-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'aac']);
      const { output, issues } = await port(await made('turned.mp4', turned(stored, pair)));
      expect(issues).toEqual([]);
      await expectUploadable(output, 320, 568);
      const [top, bottom] = await pixels(output, [
        [160, 40],
        [160, 520],
      ]);
      expect(top?.[0]).toBeGreaterThan(180);
      expect(bottom?.[2]).toBeGreaterThan(180);
      const cover = await port(join(folder, 'turned.mp4'), { role: 'cover' });
      expect(cover.issues).toEqual([]);
      const { dominant } = await sharp(
        await sharp(cover.output).extract({ left: 10, top: 10, width: 100, height: 40 }).toBuffer(),
      ).stats();
      expect(dominant.r).toBeGreaterThan(180);
    });

    test('only the sound, where only that is wrong', async () => {
      const args = ['-i', compliant, '-c:v', 'copy', '-c:a', 'libmp3lame', '-movflags', '+faststart'];
      const source = await made('mp3.mp4', args);
      const { file, output, issues } = await port(source);
      expect(file.operation).toMatchObject({ kind: 'transcode', picture: 'copy' });
      expect(issues).toEqual([]);
      await expectUploadable(output, 320, 568);
      expect(await packets(output, 'v:0')).toBe(await packets(source, 'v:0'));
    });

    test('120 frames a second are halved', async () => {
      const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
      const source = await made('fast.mp4', [...picture('160x284', 1, 120), ...tone(), ...x264]);
      const { output, issues } = await port(source);
      expect(issues).toEqual([]);
      const found = await expectUploadable(output, 160, 284);
      expect(found.streams[0]?.avg_frame_rate).toBe('60/1');
    });
  });

  test.each([
    ['of a video', recipes.compliant, 'c.mp4'],
    ['of a landscape video', recipes.landscape, 'cl.mp4'],
    ['of an old AVI', recipes.oldAvi, 'c.avi'],
  ] as const)('cover %s', async (_, recipe, name) => {
    const { file, output, issues, left } = await port(await made(name, recipe), { role: 'cover', fit: 'pad' });
    expect([issues, left]).toEqual([[], ['cover.jpg']]);
    if (file.operation.kind !== 'image') throw new Error('no image');
    const { width, height } = file.operation.settings;
    const found = await sharp(output).metadata();
    expect(found).toMatchObject({ format: 'jpeg', width, height, space: 'srgb' });
    expect(width / height).toBeCloseTo(3 / 4, 1);
    expect((await sharp(output).stats()).entropy).toBeGreaterThan(1);
  });

  describe('nothing is left', () => {
    const settings: PictureSettings = {
      ...{ width: 320, height: 568, fit: 'scale', fps: null, crf: 20, maxKbps: 4000 },
      ...{ toneMap: false, deinterlace: false },
    };
    const plan = async (operation: Operation, seconds = 1): Promise<PlannedFile> => ({
      ...{ name: 'video.mp4', role: 'video', operation, seconds, why: [], key: 'key' },
      source: await originalOf(compliant),
    });

    test('of a result that has another length', async () => {
      const { issues, left } = await run(await plan({ kind: 'remux', sound: 'copy' }, 9), [rednote]);
      expect(issues).toMatchObject([{ code: 'check-failed', severity: 'error', limit: '9' }]);
      expect(left).toEqual([]);
    });

    test('of a result that a platform would refuse', async () => {
      const source = await made('hevc again.mp4', recipes.hevc);
      const file = { ...(await plan({ kind: 'remux', sound: 'copy' })), source: await originalOf(source) };
      const { issues, left } = await run(file, [shorts, rednote]);
      expect(issues).toMatchObject([{ code: 'check-failed', actual: 'video-codec: hevc', limit: 'h264' }]);
      expect(left).toEqual([]);
    });

    test('of a cover in another size', async () => {
      const operation: Operation = {
        ...{ kind: 'image', at: 0.5 },
        settings: { format: 'jpeg', quality: 90, width: 30, height: 40, fit: 'crop' },
      };
      const file: PlannedFile = { ...(await plan(operation)), name: 'cover.jpg', role: 'cover', seconds: null };
      const other: Tools = {
        ...tools,
        images: {
          ...tools.images,
          render: (source, wanted, output) => tools.images.render(source, { ...wanted, width: 31 }, output),
        },
      };
      const output = await freshOutput('cover.jpg');
      const issues = await render(file, output, [rednote], makingOf({}), other);
      expect(issues).toMatchObject([{ actual: 'size: 31x40', limit: '30x40' }]);
      expect(await readdir(join(output, '..'))).toEqual([]);
    });

    test('of packets that are not the original’s', async () => {
      const other = await made('other.mp4', [
        ...picture('320x568', 1, 25),
        ...tone(1, 999),
        '-vf',
        'hflip',
        '-pix_fmt',
        'yuv420p',
        '-c:a',
        'aac',
      ]);
      const swapped: Tools = {
        ...tools,
        ffmpeg: {
          ...tools.ffmpeg,
          run: (job, signal, onSeconds) =>
            tools.ffmpeg.run({ ...job, inputs: [{ options: [], source: { file: other } }] }, signal, onSeconds),
        },
      };
      const output = await freshOutput('video.mp4');
      const file = await plan({ kind: 'remux', sound: 'copy' });
      const issues = await render(file, output, [rednote], makingOf({}), swapped);
      expect(issues).toMatchObject([{ code: 'check-failed', actual: 'picture packets: changed' }]);
      expect(await readdir(join(output, '..'))).toEqual([]);
    });

    test('of an original that is no media', async () => {
      const text = join(folder, 'text.mp4');
      await writeFile(text, 'This is no video.');
      const file = { ...(await plan({ kind: 'remux', sound: 'copy' })), source: await originalOf(text) };
      const { issues, left } = await run(file, [rednote]);
      expect(issues).toMatchObject([{ code: 'render-failed', severity: 'error' }]);
      expect(issues[0]?.actual).not.toBe('');
      expect(issues[0]?.limit).toContain('ffmpeg');
      expect(left).toEqual([]);
    });

    test('of an original whose media is damaged', async () => {
      const bytes = await readFile(await made('good.mp4', recipes.moovLast));
      const damaged = join(folder, 'damaged.mp4');
      const at = bytes.indexOf('mdat') + 4;
      bytes.fill(0xa5, at + 2000, at + 20_000);
      await writeFile(damaged, bytes);
      const file = {
        ...(await plan({ kind: 'transcode', picture: settings, sound: 'copy' })),
        source: await originalOf(damaged),
      };
      const { issues, left } = await run(file, [rednote]);
      // ffmpeg may conceal what it lost and go on: then the result is whole, and of the right length.
      expect(left).toEqual(issues.length > 0 ? [] : ['video.mp4']);
      for (const issue of issues) expect(issue.actual).toMatch(/[^:\s]$/);
    });

    test('of a render that is interrupted', async () => {
      const abort = new AbortController();
      const long = await made('long.mp4', [...picture('320x568', 20), '-c:v', 'mpeg4', '-q:v', '9']);
      const operation: Operation = {
        kind: 'transcode',
        picture: { ...settings, width: 1080, height: 1920 },
        sound: 'silence',
      };
      const file = { ...(await plan(operation, 20)), source: await originalOf(long) };
      const output = await freshOutput('video.mp4');
      setTimeout(() => abort.abort(), 400);
      const rendering = render(file, output, [rednote], makingOf({ signal: abort.signal }), tools);
      await expect(rendering).rejects.toThrow(InterruptedError);
      expect(await readdir(join(output, '..'))).toEqual([]);
      await expect(render(file, output, [rednote], makingOf({ signal: AbortSignal.abort() }), tools)).rejects.toThrow(
        InterruptedError,
      );
      expect(await readdir(join(output, '..'))).toEqual([]);
    });

    test('but what an earlier run finished stays when a later one fails', async () => {
      const output = await freshOutput('video.mp4');
      await writeFile(output, 'finished');
      await writeFile(join(output, '..', '.video.part.mp4'), 'left by a run that was killed');
      const issues = await render(
        await plan({ kind: 'remux', sound: 'copy' }, 9),
        output,
        [rednote],
        makingOf({}),
        tools,
      );
      expect(issues).toHaveLength(1);
      expect(await readdir(join(output, '..'))).toEqual(['video.mp4']);
      expect(await readFile(output, 'utf8')).toBe('finished');
    });
  });

  /** Colours of a moment in the middle, found without our code. */
  async function pixels(path: string, places: readonly (readonly [number, number])[]): Promise<number[][]> {
    const png = join(folder, `frame-${Math.random()}.png`);
    await outside(pair.ffmpeg, ['-v', 'error', '-ss', '0.5', '-i', path, '-frames:v', '1', png]);
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return places.map(([x, y]) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]);
  }
});

function makingOf(making: Partial<Making>): Making {
  return { time: post.time, threads: 2, owned: true, signal: never, onProgress: () => {}, ...making };
}

async function originalOf(path: string): Promise<OriginalFile> {
  const data = await readFile(path);
  return { path, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
}

function toolsOf(pair: Pair): Tools {
  const files = createFiles();
  return {
    ...{ files, archives: createArchives(), http: createHttp(files), images: createImages() },
    ...{ ffmpeg: createFfmpeg(pair.ffmpeg), ffprobe: createFfprobe(pair.ffprobe), now: () => post.time },
  };
}
