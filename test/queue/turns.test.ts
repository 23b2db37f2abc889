import { describe, expect, it } from 'vitest';
import type { Link, Post } from '../../src/model/post.ts';
import { priorities, turnOf, type Waiting } from '../../src/queue/turns.ts';

const now = 1_800_000_000;
const hour = 3600;

function waiting(key: string, diesIn: number | null = null, toFetch = diesIn !== null): Waiting {
  const link = { kind: 'media', expiresAt: diesIn === null ? null : now + diesIn } as Link;
  return { post: { key, links: [link], coverLink: null } as unknown as Post, toFetch };
}

/** The order in which posts of several clients come out of the queue. */
function order(clients: readonly (readonly [turnNow: number, posts: readonly Waiting[]])[]): string[] {
  const all = clients.flatMap(([turnNow, posts]) => [...priorities(posts, turnNow, now)]);
  return all.sort(([, a], [, b]) => a - b).map(([{ key }]) => key);
}

describe('turns', () => {
  it('the n-th post of each client comes before the n+1-th of any', () => {
    const many = ['a1', 'a2', 'a3', 'a4'].map((key) => waiting(key));
    expect(
      order([
        [0, many],
        [0, [waiting('b1'), waiting('b2')]],
      ]),
    ).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });
  it('who comes later begins where the others are, neither behind all nor before all', () => {
    const many = ['a1', 'a2', 'a3', 'a4'].map((key) => waiting(key));
    expect(
      order([
        [0, many],
        [2, [waiting('b1')]],
      ]),
    ).toEqual(['a1', 'a2', 'a3', 'b1', 'a4']);
  });
  it('links that die within a day go before all turns, the first to die first', () => {
    const mixed = [waiting('a1'), waiting('a2', 20 * hour), waiting('a3', 2 * hour)];
    expect(
      order([
        [0, [waiting('b1')]],
        [0, mixed],
      ]),
    ).toEqual(['a3', 'a2', 'b1', 'a1']);
  });
  it('within a client, what has to be fetched comes by its expiry, then what is there as it was wanted', () => {
    const posts = [
      waiting('here'),
      waiting('late', 90 * hour),
      waiting('soon', 50 * hour),
      waiting('had', hour, false),
    ];
    expect(order([[0, posts]])).toEqual(['soon', 'late', 'here', 'had']);
  });
  it('dead links are in no hurry', () => {
    expect(order([[0, [waiting('b1'), waiting('dead', -hour)]]])).toEqual(['b1', 'dead']);
  });
  it('a priority tells its turn; those in a hurry have none; all are BullMQ’s', () => {
    const found = priorities([waiting('a', hour), waiting('b'), waiting('c')], 7, now);
    expect([...found.values()].map(turnOf)).toEqual([null, 7, 8]);
    const far = priorities([waiting('a'), waiting('b')], 2_000_000_000, now);
    expect(Math.max(...far.values())).toBe(2_097_151);
  });
});
