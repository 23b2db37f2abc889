import { isDisclosureAlone } from '../../plan/words/hooks.ts';
import type { CaptionRow, Entry, FileRow, IssueRow } from '../../state/documents.ts';

/** One package on the sheet: a post, or a part of one. */
export interface Card {
  /** The post's key, with `/part-1` for a part. */
  readonly id: string;
  /** The key of the post, which parts share. */
  readonly key: string;
  /** Unix seconds; null if the key does not contain a time. */
  readonly time: number | null;
  /** `1 of 2`; null for a whole post. */
  readonly place: string | null;
  readonly caption: CaptionRow | null;
  /** Relative to the target's folder. */
  readonly files: readonly FileRow[];
  /** In the platform's own words. */
  readonly toDeclare: readonly string[];
  readonly warnings: readonly IssueRow[];
  /** What was changed, and why. */
  readonly notes: readonly IssueRow[];
  readonly needsWords: boolean;
  /** The post has no text for a title: a person has to write one. */
  readonly needsTitle: boolean;
}

/** The delivered posts of one target, one card per part, generated one at a time in row order. */
export function* cardsOf(rows: Iterable<Entry>, target: string): Generator<Card> {
  for (const row of rows) if (row.status === 'delivered') yield* cardsOfRow(row, target);
}

/** The `id` of a card's element. @param id see `Card` */
export function cardAnchor(id: string): string {
  return `post-${id.replace(/\s/g, '-')}`;
}

function cardsOfRow(row: Entry, target: string): Card[] {
  const about = {
    key: row.key,
    time: timeOfKey(row.key),
    toDeclare: row.toDeclare,
    warnings: row.issues.filter(isToLookAt),
    notes: row.issues.filter(({ severity }) => severity === 'info'),
  };
  const files = row.files.map((file) => ({ ...file, path: inside(file.path, target) }));
  const parts = row.parts ?? [{ caption: row.caption, files: row.files.map(({ path }) => path) }];
  const ids = cardIds(row);
  return parts.map((part, index) => {
    const own = new Set(part.files.map((path) => inside(path, target)));
    return {
      ...about,
      id: ids[index] ?? row.key,
      place: parts.length > 1 ? `${index + 1} of ${parts.length}` : null,
      caption: part.caption,
      files: files.filter(({ path }) => own.has(path)),
      needsWords: !hasWords(part.caption),
      needsTitle: part.caption !== null && needsTitle(part.caption, row),
    };
  });
}

/** Whether a person has to look at it before posting. Missing words have their own mark on the card. */
export function isToLookAt({ code, severity }: IssueRow): boolean {
  return severity !== 'info' && code !== 'no-words';
}

/** The ids of a delivered post's cards. */
export function cardIds({ key, parts = [] }: Pick<Entry, 'key' | 'parts'>): readonly string[] {
  return parts.length > 1 ? parts.map((_, index) => `${key}/part-${index + 1}`) : [key];
}

/** A title made from the date or the place was not written by a person. */
function hasWords(caption: CaptionRow | null): boolean {
  return caption !== null && caption.source !== 'none';
}

/**
 * Whether a person has to write a title: the current one was made from the date, emoji or a disclosure only because the
 * platform requires a title.
 */
export function needsTitle(
  { title }: Pick<CaptionRow, 'title'>,
  { key, issues }: Pick<Entry, 'key' | 'issues'>,
): boolean {
  const name = title?.replace(/ \(\d+\/\d+\)$/, '') ?? null;
  if (name === null || !issues.some(({ code, actual }) => code === 'title-made' && actual === name)) return false;
  return name === key.slice(0, 10) || !/\p{L}/u.test(name) || isDisclosureAlone(name);
}

function inside(path: string, target: string): string {
  return path.startsWith(`${target}/`) ? path.slice(target.length + 1) : path;
}

/** Unix seconds of a key such as `2025-03-02_09-15-04-2`. */
export function timeOfKey(key: string): number | null {
  const [, day, hour, minute, second] = /^(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)(?:-\d+)?$/.exec(key) ?? [];
  const time = Date.parse(`${day}T${hour}:${minute}:${second}Z`) / 1000;
  return Number.isFinite(time) ? time : null;
}
