import { describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import type { Operation, PictureSettings } from '../../src/plan/plan.ts';
import { settle } from '../../src/plan/settle.ts';
import { pictureSettings, videoProbe } from '../builders.ts';

const encoding = (odd: Partial<PictureSettings>): Operation => ({
  kind: 'transcode',
  picture: pictureSettings(odd),
  sound: 'copy',
});

/** The picture as it is settled, where ffmpeg has zscale or not and attention lies at the left. */
function settled(odd: Partial<PictureSettings>, zscale = true, encoder = 'auto') {
  const measurements = new Measurements();
  measurements.answer({ kind: 'zscale' }, zscale);
  const { width, height } = pictureSettings(odd);
  measurements.answer({ kind: 'attention', width, height }, { x: 0.2, y: 0.5 });
  const { operation, issues } = settle(encoding(odd), videoProbe(), encoder, measurements);
  if (operation.kind !== 'transcode' || operation.picture === 'copy') throw new Error('no picture is encoded');
  return { ...operation.picture, issues: issues.map(({ code }) => code) };
}

describe('what a probe does not tell', () => {
  it.each<[string, Partial<PictureSettings>, string[]]>([
    ['an ordinary picture', {}, []],
    ['a picture that is cut', { fit: 'crop' }, ['attention']],
    ['one in a blurred frame', { fit: 'blur' }, []],
    ['HDR10', { transfer: 'pq' }, ['zscale']],
    ['HLG', { transfer: 'hlg' }, ['zscale']],
    ['a wide gamut', { primaries: 'p3' }, ['zscale']],
    ['HDR that is cut', { transfer: 'pq', fit: 'crop' }, ['attention', 'zscale']],
  ])('is asked for only where it matters: %s', (_odd, odd, wanted) => {
    const measurements = new Measurements();
    settle(encoding(odd), videoProbe(), 'auto', measurements);
    expect(
      measurements
        .takeWanted()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(wanted);
  });

  it.each<Operation>([{ kind: 'copy' }, { kind: 'remux', sound: 'copy' }])('nothing of $kind is', (operation) => {
    const measurements = new Measurements();
    expect(settle(operation, videoProbe(), 'auto', measurements)).toEqual({ operation, issues: [] });
    expect(measurements.takeWanted()).toEqual([]);
  });

  it('a cut goes where attention lies, and only a cut', () => {
    expect(settled({ fit: 'crop' }).centre).toEqual({ x: 0.2, y: 0.5 });
    expect(settled({ fit: 'pad' }).centre).toEqual({ x: 0.5, y: 0.5 });
  });

  it('without zscale HDR has the next best, and that is said', () => {
    expect(settled({ transfer: 'pq' }, true)).toMatchObject({ light: 'zscale', issues: [] });
    expect(settled({ transfer: 'pq' }, false)).toMatchObject({ light: 'curves', issues: ['light-plain'] });
    expect(settled({}, false)).toMatchObject({ light: 'zscale', issues: [] });
  });

  it('the encoder is the one that was asked for, so that the name of what is made does not hang on the machine', () => {
    for (const encoder of ['auto', 'software', 'h264_nvenc']) expect(settled({}, true, encoder).encoder).toBe(encoder);
  });
});
