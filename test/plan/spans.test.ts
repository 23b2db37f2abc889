import { describe, expect, it } from 'vitest';
import { type CutPoints, chooseSpans, type Window } from '../../src/plan/spans.ts';

const allowed = { longest: 100, shortest: 3 };

/** A key frame every so many seconds, decoded a tenth before it is shown. */
function keyFrames(every: number, until = 1000): CutPoints['keyFrames'] {
  return Array.from({ length: Math.floor(until / every) }, (_, index) => index * every).map((at) => ({
    at,
    decodedAt: at - 0.1,
  }));
}

const points = (odd: Partial<CutPoints> = {}): CutPoints => ({
  ...{ keyFrames: [], silences: [], scenes: [], stills: [] },
  ...odd,
});

/** Where it is cut; `no key frame` where it cannot be. */
function cuts(
  seconds: number,
  found: CutPoints | undefined,
  picture: 'copied' | 'encoded' = 'copied',
  how: 'split' | 'trim' = 'split',
): number[] | string {
  const spans = chooseSpans(seconds, allowed, how, picture, () => found);
  return spans?.flatMap(({ to }) => (to === null ? [] : [to])) ?? 'no key frame';
}

describe('chooseSpans', () => {
  it.each<[string, number, CutPoints, number[] | string]>([
    ['not too long', 100, points(), []],
    ['the last key frame where nothing rests', 150, points({ keyFrames: keyFrames(4) }), [100]],
    ['at a silence', 150, points({ keyFrames: keyFrames(2), silences: [{ from: 93.5, to: 94.5 }] }), [94]],
    ['nearest to a silence', 150, points({ keyFrames: keyFrames(5), silences: [{ from: 91, to: 92 }] }), [90]],
    ['nearest to a scene', 150, points({ keyFrames: keyFrames(2), scenes: [{ at: 95.9, score: 0.5 }] }), [96]],
    [
      'of two that are as near the later',
      150,
      points({ keyFrames: keyFrames(2), silences: [{ from: 91, to: 97 }] }),
      [96],
    ],
    ['each part from where the last one ended', 290, points({ keyFrames: keyFrames(7) }), [98, 196]],
    ['what is left is not too short', 102, points({ keyFrames: keyFrames(1) }), [99]],
    ['no key frame in the last tenth', 150, points({ keyFrames: keyFrames(60) }), 'no key frame'],
    ['only one, at the beginning', 300, points({ keyFrames: keyFrames(1000, 1000) }), 'no key frame'],
  ])('copied, %s', (_odd, seconds, found, expected) => {
    expect(cuts(seconds, found)).toEqual(expected);
  });

  it.each<[string, CutPoints, number[]]>([
    ['at the end of what is allowed where nothing rests', points(), [100]],
    [
      'in the middle of the longest silence',
      points({
        silences: [
          { from: 91, to: 92 },
          { from: 93, to: 96 },
        ],
      }),
      [94.5],
    ],
    [
      'at the hardest scene',
      points({
        scenes: [
          { at: 92, score: 0.4 },
          { at: 95, score: 0.9 },
          { at: 98, score: 0.3 },
        ],
      }),
      [95],
    ],
    ['at a scene where the window begins', points({ scenes: [{ at: 90, score: 0.4 }] }), [90]],
    [
      'in the middle of the longest silence, which is the first',
      points({
        silences: [
          { from: 91, to: 94 },
          { from: 95, to: 96 },
        ],
      }),
      [92.5],
    ],
    [
      'at a scene in a silence',
      points({
        scenes: [
          { at: 92, score: 0.9 },
          { at: 98, score: 0.4 },
        ],
        silences: [
          { from: 90, to: 91 },
          { from: 97, to: 99.8 },
        ],
      }),
      [98],
    ],
    [
      'at a scene with which a silence begins',
      points({ scenes: [{ at: 95, score: 0.4 }], silences: [{ from: 95, to: 97 }] }),
      [95],
    ],
    [
      'at a scene with which a silence ends',
      points({ scenes: [{ at: 97, score: 0.4 }], silences: [{ from: 95, to: 97 }] }),
      [97],
    ],
    [
      'in a silence rather than at a scene behind it',
      points({ scenes: [{ at: 99, score: 0.9 }], silences: [{ from: 93, to: 95 }] }),
      [94],
    ],
    ['not outside the window', points({ silences: [{ from: 99, to: 120 }], scenes: [{ at: 89, score: 1 }] }), [100]],
  ])('encoded, %s', (_odd, found, expected) => {
    expect(cuts(150, found, 'encoded')).toEqual(expected);
  });

  it('trim: one range, as long as possible', () => {
    const silence = [{ from: 91, to: 92 }];
    expect(cuts(500, points({ keyFrames: keyFrames(2), silences: silence }), 'copied', 'trim')).toEqual([100]);
    expect(cuts(500, points({ silences: silence }), 'encoded', 'trim')).toEqual([100]);
    expect(chooseSpans(500, allowed, 'trim', 'encoded', () => points())).toHaveLength(1);
  });

  it.each<[string, CutPoints['stills'], object, object]>([
    ['in the middle of a still', [{ from: 70.5, to: 120 }], { holds: true }, { shownFrom: 70.5, holds: true }],
    ['in the last still', [{ from: 70.5, to: null }], { holds: true }, { shownFrom: 70.5, holds: true }],
    ['where a still begins', [{ from: 100, to: 120 }], {}, {}],
    ['where a still ends', [{ from: 90, to: 100.0005 }], {}, {}],
    ['beside a still', [{ from: 90, to: 95 }], {}, {}],
  ])('encoded, cut %s: the next part starts with the visible frame', (_odd, stills, before, after) => {
    const spans = chooseSpans(150, allowed, 'split', 'encoded', () => points({ stills }));
    expect(spans).toEqual([
      { from: 0, to: 100, decodedTo: 100, ...before },
      { from: 100, to: null, decodedTo: null, ...after },
    ]);
  });

  it('a copied range needs no earlier frame', () => {
    const found = points({ keyFrames: keyFrames(4), stills: [{ from: 1, to: null }] });
    expect(chooseSpans(150, allowed, 'split', 'copied', () => found)?.[1]).toEqual({
      from: 100,
      to: null,
      decodedTo: null,
    });
  });

  it('limits reading of copied packets by decode timestamp', () => {
    const [first, last] = chooseSpans(150, allowed, 'split', 'copied', () => points({ keyFrames: keyFrames(4) })) ?? [];
    expect(first).toEqual({ from: 0, to: 100, decodedTo: 99.9 });
    expect(last).toEqual({ from: 100, to: null, decodedTo: null });
  });

  it('rounds down to the millisecond, so that no frame is cut off', () => {
    const found = points({ keyFrames: [{ at: 95.066667, decodedAt: 95.033333 }] });
    expect(chooseSpans(150, allowed, 'split', 'copied', () => found)?.[0]).toEqual({
      from: 0,
      to: 95.066,
      decodedTo: 95.033,
    });
  });

  it('requests one window after the other, each after the previous cut', () => {
    const seen: Window[] = [];
    chooseSpans(290, allowed, 'split', 'copied', (window) => {
      seen.push(window);
      return points({ keyFrames: keyFrames(7) });
    });
    expect(seen).toEqual([
      { from: 90, to: 100 },
      { from: 188, to: 198 },
    ]);
  });

  it.each(['copied', 'encoded'] as const)('a missing measurement gives a forecast of the whole, %s', (picture) => {
    expect(chooseSpans(290, allowed, 'split', picture, () => undefined)).toEqual([
      { from: 0, to: 100, decodedTo: 100 },
      { from: 100, to: null, decodedTo: null },
    ]);
  });
});
