import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import type { Loudness } from '../../src/plan/loudness.ts';
import { type Answers, type Measure, Measurements } from '../../src/plan/measure.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { render } from '../../src/render/index.ts';
import { readLoudness } from '../../src/render/loudness.ts';
import { measure } from '../../src/render/measure.ts';
import type { Stills } from '../../src/render/stills.ts';
import { house } from '../../src/targets/house.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import type { Target } from '../../src/targets/target.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { planOptions, post } from '../builders.ts';
import { outside, probedOnce, sharedMedia, temporaryFolder } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';

const signal = new AbortController().signal;
/** A platform that takes four seconds, so that tests are short. */
const short: Target = {
  ...rednote,
  video: { ...rednote.video, accept: { ...rednote.video.accept, maxSeconds: house.limit(4) } },
};

const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
const moving = lavfi('testsrc2=s=90x160:r=25:d=9');
const tone = lavfi('sine=440:r=48000:d=9');
/** Frames that are shown before what they are decoded after: the hard case for cuts. */
const h264 = (gop: number) => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-g', String(gop), '-sc_threshold', '0'],
  ...['-pix_fmt', 'yuv420p', '-threads', '1'],
];
const aac = ['-c:a', 'aac', '-ac', '2', '-movflags', '+faststart'];

const source = sharedMedia(bundledPair);
const manyKeyFrames = async (extension = 'mp4') =>
  source(`many.${extension}`, [...moving, ...tone, ...h264(10), ...aac]);

describe.each(pairs)('with $name', (pair: Pair) => {
  let folder: string;
  let tools: Tools;
  let probed: ReturnType<typeof probedOnce>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    const programs = { ffmpeg: createFfmpeg(pair.ffmpeg), ffprobe: createFfprobe(pair.ffprobe), files: createFiles() };
    tools = programs as unknown as Tools;
    probed = probedOnce(tools.ffprobe, signal);
  });

  const making = {
    probeSource: async (path: string) => await probed(path),
    time: post().time,
    threads: 1,
    owned: true,
    stills: {} as Stills,
    signal,
    onProgress: () => {},
  };

  async function plan(
    path: string,
    target: Target,
    odd: Parameters<typeof planOptions>[0],
    issues: Issue[] = [],
  ): Promise<PlannedFile[]> {
    const probe = await probed(path);
    const file = { path, bytes: probe.bytes, sha256: await tools.files.sha256(path, signal) };
    const measurements = new Measurements();
    for (;;) {
      const material = { kind: 'video', file, probe, still: null } as const;
      const planned = planPost(post(), material, null, target, planOptions(odd), measurements);
      const wanted = measurements.takeWanted().filter(({ kind }) => kind !== 'cover');
      if (wanted.length === 0) {
        if (planned.kind === 'reject') throw new Error(JSON.stringify(planned.issues));
        issues.push(...planned.issues);
        return planned.parts.flatMap(({ files }) => files.filter(({ role }) => role === 'video'));
      }
      for (const each of wanted) {
        const answer = await measure(each as Measure & { kind: 'loudness' }, { file, probe }, tools, signal);
        measurements.answer(each, answer as Answers['loudness'] & Answers[Measure['kind']]);
      }
    }
  }

  async function made(files: readonly PlannedFile[], name: string, target = short): Promise<string[]> {
    const paths = files.map((_, index) => join(folder, `${name} ${index + 1}.mp4`));
    for (const [index, file] of files.entries()) {
      expect(await render(file, paths[index] ?? '', [target], making, tools)).toEqual([]);
    }
    return paths;
  }

  async function loudnessOf(path: string): Promise<Loudness | null> {
    const outputOptions = ['-map', '0:a:0', '-af', 'loudnorm=print_format=json', '-f', 'null'];
    const inputs = [{ options: [], source: { file: path } }];
    return readLoudness(await tools.ffmpeg.report({ inputs, outputOptions }, signal));
  }

  /** A hash of each packet, by ffmpeg itself: npm's, which starts in no time. */
  async function packets(path: string, stream: string): Promise<string[]> {
    const args = ['-v', 'error', '-i', path, '-map', stream, '-c', 'copy', '-f', 'framemd5', '-'];
    return (await outside(bundledPair.ffmpeg, args))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(',').at(-1)?.trim() ?? '');
  }

  /** What fills the picture at a moment. */
  async function colourAt(path: string, at: number): Promise<string> {
    const drawn = join(folder, 'colour.raw');
    const filter = ['-frames:v', '1', '-vf', 'scale=1:1,format=rgb24', '-f', 'rawvideo', `file:${drawn}`];
    await outside(bundledPair.ffmpeg, ['-y', '-v', 'error', '-ss', String(at), '-i', `file:${path}`, ...filter]);
    const rgb = [...(await tools.files.readStart(drawn, 3))];
    return ['red', 'green', 'blue'][rgb.indexOf(Math.max(...rgb))] ?? 'nothing';
  }

  async function frames(path: string): Promise<number> {
    const args = ['-v', 'error', '-count_frames', '-select_streams', 'v', '-show_entries', 'stream=nb_read_frames'];
    return Number.parseInt(await outside(bundledPair.ffprobe, [...args, '-of', 'csv=p=0', path]), 10);
  }

  it.each<[string, string]>([
    ['MP4', 'mp4'],
    ['Matroska', 'mkv'],
  ])('cuts %s at key frames, and the parts together contain all packets of the source', async (_name, extension) => {
    const path = await manyKeyFrames(extension);
    const files = await plan(path, short, { long: 'split' });
    expect(files.map(({ operation }) => operation.kind)).toEqual(['remux', 'remux', 'remux']);
    const parts = await made(files, `many ${extension}`);
    for (const stream of ['0:v:0', '0:a:0']) {
      const all = (await Promise.all(parts.map(async (part) => packets(part, stream)))).flat();
      expect(all).toEqual(await packets(path, stream));
    }
    for (const part of parts) expect((await tools.ffprobe.probe(part, signal)).seconds).toBeLessThanOrEqual(4.05);
  });

  it('cuts at a silence', async () => {
    const quiet = ['-af', "volume='if(between(t,3.6,3.9),0,1)':eval=frame"];
    const path = await source('quiet.mp4', [...moving, ...tone, ...quiet, ...h264(5), ...aac]);
    const [first] = await plan(path, short, { long: 'split' });
    expect(first?.seconds).toBeGreaterThanOrEqual(3.6);
    expect(first?.seconds).toBeLessThanOrEqual(3.9);
  });

  it('re-encodes the picture if key frames are missing, without losing or repeating a frame', async () => {
    const path = await source('one-gop.mp4', [...moving, ...tone, ...h264(1000), ...aac]);
    const files = await plan(path, short, { long: 'split' });
    expect(files.map(({ operation }) => operation.kind)).toEqual(['transcode', 'transcode', 'transcode']);
    expect(files[0]?.why.map(({ code }) => code)).toContain('no-key-frame');
    const parts = await made(files, 'one-gop');
    const counts = await Promise.all(parts.map(frames));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(225);
    const sound = (await Promise.all(parts.map(async (part) => packets(part, '0:a:0')))).flat();
    expect(sound).toEqual(await packets(path, '0:a:0'));
  });

  // Red for 9 s, green for one, blue for one, each in a single frame.
  const slides = lavfi(
    [
      "color=red:s=90x160:r=1:d=11,drawbox=c=lime:t=fill:enable='gte(t,9)',drawbox=c=blue:t=fill:enable='gte(t,10)'",
      "select='eq(n,0)+eq(n,9)+eq(n,10)',format=yuv420p",
    ].join(','),
  );
  it.each<[string, string, string[]]>([
    ['one key frame, Matroska, without sound', 'mkv', [...slides, ...h264(100)]],
    ['all key frames, MP4', 'mp4', [...slides, ...lavfi('sine=440:r=48000:d=11'), ...h264(1)]],
  ])('frames held for seconds, %s: each part starts with the visible frame', async (name, extension, args) => {
    const path = await source(`slides ${name}.${extension}`, [...args, ...aac, '-vsync', '0']);
    const files = await plan(path, short, { long: 'split' });
    const parts = await made(files, `slides ${name}`);
    const lengths = await Promise.all(parts.map(async (part) => tools.ffprobe.probe(part, signal)));
    expect(lengths.map(({ video, audio }) => [Math.round(video?.seconds ?? 0), audio.length])).toEqual([
      ...[
        [4, 1],
        [4, 1],
      ],
      [3, 1],
    ]);
    const shown = [];
    for (const [index, at] of [
      [0, 0],
      [0, 3.9],
      [1, 0],
      [1, 3.9],
      [2, 0],
      [2, 0.8],
      [2, 1.4],
      [2, 2.4],
      [2, 2.9],
    ]) {
      shown.push(await colourAt(parts[index ?? 0] ?? '', at ?? 0));
    }
    expect(shown.join(' ')).toBe('red red red red red red green blue blue');
  });

  it.each<[string, string, string[], ('copy' | 'silence')[]]>([
    [
      'sets in late, Matroska',
      'mkv',
      ['-itsoffset', '5', ...lavfi('sine=440:r=48000:d=4')],
      ['silence', 'copy', 'copy'],
    ],
    ['ends early, MP4', 'mp4', lavfi('sine=440:r=48000:d=3'), ['copy', 'silence', 'silence']],
  ])('sound that %s: parts without sound get silence', async (name, extension, sound, expected) => {
    const path = await source(`${name}.${extension}`, [...moving, ...sound, ...h264(10), ...aac]);
    const files = await plan(path, short, { long: 'split' });
    expect(files.map(({ operation }) => 'sound' in operation && operation.sound)).toEqual(expected);
    for (const part of await made(files, name)) {
      expect((await tools.ffprobe.probe(part, signal)).audio).toHaveLength(1);
    }
  });

  it('trim cuts at the last key frame', async () => {
    const path = await manyKeyFrames();
    const files = await plan(path, short, { long: 'trim' });
    expect(files).toHaveLength(1);
    const [part = ''] = await made(files, 'trimmed');
    expect(await frames(part)).toBe(100);
  });

  it('a part with missing frames is neither delivered nor left behind', async () => {
    const [first] = await plan(await manyKeyFrames(), short, { long: 'split' });
    if (first?.operation.kind !== 'remux' || !first.operation.span) throw new Error('no cut');
    const { span } = first.operation;
    const lacking = { ...span, decodedTo: (span.decodedTo ?? 0) - 0.04 };
    const file: PlannedFile = { ...first, operation: { ...first.operation, span: lacking } };
    const [issue] = await render(file, join(folder, 'lacking.mp4'), [short], making, tools);
    expect(issue).toMatchObject({ code: 'check-failed', actual: 'picture packets: changed' });
    expect((await readdir(folder)).filter((name) => name.includes('lacking'))).toEqual([]);
  });

  it('a copy that differs from the original is not delivered', async () => {
    const path = await manyKeyFrames();
    const [file] = await plan(path, rednote, {});
    if (!file) throw new Error('no plan');
    const other = { ...file, source: { ...file.source, sha256: 'b'.repeat(64) } };
    const [issue] = await render(other, join(folder, 'rotten.mp4'), [rednote], { ...making, owned: false }, tools);
    expect(issue).toMatchObject({ code: 'check-failed' });
    expect((await readdir(folder)).filter((name) => name.includes('rotten'))).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['soft', [...tone, '-af', 'volume=-12dB', ...aac]],
    ['mono', [...tone, '-af', 'volume=-6dB', '-c:a', 'aac', '-ac', '1', '-ar', '22050']],
    ['5.1', [...tone, '-af', 'pan=5.1|FC=c0|FL=0.2*c0|FR=0.2*c0', '-c:a', 'aac', '-b:a', '384k']],
  ])('--loudness, %s: reaches the loudness with peaks below -1 dBTP, and copies the picture', async (name, sound) => {
    const path = await source(`${name}.mp4`, [...moving, ...sound, '-t', '4', ...h264(25)]);
    const files = await plan(path, rednote, { loudness: -16 });
    expect(files[0]?.operation).toMatchObject({ kind: 'transcode', picture: 'copy' });
    const [out = ''] = await made(files, name, rednote);
    expect(await packets(out, '0:v:0')).toEqual(await packets(path, '0:v:0'));
    const loudness = await loudnessOf(out);
    expect(loudness?.integrated).toBeGreaterThan(-16.7);
    expect(loudness?.integrated).toBeLessThan(-15.3);
    expect(loudness?.truePeak).toBeLessThan(-0.9);
  });

  it('--loudness never lowers transient sounds, and reports the result', async () => {
    const clicks = lavfi("aevalsrc='0.08*sin(880*PI*t)+0.8*lt(mod(t,0.1),0.002)*sin(8000*PI*t)':s=48000:d=4");
    const path = await source('clicks.mp4', [...moving, ...clicks, ...h264(25), ...aac, '-t', '4']);
    const before = (await loudnessOf(path))?.integrated ?? 0;
    const issues: Issue[] = [];
    const files = await plan(path, rednote, { loudness: Math.round(before) + 6 }, issues);
    const [out = ''] = await made(files, 'clicks', rednote);
    const after = await loudnessOf(out);
    expect(after?.integrated).toBeGreaterThan(before - 0.3);
    expect(after?.truePeak).toBeLessThan(0);
    const told = Number(issues.find(({ code }) => code === 'loudness-limited')?.actual);
    expect(Math.abs((after?.integrated ?? 0) - told)).toBeLessThan(0.7);
  });

  it('--loudness ignores silence, which cannot be amplified', async () => {
    const silence = [...moving, ...lavfi('anullsrc=r=48000:cl=stereo'), '-shortest', ...h264(25), ...aac];
    const path = await source('silence.mp4', silence);
    expect((await plan(path, rednote, { loudness: -16 }))[0]?.operation.kind).toBe('copy');
  });
});
