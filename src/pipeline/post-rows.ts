import type { Entry } from '../state/documents.ts';
import type { PostRun } from './context.ts';

/** The manifest for the processing of one post: parses each row only once. */
export function parsedOnce(manifest: PostRun['manifest']): PostRun['manifest'] {
  const known = new Map<string, readonly Entry[]>();
  const rowsOf = (key: string): readonly Entry[] => {
    const rows = known.get(key) ?? manifest.rowsOf(key);
    known.set(key, rows);
    return rows;
  };
  return {
    async get(key, target) {
      const row = rowsOf(key).find((each) => each.target === target);
      // The post.json of a failed post still describes what was delivered before.
      return row && row.status !== 'failed' ? row : await manifest.get(key, target);
    },
    rowsOf: (key, targets) => rowsOf(key).filter(({ target }) => targets?.includes(target) ?? true),
    has: manifest.has,
    set(row) {
      const others = rowsOf(row.key).filter(({ target }) => target !== row.target);
      manifest.set(row);
      known.set(row.key, [...others, row]);
    },
  };
}
