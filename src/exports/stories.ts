import type { Issue } from '../model/issue.ts';

/** Stories are no posts, and how an export holds them is not documented: they are counted, so that nobody misses them later. */
export function storiesLeft(count: number): Issue {
  const actual = count === 1 ? '1 story' : `${count} stories`;
  return { code: 'stories-left', severity: 'warning', actual, limit: null };
}
