import { describe, expect, it } from 'vitest';
import type { VideoStream } from '../../src/model/probe.ts';
import { frameRate, rateText } from '../../src/plan/frame-rate.ts';
import { targets } from '../../src/targets/index.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { videoStream } from '../builders.ts';

const rate = (odd: Partial<VideoStream>) => frameRate(videoStream(odd), rednote.video.accept);

describe('a constant frame rate', () => {
  it.each([
    ['as it is', 30, 30],
    ['as it is', 25, 25],
    ['as it is', 59.94, 60_000 / 1001],
    ['as it is', 24, 24],
    ['as it is', 48, 48],
    ['as it is', 50, 50],
    ['as it is', 60, 60],
    ['of film on television', 23.976, 24_000 / 1001],
    ['of American television', 29.97, 30_000 / 1001],
    ['of no name', 27.5, 27.5],
    ['halved', 120, 60],
    ['halved', 119.88, 60_000 / 1001],
    ['halved', 90, 45],
    ['a third', 150, 50],
    ['a quarter', 240, 60],
    ['doubled', 12, 24],
    ['doubled', 15, 30],
    ['three times', 10, 30],
    ['of a slideshow', 1 / 3, 24],
    ['of a clock that is no rate', 1_000_000, 60],
    ['not known', 0, 30],
    ['without a multiple that is allowed', 23.9, 47.8],
  ])('%s: %d becomes %d', (_odd, fps, expected) => {
    expect(rate({ fps, baseFps: fps })).toBeCloseTo(expected, 9);
  });
});

describe('a variable frame rate', () => {
  it.each<[string, number, number, number]>([
    ['a recording of a screen', 37.2, 60, 60],
    ['a recording of a still screen', 3.1, 60, 60],
    ['a phone that drops frames', 18.6, 30, 30],
    ['a phone whose clock is all there is', 29.7, 90_000, 30],
    ['the same in PAL', 24.9, 90_000, 25],
    ['the same of film', 23.7, 90_000, 24],
    ['the same of fast film', 47.6, 90_000, 48],
    ['the same of fast PAL', 49.6, 90_000, 50],
    ['the same of games', 59.2, 1000, 60],
    ['between the common ones', 41, 90_000, 60],
    ['an average that says nothing', 4.7, 90_000, 30],
    ['faster than allowed', 97, 240, 60],
    ['slow all the same', 9, 12, 24],
  ])('%s: %d of at most %d becomes %d', (_odd, fps, baseFps, expected) => {
    expect(rate({ fps, baseFps })).toBeCloseTo(expected, 9);
  });

  it('does not count fields as frames', () => {
    expect(rate({ fps: 25, baseFps: 50, interlaced: true })).toBe(25);
  });
});

it('is equal for every platform, so that they share a file', () => {
  for (const fps of [1, 7.5, 15, 23.976, 24, 30, 48, 60, 90, 120]) {
    const rates = targets.map(({ video }) => frameRate(videoStream({ fps, baseFps: fps }), video.accept));
    expect(new Set(rates).size).toBe(1);
  }
});

it.each([
  [30, '30'],
  [30_000 / 1001, '30000/1001'],
  [60_000 / 1001, '60000/1001'],
  [27.5, '27.5'],
])('%d is formatted as %s', (fps, text) => {
  expect(rateText(fps)).toBe(text);
});
