import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Link, Post } from '../../src/model/post.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { type Behaviour, serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { folderOf, key, link, never, now, photos, video, world } from './world.ts';

const still = fakeMedia('webp', 900, 7);

interface Case {
  readonly behaviour?: Behaviour;
  readonly odd?: Partial<Link>;
  readonly options?: Partial<OriginalsOptions>;
  readonly free?: number;
  readonly stored?: Uint8Array;
  readonly kind?: 'video' | 'photos';
}

/** The bytes of the cover of a post whose original is in `--media`, and whether its link was requested. */
async function cover({ behaviour = serve(still), odd, options, free = 1e12, stored, kind = 'video' }: Case) {
  const server = await startServer({ '/c': behaviour });
  const place = world();
  if (stored !== undefined) {
    mkdirSync(join(place.folder, 'originals'), { recursive: true });
    writeFileSync(join(place.folder, 'originals', `${key}.cover.webp`), stored);
  }
  const coverLink = link(server.url('/c'), odd);
  const post = kind === 'video' ? video({ coverLink }) : photos([], { coverLink });
  const media = [await folderOf({ [`${key}.mp4`]: fakeMedia('mp4', 5000), [`${key}/01.jpg`]: fakeMedia('jpg', 700) })];
  const disk = { free: async () => free };
  const { original, issues } = await (await place.open({ posts: [post], media, ...options }, { disk })).get(
    post,
    never,
  );
  expect(issues).toEqual([]);
  return [original?.cover?.bytes ?? null, server.asked.length];
}

it.each<[string, Case, readonly [number | null, number]]>([
  ['whose link is alive is fetched', {}, [900, 1]],
  ['of a photo post is fetched', { kind: 'photos' }, [900, 1]],
  ['whose link has no expiry is fetched', { odd: { expiresAt: null } }, [900, 1]],
  ['whose link expires in a second is fetched', { odd: { expiresAt: now + 1 } }, [900, 1]],
  ['whose link expires now is not', { odd: { expiresAt: now } }, [null, 0]],
  ['is not fetched offline', { options: { offline: true } }, [null, 0]],
  ['is not fetched without room on the disk', { free: 256 * 1024 * 1024 }, [null, 0]],
  ['is not fetched from a host that is not allowed', { options: { allowHosts: [] } }, [null, 0]],
  ['in the store is not fetched again', { stored: fakeMedia('webp', 800, 2) }, [800, 0]],
  ['that is empty in the store is fetched again', { stored: new Uint8Array() }, [900, 1]],
  [
    'of more than 50 MB is not kept',
    { behaviour: (_request, response) => void response.writeHead(200, { 'content-length': 50_000_001 }).write(still) },
    [null, 1],
  ],
])('a cover %s', async (_what, given, expected) => {
  expect(await cover(given)).toEqual(expected);
});

it('covers of two posts that are fetched at once are not mixed up, and a post without a cover has none', async () => {
  const server = await startServer({
    '/a': (_request, response) => void setTimeout(() => response.end(fakeMedia('webp', 600, 1)), 30),
    '/b': serve(fakeMedia('webp', 700, 2)),
  });
  const [a, b, none] = ['a', 'b', null].map((name, index) =>
    video({ key: `k${index}`, coverLink: name === null ? null : link(server.url(`/${name}`)) }),
  ) as [Post, Post, Post];
  const media = [
    await folderOf(Object.fromEntries([0, 1, 2].map((at) => [`k${at}.mp4`, fakeMedia('mp4', 5000, at + 1)]))),
  ];
  const originals = await world().open({ posts: [a, b, none], media });
  const fetched = await Promise.all([a, b, none].map(async (post) => originals.get(post, never)));
  expect(fetched.map(({ original }) => original?.cover?.bytes ?? null)).toEqual([600, 700, null]);
});
