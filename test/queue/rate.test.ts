import { expect, it } from 'vitest';
import { postsPerMinute } from '../../src/queue/rate.ts';

it.each<[string, number[], number, number | null]>([
  ['nothing ended', [0, 0, 0, 0, 0, 0, 0], 30, null],
  ['nothing in the last minutes, much before', [0, 0, 0, 0, 0, 0, 90], 30, null],
  ['begun in this minute', [20, 0, 0], 30, 40],
  ['just begun: not more than what ten seconds tell', [2, 0, 0], 1, 12],
  ['begun in the minute before, of which nobody knows when', [20, 30], 15, 40],
  ['begun a while ago: the minute in which it began is left out', [30, 60, 60, 1], 30, 60],
  ['it goes on for long', [30, 60, 60, 60, 60, 60, 60, 60], 30, 60],
  ['what stood still before it began does not count', [30, 60, 60, 5, 0, 0, 0, 0, 800], 30, 60],
  ['all workers left two minutes ago', [0, 0, 60, 60, 60, 60, 60], 0, 48],
])('posts a minute: %s', (_, ended, second, rate) => {
  expect(postsPerMinute(ended, second)).toBe(rate);
});
