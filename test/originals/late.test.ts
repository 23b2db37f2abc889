import { describe, expect, it } from 'vitest';
import { lateSource } from '../../src/originals/late.ts';
import type { LocalSource } from '../../src/originals/local.ts';
import type { FetchRequest } from '../../src/originals/source.ts';
import type { ArchiveFile } from '../../src/tools/archive.ts';
import { never, video, zip } from './world.ts';

type Ids = ReadonlyMap<string, string>;
const [used, unused] = zip({ 'used.mp4': 'x', 'unused.mp4': 'x' }).files as readonly [ArchiveFile, ArchiveFile];
const found = {
  parts: new Map(),
  issues: [{ code: 'damaged', severity: 'warning', actual: 'x', limit: null }],
} as const;

/** Fetches as often as asked, and says which ids the files were matched by, each time. */
async function fetched(tiktokIds: Ids, laterIds: (() => Promise<Ids>) | null, times = 1) {
  const opened: Ids[] = [];
  let slow = 0;
  const source = lateSource({ tiktokIds, laterIds }, async (ids) => {
    opened.push(ids);
    return { fetch: async () => found, unusedFiles: () => [unused] } as unknown as LocalSource;
  });
  const request: FetchRequest = {
    ...{ post: video(), isMissing: () => true, isStored: () => false, unusable: new Map(), signal: never },
    onSlow: () => slow++,
  };
  const results = await Promise.all(Array.from({ length: times }, async () => source.fetch(request)));
  return { issues: results.map(({ issues }) => issues.length), opened, slow, left: source.stillUnused([used, unused]) };
}

describe('local files of posts whose ids only the listing has', () => {
  const [early, more] = [
    new Map([['a', '1']]),
    new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
  ];

  it('are matched again by its ids, once for all posts, and each post says that it waits', async () => {
    expect(await fetched(early, async () => more, 3)).toEqual({
      ...{ issues: [1, 1, 1], opened: [more], slow: 3, left: [unused] },
    });
  });

  it('add nothing to the number of files that a post has', () => {
    const source = lateSource({ tiktokIds: early, laterIds: null }, async () => Promise.reject(new Error('not asked')));
    expect(source.count(video())).toBe(0);
  });

  it('are matched again where it has another id of a post', async () => {
    const other = new Map([['a', '9']]);
    expect((await fetched(early, async () => other)).opened).toEqual([other]);
    const partly = new Map([
      ['a', '1'],
      ['b', '9'],
    ]);
    expect((await fetched(more, async () => partly)).opened).toEqual([partly]);
  });

  it.each<[string, Ids]>([
    ['the same ids', new Map(early)],
    ['no ids', new Map()],
  ])('are not matched again where it has %s', async (_what, later) => {
    expect(await fetched(early, async () => later)).toEqual({
      ...{ issues: [0], opened: [], slow: 1, left: [used, unused] },
    });
  });

  it('are not waited for where no listing is loaded', async () => {
    expect(await fetched(early, null)).toEqual({ issues: [0], opened: [], slow: 0, left: [used, unused] });
  });
});
