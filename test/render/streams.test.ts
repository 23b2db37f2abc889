import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import { planPost } from '../../src/plan/post.ts';
import { render } from '../../src/render/index.ts';
import { measure } from '../../src/render/measure.ts';
import { openStills } from '../../src/render/stills.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { createImages } from '../../src/tools/sharp.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { planOptions, post } from '../builders.ts';
import { outside, probedOnce, reportOf, sharedMedia, temporaryFolder } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';
import { coverBeforePicture, editedInTwo, fromPacket, saysHalfASecond, withoutSampleTimes } from './damage.ts';

/**
 * Sources whose streams, headers or clocks are odd, each rendered by each pair of programs. Each shows a flash and beeps at
 * the same moment; where they are in what comes out is judged by ffmpeg, not by code of ours.
 */
const signal = new AbortController().signal;
const folder = await temporaryFolder();
const source = sharedMedia(pairs.at(-1) as Pair);

const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
const size = '96x160';
const film = (seconds: number, at: number, rate = 30) => [
  ...lavfi(
    `color=black:s=${size}:r=${rate}:d=${seconds},drawbox=c=white:t=fill:enable='between(t,${at - 0.001},${at + 0.3})',format=yuv420p`,
  ),
  ...lavfi(`aevalsrc='0.5*sin(880*2*PI*t)*between(t,${at},${at + 0.3})':s=48000:d=${seconds}`),
];
const aac = ['-c:a', 'aac', '-ac', '2', '-b:a', '64k'];
const tags = ['-colorspace', 'bt709', '-color_trc', 'bt709', '-color_primaries', 'bt709', '-color_range', 'tv'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '8', '-threads', '1', ...tags];
const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params'];
const hevc = [...x265, 'log-level=none:pools=1:crf=8', ...tags];
const ts = ['-f', 'mpegts'];
/** Key frames each 30 frames, nothing reaching across them. */
const closed = ['-g', '30', '-keyint_min', '30', '-sc_threshold', '0'];
const closedHevc = [...x265, 'log-level=none:pools=1:crf=8:keyint=30:min-keyint=30:open-gop=0:scenecut=0', ...tags];

interface Odd {
  readonly name: string;
  readonly args: readonly string[];
  readonly edit?: (file: Buffer) => Buffer;
  readonly target?: Target;
  readonly expected: 'remux' | 'transcode';
  readonly loudness?: number;
  readonly seconds: number;
  /** When the flash is seen, seconds. */
  readonly flash: number;
  /** The picture is copied packet by packet, and keeps their form. */
  readonly samePackets?: true;
}

const webm = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k', '-c:a', 'libopus'];

const sources: readonly Odd[] = [
  {
    name: 'cover art before the picture.mp4',
    args: [...film(2, 1), ...h264, ...aac],
    edit: coverBeforePicture,
    ...{ expected: 'remux', seconds: 2, flash: 1, samePackets: true },
  },
  {
    name: 'cover art before HEVC.mp4',
    args: [...film(2, 1), ...hevc, '-tag:v', 'hvc1', ...aac],
    edit: coverBeforePicture,
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    name: 'header that lies.flv',
    args: [...film(2, 1), ...h264, ...aac],
    edit: (file) => saysHalfASecond(file, 'flv'),
    ...{ expected: 'remux', seconds: 2, flash: 1, samePackets: true },
  },
  {
    name: 'header that lies, encoded.flv',
    args: [...film(2, 1, 100), ...h264, ...aac],
    edit: (file) => saysHalfASecond(file, 'flv'),
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    name: 'header that lies.mkv',
    args: [...film(2, 1), ...h264, ...aac],
    edit: (file) => saysHalfASecond(file, 'mkv'),
    ...{ expected: 'remux', seconds: 2, flash: 1, samePackets: true },
  },
  {
    name: 'no length anywhere.webm',
    args: [...film(2, 1), ...webm, '-live', '1'],
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    // 0-1 s and 2-3 s of three.
    name: 'trimmed twice.mp4',
    args: [...film(3, 2.3), ...h264, ...closed, '-bf', '2', ...aac],
    edit: (file) => editedInTwo(file, [0, 1], [2, 3]),
    ...{ expected: 'transcode', seconds: 2, flash: 1.3 },
  },
  {
    name: 'HEVC trimmed twice.mp4',
    args: [...film(3, 2.3), ...closedHevc, '-tag:v', 'hvc1', ...aac],
    edit: (file) => editedInTwo(file, [0, 1], [2, 3]),
    target: shorts,
    ...{ expected: 'transcode', seconds: 2, flash: 1.3 },
  },
  {
    // From 0.4 s on: the first key frame comes at 1 s.
    name: 'begins between key frames.ts',
    args: [...film(3, 2), ...h264, ...closed, '-bf', '2', ...aac, ...ts],
    edit: (file) => fromPacket(file, 0.2),
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    name: 'HEVC that begins between key frames.ts',
    args: [...film(3, 2), ...closedHevc, ...aac, ...ts],
    edit: (file) => fromPacket(file, 0.2),
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    // The first track is silent.
    name: 'the second sound track is the default one.mp4',
    args: [
      ...[...film(2, 1), ...lavfi('anullsrc=r=48000:cl=stereo,atrim=end=2'), '-map', '0', '-map', '2', '-map', '1'],
      ...[...h264, ...aac, '-disposition:a:0', '0', '-disposition:a:1', 'default'],
    ],
    ...{ expected: 'remux', seconds: 2, flash: 1, samePackets: true },
  },
  {
    // That it is made anew says that the default one was measured: silence has no loudness.
    name: 'the second sound track is the default one, louder.mp4',
    args: [
      ...[...film(2, 1), ...lavfi('aevalsrc=0:s=48000:d=2'), '-map', '0', '-map', '2', '-map', '1'],
      ...[...h264, ...aac, '-disposition:a:0', '0', '-disposition:a:1', 'default'],
    ],
    ...{ loudness: -14, expected: 'transcode', seconds: 2, flash: 1, samePackets: true },
  },
  {
    name: 'B frames.avi',
    args: [...film(2, 1), ...h264, '-bf', '3', '-c:a', 'libmp3lame', '-ac', '2'],
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    name: 'B frames and AAC.avi',
    args: [...film(2, 1), ...h264, '-bf', '3', ...aac],
    ...{ expected: 'transcode', seconds: 2, flash: 1 },
  },
  {
    name: 'no B frames.avi',
    args: [...film(2, 1), ...h264, '-bf', '0', ...aac],
    ...{ expected: 'remux', seconds: 2, flash: 1 },
  },
];

describe.each(pairs)('with $name', (pair: Pair) => {
  const tools = {
    ffmpeg: createFfmpeg(pair.ffmpeg),
    ffprobe: createFfprobe(pair.ffprobe),
    files: createFiles(),
    images: createImages(),
  } as unknown as Tools;
  const probed = probedOnce(tools.ffprobe, signal);
  const making = {
    probeSource: probed,
    ...{ time: post().time, threads: 1, owned: true, signal, onProgress: () => {} },
    stills: openStills(tools, signal),
  };

  interface Made {
    readonly kind: string;
    readonly instead: boolean;
    readonly path: string;
    readonly picture: number;
  }

  /** Plans and renders the videos of all parts. What fails its check is made anew, as a run does it. */
  async function port(path: string, target: Target = rednote, loudness: number | null = null): Promise<Made[]> {
    const probe = await probed(path);
    const material = { kind: 'video', file: { path, bytes: 1, sha256: 'a'.repeat(64) }, probe, still: null } as const;
    const measurements = new Measurements();
    const make = () => planPost(post(), material, null, target, planOptions({ long: 'split', loudness }), measurements);
    for (let round = 0; round < 9; round++) {
      make();
      const wanted = measurements.takeWanted();
      if (wanted.length === 0) break;
      for (const each of wanted) measurements.answer(each, await measure(each, material, tools, signal));
    }
    const plan = make();
    if (plan.kind === 'reject') throw new Error(plan.issues.map(({ code }) => code).join(' '));
    const made: Made[] = [];
    for (const { folder: part, files } of plan.parts) {
      const out = `${path}-${pair.libavcodec[0]}-${target.name}${part}.mp4`;
      const [video] = files;
      if (video === undefined) throw new Error('no video');
      const wrong = await render(video, out, [target], making, tools);
      const { instead } = video;
      if (wrong.length > 0)
        expect(instead && (await render(instead, out, [target], making, tools)), JSON.stringify(wrong)).toEqual([]);
      const { kind } = (wrong.length > 0 && instead ? instead : video).operation;
      made.push({ kind, instead: wrong.length > 0, path: out, picture: probe.video?.index ?? -1 });
    }
    return made;
  }

  /** What ffmpeg says while these filters look at a file. npm's for both pairs, here and below: it starts in no time. */
  async function said(path: string, ...options: readonly string[]): Promise<string> {
    const begin = ['-hide_banner', '-nostdin', '-i', `file:${path}`];
    return await reportOf(bundledPair.ffmpeg, [...begin, ...options, '-f', 'null', '-']);
  }

  /** When flashes are seen and beeps heard, seconds, as a player plays the file. */
  async function flashesAndBeeps(path: string): Promise<{ readonly flashes: number[]; readonly beeps: number[] }> {
    const graph = '[0:v]blackdetect=d=0.1:pix_th=0.2[v];[0:a]silencedetect=n=-30dB:d=0.1[a]';
    const log = await said(path, '-filter_complex', graph, '-map', '[v]', '-map', '[a]');
    const all = (name: string) => [...log.matchAll(new RegExp(`${name}: ?([\\d.]+)`, 'g'))].map(([, at]) => Number(at));
    const asked = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', `file:${path}`];
    const seconds = Number(await outside(bundledPair.ffprobe, asked));
    expect(seconds).toBeGreaterThan(0);
    // The end of the file ends black and silence too.
    const inside = (at: number) => at < seconds - 0.15;
    return { flashes: all('black_end').filter(inside), beeps: all('silence_end').filter(inside) };
  }

  async function expectInStep(path: string, ...moments: readonly number[]): Promise<void> {
    const found = await flashesAndBeeps(path);
    expect(found.flashes, JSON.stringify(found)).toHaveLength(moments.length);
    expect(found.beeps, JSON.stringify(found)).toHaveLength(moments.length);
    for (const [index, at] of moments.entries()) {
      const [seen = 0, heard = 0] = [found.flashes[index], found.beeps[index]];
      expect(Math.abs(seen - heard), JSON.stringify(found)).toBeLessThan(0.06);
      expect(Math.abs(seen - at), JSON.stringify(found)).toBeLessThan(0.15);
    }
  }

  const packets = async (path: string, stream: number) => {
    const copy = ['-map', `0:${stream}`, '-c', 'copy', '-f', 'hash', '-'];
    return await outside(bundledPair.ffmpeg, ['-v', 'error', '-nostdin', '-i', `file:${path}`, ...copy]);
  };

  /** How bright the first frame is: 16 is black, 128 grey. */
  async function firstFrame(path: string): Promise<number> {
    const drawn = `${path}.grey`;
    const frame = ['-frames:v', '1', '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo'];
    const input = ['-y', '-v', 'error', '-nostdin', '-i', `file:${path}`];
    await outside(bundledPair.ffmpeg, [...input, ...frame, `file:${drawn}`]);
    return (await readFile(drawn))[0] ?? 255;
  }

  const edited = async (name: string, args: readonly string[], edit?: (file: Buffer) => Buffer) => {
    const made = await source(name, args);
    if (!edit) return made;
    const path = join(folder, `${pair.libavcodec[0]}-${name}`);
    await writeFile(path, edit(await readFile(made)));
    return path;
  };

  it.each(sources)('$name: $expected', async ({ name, args, edit, target, ...odd }) => {
    const { expected, loudness, seconds, flash, samePackets } = odd;
    const path = await edited(name, args, edit);
    const [made] = await port(path, target, loudness);
    if (!made) throw new Error('nothing was made');
    // What is planned is what is made, so that a dry run says it.
    expect(made).toMatchObject({ kind: expected, instead: false });
    const asked = ['-v', 'error', '-show_streams', '-of', 'json', `file:${made.path}`];
    const printed = await outside(bundledPair.ffprobe, asked);
    const [picture, sound, ...more] = (JSON.parse(printed) as { streams: Record<string, string>[] }).streams;
    expect([picture?.['width'], picture?.['height'], sound?.['codec_name'], more]).toEqual([96, 160, 'aac', []]);
    expect(Math.abs(Number(picture?.['duration']) - seconds)).toBeLessThan(0.15);
    await expectInStep(made.path, flash);
    expect(await firstFrame(made.path)).toBeLessThan(40);
    if (samePackets) expect(await packets(made.path, 0)).toBe(await packets(path, made.picture));
  });

  const joined = async (codec: 'h264' | 'hevc') => {
    const coded = codec === 'h264' ? [...h264, ...closed] : closedHevc;
    const [first, second] = [
      await source(`${codec}-1.ts`, [...film(2, 1), ...coded, ...aac, ...ts]),
      await source(`${codec}-2.ts`, [...film(2, 0.8), ...coded, ...aac, ...ts]),
    ];
    const path = join(folder, `${pair.libavcodec[0]}-${codec}-joined.ts`);
    await writeFile(path, Buffer.concat([await readFile(first), await readFile(second)]));
    return path;
  };

  it.each(['h264', 'hevc'] as const)(
    'two concatenated recordings in %s: plans and renders all of both',
    async (codec) => {
      const [made, ...more] = await port(await joined(codec));
      if (!made) throw new Error('nothing was made');
      expect(more).toEqual([]);
      expect(made).toMatchObject({ kind: 'transcode', instead: false });
      await expectInStep(made.path, 1, 2.8);
    },
  );

  it('two concatenated recordings that are too long are cut by presentation time', async () => {
    const { video } = rednote;
    const maxSeconds = { ...video.accept.maxBytes, value: 2.4 } as NonNullable<typeof video.accept.maxSeconds>;
    const short: Target = { ...rednote, video: { ...video, accept: { ...video.accept, maxSeconds } } };
    const [first, second, ...more] = await port(await joined('h264'), short);
    if (!first || !second) throw new Error('not cut');
    expect(more).toEqual([]);
    await expectInStep(first.path, 1);
    await expectInStep(second.path, 0.4);
  });

  it('left and right in two mono tracks become stereo', async () => {
    const tone = (hertz: number) => lavfi(`sine=${hertz}:r=48000:d=1`);
    const path = await source('left and right.mov', [
      ...[...lavfi(`color=gray:s=${size}:r=30:d=1,format=yuv420p`), ...tone(440), ...tone(3000)],
      ...['-map', '0', '-map', '1', '-map', '2', ...h264, '-c:a', 'pcm_s16le'],
    ]);
    const [made] = await port(path);
    if (!made) throw new Error('nothing was made');
    const loudness = async (channel: number, filter: string) => {
      const log = await said(made.path, '-vn', '-af', `pan=mono|c0=c${channel},${filter},volumedetect`);
      return Number(/mean_volume: ([-\d.]+)/.exec(log)?.[1]);
    };
    const [low, high] = ['lowpass=f=1000,lowpass=f=1000', 'highpass=f=2000,highpass=f=2000'];
    expect((await loudness(0, low)) - (await loudness(1, low))).toBeGreaterThan(10);
    expect((await loudness(1, high)) - (await loudness(0, high))).toBeGreaterThan(10);
  });

  it('an MP4 with all sample times 0 is refused with a message', async () => {
    const args = [...film(1, 0.5).slice(0, 4), '-c:v', 'libx264', '-bf', '0'];
    const path = await edited('no times.mp4', args, withoutSampleTimes);
    await expect(tools.ffprobe.probe(path, signal)).rejects.toThrow(/none of its frames says when it is shown/);
  });

  it('a start trimmed by a simple edit list needs no re-encoding', async () => {
    const whole = await source('whole.mp4', [...film(3, 2), ...h264, ...closed, ...aac]);
    const path = await source('trimmed once.mp4', ['-ss', '1', '-i', `file:${whole}`, '-c', 'copy']);
    expect((await tools.ffprobe.probe(path, signal)).severalEdits).toBe(false);
    expect((await port(path))[0]).toMatchObject({ kind: 'remux', instead: false });
  });
});
