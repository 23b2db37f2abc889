import { describe, expect, it } from 'vitest';
import type { MissingOriginals } from '../../src/model/event.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Original } from '../../src/model/original.ts';
import type { Post } from '../../src/model/post.ts';
import { countMissing } from '../../src/originals/missing.ts';
import { link, now, photos, video } from './world.ts';

const issue = (code: Issue['code'], actual: string | null = null): Issue => ({
  code,
  severity: 'error',
  actual,
  limit: null,
});
const dead = (day: string) => issue('link-expired', day);
const some: Original = { files: [], source: 'link', matchedBy: 'link', seconds: null, cover: null };
const living = link('https://v.example/x', { expiresAt: now + 5 * 86_400 });

/** A post, and what came of asking for it; null: it was not reached. */
type Case = readonly [Post, { readonly original?: Original; readonly issues?: readonly Issue[] } | null];

describe('the summary of missing originals', () => {
  it.each<[string, readonly Case[], Partial<MissingOriginals> | null]>([
    ['nothing', [[video({ links: [living] }), { original: some }]], null],
    [
      'expired links, by kind, with their dates',
      [
        [video(), { issues: [dead('2025-03-01')] }],
        [photos([]), { issues: [dead('2025-02-27'), issue('page-failed', 'x')] }],
        [video(), { issues: [dead('2025-02-28')] }],
      ],
      { ended: { videos: 2, photoPosts: 1, first: '2025-02-27', last: '2025-03-01' } },
    ],
    [
      'a link that the server refuses before it expires',
      [[video({ links: [living] }), { issues: [issue('link-refused', 'HTTP 403')] }]],
      { refused: { videos: 1, photoPosts: 0 } },
    ],
    [
      'one photo of several',
      [[photos([]), { original: some, issues: [dead('2025-03-01'), issue('photo-missing')] }]],
      { ended: { videos: 0, photoPosts: 1, first: '2025-03-01', last: '2025-03-01' } },
    ],
    [
      'an expired link of a post that has its original',
      [[video(), { original: some, issues: [dead('2025-03-01')] }]],
      null,
    ],
    ['a post that is deleted on TikTok', [[video({ visibility: 'deleted' }), { issues: [dead('2025-03-01')] }]], null],
    [
      'a post that is deleted on TikTok, whose link is refused',
      [[video({ visibility: 'deleted', links: [living] }), { issues: [issue('link-refused', 'HTTP 404')] }]],
      null,
    ],
    [
      'one post of each state',
      [
        [video(), { issues: [dead('2025-03-01')] }],
        [video({ links: [living] }), { issues: [issue('link-refused', 'HTTP 403')] }],
        [video({ links: [living] }), { issues: [issue('link-private', '10.0.0.1')] }],
        [video({ links: [living] }), null],
      ],
      {
        ended: { videos: 1, photoPosts: 0, first: '2025-03-01', last: '2025-03-01' },
        refused: { videos: 1, photoPosts: 0 },
        blocked: { posts: 1 },
        living: { posts: 1, firstEnds: '2025-03-08', offline: false },
      },
    ],
    ['a post without a link', [[video(), { issues: [issue('no-link')] }]], null],
    [
      'posts that can still be fetched: not reached, failed, offline',
      [
        [video({ links: [living] }), null],
        [video({ links: [link('https://v.example/y', { expiresAt: now + 86_400 })] }), { issues: [issue('offline')] }],
        [video({ links: [link('https://v.example/z', { expiresAt: null })] }), { issues: [issue('link-failed', 'x')] }],
        [video({ links: [link('https://v.example/z', { expiresAt: now - 1 })] }), null],
      ],
      { living: { posts: 3, firstEnds: '2025-03-04', offline: true } },
    ],
    [
      'one that failed and is offline as well, and one that was not asked: the run was offline',
      [
        [photos([living]), { original: some, issues: [issue('offline'), issue('photo-missing')] }],
        [video({ links: [living] }), null],
      ],
      { living: { posts: 2, firstEnds: '2025-03-08', offline: true } },
    ],
    [
      'posts whose requests failed: the run was not offline',
      [
        [video({ links: [living] }), { issues: [issue('link-failed', 'x')] }],
        [video({ links: [living] }), { issues: [issue('page-failed', 'x')] }],
      ],
      { living: { posts: 2, firstEnds: '2025-03-08', offline: false } },
    ],
    [
      'a link without an expiry',
      [[video({ links: [link('https://v.example/z', { expiresAt: null })] }), null]],
      { living: { posts: 1, firstEnds: null, offline: false } },
    ],
    [
      'a page instead of media, and a photo that is gone',
      [
        [video({ links: [living] }), { issues: [issue('link-not-media', 'a page of text')] }],
        [photos([living]), { original: some, issues: [issue('link-refused', 'HTTP 404'), issue('photo-missing')] }],
      ],
      { refused: { videos: 1, photoPosts: 1 } },
    ],
    [
      'links that are not allowed',
      [
        [video({ links: [living] }), { issues: [issue('link-private', '10.0.0.1')] }],
        [photos([living]), { issues: [issue('link-insecure', 'http://x')] }],
        [video({ links: [living], visibility: 'deleted' }), { issues: [issue('link-private', '10.0.0.1')] }],
      ],
      { blocked: { posts: 3 } },
    ],
    [
      'an expired link and a refused one',
      [[photos([]), { issues: [dead('2025-03-01'), issue('link-refused', 'HTTP 403')] }]],
      { ended: { videos: 0, photoPosts: 1, first: '2025-03-01', last: '2025-03-01' } },
    ],
  ])('%s', (_name, cases, expected) => {
    const missing = countMissing(cases.map(([post]) => post));
    for (const [post, fetched] of cases) {
      if (fetched)
        missing.record(post, { original: fetched.original ?? null, isNew: false, issues: fetched.issues ?? [] });
    }
    const nothing = { ended: null, refused: null, blocked: null, living: null };
    expect(missing.result(now)).toEqual(expected && { ...nothing, ...expected });
  });
});
