import { describe, expect, it } from 'vitest';
import { gainFor, type Loudness, worthwhileGain } from '../../src/plan/loudness.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { requestsFor } from '../../src/plan/video-requests.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { shorts } from '../../src/targets/shorts.ts';
import { planOptions, post, videoProbe } from '../builders.ts';

const song = 'Espresso - Sabrina Carpenter';
const names = ['maya'];

function told(sound: string | null, how: 'keep' | 'mute', target = rednote, seconds = 20): string[] {
  const requests = requestsFor(
    post({ sound }),
    videoProbe({ seconds }),
    target.video.advice,
    planOptions({ sound: how, names }),
    new Measurements(),
  );
  return [...requests.reasons, ...requests.issues].map(({ code, severity }) => `${code} ${severity}`);
}

describe('sound of another creator', () => {
  it.each<[string, string | null, 'keep' | 'mute', string[]]>([
    ['of the creator', 'original sound - maya', 'keep', []],
    ['of the creator', 'original sound - maya', 'mute', []],
    ['a song', song, 'keep', ['sound-library warning']],
    ['a song', song, 'mute', ['sound-muted info']],
    ['of whoever', 'original sound - Somebody', 'keep', ['sound-unknown info']],
    ['of whoever, not muted', 'original sound - Somebody', 'mute', ['sound-unknown warning']],
    ['not told', null, 'mute', []],
  ])('%s (%s), --sound %s', (_odd, sound, how, expected) => {
    expect(told(sound, how)).toEqual(expected);
  });

  it('warns that Shorts block a video over a minute if its music is claimed', () => {
    expect(told(song, 'keep', shorts, 61)).toEqual(['sound-claim warning']);
    expect(told(song, 'keep', shorts, 60)).toEqual(['sound-library warning']);
    expect(told(song, 'mute', shorts, 61)).toEqual(['sound-muted info']);
  });

  it('names the sound, and the length from which on a claim blocks the video', () => {
    const issuesOf = (seconds: number, how: 'keep' | 'mute', sound = song) => {
      const options = planOptions({ sound: how, names, long: 'trim' });
      const probe = videoProbe({ seconds });
      return requestsFor(post({ sound }), probe, shorts.video.advice, options, new Measurements());
    };
    expect(issuesOf(61, 'keep').issues).toMatchObject([{ actual: song, limit: 60 }]);
    expect(issuesOf(60, 'keep').issues).toMatchObject([{ actual: song, limit: null }]);
    expect(issuesOf(60, 'mute').reasons).toMatchObject([{ actual: song, limit: null }]);
    expect(issuesOf(60, 'keep', 'original sound - Somebody').issues).toMatchObject([
      { actual: 'original sound - Somebody', limit: null },
    ]);
    expect(issuesOf(60, 'keep').long).toBe('trim');
  });

  it('a muted sound is neither warned of nor made louder', () => {
    const options = planOptions({ sound: 'mute', names, loudness: -14 });
    const measurements = new Measurements();
    const requests = requestsFor(post({ sound: song }), videoProbe(), {}, options, measurements);
    expect([requests.issues, requests.gain, measurements.takeWanted()]).toEqual([[], 0, []]);
  });

  it('a video without sound needs nothing', () => {
    const silent = videoProbe({ audio: [] });
    const options = planOptions({ sound: 'mute', names, loudness: -14 });
    const measurements = new Measurements();
    expect(requestsFor(post({ sound: song }), silent, {}, options, measurements).reasons).toEqual([]);
    expect(measurements.takeWanted()).toEqual([]);
  });
});

describe('--loudness', () => {
  function louder(measured: Loudness | null) {
    const measurements = new Measurements();
    measurements.answer({ kind: 'loudness' }, measured);
    // A limiter that takes nothing.
    for (const gain of [4, 6]) {
      measurements.answer(
        { kind: 'limited-loudness', gain },
        { integrated: (measured?.integrated ?? 0) + gain, truePeak: -2 },
      );
    }
    return requestsFor(post(), videoProbe(), {}, planOptions({ loudness: -14 }), measurements);
  }

  it('is measured only when it is requested', () => {
    const measurements = new Measurements();
    requestsFor(post(), videoProbe(), {}, planOptions(), measurements);
    expect(measurements.takeWanted()).toEqual([]);
    requestsFor(post(), videoProbe(), {}, planOptions({ loudness: -14 }), measurements);
    expect(measurements.takeWanted()).toEqual([{ kind: 'loudness' }]);
  });

  it.each<[string, Loudness | null, number, string[]]>([
    ['softer than wanted', { integrated: -20, truePeak: -8 }, 6, ['loudness info']],
    ['louder than wanted', { integrated: -9, truePeak: 0.5 }, -5, ['loudness info']],
    ['as wanted', { integrated: -14.3, truePeak: -1 }, 0, []],
    ['as wanted, with high peaks', { integrated: -14, truePeak: 1 }, 0, []],
    ['with peaks in the way', { integrated: -18, truePeak: -2 }, 4, ['loudness info', 'loudness-limited info']],
    ['with no room at all', { integrated: -30, truePeak: -1 }, 6, ['loudness info', 'loudness-limited warning']],
    ['that can be no louder', { integrated: -30, truePeak: 6 }, 0, ['loudness-limited warning']],
    ['silence', null, 0, []],
  ])('%s', (_odd, measured, gain, expected) => {
    const requests = louder(measured);
    expect(requests.gain).toBe(gain);
    expect([...requests.reasons, ...requests.issues].map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      expected,
    );
  });

  it('the limiter is measured where peaks are in the way, and until then nothing is known', () => {
    const measurements = new Measurements();
    measurements.answer({ kind: 'loudness' }, { integrated: -18, truePeak: -2 });
    const tell = () => requestsFor(post(), videoProbe(), {}, planOptions({ loudness: -14 }), measurements);
    expect(tell()).toMatchObject({ gain: 0, reasons: [], issues: [] });
    const limiter = { kind: 'limited-loudness', gain: 4 } as const;
    expect(measurements.takeWanted()).toEqual([limiter]);
    measurements.answer(limiter, { integrated: -14.9, truePeak: -2 });
    expect(tell()).toMatchObject({
      gain: 4,
      reasons: [{ code: 'loudness', severity: 'info', actual: -18, limit: -14 }],
      issues: [{ code: 'loudness-limited', severity: 'info', actual: -14.9, limit: -14 }],
    });
    measurements.answer(limiter, { integrated: -15.1, truePeak: -2 });
    expect(tell().issues).toMatchObject([{ code: 'loudness-limited', severity: 'warning', actual: -15.1 }]);
    measurements.answer(limiter, null);
    expect(tell()).toMatchObject({ gain: 0, reasons: [], issues: [{ code: 'loudness-limited', severity: 'warning' }] });
  });

  it('a gain that needs no limiter, or makes it softer, is not measured', () => {
    for (const measured of [
      { integrated: -20, truePeak: -9 },
      { integrated: -9, truePeak: 3 },
    ]) {
      const measurements = new Measurements();
      measurements.answer({ kind: 'loudness' }, measured);
      const requests = requestsFor(post(), videoProbe(), {}, planOptions({ loudness: -14 }), measurements);
      expect([requests.gain, requests.issues]).toEqual([-14 - measured.integrated, []]);
      expect(measurements.takeWanted()).toEqual([]);
    }
  });

  it('reports the loudness that is reached', () => {
    expect(gainFor({ integrated: -30, truePeak: -1 }, -14)).toEqual({ gain: 6, reached: -24, limited: true });
  });

  it.each<[string, Loudness, number, Loudness | null, number, number]>([
    [
      'the limiter leaves most of the gain',
      { integrated: -20, truePeak: -4 },
      6,
      { integrated: -14.6, truePeak: -2 },
      6,
      -14.6,
    ],
    [
      'the limiter takes more than the gain gave',
      { integrated: -21.4, truePeak: -2 },
      5.5,
      { integrated: -24.3, truePeak: -2 },
      0,
      -21.4,
    ],
    [
      'no better than what its peaks allow',
      { integrated: -20, truePeak: -4.26 },
      6,
      { integrated: -17.5, truePeak: -2 },
      2.2,
      -17.8,
    ],
    ['nothing is left of it', { integrated: -60, truePeak: -3 }, 8, null, 1, -59],
  ])('where %s', (_odd, measured, gain, limited, chosen, reached) => {
    expect(worthwhileGain(measured, gain, limited)).toEqual({ gain: chosen, reached, limited: true });
  });
});
