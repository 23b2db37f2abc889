import { describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import { decideParts } from '../../src/plan/parts.ts';
import type { Fit, Long } from '../../src/plan/plan.ts';
import type { CutPoints } from '../../src/plan/spans.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import type { Target } from '../../src/targets/target.ts';
import { audioStream, videoProbe } from '../builders.ts';

type Odd = Parameters<typeof videoProbe>;

interface Asked {
  readonly target?: Target;
  readonly long?: Long;
  readonly fit?: Fit;
  /** What is found in every window; undefined: nothing is measured. */
  readonly points?: Partial<CutPoints> | undefined;
  /** Where these parts begin there is no sound. */
  readonly silentFrom?: readonly number[];
}

/** A key frame each two seconds, decoded a tenth before it is shown. */
const keyFrames = Array.from({ length: 1000 }, (_, index) => ({ at: index * 2, decodedAt: index * 2 - 0.1 }));

function decide([odd, picture]: Odd, asked: Asked = {}) {
  const { target = shorts, long = 'split', fit = 'blur', silentFrom = [] } = asked;
  const points = 'points' in asked ? asked.points : { keyFrames };
  const measurements = new Measurements();
  const tell = () => {
    const requests = { long, reasons: [], gain: 0, issues: [] };
    return decideParts(videoProbe(odd, picture), target.video, fit, requests, measurements);
  };
  let decision = tell();
  const measured: string[] = [];
  for (let wanted = measurements.takeWanted(); wanted.length > 0; wanted = measurements.takeWanted()) {
    for (const each of wanted) {
      measured.push('from' in each ? `${each.kind} ${each.from}-${each.to}` : each.kind);
      if (each.kind === 'cut-points' && points !== undefined)
        measurements.answer(each, { keyFrames: [], silences: [], scenes: [], stills: [], ...points });
      if (each.kind === 'sound') measurements.answer(each, !silentFrom.includes(each.from));
    }
    if (points === undefined) break;
    decision = tell();
  }
  if (decision.kind !== 'make') throw new Error(decision.issues.map(({ code }) => code).join(' '));
  return { ...decision, measured };
}

type Part = ReturnType<typeof decide>['parts'][number];

/** `remux copy 0-180`, `transcode encoded/silence 0-180`; the span that is read, if there is one. */
function inWords(operation: Part['operation'] | null): string {
  if (operation === null) return 'nothing';
  if (operation.kind !== 'remux' && operation.kind !== 'transcode') return operation.kind;
  const [picture, sound] = [operation.kind === 'remux' ? null : operation.picture, operation.sound].map((each) =>
    each === null ? 'remux' : typeof each === 'object' ? 'encoded' : each,
  );
  const { span } = operation;
  return `${picture}/${sound}${span ? ` ${span.from}-${span.to ?? ''}${span.byFrames ? ' by frames' : ''}` : ''}`;
}

const all = ({ parts }: ReturnType<typeof decide>) =>
  parts.map(({ operation, instead, from, to }) => `${from}-${to}: ${inWords(operation)}, else ${inWords(instead)}`);

const late = { code: 'key-frame-late', severity: 'info', limit: 0 } as const;
const mp3 = { audio: [audioStream({ codec: 'mp3' })] };

describe('the parts of a video, and what replaces a part whose copy fails', () => {
  it.each<[string, Odd, Asked, string[]]>([
    ['accepted as it is', [], {}, ['0-20: copy, else nothing']],
    ['with its index last', [{ moovFirst: false }], {}, ['0-20: remux/copy, else encoded/encoded']],
    ['without sound', [{ audio: [] }], {}, ['0-20: remux/silence, else encoded/silence']],
    ['with MP3 sound', [mp3], {}, ['0-20: copy/encoded, else encoded/encoded']],
    ['of another codec', [{}, { codec: 'vp9' }], {}, ['0-20: encoded/copy, else encoded/encoded']],
    ['of other codecs', [mp3, { codec: 'vp9' }], {}, ['0-20: encoded/encoded, else nothing']],
    [
      'whose first key frame is late',
      [{}, { keyFrameAt: 1.50049 }],
      {},
      ['1.5-20: encoded/encoded 1.5-, else nothing'],
    ],
    ['as long as allowed', [{ seconds: 180.05 }], {}, ['0-180.05: copy, else nothing']],
    [
      'too long but for what is before its first key frame',
      [{ seconds: 181 }, { keyFrameAt: 1 }],
      {},
      ['1-181: encoded/encoded 1-, else nothing'],
    ],
    [
      'short, whose first key frame is very late',
      [{ seconds: 100 }, { keyFrameAt: 90 }],
      {},
      ['90-100: encoded/encoded 90-, else nothing'],
    ],
    [
      'too long, with a sound that is encoded: at a key frame',
      [{ ...mp3, seconds: 300 }],
      { points: { keyFrames: [{ at: 170, decodedAt: 170 }] }, long: 'trim' },
      ['0-170: copy/encoded 0-170, else encoded/encoded 0-170'],
    ],
    [
      'too long',
      [{ seconds: 300 }],
      {},
      ['0-180: remux/copy 0-180, else encoded/encoded 0-180', '180-300: remux/copy 180-, else encoded/encoded 180-'],
    ],
    ['too long, cut', [{ seconds: 300 }], { long: 'trim' }, ['0-180: remux/copy 0-180, else encoded/encoded 0-180']],
    [
      'too long, with a late key frame',
      [{ seconds: 300 }, { keyFrameAt: 1 }],
      {},
      ['1-181: encoded/encoded 1-181, else nothing', '181-300: encoded/encoded 181-, else nothing'],
    ],
    [
      'too long, with a part in which nothing is heard',
      [{ seconds: 300 }],
      { silentFrom: [180] },
      ['0-180: remux/copy 0-180, else encoded/encoded 0-180', '180-300: remux/silence 180-, else encoded/silence 180-'],
    ],
    [
      'too long, without a key frame where it is cut',
      [{ seconds: 300 }],
      { points: {} },
      [
        '0-180: encoded/copy 0-180, else encoded/encoded 0-180',
        '180-300: encoded/copy 180-, else encoded/encoded 180-',
      ],
    ],
    [
      'too long, with times that jump',
      [{ seconds: 300, jumps: true }],
      { silentFrom: [0, 180] },
      ['0-180: encoded/encoded 0-180 by frames, else nothing', '180-300: encoded/encoded 180- by frames, else nothing'],
    ],
    [
      'too long by less than the shortest part that is taken',
      [{ seconds: 901 }],
      { target: reels },
      ['0-898: remux/copy 0-898, else encoded/encoded 0-898', '898-901: remux/copy 898-, else encoded/encoded 898-'],
    ],
    [
      'too long by less than a second',
      [{ seconds: 180.5 }],
      {},
      ['0-178: remux/copy 0-178, else encoded/encoded 0-178', '178-180.5: remux/copy 178-, else encoded/encoded 178-'],
    ],
  ])('%s', (_odd, probe, asked, expected) => {
    expect(all(decide(probe, asked))).toEqual(expected);
  });

  it.each<[string, Odd, Asked, object[], object[]]>([
    ['accepted as it is', [], {}, [], []],
    ['with its index last', [{ moovFirst: false }], {}, [{ code: 'moov-position', severity: 'info' }], []],
    [
      'whose first key frame is late',
      [{}, { keyFrameAt: 1.5 }],
      {},
      [{ ...late, actual: 1.5 }],
      [{ ...late, actual: 1.5 }],
    ],
    [
      'too long, and whose first key frame is late',
      [{ seconds: 300 }, { keyFrameAt: 1.5 }],
      {},
      [late, { code: 'duration', severity: 'info', actual: 300, limit: 180 }],
      [late, { code: 'duration-split', severity: 'info', actual: 300, limit: 180 }],
    ],
    [
      'split',
      [{ seconds: 300.456 }],
      {},
      [{ code: 'duration' }],
      [{ code: 'duration-split', severity: 'info', actual: 300.46, limit: 180 }],
    ],
    [
      'trimmed, of which the rest is lost',
      [{ seconds: 300.456 }],
      { long: 'trim' },
      [{ code: 'duration' }],
      [{ code: 'duration-trimmed', severity: 'info', actual: 120.46, limit: 180 }],
    ],
    [
      'without a key frame where it is cut',
      [{ seconds: 300 }],
      { points: {} },
      [{ code: 'duration' }, { code: 'no-key-frame', severity: 'info', actual: null, limit: null }],
      [{ code: 'duration-split' }],
    ],
  ])('a video %s: why it is made, and what is said', (_odd, probe, asked, why, issues) => {
    const decision = decide(probe, asked);
    expect(decision.why).toMatchObject(why);
    expect(decision.issues).toMatchObject(issues);
    expect([decision.why.length, decision.issues.length]).toEqual([why.length, issues.length]);
  });

  it.each<[string, Odd, Asked, string[]]>([
    ['nothing of a video that is copied', [], {}, []],
    ['nothing of one that is remuxed whole', [{ moovFirst: false }], {}, []],
    ['whether there is sound behind a late key frame', [{}, { keyFrameAt: 1.5 }], {}, ['sound 1.5-20']],
    [
      'where to cut, and whether each part has sound',
      [{ seconds: 300 }],
      {},
      ['cut-points 162-180', 'sound 0-180', 'sound 180-300'],
    ],
    ['not whether there is sound where there is no track', [{ seconds: 300, audio: [] }], {}, ['cut-points 162-180']],
    ['nothing where times jump', [{ seconds: 300, jumps: true }], {}, []],
  ])('measures %s', (_what, probe, asked, expected) => {
    // A forecast is made while nothing is measured, with the sound of its parts.
    expect([...new Set(decide(probe, asked).measured)].toSorted()).toEqual(expected);
  });

  it('a part of a slide show goes on with the slide that is seen, but not behind the break of a file', () => {
    const stills = [{ from: 170, to: null }];
    const second = (breaksOff: boolean) => {
      const { operation } =
        decide([{ seconds: 300, breaksOff }, { codec: 'vp9' }], { points: { stills } }).parts[1] ?? {};
      return operation?.kind === 'transcode' ? operation.span : null;
    };
    expect(second(false)).toMatchObject({ from: 180, shownFrom: 170, holds: true });
    expect(second(true)).toEqual({ from: 180, to: null, decodedTo: null });
  });

  it.each<[string, Odd, Long, Fit, Target, string]>([
    ['longer than allowed, and nothing was asked', [{ seconds: 300 }], 'reject', 'blur', shorts, 'duration'],
    ['shorter than allowed', [{ seconds: 2 }], 'split', 'blur', reels, 'duration'],
    ['of a shape that may not be changed', [{}, { width: 1920, height: 1080 }], 'split', 'keep', shorts, 'shape'],
  ])('a video %s is rejected', (_odd, [odd, picture], long, fit, target, code) => {
    expect(() => decide([odd, picture], { long, fit, target })).toThrow(new RegExp(`^${code}$`));
  });
});
