import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { Operation, PlannedFile } from './plan.ts';
import { renditionKey } from './rendition-key.ts';

/** Creates a planned file with its rendition key. */
export function planned(
  post: Post,
  source: OriginalFile,
  operation: Operation,
  rest: Pick<PlannedFile, 'name' | 'role' | 'seconds' | 'why' | 'streams' | 'instead'>,
): PlannedFile {
  const { name, role, seconds, why, streams, instead } = rest;
  const said = streams === null || streams.areFirst ? operation : { ...operation, streams };
  const key = renditionKey(post.key, source.sha256, said);
  return { name, role, seconds, why, streams, source, operation, key, ...(instead && { instead }) };
}
