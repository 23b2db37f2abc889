import type { Issue } from '../model/issue.ts';

/** Stories are not ported, and their layout in an export is undocumented: they are counted and reported. */
export function storiesLeft(count: number): Issue {
  const actual = count === 1 ? '1 story' : `${count} stories`;
  return { code: 'stories-left', severity: 'warning', actual, limit: null };
}
