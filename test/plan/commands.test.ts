import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FfmpegJob } from '../../src/model/render-job.ts';
import { toBt709 } from '../../src/plan/colour-args.ts';
import { encoderTrialArgs, encoderUse, hardwareEncoders } from '../../src/plan/encoder-args.ts';
import * as media from '../../src/plan/ffmpeg-args.ts';
import { frameDecodingArgs } from '../../src/plan/frame-args.ts';
import { loudnessArgs, packetListArgs, sceneArgs, silenceArgs } from '../../src/plan/look-args.ts';
import { pictureFilters, stillFilters } from '../../src/plan/picture-args.ts';
import type { PictureSettings, Span, Stored } from '../../src/plan/plan.ts';
import { sampleArgs } from '../../src/plan/sample-args.ts';
import { slideshowArgs } from '../../src/plan/slideshow-args.ts';
import { soundOptions } from '../../src/plan/sound-args.ts';
import { pictureSettings } from '../builders.ts';

/**
 * Every argument of each kind of ffmpeg call, as commands.txt has it, so that no change of one goes unseen: many machines
 * have other encoders and filters than those of tests. What the calls do is tested with real ffmpeg in test/render. After
 * an intended change, `PORT_WRITE=1 npx vitest run test/plan/commands.test.ts` writes the file anew.
 */
const known = new URL('commands.txt', import.meta.url);

const streams = { picture: 2, sound: 3, areFirst: false };
const context = { input: 'IN', output: 'OUT', streams, seconds: 12.5, time: 1_740_906_904, threads: 2 };
const span: Span = { from: 5, to: 10, decodedTo: 9.9 };
const sound = { kbps: 192, channels: 2, downmix: false, gain: 0 } as const;
const settings = pictureSettings();
const size = { width: 1080, height: 1920 };
const encoded = { fps: 30, crf: 20, maxKbps: 8000 };

function shown({ inputs, outputOptions, output }: Omit<FfmpegJob, 'output'> & { readonly output?: string }): string {
  const read = inputs.flatMap(({ options, source }) => [
    ...options,
    '-i',
    'file' in source ? source.file : 'lavfi' in source ? source.lavfi : 'BYTES',
  ]);
  return [...read, '|', ...outputOptions, ...(output === undefined ? [] : [output])].join(' ');
}

// Called in the tests and not before: mutation tests know by that which tests reach a line.
const written: Record<string, () => string> = {
  'remux, sound copied': () => shown(media.remuxArgs('copy', context)),
  'remux, silence': () => shown(media.remuxArgs('silence', context)),
  'remux, hvc1, no sound': () =>
    shown(media.remuxArgs('copy', { ...context, tag: 'hvc1', streams: { ...streams, sound: null } })),
  'remux, a range': () => shown(media.remuxArgs('copy', { ...context, span })),
  'remux, a range from the start': () => shown(media.remuxArgs('copy', { ...context, span: { ...span, from: 0 } })),
  'remux, a range by frames': () => shown(media.remuxArgs('copy', { ...context, span: { ...span, byFrames: true } })),
  'remux, a silent range by frames': () =>
    shown(media.remuxArgs('silence', { ...context, span: { ...span, byFrames: true } })),
  'transcode, sound copied': () => shown(media.transcodeArgs(settings, 'copy', context)),
  'transcode, picture copied': () => shown(media.transcodeArgs('copy', sound, { ...context, tag: 'hvc1' })),
  'transcode, a range with an earlier frame': () =>
    shown(media.transcodeArgs(settings, sound, { ...context, span: { ...span, shownFrom: 3 } })),
  'transcode, a silent range with a held frame': () =>
    shown(media.transcodeArgs(settings, 'silence', { ...context, span: { ...span, holds: true } })),
  'transcode, a range by frames': () =>
    shown(media.transcodeArgs(settings, 'copy', { ...context, span: { ...span, byFrames: true } })),
  'transcode, turned here, of unknown length, by vaapi': () =>
    shown(
      media.transcodeArgs({ ...settings, mirrored: true, rotation: 90 }, 'copy', {
        ...context,
        seconds: 0,
        encoder: 'h264_vaapi',
      }),
    ),
  'slideshow, silent': () => shown(slideshow(9, null)),
  'slideshow, with music': () => shown(slideshow(9, {})),
  'slideshow, shorter than the fade of its music': () => shown(slideshow(3, { stream: 5 })),
};

function slideshow(seconds: number, music: { readonly stream?: number } | null): FfmpegJob {
  const song = music && { path: 'SONG', sha256: 'a', bytes: 1, ...music };
  const show = { slides: [], slide: 3, fade: 0.5, seconds, music: song, ...size, ...encoded, audioKbps: 192 };
  return slideshowArgs(show, 'SLIDES', { output: 'OUT', time: context.time, threads: 2 });
}

const encoders = Object.fromEntries(
  ['software', ...hardwareEncoders, 'h264_mf'].map((encoder) => {
    const call = () => {
      const { open, upload, options } = encoderUse(encoder, encoded, 3);
      return [open, upload, options].map((each) => each.join(' ')).join(' | ');
    };
    return [`encoder ${encoder}`, call];
  }),
);

const sampling = { input: 'IN', stream: 2, size, frames: 'key' as const, places: [{ from: 0, to: 10 }], step: 0.5 };
const look = { source: { file: 'IN', stream: 2, step: 0.5 }, stored: settings, size };
const looks: Record<string, () => string> = {
  'encoder software, frames repeated': () => encoderUse('software', { ...encoded, repeats: true }, 3).options.join(' '),
  'trial of software': () => shown(encoderTrialArgs('software')),
  'trial of vaapi': () => shown(encoderTrialArgs('h264_vaapi')),
  'a still': () => shown(media.stillArgs('IN', 2, 0.2, settings)),
  'a key frame': () => shown(media.keyFrameArgs('IN', 2, 1.5, { ...settings, transfer: 'pq', primaries: 'bt2020' })),
  'hashes of packets': () => shown(media.packetHashArgs('IN', [2, 0])),
  'a hash of content': () => shown(media.contentHashArgs('IN', 3)),
  'a hash of the content of a range': () => shown(media.contentHashArgs('IN', 3, span)),
  'a decode': () => shown(media.decodeArgs('IN', streams)),
  'a decode of five seconds without sound': () => shown(media.decodeArgs('IN', { ...streams, sound: null }, 5)),
  'packets from a second': () => shown(packetListArgs('IN', 2, { from: 1, to: null }, ['-option'])),
  'packets to a second': () => shown(packetListArgs('IN', 2, { from: 0, to: 4 })),
  silences: () => shown(silenceArgs('IN', 3, 1, 4)),
  scenes: () => shown(sceneArgs('IN', 2, 1, 4)),
  loudness: () => shown(loudnessArgs('IN', { stream: 3, right: undefined }, false, 0)),
  'loudness after a downmix': () => shown(loudnessArgs('IN', { stream: 3, right: undefined }, true, 0)),
  'loudness of a pair after downmix and gain': () => shown(loudnessArgs('IN', { stream: 3, right: 4 }, true, 2)),
  'samples of key frames': () => shown(sampleArgs(sampling)),
  'samples of key frames, all decoded': () => shown(sampleArgs({ ...sampling, decodesAll: true })),
  'samples of all frames of two ranges': () =>
    shown(
      sampleArgs({
        ...sampling,
        frames: 'all',
        places: [
          { from: 1, to: 2 },
          { from: 5, to: 7.5 },
        ],
      }),
    ),
  'frames of a file': () => shown(frameDecodingArgs(look)),
  'frames of a large file, turned': () =>
    shown(
      frameDecodingArgs({
        ...look,
        stored: { ...settings, rotation: 90, mirrored: true },
        size: { width: 2160, height: 3840 },
      }),
    ),
  'frames of a file, turned to the left': () =>
    shown(frameDecodingArgs({ ...look, stored: { ...settings, rotation: 270 } })),
  'frames of a stream': () => shown(frameDecodingArgs({ ...look, source: { codec: 'hevc', stdin: [] } })),
};

const colours: Record<string, () => string> = {};
for (const light of ['zscale', 'curves'] as const) {
  for (const matrix of ['bt601', 'bt709', 'bt2020', 'smpte240m', 'fcc'] as const)
    colours[`colours: P3 in ${matrix} by ${light}`] = () =>
      toBt709({ ...settings, matrix, primaries: 'p3', light }).join();
  for (const transfer of ['pq', 'hlg'] as const)
    for (const primaries of ['bt2020', 'p3'] as const)
      colours[`colours: ${transfer} in ${primaries} by ${light}`] = () =>
        toBt709({
          ...settings,
          matrix: 'bt2020',
          primaries,
          transfer,
          light,
        }).join();
}

const stored: Record<string, Partial<Stored>> = {
  plain: {},
  'turned right': { rotation: 90 },
  'upside down, mirrored': { rotation: 180, mirrored: true },
  'turned left, interlaced': { rotation: 270, interlaced: true },
  HDR10: { transfer: 'pq', primaries: 'bt2020', matrix: 'bt2020' },
  'full range': { range: 'full', matrix: 'bt601' },
};
const pictures: Record<string, Partial<PictureSettings>> = {
  scaled: {},
  padded: { fit: 'pad' },
  cropped: { fit: 'crop', centre: { x: 0.3, y: 0.5 } },
  blurred: { fit: 'blur' },
  'of several sizes, scaled': { varies: true },
  'of several sizes, padded': { fit: 'pad', varies: true },
  'of several sizes, cropped': { fit: 'crop', varies: true },
  'of several sizes, blurred': { fit: 'blur', varies: true },
  'with a held frame': { holds: true },
  'with repeated frames': { repeats: true },
  'mirrored, turned left, interlaced': { mirrored: true, rotation: 270, interlaced: true },
  'turned right': { rotation: 90 },
  HLG: { transfer: 'hlg', primaries: 'bt2020', matrix: 'bt2020' },
};
const landscape = { ...settings, source: { width: 1920, height: 1080 } };
const filters: Record<string, () => string> = {
  ...Object.fromEntries(
    Object.entries(stored).map(([name, odd]) => [`still: ${name}`, () => stillFilters({ ...settings, ...odd })]),
  ),
  ...Object.fromEntries(
    Object.entries(pictures).map(([name, odd]) => [
      `picture: ${name}`,
      () => pictureFilters({ ...landscape, ...odd }, 2, [], 1),
    ]),
  ),
  'picture: of a range with an earlier frame, uploaded': () =>
    pictureFilters(landscape, 2, ['format=nv12', 'hwupload'], 1, {
      ...span,
      shownFrom: 3,
    }),
  'picture: of a range': () => pictureFilters(landscape, 2, [], 1, span),
};

const sounds: Record<string, () => string> = {
  'sound: none': () => soundOptions(sound, null).join(' '),
  'sound: copied': () => soundOptions('copy', { input: 1, stream: 3 }).join(' '),
  'sound: silence': () => soundOptions('silence', { input: 1, stream: 0 }).join(' '),
  'sound: encoded': () => soundOptions(sound, { input: 0, stream: 3 }).join(' '),
  'sound: downmixed': () => soundOptions({ ...sound, downmix: true }, { input: 0, stream: 3 }).join(' '),
  'sound: quieter': () => soundOptions({ ...sound, gain: -3 }, { input: 0, stream: 3 }).join(' '),
  'sound: louder, mono': () => soundOptions({ ...sound, channels: 1, gain: 3.5 }, { input: 0, stream: 3 }).join(' '),
  'sound: a pair': () => soundOptions({ ...sound, right: 4 }, { input: 0, stream: 3 }).join(' '),
};

const calls = Object.entries({ ...written, ...encoders, ...looks, ...colours, ...filters, ...sounds });
if (process.env['PORT_WRITE'] === '1')
  writeFileSync(known, calls.map(([name, call]) => `# ${name}\n${call()}\n`).join('\n'));
const expected = new Map(
  readFileSync(known, 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((each) => [each.slice(0, each.indexOf('\n')), each.slice(each.indexOf('\n') + 1).trimEnd()]),
);

it.each(calls)('the whole call: %s', (name, call) => {
  expect(call().trimEnd()).toBe(expected.get(name));
});

it('no call is known that is not made', () => {
  expect([...expected.keys()]).toEqual(calls.map(([name]) => name));
});
