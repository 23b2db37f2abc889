import { join } from 'node:path';
import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import { isUnexpired } from './order.ts';
import { sniff } from './sniff.ts';
import type { SourceContext } from './source.ts';

/** Larger than any still that a phone makes. */
const maxBytes = 50_000_000;

/**
 * Fetches the cover that the creator chose, together with the original, because its link expires first. Nothing depends
 * on it, so a failure is not reported.
 * @throws the signal's reason, or a system error if the disk cannot be written
 */
export function coverSource(
  { offline, allowHosts }: { readonly offline: boolean; readonly allowHosts: readonly string[] },
  { tools, store, downloadQueue, hasRoom }: SourceContext,
): (post: Post, signal: AbortSignal) => Promise<OriginalFile | null> {
  return async (post, signal) => {
    const stored = await store.findCover(post, signal);
    const link = post.coverLink;
    if (stored || offline || link === null || !isUnexpired(link, tools.now()) || !(await hasRoom(0))) return stored;
    const path = join(store.incoming, `${post.key}.cover`);
    const options = { allowHosts, maxBytes, notMedia, hasRoom, signal };
    const got = await downloadQueue.run(link.host, signal, async () => tools.http.download(link.url, path, options));
    if (!got.ok) return null;
    const found = sniff(got.head);
    if (typeof found === 'string') return null;
    const final = store.coverPathFor(post, found.extension);
    return await store.admitCover(post, path, final, got.sha256);
  };
}

function notMedia(head: Uint8Array): string | null {
  const found = sniff(head);
  return typeof found !== 'string' && found.kind === 'photos' ? null : 'no image';
}
