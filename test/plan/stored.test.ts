import { describe, expect, it } from 'vitest';
import type { VideoStream } from '../../src/model/probe.ts';
import { storageOf } from '../../src/plan/stored.ts';
import { videoStream } from '../builders.ts';

const untagged = { matrix: null, primaries: null, transfer: null, range: null } as const;
const small = { width: 320, height: 568 };

describe('how a stored picture is interpreted', () => {
  it.each<[string, Partial<VideoStream>, string]>([
    ['BT.709', {}, 'bt709 bt709 sdr limited'],
    ['BT.709, small', { ...small }, 'bt709 bt709 sdr limited'],
    ['no tags, large', untagged, 'bt709 bt709 sdr limited'],
    ['no tags, small', { ...untagged, ...small }, 'bt601 bt709 sdr limited'],
    ['no tags, upright, 576 wide', { ...untagged, width: 576, height: 1024 }, 'bt709 bt709 sdr limited'],
    ['no tags, upright, 480 wide', { ...untagged, width: 480, height: 854 }, 'bt709 bt709 sdr limited'],
    ['no tags, PAL on its side', { ...untagged, width: 720, height: 576 }, 'bt601 bt709 sdr limited'],
    ['no tags, wide and flat', { ...untagged, width: 1280, height: 544 }, 'bt709 bt709 sdr limited'],
    ['FCC', { matrix: 'fcc', primaries: 'bt470m' }, 'fcc bt709 sdr limited'],
    ['the matrix of BT.2020, with primaries of BT.709', { matrix: 'bt2020nc' }, 'bt2020 bt709 sdr limited'],
    ['SMPTE 240M', { matrix: 'smpte240m', primaries: 'smpte240m' }, 'smpte240m bt709 sdr limited'],
    ['NTSC', { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' }, 'bt601 bt709 sdr limited'],
    ['PAL', { matrix: 'bt470bg', primaries: 'bt470bg', transfer: 'gamma28' }, 'bt601 bt709 sdr limited'],
    ['full range by its tag', { range: 'full' }, 'bt709 bt709 sdr full'],
    ['full range by its format', { ...untagged, pixelFormat: 'yuvj420p' }, 'bt709 bt709 sdr full'],
    ['Display P3', { primaries: 'smpte432' }, 'bt709 p3 sdr limited'],
    [
      'BT.2020 without HDR',
      { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'bt2020-10' },
      'bt2020 bt2020 sdr limited',
    ],
    ['the matrix of BT.2020 alone', { ...untagged, matrix: 'bt2020nc' }, 'bt2020 bt2020 sdr limited'],
    ['HDR10', { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084' }, 'bt2020 bt2020 pq limited'],
    ['HLG', { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67' }, 'bt2020 bt2020 hlg limited'],
    ['HLG that says nothing else', { ...untagged, transfer: 'arib-std-b67' }, 'bt2020 bt2020 hlg limited'],
  ])('%s', (_odd, odd, expected) => {
    const { matrix, primaries, transfer, range, light } = storageOf(videoStream(odd));
    expect(`${matrix} ${primaries} ${transfer} ${range}`).toBe(expected);
    expect(light).toBe('zscale');
  });

  it('takes rotation, mirroring and interlacing from the file', () => {
    const odd = { rotation: 270, mirrored: true, interlaced: true } as const;
    expect(storageOf(videoStream(odd))).toMatchObject(odd);
  });
});
