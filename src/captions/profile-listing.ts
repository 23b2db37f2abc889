import { join } from 'node:path';
import * as z from 'zod';
import { isSystemError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import type { YtDlp } from '../tools/yt-dlp.ts';
import type { Note } from './source.ts';
import { readYtDlpInfo } from './yt-dlp-info.ts';

/** The list of a profile's posts, as it was told last: a source of captions that the network has to be asked for. */
export interface Listing {
  readonly notes: readonly Note[];
  /** Why it is not newer, or not whole, where that is so. */
  readonly trouble: string | null;
}

const secondsToAsk = 30;
/** A post takes about 3 kB. */
const maxBytes = 256 << 20;
const day = 24 * 3600;
const fileName = 'listing.json';

/** In the form of yt-dlp's own playlists, so that the file can be given to `--captions` too. */
const document = z.object({
  profile: z.string(),
  /** ISO 8601: when yt-dlp was asked last, and why that went wrong, if it did. */
  askedAt: z.iso.datetime(),
  trouble: z.string().nullable(),
  entries: z.array(z.unknown()),
});
type Kept = z.infer<typeof document>;

/** @param folder of the account */
export function listingPath(folder: string): string {
  return join(folder, 'originals', fileName);
}

/** @param folder of the account */
export async function keptListing(folder: string, profile: string, files: Files): Promise<Listing | null> {
  const kept = await load(folder, profile, files);
  return kept && { notes: notesOf(kept.entries, 'listing'), trouble: kept.trouble };
}

/**
 * Asks yt-dlp for the profile's posts, at most once a day, and keeps what it told beside the originals. What is kept is
 * used where it cannot be asked, and goes on to tell of posts that have gone from the profile.
 * @param now unix seconds
 */
export async function askListing(
  folder: string,
  profile: string,
  ytDlp: YtDlp | null,
  files: Files,
  now: number,
  signal: AbortSignal,
): Promise<Listing> {
  const kept = await load(folder, profile, files);
  const before = kept ? notesOf(kept.entries, 'listing') : [];
  const age = kept ? now - Date.parse(kept.askedAt) / 1000 : day;
  if (age >= 0 && age < day) return { notes: before, trouble: kept?.trouble ?? null };
  if (ytDlp === null) return { notes: before, trouble: 'yt-dlp is not installed' };

  const address = `https://www.tiktok.com/@${profile}`;
  const told = await ytDlp.list(address, { seconds: secondsToAsk, maxBytes, signal });
  const { entries, broken } = parseLines(told.lines);
  const notes = notesOf(entries, 'listing');
  const damage = broken === 1 ? '1 line was broken' : `${broken} lines were broken`;
  const nothing = notes.length === 0 ? 'it told of no posts' : broken > 0 ? damage : null;
  const trouble = told.trouble ?? nothing;
  const all = [...new Map([...before, ...notes].map((note) => [note.tiktokId ?? `at ${note.time}`, note])).values()];
  const fresh: Kept = { profile, askedAt: new Date(now * 1000).toISOString(), trouble, entries: all.map(entryOf) };
  try {
    await files.write(listingPath(folder), toJson(fresh));
    return { notes: all, trouble };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { notes: all, trouble: `it could not be kept: ${error.message}` };
  }
}

/** A user name as TikTok has them; anything else is no part of an address. */
export function isProfileName(name: string): boolean {
  return /^[\w.]{1,32}$/.test(name);
}

function toJson(kept: Kept): string {
  return `${JSON.stringify({ schemaVersion: 1, _type: 'playlist', ...kept }, null, 1)}\n`;
}

async function load(folder: string, profile: string, files: Files): Promise<Kept | null> {
  try {
    const text = await files.readText(listingPath(folder), maxBytes);
    const kept = text === null ? null : document.parse(JSON.parse(text));
    return kept?.profile.toLowerCase() === profile.toLowerCase() ? kept : null;
  } catch {
    // Somebody's edit or a half-read disk: it is asked for again.
    return null;
  }
}

function parseLines(lines: string): { readonly entries: readonly unknown[]; readonly broken: number } {
  let broken = 0;
  const entries = lines.split('\n').flatMap((line): unknown[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch {
      broken++;
      return [];
    }
  });
  return { entries, broken };
}

function notesOf(entries: readonly unknown[], source: 'listing'): Note[] {
  return entries.flatMap((entry) => readYtDlpInfo(entry, source, fileName) ?? []);
}

/** What is worth keeping, in yt-dlp's words. */
function entryOf({ tiktokId, time, text, uploader, seconds, likes, sound, kind }: Note): Record<string, unknown> {
  const webpage_url = kind === 'photos' ? `https://www.tiktok.com/@${uploader ?? '_'}/photo/${tiktokId}` : undefined;
  const about = { duration: seconds, like_count: likes, track: sound, webpage_url };
  return { id: tiktokId, timestamp: time, description: text, uploader, ...about };
}
