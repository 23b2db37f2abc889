import { describe, expect, it } from 'vitest';
import { applyMeasurements } from '../../src/plan/apply-measurements.ts';
import { Measurements } from '../../src/plan/measure.ts';
import type { Operation, PictureSettings } from '../../src/plan/plan.ts';
import { pictureSettings } from '../builders.ts';

const encoding = (odd: Partial<PictureSettings>): Operation => ({
  kind: 'transcode',
  picture: pictureSettings(odd),
  sound: 'copy',
});

/** The picture after measurements are applied, with or without zscale; attention is at the left. */
function applied(odd: Partial<PictureSettings>, zscale = true, encoder = 'auto') {
  const measurements = new Measurements();
  measurements.answer({ kind: 'zscale' }, zscale);
  const { width, height } = pictureSettings(odd);
  measurements.answer({ kind: 'attention', width, height }, { x: 0.2, y: 0.5 });
  const { operation, issues } = applyMeasurements(encoding(odd), encoder, measurements);
  if (operation.kind !== 'transcode' || operation.picture === 'copy') throw new Error('no picture is encoded');
  return { ...operation.picture, issues: issues.map(({ code }) => code) };
}

describe('measurements that a probe cannot replace', () => {
  it.each<[string, Partial<PictureSettings>, string[]]>([
    ['an ordinary picture', {}, []],
    ['a picture that is cut', { fit: 'crop' }, ['attention']],
    ['one in a blurred frame', { fit: 'blur' }, []],
    ['HDR10', { transfer: 'pq' }, ['zscale']],
    ['HLG', { transfer: 'hlg' }, ['zscale']],
    ['a wide gamut', { primaries: 'p3' }, ['zscale']],
    ['HDR that is cut', { transfer: 'pq', fit: 'crop' }, ['attention', 'zscale']],
  ])('requests only the measurements that matter: %s', (_odd, odd, wanted) => {
    const measurements = new Measurements();
    applyMeasurements(encoding(odd), 'auto', measurements);
    expect(
      measurements
        .takeWanted()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(wanted);
  });

  it.each<Operation>([
    { kind: 'copy' },
    { kind: 'remux', sound: 'copy' },
    { kind: 'transcode', picture: 'copy', sound: 'silence' },
  ])('%j needs no measurement', (operation) => {
    const measurements = new Measurements();
    expect(applyMeasurements(operation, 'auto', measurements)).toEqual({ operation, issues: [] });
    expect(measurements.takeWanted()).toEqual([]);
  });

  it('a crop is centred on the measured attention, other fits are not', () => {
    expect(applied({ fit: 'crop' }).centre).toEqual({ x: 0.2, y: 0.5 });
    expect(applied({ fit: 'pad' }).centre).toEqual({ x: 0.5, y: 0.5 });
  });

  it('HDR without zscale falls back to curves, with an issue', () => {
    expect(applied({ transfer: 'pq' }, true)).toMatchObject({ light: 'zscale', issues: [] });
    expect(applied({ transfer: 'pq' }, false)).toMatchObject({ light: 'curves', issues: ['light-plain'] });
    expect(applied({}, false)).toMatchObject({ light: 'zscale', issues: [] });
  });

  it('keeps the requested encoder, so that the rendition key does not depend on the machine', () => {
    for (const encoder of ['auto', 'software', 'h264_nvenc']) expect(applied({}, true, encoder).encoder).toBe(encoder);
  });
});
