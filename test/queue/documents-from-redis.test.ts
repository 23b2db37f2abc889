import { describe, expect, it } from 'vitest';
import { assertCompatible } from '../../src/queue/assert-compatible.ts';
import { readRedisAddress } from '../../src/queue/bullmq/redis-address.ts';
import { exportJob, postJob, progress, tally } from '../../src/queue/documents.ts';
import { priorities, turnOf } from '../../src/queue/turns.ts';
import { post } from '../builders.ts';

const place = { schemaVersion: 1, out: 'ported', outId: '0123456789abcdef', folder: 'maya', run: 'fedcba9876543210' };
const about = { ...place, account: 'maya', posts: 3, startedAt: 1_800_000_000.5, version: '1.0.0', libavcodec: 60 };

describe('the job of a run out of Redis', () => {
  it.each<[string, object]>([
    ['as it is', {}],
    ['of no post', { posts: 0 }],
    ['with the longest path', { out: 'x'.repeat(4000) }],
    ['with a folder in a folder', { out: 'a/b/c' }],
    ['with dots that lead nowhere', { out: 'a/...', folder: '..a' }],
    ['with the longest name', { account: 'x'.repeat(1000) }],
  ])('is one: %s', (_, odd) => {
    expect(exportJob.safeParse({ ...about, ...odd })).toMatchObject({ success: true, data: { ...about, ...odd } });
  });

  it.each<[string, object]>([
    ['of another version', { schemaVersion: 2 }],
    ['of half a post', { posts: 1.5 }],
    ['of less than no post', { posts: -1 }],
    ['of no path', { out: '' }],
    ['with a longer path', { out: 'x'.repeat(4001) }],
    ['with a longer folder', { folder: 'x'.repeat(4001) }],
    ['with a slash at the end', { out: 'a/' }],
    ['with two slashes', { out: 'a//b' }],
    ['with the folder itself inside', { out: './a' }],
    ['with a dot as folder', { folder: '.' }],
    ['with no folder', { folder: '' }],
    ['with a longer name', { account: 'x'.repeat(1001) }],
    ['with a longer version', { version: 'x'.repeat(101) }],
    ['of half a version of ffmpeg', { libavcodec: 60.5 }],
    ['with a text as time', { startedAt: 'now' }],
    ['with an id that is too short', { outId: '0123456789abcde' }],
    ['with an id of capitals', { run: 'FEDCBA9876543210' }],
    ['with something before the id', { run: 'x-fedcba9876543210' }],
  ])('is none: %s', (_, odd) => {
    expect(exportJob.safeParse({ ...about, ...odd }).success).toBe(false);
  });
});

it.each<[string, boolean]>([
  ['2025-03-02_09-15-04', true],
  ['2025-03-02_09-15-04-1234567', true],
  ['2025-03-02_09-15-04-12345678', false],
  ['2025-03-02_09-15-04-', false],
  ['2025-03-02_09-15-04-x', false],
  ['x2025-03-02_09-15-04', false],
  ['2025-03-02_09-15-0', false],
])('%s is the key of a post: %s', (key, isOne) => {
  expect(postJob.safeParse({ ...place, key }).success).toBe(isOne);
});

it('a path that leads out is told of as that', () => {
  const messages = [{ out: '../x' }, { folder: 'a/b' }].map(
    (odd) => postJob.safeParse({ ...place, key: '2025-03-02_09-15-04', ...odd }).error?.issues[0]?.message,
  );
  expect(messages).toEqual(['leads out of the shared folder', 'is no name of a folder']);
});

it.each<[object, boolean]>([
  [{ share: 0 }, true],
  [{ share: 1, plans: [{ target: 'rednote', actions: ['copy'] }] }, true],
  [{ share: 1, plans: Array(100).fill({ target: 'rednote', actions: [] }) }, true],
  [{ share: 1, plans: Array(101).fill({ target: 'rednote', actions: [] }) }, false],
  [{ share: 1, plans: [{ target: 'rednote', actions: [5] }] }, false],
  [{ share: 1, plans: [{ actions: [] }] }, false],
])('progress out of Redis', (value, isOne) => {
  expect(progress.safeParse(value).success).toBe(isOne);
});

it.each<[string, object, boolean]>([
  ['counts', {}, true],
  ['half a post', { delivered: 1.5 }, false],
  ['half a held post', { held: 1.5 }, false],
  ['half a rejected post', { rejected: 1.5 }, false],
  ['less than nothing', { delivered: -1 }, false],
  ['less held than nothing', { held: -1 }, false],
  ['less rejected than nothing', { rejected: -1 }, false],
])('a tally of %s', (_, odd, isOne) => {
  expect(tally.safeParse({ delivered: 1, held: 2, rejected: 3, ...odd }).success).toBe(isOne);
});

describe('the address of Redis', () => {
  it.each<[string, object]>([
    ['redis://queue', { host: 'queue', port: 6379, database: 0, encrypted: false, shown: 'redis://queue:6379' }],
    ['rediss://queue:1/15', { host: 'queue', port: 1, database: 15, encrypted: true, shown: 'rediss://queue:1/15' }],
    ['redis://[::1]', { host: '::1', shown: 'redis://[::1]:6379' }],
    ['redis://queue/', { database: 0, shown: 'redis://queue:6379' }],
    ['redis://100%25@queue', { username: '100%', password: null }],
    ['redis://100%@queue', { username: '100%' }],
    ['redis://:a%2Fb@queue', { username: null, password: 'a/b' }],
  ])('%s', (text, read) => {
    expect(readRedisAddress(text, {})).toMatchObject(read);
  });

  it('has its own user and password before those of the environment', () => {
    const environment = { PORT_REDIS_USERNAME: 'other', PORT_REDIS_PASSWORD: 'secret' };
    expect(readRedisAddress('redis://maya:own@queue', environment)).toMatchObject({
      username: 'maya',
      password: 'own',
    });
    expect(readRedisAddress('redis://maya@queue', environment)).toMatchObject({ username: 'maya', password: 'secret' });
  });

  it.each([
    'redis://queue/12345',
    'redis://queue/1/2',
    'redis://queue/a1',
    'redis://queue#1',
    'redis:///1',
    'rediss:',
    'x:redis:',
  ])('%s is refused', (text) => {
    expect(() => readRedisAddress(text, {})).toThrow(
      '--queue takes the address of a Redis server, such as redis://host:6379 or rediss://host:6379. See port --help.',
    );
  });
});

it('machines that differ in both are told of both, with what can be done', () => {
  const own = { version: '1.0.0', libavcodec: 59 };
  const meet = () => assertCompatible({ version: '2.0.0', libavcodec: 61 }, own, 'the worker on studio', 'Drop it.');
  expect(meet).toThrow(
    'The worker on studio has port 2.0.0 and here it is 1.0.0, an ffmpeg of libavcodec 61 and here it is 59: what they make would differ. Use the same on all machines (port doctor tells; PORT_FFMPEG and PORT_FFPROBE choose). Drop it.',
  );
  const without = () => assertCompatible({ version: '2.0.0', libavcodec: 59 }, own, 'the run');
  expect(without).toThrow(/PORT_FFPROBE choose\)\.$/);
});

describe('the order of posts', () => {
  const now = 1_800_000_000;
  const day = 24 * 3600;
  const link = (ends: number | null, kind: 'media' | 'page' = 'media') => ({ kind, expiresAt: ends }) as never;
  const order = (posts: readonly ReturnType<typeof post>[], turn = 0) =>
    [
      ...priorities(
        posts.map((each) => ({ post: each, toFetch: true })),
        turn,
        now,
      ),
    ].map(([{ key }, priority]) => [key, turnOf(priority)]);

  it('a link that dies in exactly a day is urgent, one that dies a second later is not', () => {
    const posts = [post({ key: 'b', links: [link(now + day + 1)] }), post({ key: 'a', links: [link(now + day)] })];
    expect(order(posts, 5)).toEqual([
      ['a', null],
      ['b', 5],
    ]);
  });

  it('the first of its links counts, that of the cover too, but none that is dead, a page, or without an end', () => {
    const posts = [
      post({ key: 'cover', links: [link(now + 9)], coverLink: link(now + 3) }),
      post({ key: 'second', links: [link(now + 9), link(now + 2)] }),
      post({ key: 'dead', links: [link(now), link(now + 4)] }),
      post({ key: 'page', links: [link(now + 1, 'page'), link(now + 5)] }),
      post({ key: 'endless', links: [link(null), link(now + 6)] }),
    ];
    expect(order(posts).map(([key]) => key)).toEqual(['second', 'cover', 'dead', 'page', 'endless']);
  });

  it('more urgent posts than there are places before all turns share the last', () => {
    const many = Array.from({ length: 100_001 }, (_, index) => ({
      post: post({ key: String(index), links: [link(now + 10)] }),
      toFetch: true,
    }));
    const found = [...priorities(many, 0, now).values()];
    expect([found[0], found[99_998], found[99_999], found[100_000]]).toEqual([1, 99_999, 99_999, 99_999]);
  });

  it('the first turn is one, the last urgent place is none', () => {
    expect([turnOf(99_999), turnOf(100_000)]).toEqual([null, 0]);
  });
});
