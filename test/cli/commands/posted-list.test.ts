import { expect, it } from 'vitest';
import { listJson, listPage } from '../../../src/cli/commands/posted/list.ts';
import { noCells } from '../../../src/posting/cells.ts';

const upload = (key: string, cells: { posted?: string; planned?: string; parts?: string[]; url?: string }) =>
  [`${key}/rednote`, { key, target: 'rednote', ...noCells, parts: [], ...cells }] as const;

const folder = {
  account: 'maya',
  posting: {
    record: {
      rows: new Map([
        upload('2025-06-01_10-00-00', { posted: '2025-07-01T12:00:00+01:00' }),
        upload('2025-06-02_10-00-00', { posted: '2025-07-02T18:30:00+01:00', url: 'https://example.com/2' }),
        upload('2025-06-03_10-00-00', { planned: '2025-07-03T12:00:00+01:00', parts: ['part-1', 'part-2'] }),
        upload('2025-06-04_10-00-00', {}),
      ]),
    },
  },
};

it('the list names posts that are out, the latest first, and then split videos that are out in part', () => {
  expect(listPage([folder], () => true).split('\n')).toEqual([
    'maya: 2 of 4 posted, 1 more planned, 1 in part',
    expect.stringMatching(
      /^ {2}Wed.* 18:30 +RedNote \(Xiaohongshu\) {2}2025-06-02_10-00-00 {2}https:\/\/example\.com\/2$/,
    ),
    expect.stringMatching(/^ {2}Tue.* 12:00 +RedNote \(Xiaohongshu\) {2}2025-06-01_10-00-00$/),
    expect.stringMatching(/^ {2}in part +RedNote \(Xiaohongshu\) {2}2025-06-03_10-00-00 {2}part-1, part-2$/),
  ]);
});

it('a split video that is out in part is not posted in the JSON of the list', () => {
  const { posts } = JSON.parse(listJson([folder], () => true));
  expect(posts[2]).toEqual({
    ...{ account: 'maya', key: '2025-06-03_10-00-00', target: 'rednote' },
    ...{ planned: '2025-07-03T12:00:00+01:00', posted: null, url: null },
  });
});
