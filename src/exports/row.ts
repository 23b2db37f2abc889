import type { Link, Post, PostKind } from '../model/post.ts';
import { parseAudience, type Seen } from './audience.ts';
import { parseDate } from './date.ts';
import { disclosureNamed, disclosureParts, isNo, isYes } from './disclosures.ts';
import { timeKey } from './keys.ts';
import { isImageLink, isVideoLink, parseLink } from './link.ts';

/**
 * Fields of a post that are read, by their names without case, spaces and punctuation: JSON and TXT spell them
 * differently.
 */
const FIELDS = {
  date: 'date',
  datum: 'date',
  data: 'date',
  posteddate: 'date',
  postdate: 'date',
  link: 'link',
  videolink: 'link',
  // From the official list of portable data (developers.tiktok.com, data types of the Data Portability API, 2026-11).
  postedvideodownloadlink: 'link',
  postedphotodownloadlink: 'link',
  postedvideolink: 'link',
  videodownloadlink: 'link',
  photodownloadlink: 'link',
  downloadlink: 'link',
  postlink: 'link',
  photolink: 'link',
  likes: 'likes',
  receivedlikesnum: 'likes',
  receivedlikes: 'likes',
  likesreceived: 'likes',
  numberoflikes: 'likes',
  whocanview: 'audience',
  whocanviewthispost: 'audience',
  whocanwatch: 'audience',
  whocansee: 'audience',
  sound: 'sound',
  geluid: 'sound',
  suono: 'sound',
  location: 'location',
  locatie: 'location',
  posizione: 'location',
  title: 'title',
  titel: 'title',
  titolo: 'title',
  aigeneratedcontent: 'aiGenerated',
  aigenerated: 'aiGenerated',
  contentdisclosure: 'disclosure',
  coverimage: 'cover',
} as const;

export type Field = (typeof FIELDS)[keyof typeof FIELDS];
export type Fields = Partial<Record<Field, unknown>> & {
  /** True if this row has no visibility, or an empty one, while other rows of the file have one. */
  readonly isAudienceUnsaid?: boolean;
  /** Lines that may be disclosures but are not understood: `label: value`. */
  readonly unread?: readonly string[];
};

const MAX_NAME = 60;
const names = new Map<string, Field>(Object.entries(FIELDS));

/** The field for a key (`WhoCanView`) or label (`Who can view`); undefined for one that is not read. */
export function fieldOf(name: string): Field | undefined {
  return name.length > MAX_NAME ? undefined : names.get(plainName(name));
}

/**
 * Normalises a name: without case, spaces and punctuation, `Recently Deleted Posts` and `RecentlyDeletedPosts` are
 * equal.
 */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether the text means "no value" (forms seen in exports of 2024-25). */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'string') return false;
  return value.length > 8 ? value.trim() === '' : /^(?:\s*|N\/A|None|null|\s*-\s*)$/i.test(value);
}

/** Blank, or an empty list or object, which also mean "no value". */
function isMissing(value: unknown): boolean {
  return isBlank(value) || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** A post, and the optional parts of its row that could not be understood. */
export interface ReadRow {
  /** Its key is its time so far; only the whole export shows whether that key is free. */
  readonly post: Post;
  readonly remarks: readonly Remark[];
}

export interface Remark {
  readonly code: 'link-unreadable' | 'visibility-unread' | 'mixed-post';
  readonly what: string;
}

/** Converts a row to a post, or returns a reason (`no date`) if that is impossible. */
export function readRow(fields: Fields, deleted: boolean): ReadRow | string {
  if (isMissing(fields.date)) return 'it has no date';
  const time = parseDate(fields.date);
  if (time === null) return 'its date cannot be read';
  const remarks: Remark[] = [];
  const links: Link[] = [];
  let number = 0;
  for (const address of addresses(fields.link)) {
    number++;
    const link = parseLink(address);
    if (link !== null) links.push(link);
    else remarks.push({ code: 'link-unreadable', what: `address ${number}` });
  }

  const seen = deleted ? DELETED : whoCouldSee(fields);
  if (seen.audience !== undefined) remarks.push({ code: 'visibility-unread', what: seen.audience });

  const title = text(fields.title);
  const kind = kindOf(links, title);
  const { kept, leftOut } = ofKind(links, kind);
  if (leftOut !== null) remarks.push({ code: 'mixed-post', what: mixtureOf(leftOut) });
  return {
    post: {
      key: timeKey(time),
      time,
      kind,
      ...seen,
      ...(leftOut !== null && { leftOut }),
      links: kept,
      coverLink: typeof fields.cover === 'string' ? parseLink(fields.cover.trim()) : null,
      title,
      sound: text(fields.sound),
      location: text(fields.location),
      likes: count(fields.likes),
      ...disclosed(fields),
    },
    remarks,
  };
}

/**
 * All addresses of a `Link`: separated by line breaks (2025) or spaces (2024), or in a list, in case a later export
 * uses one.
 */
function addresses(value: unknown): readonly string[] {
  if (value === undefined) return NONE;
  if (typeof value === 'string' && value.length > 8 && !/\s/.test(value)) return [value];
  const texts = Array.isArray(value) ? value : [value];
  return texts.flatMap((one) => (typeof one === 'string' && !isBlank(one) ? one.trim().split(/\s+/) : []));
}

const DELETED: Seen = { visibility: 'deleted' };
const MAX_AUDIENCE = 60;

/** Unknown audience words are treated as not public: the post is held until the user releases it. */
function whoCouldSee({ audience, isAudienceUnsaid = false }: Fields): Seen {
  if (isMissing(audience))
    return isAudienceUnsaid ? { visibility: 'private', audience: '' } : { visibility: 'unknown' };
  const words = typeof audience === 'string' ? audience.trim() : 'not a text';
  const visibility = parseAudience(words);
  if (visibility !== null) return { visibility };
  return { visibility: 'private', audience: [...words.slice(0, 4 * MAX_AUDIENCE)].slice(0, MAX_AUDIENCE).join('') };
}

/**
 * The addresses that belong to a post of this kind. Several copies of one video are a video. `Post` has no kind for
 * photos mixed with videos, so the addresses that are left out are counted and reported.
 */
function ofKind(
  links: readonly Link[],
  kind: PostKind,
): { readonly kept: readonly Link[]; readonly leftOut: NonNullable<Post['leftOut']> | null } {
  if (links.length < 2) return { kept: links, leftOut: null };
  if (kind === 'video') {
    const photos = links.filter(isImageLink).length;
    return { kept: links.slice(0, 1), leftOut: photos > 0 ? { videos: 0, photos } : null };
  }
  const kept = links.filter((link) => !isVideoLink(link));
  const videos = links.length - kept.length;
  return { kept, leftOut: videos > 0 ? { videos, photos: 0 } : null };
}

/** `2 photos`, `1 video`. */
export function mixtureOf({ videos, photos }: NonNullable<Post['leftOut']>): string {
  const count = (number: number, one: string) => (number === 1 ? `1 ${one}` : `${number} ${one}s`);
  return videos > 0 ? count(videos, 'video') : count(photos, 'photo');
}

function kindOf(links: readonly Link[], title: string | null): PostKind {
  const [first] = links;
  // Only photo posts have titles (2025); without a link there is no other indication.
  if (first === undefined) return title === null ? 'video' : 'photos';
  return isImageLink(first) || (links.length > 1 && !isVideoLink(first)) ? 'photos' : 'video';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && !isBlank(value) ? value.trim() : null;
}

const NONE: readonly string[] = [];

const MAX_UNREAD = 20;
const MAX_UNREAD_LENGTH = 120;

/**
 * The creator's disclosures, in TikTok's English words where the export's words are known. Any other value than `No` is
 * kept unchanged, so that no disclosure is lost in translation.
 */
function disclosed({
  aiGenerated,
  disclosure,
  unread = NONE,
}: Fields): Pick<Post, 'aiGenerated' | 'disclosure' | 'unreadDisclosure'> {
  const parts = isMissing(disclosure) ? NONE : disclosureParts(wordsIn(disclosure));
  const ai =
    aiGenerated === true ? 'yes' : isMissing(aiGenerated) || aiGenerated === false ? 'no' : wordsIn(aiGenerated);
  const names = parts.map((part) => disclosureNamed(part) ?? part);
  const all = [
    ...parts.filter((part) => disclosureNamed(part) === null && !isNo(part)),
    ...(isYes(ai) || isNo(ai) ? [] : [`AI-generated content: ${ai}`]),
    ...unread,
  ];
  const kept = all
    .slice(0, MAX_UNREAD)
    .map((each) => [...each.slice(0, 4 * MAX_UNREAD_LENGTH)].slice(0, MAX_UNREAD_LENGTH).join(''));
  return {
    aiGenerated: isYes(ai),
    disclosure: [...new Set(names.filter((each) => !isNo(each)))],
    ...(kept.length > 0 && { unreadDisclosure: kept }),
  };
}

/** A text, or the text form of a value of an unexpected type. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value)
    ? value.filter((each) => typeof each === 'string').join(', ')
    : (JSON.stringify(value) ?? '');
}

/** A number (until 2022) or its digits as text (since then). */
function count(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
