import type { Entry } from '../../state/documents.ts';
import type { OfferedRemedy } from './api.ts';

/** Issues of a missing original, for which the person's own file helps, and for some the network. */
const lacking: ReadonlySet<string> = new Set([
  ...['no-original', 'no-link', 'link-expired', 'link-refused', 'link-private', 'link-not-media', 'link-failed'],
  ...['link-insecure', 'link-login', 'page-failed', 'page-refused', 'proxy-failed', 'offline', 'yt-dlp-missing'],
  ...['damaged', 'unreadable', 'photo-missing', 'fetch-failed', 'codec-private', 'encrypted', 'several-posts-fit'],
]);

/** What a person can do about a post that is not delivered. */
export function remediesOf(
  { key, status, issues }: Pick<Entry, 'key' | 'status' | 'issues'>,
  kind: 'video' | 'photos',
): readonly OfferedRemedy[] {
  if (status === 'delivered') return [];
  const has = (code: string) => issues.some((issue) => issue.code === code);
  if (status === 'held') {
    if (has('visibility') || has('target-left-out') || has('targets-unread')) return [{ kind: 'include' }];
    return [{ kind: 'again' }];
  }
  const several = issues.find(({ code }) => code === 'several-files-fit');
  const files = several?.files ?? [];
  const gives =
    status === 'failed' && kind === 'video' && (several !== undefined || issues.some(({ code }) => lacking.has(code)));
  return [
    ...(files.length > 0 ? [{ kind: 'pick', files } as const] : []),
    ...(gives ? [{ kind: 'give', name: key } as const] : []),
    { kind: 'again' },
  ];
}
