import { describe, expect, it } from 'vitest';
import {
  contentHashArgs,
  decodeArgs,
  packetHashArgs,
  remuxArgs,
  stillArgs,
  transcodeArgs,
} from '../../src/plan/ffmpeg-args.ts';
import type { PictureSettings } from '../../src/plan/plan.ts';
import { pictureSettings } from '../builders.ts';

const streams = { picture: 2, sound: 3, areFirst: false };
const paths = { input: '/in/it is.mov', output: '/out/a b.mp4' };
const context = { ...paths, streams, seconds: 12.5, time: 1_740_906_904, threads: 2 };
const settings = pictureSettings();

/** What follows an option; all of it where it stands more than once. */
const following = (options: readonly string[], name: string) =>
  options.flatMap((option, index) => (option === name ? [options[index + 1]] : []));
const filtersOf = (odd: Partial<PictureSettings>) =>
  following(transcodeArgs({ ...settings, ...odd }, 'copy', context).outputOptions, '-filter_complex').join();

describe('remuxArgs', () => {
  it('maps picture and sound by stream index, and nothing else', () => {
    const { inputs, outputOptions, output } = remuxArgs('copy', context);
    expect(inputs).toEqual([{ options: [], source: { file: context.input } }]);
    expect(following(outputOptions, '-map')).toEqual(['0:2', '0:3']);
    expect(following(outputOptions, '-c:v')).toEqual(['copy']);
    expect(following(outputOptions, '-c:a')).toEqual(['copy']);
    expect(output).toBe(context.output);
  });

  it('a silent track has the duration of the source, limited at its input', () => {
    const { inputs, outputOptions } = remuxArgs('silence', context);
    expect(inputs[1]).toEqual({ options: ['-t', '12.500'], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } });
    expect(following(outputOptions, '-map')).toEqual(['0:2', '1:0']);
    expect(outputOptions).not.toContain('-shortest');
  });

  it('drops metadata and keeps the date of the post', () => {
    const { outputOptions } = remuxArgs('copy', context);
    expect(following(outputOptions, '-map_metadata')).toEqual(['-1']);
    expect(following(outputOptions, '-map_chapters')).toEqual(['-1']);
    expect(following(outputOptions, '-metadata')).toEqual(['creation_time=2025-03-02T09:15:04.000Z']);
    expect(following(outputOptions, '-movflags')).toEqual(['+faststart']);
  });

  it('never removes edit lists', () => {
    expect(remuxArgs('copy', context).outputOptions).not.toContain('-use_editlist');
  });
});

describe('transcodeArgs', () => {
  it('copies an accepted picture if only the sound is encoded', () => {
    const { outputOptions } = transcodeArgs('copy', { kbps: 192, channels: 1, downmix: false, gain: 0 }, context);
    expect(following(outputOptions, '-c:v')).toEqual(['copy']);
    expect(following(outputOptions, '-c:a')).toEqual(['aac']);
    expect(following(outputOptions, '-b:a')).toEqual(['192k']);
    expect(following(outputOptions, '-ac')).toEqual(['1']);
    expect(outputOptions).not.toContain('-filter_complex');
  });

  it('copies an accepted sound if only the picture is encoded', () => {
    const { outputOptions } = transcodeArgs(settings, 'copy', context);
    expect(following(outputOptions, '-c:v')).toEqual(['libx264']);
    expect(following(outputOptions, '-c:a')).toEqual(['copy']);
    expect(following(outputOptions, '-map')).toEqual(['[picture]', '0:3']);
    expect(following(outputOptions, '-threads')).toEqual(['2']);
  });

  it.each([
    [60, '60'],
    [59_940 / 1000, '59.94'],
    [30_000 / 1001, '30000/1001'],
    [24_000 / 1001, '24000/1001'],
  ])('frame rate %s', (fps, rate) => {
    const { outputOptions } = transcodeArgs({ ...settings, fps }, 'copy', context);
    expect(following(outputOptions, '-r')).toEqual([rate]);
    expect(following(outputOptions, '-fps_mode')).toEqual(['cfr']);
  });

  it.each([
    [12_000, '12000k', '24000k'],
    [100, '100k', '200k'],
  ])('bit rate cap %d kb/s', (maxKbps, rate, buffer) => {
    const { outputOptions } = transcodeArgs({ ...settings, maxKbps }, 'copy', context);
    expect([...following(outputOptions, '-maxrate'), ...following(outputOptions, '-bufsize')]).toEqual([rate, buffer]);
  });

  const landscape = { source: { width: 1920, height: 1080 } };
  const turning = ['transpose', 'hflip', 'vflip'];
  it.each<[string, Partial<PictureSettings>, string[], string[]]>([
    ['scaled', {}, ['scale=1080:1920:flags=lanczos'], ['bwdif', 'tonemap', 'boxblur', 'pad=', 'crop=', ...turning]],
    ['padded', { ...landscape, fit: 'pad' }, ['scale=1080:606:', 'pad=1080:1920'], ['crop=', 'boxblur']],
    ['cropped', { ...landscape, fit: 'crop' }, ['scale=3412:1920:', 'crop=1080:1920:1166:0'], ['pad=', 'boxblur']],
    [
      'cropped at the left edge',
      { ...landscape, fit: 'crop', centre: { x: 0.1, y: 0.9 } },
      ['crop=1080:1920:0:0'],
      ['pad=', 'boxblur'],
    ],
    ['blurred', { ...landscape, fit: 'blur' }, ['scale=1080:606:', 'boxblur', '[fill][front]overlay='], ['pad=']],
    ['HDR10', { transfer: 'pq' }, ['tin=smpte2084', 'tonemap=mobius'], ['bwdif', 'lutrgb', 'colorspace=']],
    ['HLG', { transfer: 'hlg', primaries: 'bt2020' }, ['tin=arib-std-b67', 'pin=bt2020'], ['lutrgb', 'colorspace=']],
    ['HDR without zscale', { transfer: 'pq', light: 'curves' }, ['lutrgb='], ['zscale', 'tonemap=']],
    ['BT.2020 without HDR', { primaries: 'bt2020', matrix: 'bt2020' }, ['pin=bt2020', 'min=2020_ncl'], ['tonemap=']],
    ['Display P3', { primaries: 'p3' }, ['pin=smpte432', 'min=709'], ['tonemap=']],
    ['Display P3 without zscale', { primaries: 'p3', light: 'curves' }, ['iprimaries=smpte432'], ['zscale']],
    ['full range', { range: 'full' }, ['in_range=full:out_color_matrix=bt709:out_range=limited'], ['colorspace=']],
    ['interlaced', { interlaced: true }, ['bwdif'], ['tonemap']],
    ['both', { interlaced: true, transfer: 'pq' }, ['bwdif=mode=send_frame,scale='], []],
    ['turned, which ffmpeg does by itself', { rotation: 90 }, [], turning],
    ['mirrored', { mirrored: true }, ['hflip'], ['transpose', 'vflip']],
    ['mirrored and turned, in this order', { mirrored: true, rotation: 90 }, ['hflip,transpose=clock'], ['vflip']],
    ['mirrored top to bottom', { mirrored: true, rotation: 180 }, ['hflip,hflip,vflip'], ['transpose']],
    ['fields before turning', { interlaced: true, rotation: 270 }, ['bwdif', 'transpose=cclock'], ['flip']],
  ])('%s', (_odd, odd, present, absent) => {
    const filters = filtersOf(odd);
    for (const part of present) expect(filters).toContain(part);
    for (const part of absent) expect(filters).not.toContain(part);
    expect(filters).toMatch(/^\[0:2\].*,format=yuv420p,setsar=1.*\[picture\](;\[1:v:0\]nullsink)?$/);
  });

  it.each([2, 16, 404, 1080])('a blurred fill of %d pixels is scaled to an even size', (width) => {
    const [, small] = /\[back\]scale=(\d+):\d+:/.exec(filtersOf({ fit: 'blur', width })) ?? [];
    expect(Number(small) % 2).toBe(0);
    expect(Number(small)).toBeGreaterThanOrEqual(16);
  });
});

it.each([
  ['the frame of a cover', stillArgs('/a b.mp4', 2, 0.2, settings)],
  ['a hash of packets', packetHashArgs('/a b.mp4', [2])],
  ['hashes of packets of two streams', packetHashArgs('/a b.mp4', [2, 0])],
  ['a hash of what is decoded', contentHashArgs('/a b.mp4', 3)],
  ['a whole decode', decodeArgs('/a b.mp4', streams)],
])('%s reads one file and sets its demuxer list', (_odd, { inputs, outputOptions }) => {
  expect(inputs.map(({ source }) => source)).toEqual([{ file: '/a b.mp4' }]);
  expect(outputOptions).toContain('-f');
});
