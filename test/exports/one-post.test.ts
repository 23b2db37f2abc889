import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { postPath } from '../../src/exports/keys.ts';
import { joinExports, mergeExports, withKnownKeys } from '../../src/exports/merge.ts';
import type { Export, Post } from '../../src/model/post.ts';
import { document, photo, readDocument, video } from './files.ts';

/**
 * What is true: posts, several of which can share a second. `together`: only all posts of one second and kind, or none, are in
 * an export, and their objects may get other names; else some may be missing, and the names stay, as only these tell.
 */
interface Truth {
  readonly posts: readonly { readonly id: number; readonly second: number; readonly kind: 'video' | 'photos' }[];
  readonly together: boolean;
}

interface Told {
  /** By post, or by second and kind where these go together: whether it is listed. */
  readonly listed: readonly boolean[];
  /** Another one has other names for all objects. */
  readonly names: number;
  /** Posts that are alone in their second can lack an address, or be deleted by now. */
  readonly odd: readonly ('N/A' | 'deleted' | null)[];
}

const truths: fc.Arbitrary<Truth> = fc.record({
  posts: fc
    .array(fc.record({ second: fc.nat(3), kind: fc.constantFrom('video' as const, 'photos' as const) }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((posts) => posts.map((post, id) => ({ id, ...post }))),
  together: fc.boolean(),
});
const told: fc.Arbitrary<Told> = fc.record({
  listed: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  names: fc.nat(3),
  odd: fc.array(fc.constantFrom('N/A' as const, 'deleted' as const, null, null, null), { minLength: 8, maxLength: 8 }),
});

function exportOf({ posts, together }: Truth, { listed, names, odd }: Told, whole: boolean): Promise<Export> {
  const live: object[] = [];
  const deleted: object[] = [];
  // Newest row first, as TikTok lists them.
  for (const { id, second, kind } of posts.toReversed().sort((one, other) => other.second - one.second)) {
    const group = posts.filter((post) => post.second === second && post.kind === kind);
    const isListed = whole || listed[together || group.length === 1 ? (group[0]?.id ?? 0) : id];
    if (!isListed) continue;
    const isAlone = posts.filter((post) => post.second === second).length === 1;
    const object = `p${id}n${together || group.length === 1 ? names : 0}x`;
    const how = isAlone && !whole ? odd[id] : null;
    const media = kind === 'video' ? video(object) : photo(object);
    const login = `https://www.tiktok.com/login/?redirect_url=${encodeURIComponent(`https://v16m.tiktokcdn.com/${object}`)}`;
    const Link = how === 'N/A' ? 'N/A' : how === 'deleted' ? login : media;
    (how === 'deleted' ? deleted : live).push({ Date: `2025-03-02 09:15:0${second}`, Link, WhoCanView: 'Everyone' });
  }
  return readDocument(document(live, deleted));
}

const allOf = (one: Export): readonly Post[] => [...one.posts, ...one.deleted];

/** Which post this is, by its address; where it has none, it is the only one of its second. */
function idOf(post: Post, { posts }: Truth): number {
  const id = /p(\d+)n\d+x/.exec(decodeURIComponent(post.links[0]?.url ?? ''))?.[1];
  const second = Number(post.key.slice(18, 19));
  return id === undefined ? (posts.find((each) => each.second === second)?.id ?? -1) : Number(id);
}

const settings = fc.record({
  truth: truths,
  /** The first export lists all posts: where names alone tell, something has to say how many there are. */
  exports: fc.array(told, { minLength: 1, maxLength: 4 }),
  order: fc.array(fc.nat(100), { minLength: 5, maxLength: 5 }),
  runs: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
});

async function read(truth: Truth, all: readonly Told[]): Promise<readonly Export[]> {
  return Promise.all(all.map((each, index) => exportOf(truth, each, index === 0 && !truth.together)));
}

function shuffled<T>(all: readonly T[], order: readonly number[]): readonly T[] {
  return all
    .map((one, index) => ({ one, at: order[index] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

describe('merging any set of exports of one account', () => {
  test('never duplicates a post and never merges two, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async ({ truth, exports: all, order }) => {
        const exports = await read(truth, all);
        const ids = (one: Export) =>
          allOf(one)
            .map((post) => idOf(post, truth))
            .sort();
        const merged = joinExports(exports);
        expect(merged === null ? [] : ids(merged)).toEqual([...new Set(exports.flatMap(ids))].sort());
        expect(joinExports(shuffled(exports, order))).toEqual(merged);
      }),
      { numRuns: 150 },
    );
  });

  test('a key stays with its post, over any order of runs', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async ({ truth, exports: all, order, runs }) => {
        const exports = await read(truth, all);
        const known = new Map<string, string | null>();
        const ids = new Map<string, number>();
        const keys = new Map<number, string>();
        const later = truth.together ? shuffled(exports, order) : exports;
        for (const run of [0, 1, 2, 3, 4]) {
          const given = later.filter((_, index) => (runs[index] ?? 0) === run || (index === 0 && run === 0));
          const [merged] = mergeExports(given);
          if (merged === undefined) continue;
          const posts = allOf(
            withKnownKeys(
              merged,
              [...known].map(([key, linkPath]) => ({ key, linkPath })),
            ),
          );
          for (const post of posts) {
            const id = idOf(post, truth);
            expect([ids.get(post.key) ?? id, keys.get(id) ?? post.key]).toEqual([id, post.key]);
            ids.set(post.key, id);
            keys.set(id, post.key);
            known.set(post.key, postPath(post));
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('merging two exports of one account', () => {
  const rows = (...objects: string[]) => objects.map((object) => ({ Date: '2025-03-02 09:15:04', Link: object }));
  const join = async (...exports: object[][]) => {
    const read = await Promise.all(exports.map((each) => readDocument(document(each))));
    return joinExports(read)?.posts.map(({ links }) => links[0]?.url.split('/').at(-1)?.split(/[?~]/)[0]);
  };

  test.each([
    ['another name for the only video', rows(video('new')), rows(video('old')), ['new']],
    ['a video and photos of one second', rows(video('a2'), photo('b2')), rows(video('a'), photo('b')), ['a2', 'b2']],
    [
      'two videos, and other names for both',
      rows(video('a2'), video('b2')),
      rows(video('a'), video('b')),
      ['a2', 'b2'],
    ],
    ['two videos, of which one is known', rows(video('a'), video('c')), rows(video('a'), video('b')), ['a', 'c', 'b']],
    ['two videos, of which one is listed', rows(video('b')), rows(video('a'), video('b')), ['b', 'a']],
  ])('%s', async (_, newer, older, expected) => {
    const fresh = [{ Date: '2025-05-01 00:00:00', Link: video('last', 1800000000) }];
    expect((await join([...fresh, ...newer], older))?.slice(1)).toEqual(expected);
    expect((await join(older, [...fresh, ...newer]))?.slice(1)).toEqual(expected);
  });

  test('a live and a deleted post of the same second in one export stay two', async () => {
    const login = 'https://www.tiktok.com/login/?redirect_url=https%3A%2F%2Fv16m.tiktokcdn.com%2Fgone';
    const one = await readDocument(document(rows(video('a')), rows(login)));
    const merged = joinExports([one, await readDocument(document(rows(video('b'))))]);
    expect([merged?.posts.length, merged?.deleted.length]).toEqual([1, 1]);
  });

  test('renamed objects keep their keys, and duplicates from an earlier version keep theirs', async () => {
    const key = '2025-03-02_09-15-04';
    const path = (object: string) => `/storage/v1/tos-useast5-ve-0068c001-tx/${object}`;
    const keysOf = async (known: readonly [string, string][], ...objects: string[]) => {
      const one = await readDocument(document(rows(...objects.map((object) => video(object)))));
      return withKnownKeys(
        one,
        known.map(([name, object]) => ({ key: name, linkPath: path(object) })),
      ).posts.map((post) => post.key);
    };
    expect(await keysOf([[key, 'old']], 'new')).toEqual([key]);
    expect(
      await keysOf(
        [
          [key, 'old'],
          [`${key}-2`, 'mid'],
        ],
        'mid',
      ),
    ).toEqual([`${key}-2`]);
    expect(
      await keysOf(
        [
          [key, 'old'],
          [`${key}-2`, 'mid'],
        ],
        'new',
      ),
    ).toEqual([key]);
    expect(
      await keysOf(
        [
          [key, 'a'],
          [`${key}-2`, 'b'],
        ],
        'b2',
        'a2',
      ),
    ).toEqual([`${key}-2`, key]);
  });
});
