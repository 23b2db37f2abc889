import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { Fit, PlannedFile } from '../../src/plan/plan.ts';
import { planPost } from '../../src/plan/post.ts';
import { watchDecoding } from '../../src/render/decode-errors.ts';
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

/**
 * Sources that people really have, each rendered by each pair of programs. What comes out is judged by ffprobe's own
 * words and by pixels, not by code of ours. render.test.ts has those that are odd in their container or their sound.
 */
const signal = new AbortController().signal;
const folder = await temporaryFolder();
const source = sharedMedia(pairs.at(-1) as Pair);

const lavfi = (graph: string) => ['-f', 'lavfi', '-i', graph];
const tone = (seconds = 0.5) => lavfi(`sine=440:r=48000:d=${seconds}`);
const aac = ['-c:a', 'aac', '-ac', '2', '-b:a', '64k'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '8', '-pix_fmt', 'yuv420p', '-threads', '1'];
const hevc = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none:pools=1:crf=8', '-tag:v', 'hvc1'],
];
const front = ['-movflags', '+faststart'];

/** Upper left, upper right, lower left, lower right. */
const quarters = [
  [0xb0, 0x20, 0x20],
  [0x20, 0xa0, 0x40],
  [0x20, 0x40, 0xb0],
  [0x80, 0x80, 0x80],
] as const;
type Quarter = 0 | 1 | 2 | 3;
const asShown: readonly Quarter[] = [0, 1, 2, 3];

/** Four colours, so that a picture that is turned, mirrored or read wrong shows it. `more`: filters on RGB. */
function card(size: string, more = '', rate = 30, seconds = 0.5): string[] {
  const channel = (index: 0 | 1 | 2) => {
    const [a, b, c, d] = quarters.map((colour) => colour[index]);
    return `if(lt(Y,H/2),if(lt(X,W/2),${a},${b}),if(lt(X,W/2),${c},${d}))`;
  };
  const paint = `geq=r='${channel(0)}':g='${channel(1)}':b='${channel(2)}'`;
  // Painted on four pixels: the formulas take half a minute for half a second of 4K.
  const grown = `scale=${size.replace('x', ':')}:flags=neighbor,setsar=1`;
  return lavfi(`color=black:s=2x2:r=${rate}:d=${seconds},format=gbrp,${paint},${grown},${more || bt709}`);
}

const toYuv = (matrix: string, format: string, range = 'tv') =>
  `scale=out_color_matrix=${matrix}:out_range=${range},format=${format}`;
const bt709 = toYuv('bt709', 'yuv420p');
const tags = (space: string, transfer: string, primaries: string, range = 'tv') => [
  ...['-colorspace', space, '-color_trc', transfer, '-color_primaries', primaries, '-color_range', range],
];
const sdr = tags('bt709', 'bt709', 'bt709');

/** The card in HDR, white paper at 203 cd/m2 (ITU-R BT.2408). */
const inHdr = (transfer: string) =>
  [
    'zscale=pin=709:tin=709:min=gbr:rin=full:t=linear:p=709:m=gbr:r=full:npl=203,format=gbrpf32le',
    `zscale=pin=709:tin=linear:min=gbr:rin=full:t=${transfer}:p=2020:m=2020_ncl:r=limited:npl=203,format=yuv420p10le`,
  ].join(',');
const inBt2020 = 'zscale=pin=709:tin=709:min=gbr:rin=full:t=2020_10:p=2020:m=2020_ncl:r=limited,format=yuv420p10le';

/** What becomes of it: an action, with the size and rate of what is made; or why it is rejected. */
interface Odd {
  readonly name: string;
  readonly args: readonly string[];
  readonly expected: string;
  readonly target?: Target;
  readonly fit?: Fit;
  /** The quarters of the card, as they have to be seen. */
  readonly card?: readonly Quarter[];
  /** How far a colour may be off: 8-bit steps. */
  readonly within?: number;
  /** What no encoder here writes by itself. */
  readonly edit?: (file: Buffer) => Buffer;
  /** Seconds that it lasts, where its own headers say otherwise. */
  readonly lasts?: number;
}

const page = '1\n00:00:00,000 --> 00:00:00,400\nHello\n';

const sources: readonly Odd[] = [
  {
    name: 'phone-hlg.mov',
    args: [
      ...card('96x160', inHdr('arib-std-b67')),
      ...tone(),
      ...hevc,
      ...tags('bt2020nc', 'arib-std-b67', 'bt2020'),
      ...aac,
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
    within: 14,
  },
  {
    name: 'hdr10.mp4',
    args: [
      ...card('96x160', inHdr('smpte2084')),
      ...tone(),
      ...hevc,
      ...tags('bt2020nc', 'smpte2084', 'bt2020'),
      ...aac,
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
    within: 14,
  },
  {
    name: 'wide-gamut.mp4',
    args: [...card('96x160', inBt2020), ...tone(), ...hevc, ...tags('bt2020nc', 'bt2020-10', 'bt2020'), ...aac],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'ten-bit-422.mov',
    args: [...card('96x160', toYuv('bt709', 'yuv422p10le')), ...tone(), ...hevc, ...sdr, ...aac],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'full-range.mkv',
    args: [
      ...[...card('96x160', toYuv('bt709', 'yuvj420p', 'pc')), ...tone()],
      ...[...hevc, '-pix_fmt', 'yuvj420p', ...tags('bt709', 'bt709', 'bt709', 'pc'), ...aac],
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'rgb-screen.mkv',
    args: [...card('96x160', 'format=rgb24'), ...tone(), '-c:v', 'png', ...aac],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'odd-size.mp4',
    args: [
      ...card('405x721', toYuv('bt709', 'yuv444p'), 10, 0.3),
      ...tone(0.3),
      ...h264,
      '-pix_fmt',
      'yuv444p',
      ...sdr,
      ...aac,
    ],
    expected: 'transcode 404x720 30/1',
    card: asShown,
  },
  {
    name: 'interlaced.mkv',
    args: [
      ...[...card('96x160', `${bt709},interlace`, 50), ...tone(), ...h264, '-flags', '+ilme+ildct'],
      ...['-x264-params', 'tff=1', ...sdr, ...aac],
    ],
    expected: 'transcode 96x160 25/1',
    card: asShown,
  },
  {
    name: 'interlaced.mp4',
    args: [
      ...[...card('96x160', `${bt709},interlace`, 50), ...tone(), ...h264, '-flags', '+ilme+ildct'],
      ...['-x264-params', 'tff=1', ...sdr, ...aac],
    ],
    expected: 'transcode 96x160 25/1',
    card: asShown,
  },
  {
    name: 'anamorphic.mp4',
    args: [...card('120x160', `${bt709},setsar=4/5`), ...tone(), ...h264, ...sdr, ...aac, ...front],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'fast-240.mp4',
    args: [...card('96x160', '', 240, 0.3), ...tone(0.3), ...h264, ...sdr, ...aac, ...front],
    expected: 'transcode 96x160 60/1',
  },
  {
    name: 'film.mkv',
    args: [...card('96x160', '', 24000 / 1001), ...tone(), ...hevc, '-pix_fmt', 'yuv420p', ...sdr, ...aac],
    expected: 'transcode 96x160 24000/1001',
  },
  {
    name: 'slow-12.webm',
    args: [
      ...[...card('96x160', '', 12), ...tone(), '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
      ...['-b:v', '300k', ...sdr, '-c:a', 'libopus', '-ac', '1', '-b:a', '32k'],
    ],
    expected: 'transcode 96x160 24/1',
    card: asShown,
    within: 20,
  },
  {
    // As screen recorders write it where nothing moves: the last frame comes long after the one before it.
    name: 'stands-still.mp4',
    args: [
      ...[...card('96x160', `${bt709},select='lt(n,8)+eq(n,20)+eq(n,44)'`, 30, 1.5), ...tone(1.5), '-vsync', '0'],
      ...[...hevc, '-pix_fmt', 'yuv420p', ...sdr, ...aac],
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'animation.mov',
    args: [...card('96x160', 'format=rgb24', 3, 1), ...tone(1), '-c:v', 'qtrle', ...aac],
    expected: 'transcode 96x160 24/1',
    card: asShown,
  },
  {
    name: 'two-a-second.mov',
    args: [...card('96x160', 'format=rgb24', 2, 1.5), ...tone(1.5), '-c:v', 'png', '-c:a', 'pcm_s16le'],
    expected: 'transcode 96x160 24/1',
    card: asShown,
  },
  {
    // As editors write a still at the end: one frame that lasts a second.
    name: 'ends-in-a-still.mp4',
    args: [...card('96x160', '', 30, 0.5), ...tone(1.5), ...hevc, '-pix_fmt', 'yuv420p', ...sdr, ...aac],
    edit: (file) => lastFrameLasts(file, 1),
    expected: 'transcode 96x160 30/1',
    card: asShown,
    lasts: 1.5,
  },
  {
    name: 'uhd-60.mp4',
    args: [
      ...[...lavfi('color=0x20a040:s=2160x3840:r=60:d=0.1,format=yuv420p'), ...tone(0.1)],
      ...[...hevc, ...sdr, ...aac],
    ],
    expected: 'transcode 1080x1920 60/1',
  },
  {
    name: 'mono-22.mp4',
    args: [
      ...card('96x160'),
      ...lavfi('sine=440:r=22050:d=0.5'),
      ...hevc,
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-ac',
      '1',
      ...front,
    ],
    expected: 'transcode 96x160 30/1',
  },
  {
    name: 'surround.mkv',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, '-c:a', 'ac3', '-ac', '6'],
    expected: 'transcode',
  },
  {
    name: 'moment.avi',
    args: [
      ...card('96x160', toYuv('bt601', 'yuv420p'), 25, 0.3),
      ...tone(0.3),
      '-c:v',
      'mpeg4',
      '-q:v',
      '2',
      '-c:a',
      'libmp3lame',
    ],
    expected: 'transcode 96x160 25/1',
    card: asShown,
    within: 12,
  },
  {
    name: 'mpeg2.ts',
    args: [...card('96x160', '', 25), ...tone(), '-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', ...sdr, '-c:a', 'mp2'],
    expected: 'transcode 96x160 25/1',
    card: asShown,
    within: 12,
  },
  {
    name: 'camcorder.m2ts',
    args: [
      ...[...card('96x160', '', 25), ...tone(), ...h264, ...sdr, '-c:a', 'ac3', '-ac', '2'],
      ...['-f', 'mpegts', '-mpegts_m2ts_mode', '1'],
    ],
    expected: 'transcode',
  },
  {
    name: 'theora.ogv',
    args: [
      ...card('96x160', toYuv('bt601', 'yuv420p'), 25),
      ...tone(),
      '-c:v',
      'libtheora',
      '-q:v',
      '9',
      '-c:a',
      'libvorbis',
    ],
    expected: 'transcode 96x160 25/1',
    card: asShown,
    within: 14,
  },
  { name: 'sound-only.m4a', args: [...tone(), ...aac, '-f', 'mp4'], expected: 'no-picture' },
  { name: 'no-sound.mov', args: [...card('96x160'), ...h264, ...sdr], target: shorts, expected: 'remux' },
  {
    name: 'landscape-blur.mp4',
    args: [...card('160x90'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    target: shorts,
    expected: 'transcode 160x284 30/1',
  },
  {
    name: 'landscape-pad.mp4',
    args: [...card('160x90'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    target: shorts,
    fit: 'pad',
    expected: 'transcode 160x284 30/1',
  },
  {
    name: 'landscape-kept.mp4',
    args: [...card('160x90'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    target: shorts,
    fit: 'keep',
    expected: 'shape',
  },
  {
    name: 'square.mp4',
    args: [...card('160x160'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    target: shorts,
    expected: 'copy',
  },
  {
    // Above 576 lines players take what says nothing for BT.709, also where it is narrow.
    name: 'untagged-upright.mp4',
    args: [...card('336x594'), ...tone(), ...hevc, '-pix_fmt', 'yuv420p', ...aac],
    expected: 'transcode 336x594 30/1',
    card: asShown,
  },
  {
    name: 'untagged-small.mp4',
    args: [...card('96x160', toYuv('bt601', 'yuv420p')), ...tone(), ...hevc, '-pix_fmt', 'yuv420p', ...aac],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'smpte240m.mp4',
    args: [
      ...[...card('96x160', toYuv('smpte240m', 'yuv420p')), ...tone(), ...hevc, '-pix_fmt', 'yuv420p'],
      ...[...tags('smpte240m', 'smpte240m', 'smpte240m'), ...aac],
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'sound-96k.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac, '-ar', '96000', ...front],
    expected: 'transcode',
    card: asShown,
  },
  {
    name: 'one-frame.mp4',
    args: [
      ...card('96x160', `${bt709},select='lt(n,1)'`),
      ...tone(1.5),
      '-vsync',
      '0',
      ...h264,
      ...sdr,
      ...aac,
      ...front,
    ],
    expected: 'transcode 96x160 30/1',
    card: asShown,
    lasts: 1.5,
  },
  {
    name: 'three-frames.mov',
    args: [
      ...[...card('96x160', `${bt709},select='lt(n,3)'`), ...tone(1.5), '-vsync', '0'],
      ...[...hevc, '-pix_fmt', 'yuv420p', ...sdr, ...aac],
    ],
    target: shorts,
    expected: 'transcode 96x160 30/1',
    card: asShown,
    lasts: 1.5,
  },
  {
    name: 'fragments.mp4',
    args: [
      ...[...card('96x160'), ...tone(), ...h264, ...sdr, ...aac],
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof'],
    ],
    expected: 'remux',
    card: asShown,
  },
  {
    name: 'fragments-dash.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac, '-movflags', '+dash+frag_keyframe'],
    target: shorts,
    expected: 'remux',
  },
  {
    name: 'called-hev1.mp4',
    args: [
      ...[...card('96x160'), ...tone(), ...hevc, '-pix_fmt', 'yuv420p', ...sdr, '-tag:v', 'hev1'],
      ...[...aac, ...front],
    ],
    target: shorts,
    expected: 'remux',
  },
  {
    name: 'lossless-profile.mp4',
    args: [...card('96x160'), ...tone(), ...h264, '-qp', '0', ...sdr, ...aac, ...front],
    expected: 'transcode 96x160 30/1',
    card: asShown,
  },
  {
    name: 'words-behind.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    edit: (file) => Buffer.concat([file, Buffer.from('vid_v0300fg10000xyz_watermark_free_export')]),
    expected: 'remux',
    card: asShown,
  },
  {
    name: 'json-behind.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac],
    edit: (file) => Buffer.concat([file, Buffer.from('{"made_by":{"label":1}}')]),
    target: shorts,
    expected: 'remux',
  },
  {
    name: 'zeros-behind.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    edit: (file) => Buffer.concat([file, Buffer.alloc(512)]),
    expected: 'copy',
  },
  {
    name: 'sound-without-samples.mp4',
    args: [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac, ...front],
    edit: withoutSoundSamples,
    expected: 'remux',
    lasts: 0.5,
  },
  {
    name: 'hevc-sound-without-samples.mp4',
    args: [...card('96x160'), ...tone(), ...hevc, '-pix_fmt', 'yuv420p', ...sdr, ...aac],
    edit: withoutSoundSamples,
    expected: 'transcode 96x160 30/1',
    lasts: 0.5,
  },
  {
    name: 'dolby-vision-5.mp4',
    args: [...card('96x160', toYuv('bt709', 'yuv420p10le')), ...tone(), ...hevc, ...aac],
    edit: (file) => withDolbyVision(file, 5, 0),
    expected: 'dolby-vision',
  },
  {
    // Its base layer is HLG, which every player knows.
    name: 'dolby-vision-8.mp4',
    args: [
      ...[...card('96x160', inHdr('arib-std-b67')), ...tone(), ...hevc],
      ...[...tags('bt2020nc', 'arib-std-b67', 'bt2020'), ...aac],
    ],
    edit: (file) => withDolbyVision(file, 8, 4),
    expected: 'transcode 96x160 30/1',
    card: asShown,
    within: 14,
  },
];

/** One of the list. */
const listed = async (name: string) => source(name, sources.find((each) => each.name === name)?.args ?? []);

/** The tables of the sound track emptied, as of a recording whose microphone was off. */
function withoutSoundSamples(file: Buffer): Buffer {
  const sound = file.indexOf('smhd');
  const counts = [
    ['stts', 8],
    ['stsc', 8],
    ['stsz', 12],
    ['stco', 8],
  ] as const;
  for (const [type, at] of counts) file.fill(0, file.indexOf(type, sound) + at, file.indexOf(type, sound) + at + 4);
  for (const type of ['sgpd', 'sbgp']) {
    const at = file.indexOf(type, sound);
    if (at > 0) file.write('free', at);
  }
  return file;
}

/** An MP4 of one rate, its `moov` last, whose last frame stands for some seconds more. */
function lastFrameLasts(file: Buffer, more: number): Buffer {
  const longer = (bytes: Buffer, scale: number): Buffer =>
    Buffer.concat(
      boxesOf(bytes).map(({ type, whole }) => {
        const body = Buffer.from(whole.subarray(8));
        const add = (at: number, units: number) => body.writeUInt32BE(body.readUInt32BE(at) + units * more, at);
        if (type === 'trak' && !whole.includes('vide')) return whole;
        if (type === 'trak') return boxed(type, longer(body, whole.readUInt32BE(whole.indexOf('mdhd') + 16)));
        if (['moov', 'edts', 'mdia', 'minf', 'stbl'].includes(type)) return boxed(type, longer(body, scale));
        if (type === 'tkhd') add(20, 1000);
        if (type === 'elst') add(8, 1000);
        if (type === 'mdhd') add(16, scale);
        if (type !== 'stts') return boxed(type, body);
        const [count, each] = [body.readUInt32BE(8), body.readUInt32BE(12)];
        const table = [0, 2, count - 1, each, 1, each + scale * more];
        const written = Buffer.alloc(table.length * 4);
        for (const [index, value] of table.entries()) written.writeUInt32BE(value, index * 4);
        return boxed(type, written);
      }),
    );
  const moov = file.indexOf('moov') - 4;
  return Buffer.concat([file.subarray(0, moov), longer(file.subarray(moov), 0)]);
}

/** An HEVC file, its `moov` last, that says it is Dolby Vision with this base layer. */
function withDolbyVision(file: Buffer, profile: number, compatible: number): Buffer {
  const level = 3;
  const said = Buffer.from([1, 0, (profile << 1) | (level >> 5), ((level & 31) << 3) | 5, compatible << 4]);
  const config = boxed(profile === 5 ? 'dvcC' : 'dvvC', Buffer.concat([said, Buffer.alloc(19)]));
  const rebuilt = (bytes: Buffer): Buffer =>
    Buffer.concat(
      boxesOf(bytes).map(({ type, whole }) => {
        if (['moov', 'trak', 'mdia', 'minf', 'stbl'].includes(type)) return boxed(type, rebuilt(whole.subarray(8)));
        if (type !== 'stsd' || whole.toString('latin1', 20, 24) !== 'hvc1') return whole;
        const entry = boxed(profile === 5 ? 'dvh1' : 'hvc1', Buffer.concat([whole.subarray(24), config]));
        return boxed('stsd', Buffer.concat([whole.subarray(8, 16), entry]));
      }),
    );
  return rebuilt(file);
}

function boxesOf(bytes: Buffer): { readonly type: string; readonly whole: Buffer }[] {
  const found = [];
  for (let at = 0; at + 8 <= bytes.length; at += Math.max(8, bytes.readUInt32BE(at))) {
    const whole = bytes.subarray(at, at + Math.max(8, bytes.readUInt32BE(at)));
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), whole });
  }
  return found;
}

function boxed(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4);
  return Buffer.concat([header, body]);
}

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
    time: post().time,
    threads: 1,
    owned: true,
    signal,
    onProgress: () => {},
    stills: openStills(tools, signal),
  };

  interface Made {
    readonly words: string;
    readonly path: string;
    readonly probe: VideoProbe;
    /** ffmpeg said that something in it is damaged. */
    readonly damaged: boolean;
  }

  const rendered = new Map<string, Promise<Made>>();
  /** Plans and renders one source for one platform, once for all tests that look at the result. */
  async function port(path: string, target: Target = rednote, fit: Fit = 'blur'): Promise<Made> {
    const key = [path, target.name, fit].join('\n');
    const made = rendered.get(key) ?? portAnew(path, target, fit, tools);
    rendered.set(key, made);
    return await made;
  }

  /** `world` may lack something. */
  async function portAnew(path: string, target: Target, fit: Fit, world: Tools): Promise<Made> {
    const probe = await probed(path);
    const file = { path, bytes: probe.bytes, sha256: 'a'.repeat(64) };
    const material = { kind: 'video', file, probe, still: null } as const;
    const measurements = new Measurements();
    const make = () => planPost(post(), material, null, target, planOptions({ fit }), measurements);
    make();
    const { tools: watchedTools, metDamage } = watchDecoding(world);
    for (const wanted of measurements.takeWanted().filter(({ kind }) => kind !== 'cover')) {
      measurements.answer(wanted, await measure(wanted, material, watchedTools, signal));
    }
    const plan = make();
    if (plan.kind === 'reject')
      return { words: plan.issues.map(({ code }) => code).join(' '), path, probe, damaged: false };
    const video = plan.parts[0]?.files[0] as PlannedFile;
    const out = `${path}-${pair.libavcodec[0]}-${target.name}-${fit}.mp4`;
    expect(await render(video, out, [target], making, watchedTools)).toEqual([]);
    return { words: video.operation.kind, path: out, probe, damaged: metDamage() };
  }

  type Stream = Readonly<Record<string, unknown>>;
  async function showFile(path: string): Promise<{ readonly streams: readonly Stream[]; readonly format: Stream }> {
    const asked = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', `file:${path}`];
    return JSON.parse(await outside(bundledPair.ffprobe, asked));
  }
  const streamsOf = async (path: string) => (await showFile(path)).streams;

  /** The colour at a place, in shares of width and height, as npm's ffmpeg shows it: it starts in no time. */
  async function colours(
    path: string,
    places: readonly (readonly [number, number])[],
    at = 0,
  ): Promise<readonly number[][]> {
    const drawn = join(folder, `${pair.libavcodec[0]}.ppm`);
    const asPlayed = 'scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
    const frame = ['-frames:v', '1', '-vf', asPlayed, '-f', 'image2', '-c:v', 'ppm'];
    const moment = ['-ss', String(at)];
    const shown = [...['-y', '-v', 'error', '-nostdin', ...moment, '-i', `file:${path}`], ...frame, `file:${drawn}`];
    await outside(bundledPair.ffmpeg, shown);
    const ppm = await readFile(drawn);
    const [head = '', width = 0, height = 0] = /^P6\s(\d+) (\d+)\s255\s/.exec(ppm.toString('latin1', 0, 40)) ?? [];
    const pixels = ppm.subarray(head.length);
    return places.map(([x, y]) => {
      const at = (Math.floor(y * Number(height)) * Number(width) + Math.floor(x * Number(width))) * 3;
      return [...pixels.subarray(at, at + 3)];
    });
  }

  const centres = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const;

  async function expectCard(path: string, seen: readonly Quarter[], within = 6): Promise<void> {
    const found = await colours(path, centres);
    const off = seen.map((quarter, index) =>
      Math.max(...quarters[quarter].map((value, channel) => Math.abs(value - (found[index]?.[channel] ?? 999)))),
    );
    expect(Math.max(...off), JSON.stringify(found)).toBeLessThanOrEqual(within);
  }

  /** A file as every player and upload page can read it: one index, no other bytes, lengths as they are. */
  async function expectPlain(path: string, [picture, sound]: readonly Stream[], format: Stream): Promise<void> {
    const bytes = await readFile(path);
    expect(new Set(boxesOf(bytes).map(({ type }) => type))).toEqual(new Set(['ftyp', 'moov', 'free', 'mdat']));
    const longest = Math.max(
      ...[picture, sound].map((each) => Number(each?.['start_time']) + Number(each?.['duration'])),
    );
    expect(Math.abs(Number(format['duration']) - longest)).toBeLessThan(0.012);
    expect(Number(sound?.['sample_rate'])).toBeLessThanOrEqual(48_000);
    expect(['avc1', 'hvc1']).toContain(picture?.['codec_tag_string']);
  }

  it.each(sources)('$name: $expected', async (odd) => {
    const { name, args, expected, target, fit, card: seen, within, edit } = odd;
    const path = edit ? join(folder, `${pair.libavcodec[0]}-${name}`) : await source(name, args);
    if (edit) await writeFile(path, edit(await readFile(await source(name, args))));
    const { words, path: out, probe, damaged } = await port(path, target, fit);
    expect(damaged).toBe(false);
    if (odd.lasts !== undefined) expect(Math.abs(probe.seconds - odd.lasts)).toBeLessThan(0.04);
    const [action = ''] = expected.split(' ');
    expect(words).toBe(action);
    if (!['remux', 'transcode'].includes(action)) return;

    const { streams, format } = await showFile(out);
    const [picture = {}, sound = {}, ...more] = streams;
    expect(more).toEqual([]);
    expect(sound).toMatchObject({ codec_name: 'aac', profile: 'LC' });
    expect(Number(picture['duration'])).toBeGreaterThan(probe.seconds - 0.1);
    expect(Number(picture['duration'])).toBeLessThan(probe.seconds + 0.1);
    await expectPlain(out, [picture, sound], format);
    if (expected === action) return seen && (await expectCard(out, seen, within));
    expect(`${action} ${picture['width']}x${picture['height']} ${picture['r_frame_rate']}`).toBe(expected);
    expect(picture).toMatchObject({
      ...{
        codec_name: 'h264',
        profile: 'High',
        pix_fmt: 'yuv420p',
        sample_aspect_ratio: '1:1',
        codec_tag_string: 'avc1',
      },
      ...{ color_space: 'bt709', color_primaries: 'bt709', color_transfer: 'bt709', color_range: 'tv' },
      avg_frame_rate: picture['r_frame_rate'],
    });
    expect(picture['side_data_list']).toBeUndefined();
    expect(['progressive', 'unknown', undefined]).toContain(picture['field_order']);
    if (seen) await expectCard(out, seen, within);
  });

  it.each([
    ['hevc', 'ts'],
    ['h264', 'ts'],
    ['hevc', 'mp4'],
    ['h264', 'mp4'],
  ] as const)('%s in %s that lies down in the middle is fitted whole into one frame', async (codec, extension) => {
    const coded = codec === 'h264' ? h264 : [...hevc, '-pix_fmt', 'yuv420p'];
    const half = async (size: string, after: number) =>
      source(`${codec}-${size}.ts`, [
        ...[...card(size, '', 30, 1), ...tone(1), ...coded, '-tag:v', '0', ...sdr, ...aac],
        ...['-output_ts_offset', String(after), '-f', 'mpegts'],
      ]);
    // Sound that overlaps at the seam cannot be copied: that is another test's.
    const [upright, lying] = [await half('96x160', 0), await half('160x96', 1.2)];
    const name = `${pair.libavcodec[0]}-${codec}-resized`;
    const stream = join(folder, `${name}.ts`);
    await writeFile(stream, Buffer.concat([await readFile(upright), await readFile(lying)]));
    const path = join(folder, `${name}.${extension}`);
    const remuxed = [
      '-y',
      '-v',
      'error',
      '-i',
      `file:${stream}`,
      '-c',
      'copy',
      '-bsf:a',
      'aac_adtstoasc',
      `file:${path}`,
    ];
    // Made by one program for both pairs: old builds leave out the second size.
    if (extension === 'mp4') await outside((pairs.at(-1) as Pair).ffmpeg, remuxed);
    const { words, path: out } = await port(path, shorts, 'pad');
    expect(words).toBe('transcode');
    expect((await streamsOf(out))[0]).toMatchObject({ width: 96, height: 160 });
    await expectCard(out, asShown);
    // 58 of the 160 lines, in the middle.
    const late = [0.1, 0.36, 0.45, 0.55, 0.64, 0.9].map((y) => [0.25, y] as const);
    const [above, upper, , , lower, below] = await colours(out, late, 1.6);
    for (const [index, wanted] of [above, upper, lower, below].entries()) {
      const colour = [[0, 0, 0], quarters[0], quarters[2], [0, 0, 0]][index] ?? [];
      const off = Math.max(...colour.map((value, channel) => Math.abs(value - (wanted?.[channel] ?? 999))));
      expect(off, `${index}: ${JSON.stringify(wanted)}`).toBeLessThanOrEqual(8);
    }
  });

  it('AV1', async () => {
    const path = join(folder, `${pair.libavcodec[0]}-av1.mp4`);
    await copyFile(new URL('../../fixtures/odd/av1.mp4', import.meta.url), path);
    const { words, path: out } = await port(path);
    expect(words).toBe('transcode');
    expect((await streamsOf(out)).map((each) => each['codec_name'])).toEqual(['h264', 'aac']);
  });

  // Each as the display matrix a b c d has it; the quarters as a player shows them.
  it.each<[string, readonly [number, number, number, number], readonly Quarter[], string]>([
    ['upright', [1, 0, 0, 1], [0, 1, 2, 3], '96x160'],
    ['a quarter turn', [0, 1, -1, 0], [2, 0, 3, 1], '160x96'],
    ['a half turn', [-1, 0, 0, -1], [3, 2, 1, 0], '96x160'],
    ['three quarters', [0, -1, 1, 0], [1, 3, 0, 2], '160x96'],
    ['mirrored', [-1, 0, 0, 1], [1, 0, 3, 2], '96x160'],
    ['mirrored top to bottom', [1, 0, 0, -1], [2, 3, 0, 1], '96x160'],
    ['mirrored and turned', [0, 1, 1, 0], [0, 2, 1, 3], '160x96'],
  ])('a phone video recorded while held %s is shown upright', async (held, matrix, seen, size) => {
    const flat = await source('flat.mp4', [
      ...card('96x160'),
      ...tone(),
      ...hevc,
      '-pix_fmt',
      'yuv420p',
      ...sdr,
      ...aac,
      ...front,
    ]);
    const path = join(folder, `${pair.libavcodec[0]}-${held}.mp4`);
    await writeFile(path, withMatrix(await readFile(flat), matrix));
    const { path: out } = await port(path);
    const [picture] = await streamsOf(out);
    expect(`${picture?.['width']}x${picture?.['height']}`).toBe(size);
    expect(picture?.['side_data_list']).toBeUndefined();
    await expectCard(out, seen);
  });

  it('a remux keeps the rotation flag', async () => {
    const flat = await source('last.mp4', [...card('96x160'), ...tone(), ...h264, ...sdr, ...aac]);
    const path = join(folder, `${pair.libavcodec[0]}-turned-last.mp4`);
    await writeFile(path, withMatrix(await readFile(flat), [0, 1, -1, 0]));
    const { words, path: out } = await port(path);
    expect(words).toBe('remux');
    expect((await streamsOf(out))[0]?.['side_data_list']).toMatchObject([{ rotation: -90 }]);
  });

  it('crop cuts whole pixels, here from the red and blue half', async () => {
    const path = await source('to-crop.mp4', [...card('320x180'), ...tone(), ...h264, ...sdr, ...aac, ...front]);
    const { path: out } = await port(path, shorts, 'crop');
    const [picture] = await streamsOf(out);
    expect(`${picture?.['width']}x${picture?.['height']}`).toBe('100x180');
    await expectCard(out, [0, 0, 2, 2]);
  });

  it.each([
    ['left', 0.06],
    ['right', 0.8],
  ])('crop keeps the salient part at the %s', async (side, at) => {
    const block = `drawbox=x=iw*${at}:y=ih*0.3:w=iw*0.12:h=ih*0.4:c=0xb02020:t=fill`;
    const graph = `color=0x808080:s=320x180:r=30:d=0.5,format=gbrp,${block},${bt709}`;
    const args = [...lavfi(graph), ...tone(), ...h264, ...sdr, ...aac, ...front];
    const path = await source(`${side}.mp4`, args);
    const { path: out } = await port(path, shorts, 'crop');
    const row = Array.from({ length: 20 }, (_, index) => [(index + 0.5) / 20, 0.5] as const);
    const red = (await colours(out, row)).filter(([r = 0, g = 0]) => r > 140 && g < 70);
    // 38 of the 100 pixels in the window.
    expect(red.length).toBeGreaterThanOrEqual(6);
  });

  it.each(['hdr10.mp4', 'phone-hlg.mov', 'wide-gamut.mp4'])(
    'converts %s with the fallback if zscale is missing',
    async (name) => {
      const blind = { ...tools, ffmpeg: { ...tools.ffmpeg, filters: async () => new Set<string>() } };
      const { path: out } = await portAnew(await listed(name), rednote, 'pad', blind);
      await expectCard(out, asShown, 40);
    },
  );

  it('blur shows the whole picture over a darker copy of itself; pad shows it on black', async () => {
    const edges = [
      [0.5, 0.02],
      [0.5, 0.98],
      [0.25, 0.4],
      [0.75, 0.6],
    ] as const;
    const path = await listed('landscape-blur.mp4');
    const [above = [], below = [], ...inside] = await colours((await port(path, shorts, 'blur')).path, edges);
    const brightness = (colour: readonly number[]) => colour.reduce((sum, each) => sum + each, 0);
    for (const fill of [above, below]) {
      expect(brightness(fill)).toBeGreaterThan(40);
      expect(brightness(fill)).toBeLessThan(300);
    }
    expect(Math.abs((inside[0]?.[0] ?? 0) - quarters[0][0])).toBeLessThan(8);
    expect(Math.abs((inside[1]?.[0] ?? 0) - quarters[3][0])).toBeLessThan(8);
    const padded = await colours((await port(path, shorts, 'pad')).path, edges);
    expect(brightness(padded[0] ?? [])).toBeLessThan(12);
    expect(Math.abs((padded[2]?.[0] ?? 0) - quarters[0][0])).toBeLessThan(8);
  });

  /** Where a flash is seen and where a beep is heard, in seconds, as a player plays the file. */
  async function flashAndBeep(path: string): Promise<{ readonly flash: number; readonly beep: number }> {
    const graph = '[0:v]blackdetect=d=0.1:pix_th=0.2[v];[0:a]silencedetect=n=-30dB:d=0.1[a]';
    // By npm's ffmpeg for both pairs: it starts in no time.
    const said = await reportOf(bundledPair.ffmpeg, [
      ...['-hide_banner', '-nostdin', '-i', `file:${path}`],
      ...['-filter_complex', graph, '-map', '[v]', '-map', '[a]', '-f', 'null', '-'],
    ]);
    const number = (name: string) => Number(new RegExp(`${name}: ?([\\d.]+)`).exec(said)?.[1] ?? Number.NaN);
    return { flash: number('black_end'), beep: number('silence_end') };
  }

  const flash = (rate: number, more = '') =>
    lavfi(`color=black:s=96x160:r=${rate}:d=2,drawbox=c=white:t=fill:enable='between(t,0.999,1.3)'${more},${bt709}`);
  const beep = lavfi("aevalsrc='0.5*sin(880*2*PI*t)*between(t,1,1.3)':s=48000:d=2");

  it.each<[string, readonly string[], string]>([
    [
      'a recording of a screen, whose frames come as they like',
      [
        ...flash(60, ",select='not(mod(n,7))+not(mod(n,11))+eq(n,60)'"),
        ...beep,
        ...hevc,
        '-pix_fmt',
        'yuv420p',
        ...aac,
      ],
      '60/1',
    ],
    ['120 frames a second', [...flash(120), ...beep, ...h264, ...aac], '60/1'],
    [
      'interlaced',
      [...flash(50, ',interlace'), ...beep, ...h264, '-flags', '+ilme+ildct', '-x264-params', 'tff=1', ...aac],
      '25/1',
    ],
    [
      'a picture that starts late',
      ['-itsoffset', '0.2', ...flash(30), ...beep, ...hevc, '-pix_fmt', 'yuv420p', ...aac],
      '30/1',
    ],
    [
      'sound that starts late',
      [...flash(30), '-itsoffset', '0.2', ...beep, ...hevc, '-pix_fmt', 'yuv420p', ...aac],
      '30/1',
    ],
  ])('sound stays in sync: %s', async (name, args, rate) => {
    const path = await source(`${name}, flash and beep.mp4`, args);
    const before = await flashAndBeep(path);
    const { path: out } = await port(path);
    expect((await streamsOf(out))[0]?.['r_frame_rate']).toBe(rate);
    const after = await flashAndBeep(out);
    expect(
      Math.abs(after.flash - after.beep - (before.flash - before.beep)),
      JSON.stringify([before, after]),
    ).toBeLessThan(0.045);
  });

  it('sound stays in sync if an edit list hides the first half second', async () => {
    const whole = await source('whole.mp4', [...flash(30), ...beep, ...hevc, '-pix_fmt', 'yuv420p', ...aac]);
    const path = await source('cut.mp4', ['-ss', '0.5', '-i', `file:${whole}`, '-c', 'copy', ...front]);
    const before = await flashAndBeep(path);
    const after = await flashAndBeep((await port(path)).path);
    expect(
      Math.abs(after.flash - after.beep - (before.flash - before.beep)),
      JSON.stringify([before, after]),
    ).toBeLessThan(0.045);
  });

  it('drops timecode, subtitles, cover art and a second sound track', async () => {
    await writeFile(join(folder, 'words.srt'), page);
    const art = await source('art.png', [...lavfi('color=red:s=64x64:d=0.1'), '-frames:v', '1']);
    const inputs = [
      ...card('96x160'),
      ...tone(),
      ...tone(),
      '-i',
      `file:${join(folder, 'words.srt')}`,
      '-i',
      `file:${art}`,
    ];
    const maps = [0, 1, 2, 3, 4].flatMap((input) => ['-map', `${input}`]);
    const kinds = [
      '-c:v:1',
      'copy',
      '-disposition:v:1',
      'attached_pic',
      '-c:s',
      'mov_text',
      '-timecode',
      '01:00:00:00',
    ];
    const path = await source('beside.mp4', [...inputs, ...maps, ...h264, ...sdr, ...aac, ...kinds, ...front]);
    expect((await streamsOf(path)).length).toBeGreaterThanOrEqual(5);
    const { words, path: out } = await port(path);
    expect(words).toBe('remux');
    expect((await streamsOf(out)).map((each) => each['codec_name'])).toEqual(['h264', 'aac']);
  });

  it.each<[string, () => Promise<Uint8Array | string>]>([
    ['nothing.mp4', async () => ''],
    ['zeros.mp4', async () => new Uint8Array(5000)],
    ['words.mp4', async () => page],
    ['playlist.mp4', async () => '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsquare.mp4\n#EXT-X-ENDLIST\n'],
    ['cut-off.mp4', async () => (await readFile(await listed('square.mp4'))).subarray(0, -500)],
  ])('refuses %s as damaged', async (name, content) => {
    const path = join(folder, `${pair.libavcodec[0]}-${name}`);
    await writeFile(path, await content());
    await expect(tools.ffprobe.probe(path, signal)).rejects.toThrow();
  });

  it('finds a truncated Matroska file while rendering, and does not name the result', async () => {
    const whole = await source('tail.mkv', [
      ...card('96x160', '', 30, 2),
      ...tone(2),
      ...hevc,
      '-pix_fmt',
      'yuv420p',
      ...aac,
    ]);
    const bytes = await readFile(whole);
    const path = join(folder, `${pair.libavcodec[0]}-tail.mkv`);
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * 0.5)));
    await expect(port(path)).rejects.toThrow('breaks-off');
  });
});

/** An MP4 whose picture a player turns and mirrors as `a b c d` say (ISO/IEC 14496-12, 8.3.2). */
function withMatrix(mp4: Buffer, [a, b, c, d]: readonly [number, number, number, number]): Buffer {
  const at = mp4.indexOf('tkhd') + 4 + 40;
  const copy = Buffer.from(mp4);
  for (const [index, value] of [a, b, 0, c, d, 0].entries()) copy.writeInt32BE(value * 65_536, at + index * 4);
  return copy;
}
