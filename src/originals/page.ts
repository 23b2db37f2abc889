import { join } from 'node:path';
import { ProgramError } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { machineIssue } from '../model/machine-errors.ts';
import type { Link, Post } from '../model/post.ts';
import { createHostQueue, type HostLimit } from './host-queue.ts';
import { issueOf } from './issues.ts';
import { sniff, sniffedBytes } from './sniff.ts';
import {
  type FetchRequest,
  type FetchResult,
  isAllowedHost,
  maxBytesOf,
  type Source,
  type SourceContext,
} from './source.ts';
import type { OriginalPart } from './store.ts';

interface PageOptions {
  readonly offline: boolean;
  readonly allowHosts: readonly string[];
  readonly tiktokIds: ReadonlyMap<string, string>;
  readonly laterIds: (() => Promise<ReadonlyMap<string, string>>) | null;
  readonly limit?: HostLimit;
}

/** yt-dlp makes its own connections, without our checks, so it only gets pages of TikTok or of allowed hosts. */
const tiktok = /^(?:[\w-]+\.)*tiktokv?\.(?:com|us|eu)$/;

/** The last source: the post's public page, through yt-dlp, if its id or page is known. It provides no photos. */
export function pageSource(options: PageOptions, context: SourceContext): Source {
  const { tools, store, hasRoom, inspectFile } = context;
  // One at a time, because TikTok throttles or blocks faster clients.
  const lanes = createHostQueue(1, 1, options.limit);

  const fetch = async (post: Post, page: string, signal: AbortSignal): Promise<OriginalPart | Issue> => {
    const { ytDlp, files } = tools;
    if (ytDlp === null) return issueOf('yt-dlp-missing');
    if (!(await hasRoom(0))) return issueOf('disk-full');
    const folder = join(store.incoming, `${post.key}.page`);
    try {
      const path = await ytDlp.download(page, folder, { maxBytes: maxBytesOf(post), signal });
      const found = sniff(await files.readStart(path, sniffedBytes));
      if (typeof found === 'string' || found.kind !== post.kind) {
        await files.remove(folder);
        return issueOf('page-failed', 'no video came');
      }
      const { why } = await inspectFile(post.kind, path, signal);
      if (why !== null) {
        await files.remove(folder);
        return issueOf('page-failed', why.replace(/\.$/, ''));
      }
      const final = store.pathFor(post, 0, found.extension);
      const sha256 = await files.sha256(path, signal);
      const part = await store.admit(post, path, final, sha256, { source: 'page', matchedBy: 'page', seconds: null });
      await files.remove(folder);
      return part;
    } catch (error) {
      signal.throwIfAborted();
      const machine = machineIssue(error);
      if (machine !== null) return machine;
      if (!(error instanceof ProgramError)) throw error;
      return issueOf('page-failed', error.message);
    }
  };

  return {
    count: () => 0,
    async fetch({ post, onSlow, signal }: FetchRequest): Promise<FetchResult> {
      const nothing = { parts: new Map(), issues: [] };
      if (post.kind !== 'video') return nothing;
      onSlow();
      const page = pageOf(post, options.allowHosts, (await options.laterIds?.()) ?? options.tiktokIds);
      if (page === null) return nothing;
      if (typeof page !== 'string') return { parts: new Map(), issues: [page] };
      if (options.offline) return { parts: new Map(), issues: [issueOf('offline')] };
      const made = await lanes.run('yt-dlp', signal, async () => fetch(post, page, signal));
      return 'file' in made ? { parts: new Map([[0, made]]), issues: [] } : { parts: new Map(), issues: [made] };
    },
  };
}

/** The address for yt-dlp, an issue if the address is not allowed, or null if none is known. */
function pageOf(
  post: Post,
  allowHosts: readonly string[],
  tiktokIds: ReadonlyMap<string, string>,
): string | Issue | null {
  const link = post.links.find(({ kind }) => kind === 'page');
  if (link && isAllowedHost(link, allowHosts)) return link.url;
  const id = tiktokIds.get(post.key) ?? link?.tiktokId;
  if (id) return `https://www.tiktok.com/@_/video/${id}`;
  if (!link) return null;
  return isTikTok(link) ? link.url : issueOf('page-refused', link.host);
}

function isTikTok({ url }: Link): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && tiktok.test(hostname);
}
