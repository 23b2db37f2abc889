import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Post, Visibility } from '../../src/model/post.ts';
import { selectPosts, withInclusions } from '../../src/pipeline/select-posts.ts';
import { post } from '../builders.ts';

type Rules = Parameters<typeof selectPosts>[2];
const rules = (odd: Partial<Rules> = {}): Rules => ({
  include: [],
  since: undefined,
  until: undefined,
  only: [],
  order: 'newest',
  limit: undefined,
  ...odd,
});

const posts = [
  post({ key: 'new', time: 400, likes: 1 }),
  post({ key: 'loved', time: 300, likes: 50 }),
  post({ key: 'uncounted', time: 250, likes: null }),
  post({ key: 'mine', time: 200, visibility: 'private' }),
  post({ key: 'ours', time: 150, visibility: 'friends' }),
  post({ key: 'unsaid', time: 100, visibility: 'unknown' }),
];
const deleted = [post({ key: 'gone', time: 350, visibility: 'deleted' })];
const keys = (odd: Partial<Rules>) =>
  selectPosts(posts, deleted, rules(odd))
    .selected.map(({ key }) => key)
    .join(' ');
const heldAs = (odd: Partial<Rules>) =>
  selectPosts(posts, deleted, rules(odd)).held.map(({ post: { key }, issue }) => `${key} ${issue.code}`);

describe('select', () => {
  it.each<[string, Partial<Rules>, string]>([
    ['what everyone could see, and what the export does not say', {}, 'new loved uncounted unsaid'],
    ['private ones too', { include: ['private'] }, 'new loved uncounted mine unsaid'],
    ['friends too', { include: ['friends'] }, 'new loved uncounted ours unsaid'],
    ['deleted ones too', { include: ['deleted'] }, 'new gone loved uncounted unsaid'],
    ['one private post by its key', { include: ['mine'] }, 'new loved uncounted mine unsaid'],
    ['one deleted post by its key', { include: ['gone'] }, 'new gone loved uncounted unsaid'],
    ['all of them', { include: ['private', 'friends', 'deleted'] }, 'new gone loved uncounted mine ours unsaid'],
    ['most liked first, then newest', { order: 'likes' }, 'loved new uncounted unsaid'],
    ['a limit counts after the order', { order: 'likes', limit: 1 }, 'loved'],
    ['a limit that is not reached', { limit: 100 }, 'new loved uncounted unsaid'],
    ['from a moment on, itself included', { since: 250 }, 'new loved uncounted'],
    ['up to a moment, itself excluded', { until: 300 }, 'uncounted unsaid'],
    ['between two', { since: 250, until: 400 }, 'loved uncounted'],
    ['just these', { only: ['unsaid', 'new'] }, 'new unsaid'],
    ['a key that nobody has', { only: ['other'] }, ''],
    ['naming a private post does not open it', { only: ['mine'] }, ''],
    ['a private post that is named and included', { only: ['mine'], include: ['private'] }, 'mine'],
    ['naming a deleted post does not bring it back', { only: ['gone'] }, ''],
  ])('%s', (_name, odd, expected) => {
    expect(keys(odd)).toBe(expected);
  });

  it('says why a post is held', () => {
    expect(heldAs({ since: 150, limit: 2 })).toEqual([
      'mine visibility',
      'ours visibility',
      'unsaid not-selected',
      'uncounted not-selected',
    ]);
    const [mine] = selectPosts(posts, [], rules({ only: ['mine'] })).held.filter(({ post: { key } }) => key === 'mine');
    expect(mine?.issue).toMatchObject({ code: 'visibility', actual: 'private', severity: 'info' });
  });

  it.each<[Rules['include'], string]>([
    [[], 'held'],
    [['private'], 'held'],
    [['friends', 'deleted'], 'held'],
    [['private', 'friends'], 'selected'],
  ])('an audience in words that nobody knows, with --include %s: %s', (include, expected) => {
    const unclear = post({ key: 'unclear', visibility: 'private', audience: 'Zibbel' });
    const { selected, held } = selectPosts([unclear], [], rules({ include }));
    expect(selected.length === 1 ? 'selected' : 'held').toBe(expected);
    for (const { issue } of held) expect(issue).toMatchObject({ code: 'visibility', actual: 'Zibbel' });
  });

  it('a deleted post is not known unless asked for', () => {
    expect(heldAs({}).filter((held) => held.startsWith('gone'))).toEqual([]);
    expect(heldAs({ include: ['deleted'], until: 100 })).toContain('gone not-selected');
  });

  it('every known post is selected or held, once, and the lists given are left as they were', () => {
    const some = fc.array(
      fc.record({
        time: fc.integer({ min: 0, max: 20 }),
        likes: fc.option(fc.integer({ min: 0, max: 5 })),
        visibility: fc.constantFrom<Visibility>('everyone', 'friends', 'private', 'unknown'),
      }),
      { maxLength: 30 },
    );
    const anyRules = fc.record({
      include: fc.subarray(['private' as const, 'friends' as const]),
      since: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      until: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      order: fc.constantFrom('newest' as const, 'likes' as const),
      limit: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(some, anyRules, (rows, odd) => {
        const known = rows.map((row, index) => post({ ...row, key: `${index}` }));
        const before = known.map(({ key }) => key);
        const { selected, held } = selectPosts(known, [], rules(odd));
        const seen = [...selected, ...held.map((each) => each.post)].map(({ key }) => key);
        expect(seen.sort()).toEqual([...before].sort());
        expect(known.map(({ key }) => key)).toEqual(before);
        if (odd.limit !== undefined) expect(selected.length).toBeLessThanOrEqual(odd.limit);
      }),
    );
  });
});

describe('posts that a person included one by one', () => {
  const key = '2025-03-02_09-15-04';
  const at = '2026-11-30T12:00:00Z';
  const mine = post({ key, visibility: 'private', links: [] });
  const other = post({ key: '2025-03-03_09-15-04', visibility: 'private', links: [] });
  const decided = (odd: object = {}) => new Map([[key, { at, visibility: 'private', linkPath: null, ...odd }]]);
  const selectedOf = (all: readonly Post[], odd: Partial<Rules> = {}) =>
    selectPosts(all, [], rules(odd)).selected.map((each) => each.key);

  it.each<[string, Post, object, readonly string[], boolean]>([
    ['the same post', mine, {}, [], true],
    ['the same post, whose objects have other names in a new export', mine, { linkPath: '/other' }, [key], true],
    ['another post under its key, in a folder that does not know it', mine, { linkPath: '/other' }, [], false],
    ['a post that fewer could see than before', mine, { visibility: 'friends' }, [key], false],
    ['a post that was deleted since', { ...mine, visibility: 'deleted' }, {}, [key], false],
    ['an audience that nobody knows', { ...mine, audience: 'Zibbel' }, { visibility: 'Zibbel' }, [key], true],
    ['an audience that nobody knows now', { ...mine, audience: 'Zibbel' }, {}, [key], false],
  ])('%s', (_what, asked, odd, known, isIncluded) => {
    const marked = withInclusions(
      [asked, other],
      decided(odd),
      known.map((each) => ({ key: each })),
    );
    expect(selectedOf(marked)).toEqual(isIncluded ? [key] : []);
    expect(marked[0]?.included).toBe(isIncluded ? at : undefined);
  });

  it('other rules hold them all the same', () => {
    const marked = withInclusions([mine], decided(), []);
    expect(selectedOf(marked, { only: ['other'] })).toEqual([]);
    expect(selectedOf(marked, { until: mine.time })).toEqual([]);
  });
});
