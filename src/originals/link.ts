import { join } from 'node:path';
import type { Issue } from '../model/issue.ts';
import type { Link, Post } from '../model/post.ts';
import { issueOf } from './issues.ts';
import { sniff } from './sniff.ts';
import { type FetchRequest, type FetchResult, maxBytesOf, type Source, type SourceContext } from './source.ts';
import type { OriginalPart } from './store.ts';

/** The signed links of the export. Expired ones are not requested. */
export function linkSource(
  { offline, allowHosts }: { readonly offline: boolean; readonly allowHosts: readonly string[] },
  { tools, store, downloadQueue, diskQueue, hasRoom, inspectFile }: SourceContext,
): Source {
  const isExpired = ({ expiresAt }: Link) => expiresAt !== null && expiresAt <= tools.now();

  const fetch = async (post: Post, index: number, link: Link, signal: AbortSignal): Promise<OriginalPart | Issue> => {
    const { url, host } = link;
    if (link.kind === 'login') return issueOf('link-login', host);
    if (isExpired(link)) return expired(link);
    if (offline) return issueOf('offline');
    // The remaining disk space is left for rendering the available posts.
    if (!(await hasRoom(0))) return issueOf('disk-full');
    const path = join(store.incoming, post.kind === 'video' ? post.key : `${post.key}_${index + 1}`);
    const notMedia = (head: Uint8Array) => otherThan(post, head);
    const options = { allowHosts, maxBytes: maxBytesOf(post), notMedia, hasRoom, signal };
    const got = await downloadQueue.run(host, signal, async () => tools.http.download(url, path, options));
    if (!got.ok) return got.issue.code === 'link-refused' && isExpired(link) ? expired(link) : got.issue;
    const found = sniff(got.head);
    if (typeof found === 'string') throw new Error(`download() kept ${found}`);
    const seen = await diskQueue.run('disk', signal, async () => inspectFile(post.kind, path, signal));
    const final = store.pathFor(post, index, found.extension);
    const origin = { source: 'link', matchedBy: 'link', seconds: null, link: linkPath(link) } as const;
    // An unreadable file is kept and not requested again, because TikTok has no other.
    const part = await store.admit(post, path, final, got.sha256, origin);
    return seen.why === null ? part : issueOf('unreadable', seen.why);
  };

  return {
    count: ({ kind, links }) => (kind === 'video' ? 1 : links.length),
    async fetch({ post, isMissing, unusable, signal }: FetchRequest): Promise<FetchResult> {
      const { links } = post;
      if (links.length === 0) return { parts: new Map(), issues: [issueOf('no-link')] };
      const wanted = [...links.entries()].filter(
        // Pages are handled by the page source; further links of a video are copies of the first.
        ([index, { kind }]) => isMissing(index) && kind !== 'page' && (post.kind === 'photos' || index === 0),
      );
      const get = async (index: number, link: Link): Promise<OriginalPart | Issue> => {
        const before = unusable.get(index);
        // The same link would return the same file.
        return before?.link === linkPath(link)
          ? issueOf('unreadable', before.why)
          : await fetch(post, index, link, signal);
      };
      const made = await Promise.all(wanted.map(async ([index, link]) => [index, await get(index, link)] as const));
      const parts = made.flatMap(([index, each]) => ('file' in each ? [[index, each] as const] : []));
      return { parts: new Map(parts), issues: made.flatMap(([, each]) => ('file' in each ? [] : [each])) };
    },
  };
}

/** Host and path of a link, without the signature, which differs in each export. */
export function linkPath({ url }: Link): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}

function expired({ expiresAt }: Link): Issue {
  return issueOf('link-expired', new Date((expiresAt ?? 0) * 1000).toISOString().slice(0, 10));
}

/** What was received if it is not the post's kind of media; else null. */
function otherThan({ kind }: Post, head: Uint8Array): string | null {
  const found = sniff(head);
  if (found === 'empty') return 'nothing';
  if (found === 'text') return 'a page of text';
  if (found === 'unknown') return 'something else';
  if (found.kind === kind) return null;
  return kind === 'video' ? 'an image' : 'a video';
}
