import type { InspectedPost, Inspection } from '../model/inspection.ts';
import type { Issue } from '../model/issue.ts';
import { safeJson } from './safe-text.ts';

/** A screen of 24 lines of 80 columns: the page must not grow with the export. */
const WIDTH = 80;
const MAX_ISSUES = 3;

/**
 * The page of `port inspect`: at most 24 lines of 80 columns, without colours.
 * @param label the export's name as given
 * @param say returns the sentence of an issue
 * @param now Unix seconds
 */
export function inspectPage(inspection: Inspection, label: string, say: (issue: Issue) => string, now: number): string {
  const { counts, visibility, deleted, issues } = inspection;
  const unclear = inspection.posts.filter(({ audience }) => audience !== undefined).length;
  const rows = [
    ['account', inspection.account ?? 'not named in the export (name it with --account)'],
    ['export', `${formName(inspection)}, ${label}`],
    ['posts', postsLine(inspection)],
    ['period', periodOf(inspection.posts)],
    [
      'seen by',
      listed([
        [visibility.everyone, 'everyone'],
        [visibility.friends, 'friends'],
        [visibility.private - unclear, 'only you'],
        [unclear, 'whom port cannot tell'],
        [visibility.unknown, 'not said'],
      ]),
    ],
    ['deleted', deleted.length === 0 ? '' : `${counts.deleted} recently deleted, not counted above`],
    ['links', linksLine(inspection)],
  ];
  const lines = rows.filter(([, text]) => text !== '').map(([name, text]) => oneLine(`  ${name?.padEnd(9)}${text}`));
  const advice = adviceFor(inspection, now).flatMap((text) => wrap(text, '  '));
  const remarks = issues.slice(0, MAX_ISSUES).map((issue) => oneLine(`  ! ${say(issue)}`));
  if (issues.length > MAX_ISSUES) remarks.push(`  ! and ${issues.length - MAX_ISSUES} more remarks: see --json`);
  return [...lines, '', ...advice, ...(remarks.length > 0 ? ['', ...remarks] : []), ''].join('\n');
}

/** The document of `port inspect --json`. */
export function inspectDocument(inspection: Inspection, say: (issue: Issue) => string): string {
  const issues = inspection.issues.map((issue) => ({ ...issue, message: say(issue) }));
  // Indented for reading, except for large exports: one of 100,000 posts would double in size.
  return `${safeJson({ ...inspection, issues }, inspection.posts.length > 1000 ? 0 : 2)}\n`;
}

function formName({ format, generation }: Inspection): string {
  if (format === 'tiktok-txt') return 'TikTok TXT';
  return generation === null ? 'TikTok JSON' : `TikTok JSON, generation ${generation}`;
}

function postsLine({ counts }: Inspection): string {
  const unreadable = counts.unreadable === 0 ? '' : `; ${count(counts.unreadable, 'row')} could not be read`;
  const kinds = listed([
    [counts.videos, 'video', 'videos'],
    [counts.photoPosts, 'photo post', 'photo posts'],
  ]);
  const photos = counts.photoPosts === 0 ? '' : ` with ${count(counts.photos, 'photo')}`;
  return counts.posts === 0 ? `none${unreadable}` : `${counts.posts}: ${kinds}${photos}${unreadable}`;
}

function periodOf(posts: readonly InspectedPost[]): string {
  const newest = posts[0]?.createdAt.slice(0, 10);
  const oldest = posts.at(-1)?.createdAt.slice(0, 10);
  if (newest === undefined || oldest === undefined) return '';
  return newest === oldest ? newest : `${oldest} to ${newest}`;
}

function linksLine({ links, posts }: Inspection): string {
  if (posts.length === 0) return '';
  return listed([
    [links.alive, 'alive'],
    [links.expired, 'expired'],
    [links.unknown, 'without a date'],
    [links.none, 'post without any', 'posts without any'],
  ]);
}

interface Alive {
  readonly what: string;
  readonly first: number;
  readonly last: number;
}

/** Living links by kind of post, those that expire first in front. */
function aliveLinks(posts: readonly InspectedPost[]): readonly Alive[] {
  const kinds = [
    ['photos', 'Photos'],
    ['video', 'Videos'],
  ] as const;
  return kinds
    .flatMap(([kind, what]): Alive[] => {
      let first = Number.POSITIVE_INFINITY;
      let last = 0;
      for (const post of posts) {
        if (post.kind !== kind) continue;
        for (const { state, expiresAt } of post.links) {
          if (state !== 'alive' || expiresAt === null) continue;
          const time = Date.parse(expiresAt) / 1000;
          first = Math.min(first, time);
          last = Math.max(last, time);
        }
      }
      return last === 0 ? [] : [{ what, first, last }];
    })
    .sort((one, other) => one.first - other.first);
}

const NEW_EXPORT = 'a new export (Settings and privacy > Account > Download your data, format JSON)';

function adviceFor({ posts, links }: Inspection, now: number): readonly string[] {
  if (posts.length === 0) return [`There is nothing to port here. If there should be, ask TikTok for ${NEW_EXPORT}.`];
  const [first, second] = aliveLinks(posts);
  const advice: string[] = [];
  if (first !== undefined) {
    const then = second === undefined ? '' : `, ${second.what.toLowerCase()} in ${duration(second.first - now)}`;
    advice.push(
      `${first.what} expire in ${duration(first.first - now)}${then}: run port now, or ask for ${NEW_EXPORT}.`,
    );
    if (links.expired > 0)
      advice.push(`${count(links.expired, 'link')} cannot be fetched any more: only a new export brings fresh ones.`);
  } else if (links.expired > 0) {
    advice.push(
      `The links have expired: ask TikTok for ${NEW_EXPORT} and run port at once, or put your own files into the unzipped export.`,
    );
  }
  if (links.unknown > 0)
    advice.push(
      `For ${count(links.unknown, 'link')} nobody knows how long they live; pages of TikTok need yt-dlp (see port doctor).`,
    );
  if (links.none > 0)
    advice.push(`${count(links.none, 'post')} came without a link: put your own files into the unzipped export.`);
  return advice;
}

function duration(seconds: number): string {
  if (seconds < 2 * 3600) return `${Math.max(1, Math.floor(seconds / 60))} min`;
  if (seconds < 3 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** `3 everyone, 7 only you`, without zero counts. */
function listed(parts: readonly (readonly [number, string, string?])[]): string {
  return parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : (many ?? one)}`)
    .join(', ');
}

/** One line of the page, without control characters and truncated at the edge. */
function oneLine(line: string): string {
  const characters = [...line.replace(/[\p{Cc}\p{Cf}]/gu, ' ')];
  return characters.length <= WIDTH ? characters.join('').trimEnd() : `${characters.slice(0, WIDTH - 3).join('')}...`;
}

function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line !== indent && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
