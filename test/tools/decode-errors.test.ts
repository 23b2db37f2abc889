import { describe, expect, it } from 'vitest';
import { isDecodeError } from '../../src/tools/decode-errors.ts';

/** Lines as ffmpeg 4.1 to 7 prints them. */
describe('isDecodeError', () => {
  it.each([
    '[h264 @ 0x563dbefd2600] error while decoding MB 8 33, bytestream 1557',
    '[h264 @ 0x5581] cabac decode of qscale diff failed at 8 33',
    '[h264 @ 0x5581] concealing 372 DC, 372 AC, 372 MV errors in P frame',
    '[h264 @ 0x5581] Invalid NAL unit size (805306390 > 2048).',
    '[h264 @ 0x5581] Error splitting the input into NAL units.',
    '[hevc @ 0x5581] The cu_qp_delta 37 is outside the valid range [-26, 25].',
    '[NULL @ 0x5581] Invalid NAL unit 0, skipping.',
    'Error while decoding stream #0:1: Invalid data found when processing input',
    '[vist#0:0/h264 @ 0x5581] Error submitting packet to decoder: Invalid data found when processing input',
    '[vist#0:0/hevc @ 0x5581] Decoding error: Invalid data found when processing input',
  ])('a decoding error: %s', (line) => {
    expect(isDecodeError(line)).toBe(true);
  });

  it.each([
    '[h264 @ 0x5581] non-existing PPS 0 referenced',
    '[h264 @ 0x5581] reference picture missing during reorder',
    '[h264 @ 0x5581] co located POCs unavailable',
    '[h264 @ 0x5581] Increasing reorder buffer to 2',
    '[hevc @ 0x5581] Could not find ref with POC 8',
    '[mp4 @ 0x5581] Non-monotonous DTS in output stream 0:1; previous: 4096, current: 3072; changing to 4097.',
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5581] Could not find codec parameters for stream 2 (Audio: none)',
    '[swscaler @ 0x5581] deprecated pixel format used, make sure you did set range correctly',
    '[mpegts @ 0x5581] DTS discontinuity in stream 0: packet 4 with DTS 900000, packet 5 with DTS 3600',
    'joined.ts: corrupt input packet in stream 0',
    '[mpegts @ 0x5581] Packet corrupt (stream = 0, dts = 133500).',
    'More than 1000 frames duplicated',
  ])('also printed for intact files: %s', (line) => {
    expect(isDecodeError(line)).toBe(false);
  });
});
