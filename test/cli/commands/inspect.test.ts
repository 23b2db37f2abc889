import { describe, expect, test } from 'vitest';
import { inspect, skeleton } from '../../../src/cli/commands/inspect/inspect.ts';
import type { Inspection } from '../../../src/model/inspection.ts';
import type { Issue } from '../../../src/model/issue.ts';
import { inspectDocument, inspectPage } from '../../../src/report/inspect.ts';
import { createArchives } from '../../../src/tools/archives.ts';
import { document, fixtures, photo, row, video } from '../../exports/files.ts';
import { temporaryFile } from '../../tools/folder.ts';

const now = 1741200000;
const tools = { archives: createArchives(), now: () => now };
const say = (issue: Issue) => `${issue.code}: ${issue.actual}`;
const inspectRows = (rows: unknown, deleted: unknown = [], account: unknown = 'maya') =>
  inspect(temporaryFile('user_data.json', JSON.stringify(document(rows, deleted, account))), tools);
const pageOf = (inspection: Inspection) => inspectPage(inspection, 'export.zip', say, now);

const alive = now + 3 * 3600 + 60;
const rows = [
  row({
    Date: '2025-03-04 00:00:00',
    Link: [photo('a', alive), photo('b', now - 1)].join('\n'),
    WhoCanView: 'Only You',
    Title: 'Boats',
  }),
  row({ Date: '2025-03-03 00:00:00', Link: video('v', now + 6 * 86_400) }),
  row({ Date: '2025-03-02 00:00:00', Link: 'N/A', WhoCanView: '' }),
  row({
    Date: '2025-03-01 00:00:00',
    Link: 'https://www.tiktokv.com/share/video/7000000000000000001/',
    WhoCanView: 'Friends',
  }),
  row({ Date: 'never' }),
];

describe('the document', () => {
  test('counts', async () => {
    const inspection = await inspectRows(rows, [row({ Link: 'N/A' })]);
    expect(inspection).toMatchObject({
      schemaVersion: 1,
      format: 'tiktok-json',
      generation: 'D',
      account: 'maya',
      counts: { posts: 4, videos: 3, photoPosts: 1, photos: 2, deleted: 1, unreadable: 1 },
      visibility: { everyone: 1, friends: 1, private: 2, deleted: 1, unknown: 0 },
      links: { alive: 2, expired: 1, unknown: 1, none: 1, firstExpiry: '2025-03-05T18:39:59Z' },
    });
    expect(inspection.deleted).toMatchObject([{ visibility: 'deleted' }]);
  });

  test('a post, with the host of its links and nothing secret', async () => {
    const document = JSON.parse(inspectDocument(await inspectRows(rows), say));
    expect(document.posts[0]).toEqual({
      key: '2025-03-04_00-00-00',
      createdAt: '2025-03-04T00:00:00Z',
      kind: 'photos',
      photos: 2,
      visibility: 'private',
      links: [
        { host: 'p16-ttdyd-sign-sg.ibyteimg.com', kind: 'media', state: 'alive', expiresAt: '2025-03-05T21:41:00Z' },
        { host: 'p16-ttdyd-sign-sg.ibyteimg.com', kind: 'media', state: 'expired', expiresAt: '2025-03-05T18:39:59Z' },
      ],
      title: 'Boats',
      sound: 'original sound - maya',
      location: null,
      likes: 12,
      aiGenerated: false,
      disclosure: [],
    });
    expect(document.issues).toEqual([
      {
        code: 'row-unreadable',
        severity: 'warning',
        actual: 'row 5 of Post.Posts.VideoList: its date cannot be read',
        limit: null,
        message: expect.any(String),
      },
      {
        code: 'visibility-unread',
        severity: 'warning',
        actual: 'row 3 of Post.Posts.VideoList: nothing, though it says so of others',
        limit: 1,
        message: expect.any(String),
      },
    ]);
    expect(JSON.stringify(document)).not.toContain('signature');
  });

  test('an export without a link that expires', async () => {
    expect((await inspectRows([row({ Link: 'N/A' })])).links).toEqual({
      alive: 0,
      expired: 0,
      unknown: 0,
      none: 1,
      firstExpiry: null,
    });
  });

  test('a TXT export has no generation', async () => {
    expect(await inspect(`${fixtures}txt-2025`, tools)).toMatchObject({
      format: 'tiktok-txt',
      generation: null,
      account: 'maya',
    });
  });

  test('unreadable rows past the thousandth are counted', async () => {
    expect((await inspectRows(Array.from({ length: 1500 }, () => 7))).counts.unreadable).toBe(1500);
  });
});

describe('the page', () => {
  test('says what is there, what dies first, and what to do', async () => {
    expect(pageOf(await inspectRows(rows, [row({ Link: 'N/A' })]))).toBe(
      `  account  maya
  export   TikTok JSON, generation D, export.zip
  posts    4: 3 videos, 1 photo post with 2 photos; 1 row could not be read
  period   2025-03-01 to 2025-03-04
  seen by  1 everyone, 1 friends, 1 only you, 1 whom port cannot tell
  deleted  1 recently deleted, not counted above
  links    2 alive, 1 expired, 1 without a date, 1 post without any

  Photos expire in 3 h, videos in 6 days: run port now, or ask for a new export
  (Settings and privacy > Account > Download your data, format JSON).
  1 link cannot be fetched any more: only a new export brings fresh ones.
  For 1 link nobody knows how long they live; pages of TikTok need yt-dlp (see
  port doctor).
  1 post came without a link: put your own files into the unzipped export.

  ! row-unreadable: row 5 of Post.Posts.VideoList: its date cannot be read
  ! visibility-unread: row 3 of Post.Posts.VideoList: nothing, though it says...
`,
    );
  });

  test.each([
    ['all links dead', [row({ Link: video('v', now - 1) })], 'The links have expired: ask TikTok for a new export'],
    ['minutes left', [row({ Link: photo('v', now + 90) })], 'Photos expire in 1 min: run port now'],
    ['no posts', [], 'There is nothing to port here.'],
  ])('%s', async (_, list, advice) => {
    expect(pageOf(await inspectRows(list))).toContain(advice);
  });

  test('an export without a name says how to give one', async () => {
    expect(pageOf(await inspectRows(rows, [], null))).toContain('--account');
  });

  test('fits 80 columns and 24 lines, whatever the export says, and moves no cursor', async () => {
    const wild = Array.from({ length: 300 }, (_, i) =>
      row({
        Date: i % 2 ? `x${'\u001b[2J'.repeat(50)}` : `2025-03-02 00:00:${i % 60}`,
        Link: `nonsense ${photo(`p${i}`, alive)}`,
      }),
    );
    const page = inspectPage(
      await inspectRows([...rows, ...wild], [row()], 'm\u001b[31m'.repeat(30)),
      'long/'.repeat(40),
      say,
      now,
    );
    const lines = page.split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(page).not.toContain('\u001b');
  });
});

test('a skeleton is drawn of what cannot be read', async () => {
  const path = temporaryFile('user_data.json', JSON.stringify({ Activity: { 'Like List': null } }));
  await expect(inspect(path, tools)).rejects.toThrow('No posts in this export');
  expect(JSON.parse(await skeleton(path, tools)).files[0].shape).toEqual({ Activity: { 'Like List': 'null' } });
});
