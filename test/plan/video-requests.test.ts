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
