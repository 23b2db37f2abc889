import { expect, it } from 'vitest';
import { coverFrame, readPpm } from '../../src/plan/cover-frame.ts';

it.each([
  [1080, 1920, 1080, 1920],
  [320, 568, 320, 568],
  [2160, 3840, 1080, 1920],
  [3840, 2160, 3413, 1920],
  [1080, 2400, 1080, 2400],
  [4000, 100, 4000, 100],
])('a frame of %i x %i becomes %i x %i', (width, height, ...expected) => {
  const found = coverFrame({ width, height });
  expect([found.width, found.height]).toEqual(expected);
});

const pixels = Buffer.from([1, 2, 3, 4, 5, 6]);
it.each<[string, Buffer, boolean]>([
  ['a picture', Buffer.concat([Buffer.from('P6\n2 1\n255\n'), pixels]), true],
  ['nothing', Buffer.alloc(0), false],
  ['a short one', Buffer.concat([Buffer.from('P6\n2 1\n255\n'), pixels.subarray(1)]), false],
  ['two in a row', Buffer.concat([Buffer.from('P6\n2 1\n255\n'), pixels, pixels]), false],
  ['one of 16 bits', Buffer.concat([Buffer.from('P6\n2 1\n65535\n'), pixels, pixels]), false],
  ['another format', Buffer.concat([Buffer.from('P5\n2 3\n255\n'), pixels]), false],
])('reads %s', (_what, bytes, isRead) => {
  const found = readPpm(new Uint8Array(bytes));
  expect(found).toEqual(isRead ? { width: 2, height: 1, pixels: new Uint8Array(pixels) } : null);
});
