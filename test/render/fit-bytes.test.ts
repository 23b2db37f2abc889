import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation, PlannedFile } from '../../src/plan/plan.ts';
import { lighter } from '../../src/render/fit-bytes.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import type { Target } from '../../src/targets/target.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { originalFile, pictureSettings, streams } from '../builders.ts';
import { makeMedia, probedOnce, temporaryFolder } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';

const transcode = (sound: Extract<Operation, { kind: 'transcode' }>['sound'] = 'copy', maxKbps = 4000): Operation => ({
  kind: 'transcode',
  picture: pictureSettings({ maxKbps, width: 64, height: 96, fps: 15 }),
  sound,
});
const file = (operation: Operation, seconds: number | null = 10): PlannedFile => ({
  ...{ name: 'video.mp4', role: 'video', source: originalFile(), streams, operation, seconds, why: [] },
  key: 'a',
});
/** Reels with another limit, and for shorter videos. */
const upTo = (bytes: number): Target => {
  const { minSeconds: _, minFps: __, maxBytes, ...accept } = reels.video.accept;
  const limit = { ...(maxBytes as NonNullable<typeof maxBytes>), value: bytes };
  return { ...reels, video: { ...reels.video, accept: { ...accept, maxBytes: limit } } };
};

describe('a second attempt at a lower bit rate', () => {
  const copied: Operation = {
    kind: 'transcode',
    picture: 'copy',
    sound: { kbps: 1, channels: 2, downmix: false, gain: 0 },
  };
  it.each<[string, PlannedFile, number, readonly Target[]]>([
    ['it fits', file(transcode()), 999_999, [upTo(1_000_000)]],
    ['it fits to the byte', file(transcode()), 1_000_000, [upTo(1_000_000)]],
    ['no platform has a limit', file(transcode()), 9e9, [rednote]],
    ['the picture is copied: no rate would help', file(copied), 2e6, [upTo(1e6)]],
    ['all of it is copied', file({ kind: 'remux', sound: 'copy' }), 2e6, [upTo(1e6)]],
    ['it is an image', file({ kind: 'strip' }, null), 2e6, [upTo(1e6)]],
  ])('not attempted: %s', (_, made, bytes, targets) => {
    expect(lighter(made, bytes, targets)).toBeNull();
  });

  const kbpsOf = (again: PlannedFile | null) => {
    const operation = again?.operation;
    return operation?.kind === 'transcode' && operation.picture !== 'copy' ? operation.picture.maxKbps : null;
  };
  // 1,000,000 bytes in 10 s are 800 kb/s.
  it.each<[string, PlannedFile, number, readonly Target[]]>([
    ['twice too large', file(transcode()), 2_000_000, [upTo(1_000_000)]],
    ['a byte too large', file(transcode()), 1_000_001, [upTo(1_000_000)]],
    ['above its cap', file(transcode('silence', 700)), 1_100_000, [upTo(1_000_000)]],
    ['the smallest of several limits', file(transcode()), 1_500_000, [rednote, upTo(9_000_000), upTo(1_000_000)]],
  ])('%s: below the limit, with all other settings equal', (_, made, bytes, targets) => {
    const again = lighter(made, bytes, targets);
    expect(kbpsOf(again)).toBeLessThan(800);
    expect(kbpsOf(again)).toBeGreaterThan(550);
    expect(again).toMatchObject({ name: made.name, seconds: made.seconds, source: made.source });
  });

  it("for copied sound, the bit rate above the picture's cap counts as sound", () => {
    // 1000 s of picture at 2400 kb/s and of sound at 320, where 300,000,000 bytes are 2400 in all.
    const long = file(transcode('copy', 2400), 1000);
    const again = kbpsOf(lighter(long, 340_000_000, [upTo(300_000_000)])) ?? 0;
    expect(again + 320).toBeLessThan(2400);
    expect(again + 320).toBeGreaterThan(2100);
  });

  it('reserves the bit rate of the sound, which stays the same', () => {
    const sound = { kbps: 400, channels: 2, downmix: false, gain: 0 } as const;
    expect(kbpsOf(lighter(file(transcode(sound)), 2_000_000, [upTo(1_000_000)]))).toBeLessThanOrEqual(400);
    expect(kbpsOf(lighter(file(transcode(sound)), 2_000_000, [upTo(100_000)])), 'as low as it goes').toBe(100);
  });
});

const signal = new AbortController().signal;

describe.each(pairs)('with $name', (pair: Pair) => {
  it('a file that is too large is made again, and fits', async () => {
    const folder = await temporaryFolder();
    const noise = 'testsrc2=s=64x96:r=15:d=12,noise=alls=60:allf=t';
    const path = await makeMedia(folder, 'noise.mkv', ['-f', 'lavfi', '-i', noise, '-c:v', 'ffv1'], pair);
    const tools = {
      ...{ ffmpeg: createFfmpeg(pair.ffmpeg), ffprobe: createFfprobe(pair.ffprobe), files: createFiles() },
    } as unknown as Tools;
    const made: number[] = [];
    const counting: Tools = {
      ...tools,
      files: {
        ...tools.files,
        facts: async (each) => {
          const facts = await tools.files.facts(each);
          if (facts) made.push(facts.bytes);
          return facts;
        },
      },
    };
    const job = {
      ...{ time: 1_740_906_904, threads: 1, owned: true, signal, onProgress: () => {} },
      stills: openStills(tools, signal),
      probeSource: probedOnce(tools.ffprobe, signal),
    };
    const out = join(folder, 'video.mp4');
    const source = { ...originalFile(), path };
    const wrong = await render({ ...file(transcode('silence'), 12), source }, out, [upTo(400_000)], job, counting);
    expect(wrong).toEqual([]);
    expect(made[0], 'the first try').toBeGreaterThan(400_000);
    expect((await stat(out)).size).toBeLessThanOrEqual(400_000);
    expect((await stat(out)).size, 'no smaller than it has to be').toBeGreaterThan(200_000);
  });
});
