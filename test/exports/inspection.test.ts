import { expect, test } from 'vitest';
import { inspectExport } from '../../src/exports/inspection.ts';
import { photo, readRows, row, video } from './files.ts';

const now = 1741770904;

test('counts posts, photos, audiences, links and unreadable rows', async () => {
  const one = await readRows(
    [
      row({ Date: '2025-03-07 00:00:00', Link: video('alive', now + 1) }),
      row({ Date: '2025-03-06 00:00:00', Link: video('ended', now), WhoCanView: 'Friends' }),
      row({ Date: '2025-03-05 00:00:00', Link: 'https://www.tiktokv.com/share/video/7000000000000000001/' }),
      row({ Date: '2025-03-04 00:00:00', Link: [photo('a', now + 9), photo('b', now - 9)].join('\n') }),
      row({ Date: '2025-03-03 00:00:00', Link: 'N/A', WhoCanView: 'Only You' }),
      'no row',
    ],
    [row({ Date: '2025-03-01 00:00:00' })],
  );
  const inspection = inspectExport(
    one,
    [{ code: 'rows-unreadable', severity: 'warning', actual: '40', limit: null }],
    now,
  );
  expect(inspection).toMatchObject({
    account: 'maya',
    counts: { posts: 5, videos: 4, photoPosts: 1, photos: 2, deleted: 1, unreadable: 41 },
    visibility: { everyone: 3, friends: 1, private: 1, deleted: 1, unknown: 0 },
    links: { alive: 2, expired: 2, unknown: 1, none: 1, firstExpiry: '2025-03-12T09:14:55Z' },
    deleted: [{ key: '2025-03-01_00-00-00' }],
  });
  expect(inspection.posts.map(({ createdAt, kind, photos }) => [createdAt, kind, photos])).toEqual([
    ['2025-03-07T00:00:00Z', 'video', 0],
    ['2025-03-06T00:00:00Z', 'video', 0],
    ['2025-03-05T00:00:00Z', 'video', 0],
    ['2025-03-04T00:00:00Z', 'photos', 2],
    ['2025-03-03T00:00:00Z', 'video', 0],
  ]);
  expect(inspection.issues.map(({ code }) => code)).toEqual(['rows-unreadable', 'row-unreadable']);
});
