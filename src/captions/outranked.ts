import type { Issue } from '../model/issue.ts';
import type { Note } from './source.ts';

/** Whether it differs from what a person wrote into the cells. */
export function isOutranked(given: Note, { text, title, hashtags }: Note): boolean {
  const differs = (told: string | null, own: string | null) =>
    told !== null && own !== null && told.trim() !== own.trim();
  return (
    differs(given.text, text) ||
    differs(given.title, title) ||
    differs(given.hashtags?.join(' ') ?? null, hashtags?.join(' ') ?? null)
  );
}

/** The issue about sources that a person's cells contradict. */
export function aboutOutranked(count: number): Issue[] {
  return count === 0 ? [] : [{ code: 'captions-outranked', severity: 'warning', actual: count, limit: null }];
}
