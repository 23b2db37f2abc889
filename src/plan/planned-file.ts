import type { OriginalFile, Post } from '../model.ts';
import type { Operation, PlannedFile } from './plan.ts';
import { renditionKey } from './rendition-key.ts';

/** One file of a post, with the key that says what it is. */
export function planned(
  post: Post,
  source: OriginalFile,
  operation: Operation,
  rest: Pick<PlannedFile, 'name' | 'role' | 'seconds' | 'why'>,
): PlannedFile {
  return { ...rest, source, operation, key: renditionKey(post.key, source.sha256, operation) };
}
