import { expect, it } from 'vitest';
import { wholePicture } from '../../src/plan/cover.ts';
import { measure } from '../../src/render/measure.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { originalFile, videoProbe } from '../builders.ts';

const signal = new AbortController().signal;

it.each([
  ['a second in', videoProbe({ seconds: 20 }), 1],
  ['the middle of a shorter one', videoProbe({ seconds: 0.4 }), 0.2],
  ['the middle of the picture, which sound outlasts', videoProbe({ seconds: 5 }, { seconds: 1 }), 0.5],
])('cover: %s', async (_name, probe, at) => {
  expect(
    await measure({ kind: 'cover', ...wholePicture(probe) }, { file: originalFile(), probe }, {} as Tools, signal),
  ).toBe(at);
});
