import type { MatchedBy, PostKind } from '../model.ts';

/** A post and a file as far as matching looks at them. */
export interface Wanted {
  readonly key: string;
  readonly time: number;
  readonly kind: PostKind;
}

export interface Match<File> {
  /** In order; for photos sorted by their names' numbers. */
  readonly files: readonly File[];
  readonly matchedBy: MatchedBy;
  /** File's time less the post's; null where the name is the key itself. */
  readonly seconds: number | null;
}

export interface Matches<File> {
  readonly found: ReadonlyMap<string, Match<File>>;
  /** Names of files that fit a post equally well, by key: refused rather than guessed. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
}

/** Downloaders round and upload lags: TikTok's times and theirs differ by up to 11 s (9 of 9 published cases). */
const maxSeconds = 15;

const videoName = /\.(mp4|m4v|mov|webm|mkv|avi|flv|ts|mpg)$/i;
const imageName = /\.(jpe?g|png|webp|gif|heic|avif)$/i;

/**
 * Which local file belongs to which post: by the layout of `originals/` (`<key>.mp4`, `<key>/01.jpg`), else by a date and
 * time in the name. One to one; where two files or two posts fit, none is taken.
 */
export function matchFiles<File extends { readonly name: string }>(
  posts: readonly Wanted[],
  files: readonly File[],
): Matches<File> {
  const groups = grouped(files);
  const found = new Map<string, Match<File>>();
  const ambiguous = new Map<string, string[]>();
  const free: Group<File>[] = [];

  const byName = new Map<string, Group<File>[]>();
  for (const group of groups) {
    const id = `${group.kind} ${group.name}`;
    byName.set(id, [...(byName.get(id) ?? []), group]);
  }
  for (const post of posts) {
    const [group, ...others] = byName.get(`${post.kind} ${post.key}`) ?? [];
    if (group && others.length === 0) found.set(post.key, { files: group.files, matchedBy: 'key', seconds: null });
    else if (group)
      ambiguous.set(
        post.key,
        [group, ...others].map(({ label }) => label),
      );
  }
  const keys = new Set(posts.map(({ key }) => key));
  free.push(...groups.filter(({ name }) => !keys.has(name)));

  const open = posts.filter(({ key }) => !found.has(key) && !ambiguous.has(key));
  const pairs = nearPairs(open, free);
  for (const post of open) {
    const own = pairs.filter((pair) => pair.post === post);
    const [only] = own;
    if (!only) continue;
    const contested = pairs.filter((pair) => pair.group === only.group).length > 1;
    if (own.length === 1 && !contested) {
      found.set(post.key, { files: only.group.files, matchedBy: 'name-time', seconds: only.seconds });
    } else {
      ambiguous.set(
        post.key,
        own.map(({ group }) => group.label),
      );
    }
  }
  return { found, ambiguous };
}

interface Group<File> {
  /** File's name without extension, or the folder's of photos. */
  readonly name: string;
  /** The whole path, for messages. */
  readonly label: string;
  readonly kind: PostKind;
  readonly files: readonly File[];
}

/** A video is a group of one; images that lie in one folder named like a post are its photos. */
function grouped<File extends { readonly name: string }>(files: readonly File[]): Group<File>[] {
  const groups: Group<File>[] = [];
  const folders = new Map<string, File[]>();
  for (const file of files) {
    const parts = file.name.split('/');
    const last = parts.at(-1) ?? '';
    // What macOS puts into ZIPs beside every file.
    if (last.startsWith('._') || parts.includes('__MACOSX')) continue;
    if (videoName.test(last)) {
      groups.push({ name: last.replace(/\.\w+$/, ''), label: file.name, kind: 'video', files: [file] });
    } else if (imageName.test(last)) {
      const folder = parts.slice(0, -1).join('/');
      const inside = timeInName(parts.at(-2) ?? '') !== null;
      const own = inside ? folder : file.name;
      folders.set(own, [...(folders.get(own) ?? []), file]);
    }
  }
  for (const [path, images] of folders) {
    const name = (path.split('/').at(-1) ?? '').replace(imageName, '');
    const sorted = [...images].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    groups.push({ name, label: path, kind: 'photos', files: sorted });
  }
  return groups;
}

interface Pair<File> {
  readonly post: Wanted;
  readonly group: Group<File>;
  readonly seconds: number;
}

/** All that lie near in time, found by a sweep over both in order: not all pairs of a large archive. */
function nearPairs<File>(posts: readonly Wanted[], groups: readonly Group<File>[]): Pair<File>[] {
  const timed = groups
    .flatMap((group) => {
      const time = timeInName(group.name);
      return time === null ? [] : [{ group, time }];
    })
    .sort((a, b) => a.time - b.time);
  const pairs: Pair<File>[] = [];
  let start = 0;
  for (const post of [...posts].sort((a, b) => a.time - b.time)) {
    while (start < timed.length && (timed[start]?.time ?? 0) < post.time - maxSeconds) start++;
    for (let at = start; at < timed.length; at++) {
      const each = timed[at];
      if (!each || each.time > post.time + maxSeconds) break;
      if (each.group.kind === post.kind) pairs.push({ post, group: each.group, seconds: each.time - post.time });
    }
  }
  return pairs;
}

const dateTime = /(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[T _-]{0,3}(\d\d)[-_.:h]?(\d\d)[-_.:m]?(\d\d)(?!\d)/;

/** The moment that a name tells, as UTC in unix seconds; null where it tells none. */
export function timeInName(name: string): number | null {
  const [, year, month, day, hour, minute, second] = dateTime.exec(name) ?? [];
  if (second === undefined) return null;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const time = Date.parse(iso);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(iso.slice(0, 19)) ? time / 1000 : null;
}
