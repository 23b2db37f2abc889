import { expect, it } from 'vitest';
import { isWatermarkedName } from '../../src/originals/watermark.ts';

const id = '7477122334455667788';

it.each([
  'maya_watermark_12',
  'maya_watermark_(3)',
  'maya_watermark(13)',
  'maya_watermark-12 (3)',
  'maya.watermark',
  'maya-with-watermark',
  'maya_watermarked',
  'with_watermark',
  'watermarked_12',
  'with.watermark-1',
  'with_wm_12',
  'clip [with_watermark]',
  'clip (with-watermark)-12',
  'clip(watermarked) 3',
  `maya ${id} wm(12)`,
  `Harbour ${id}_wm`,
  'maya_with_my_watermark',
  'DOWNLOAD_ADDR',
  'x.wmplay-1',
  'no_wmb_watermark',
])('%s.mp4 has a watermark', (name) => expect(isWatermarkedName(`${name}.mp4`)).toBe(true));

it.each([
  ...'no non not without un remove removed removes remover removing free'.split(' ').map((word) => `${word}_watermark`),
  ...['no', 'no_', 'no.', 'no-', 'no ', 'no__'].map((start) => `x_${start}watermark`),
  ...['the', 'a', 'an'].map((article) => `without_${article}_watermark`),
  ...['-', '.'].flatMap((separator) => [`without${separator}the${separator}watermark`]),
  'without a watermark_watermark',
  'watermark_free_watermark',
  'watermark free_watermark',
  'watermarkremoval_watermark',
  'no.wm_12',
  'no_wm',
])('%s.mp4 has none, as it says itself', (name) => expect(isWatermarkedName(`${name}.mp4`)).toBe(false));

it.each([
  'maya watermark',
  'mayawatermark',
  'maya_watermark_a',
  'maya_watermark 12',
  'maya_watermark_12a',
  'maya_awatermark',
  'clip (watermark) x',
  'clip (watermark 1)',
  'clip watermark)',
  'clip (watermark',
  'clip (the watermark)',
  `maya ${id.slice(1)} wm`,
  `maya ${id} wm x`,
  `maya ${id} swm`,
  'x_watermark_1a',
  'a watermarked-1',
  'watermark-a1',
  'maya_with_wm',
  'wm_12_maya',
  'download_addresses',
  'swmplay',
  'watermark me',
  'a_b_c_d_watermark',
])('%s.mp4 says nothing of a watermark', (name) => expect(isWatermarkedName(`${name}.mp4`)).toBe(false));
