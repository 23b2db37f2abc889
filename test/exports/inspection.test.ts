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

test('every field of a post and of its links is told as it is, and nothing else', async () => {
  const one = await readRows(
    [
      row({
        Date: '2025-03-06 01:02:03',
        Link: [photo('a', now + 1), photo('b', now)].join('\n'),
        Title: 'Boats',
        Location: 'Lisbon',
        AIGeneratedContent: 'Yes',
        ContentDisclosure: 'Your Brand, Zabbel',
      }),
      row({ Date: '2025-03-05 00:00:00', WhoCanView: 'Club', Link: `${video('v', now)} ${photo('c')}` }),
    ],
    [row({ Date: '2025-03-01 00:00:00', Link: 'N/A', Sound: '', Likes: '' })],
  );
  const host = 'p16-ttdyd-sign-sg.ibyteimg.com';
  const plain = {
    title: null,
    sound: 'original sound - maya',
    location: null,
    likes: 12,
    aiGenerated: false,
    disclosure: [],
  };
  expect(inspectExport(one, [], now)).toStrictEqual({
    schemaVersion: 1,
    format: 'tiktok-json',
    generation: 'D',
    account: 'maya',
    counts: { posts: 2, videos: 1, photoPosts: 1, photos: 2, deleted: 1, unreadable: 0 },
    visibility: { everyone: 1, friends: 0, private: 1, deleted: 1, unknown: 0 },
    links: { alive: 1, expired: 2, unknown: 0, none: 0, firstExpiry: '2025-03-12T09:15:04Z' },
    posts: [
      {
        ...plain,
        key: '2025-03-06_01-02-03',
        createdAt: '2025-03-06T01:02:03Z',
        kind: 'photos',
        photos: 2,
        visibility: 'everyone',
        links: [
          { host, kind: 'media', state: 'alive', expiresAt: '2025-03-12T09:15:05Z' },
          { host, kind: 'media', state: 'expired', expiresAt: '2025-03-12T09:15:04Z' },
        ],
        title: 'Boats',
        location: 'Lisbon',
        aiGenerated: true,
        disclosure: ['Your Brand', 'Zabbel'],
        unreadDisclosure: ['Zabbel'],
      },
      {
        ...plain,
        key: '2025-03-05_00-00-00',
        createdAt: '2025-03-05T00:00:00Z',
        kind: 'video',
        photos: 0,
        visibility: 'private',
        audience: 'Club',
        leftOut: { videos: 0, photos: 1 },
        links: [
          { host: 'video-useast5.tiktokv.us', kind: 'media', state: 'expired', expiresAt: '2025-03-12T09:15:04Z' },
        ],
      },
    ],
    deleted: [
      {
        ...plain,
        key: '2025-03-01_00-00-00',
        createdAt: '2025-03-01T00:00:00Z',
        kind: 'video',
        photos: 0,
        visibility: 'deleted',
        links: [],
        sound: null,
        likes: null,
      },
    ],
    issues: one.setAside,
  });
});

test('without links there is no first expiry', async () => {
  const { links } = inspectExport(await readRows([row({ Link: 'N/A' })]), [], now);
  expect(links).toEqual({ alive: 0, expired: 0, unknown: 0, none: 1, firstExpiry: null });
});
