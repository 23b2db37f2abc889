import { expect, it } from 'vitest';
import { pictureFilters } from '../../src/plan/picture-args.ts';
import type { Stored } from '../../src/plan/plan.ts';
import { pictureSettings } from '../builders.ts';

it.each<[string, Partial<Stored>, Stored['matrix']]>([
  ['BT.709', {}, 'bt709'],
  ['BT.601, which the scaler converts', { matrix: 'bt601' }, 'bt709'],
  ['Display P3, which is converted afterwards', { matrix: 'bt601', primaries: 'p3' }, 'bt601'],
  ['HDR of the primaries of BT.709, which is converted afterwards', { matrix: 'bt601', transfer: 'pq' }, 'bt601'],
  ['HDR10, which is converted afterwards', { matrix: 'bt2020', primaries: 'bt2020', transfer: 'pq' }, 'bt2020'],
])('scaling %s, the matrix that the next filter reads', (_what, stored, matrix) => {
  const [, written] = /out_color_matrix=(\w+)/.exec(pictureFilters(pictureSettings(stored), 0, [], 1)) ?? [];
  expect(written).toBe(matrix);
});
