import { join } from 'node:path';
import * as z from 'zod';
import { isSystemError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import type { YtDlp } from '../tools/yt-dlp.ts';
import type { Note } from './source.ts';
import { readYtDlpInfo } from './yt-dlp-info.ts';

/** The cached list of a profile's posts: a caption source that needs the network. */
export interface Listing {
  readonly notes: readonly Note[];
  /** Why it is outdated or incomplete; null if it is not. */
  readonly problem: string | null;
}

const secondsToAsk = 30;
/** A post takes about 3 kB. */
const maxBytes = 256 << 20;
const day = 24 * 3600;
const fileName = 'listing.json';

/** In the format of yt-dlp's playlists, so that the file can be given to `--captions` too. */
const document = z.object({
  profile: z.string(),
  /** ISO 8601: the time of the last request, and its error if there was one. */
  askedAt: z.iso.datetime(),
  trouble: z.string().nullable(),
  entries: z.array(z.unknown()),
});
type CachedListing = z.infer<typeof document>;

/**
 * The path of the cached listing.
 * @param folder the account's folder
 */
export function listingPath(folder: string): string {
  return join(folder, 'originals', fileName);
}

/**
 * Reads the cached listing.
 * @param folder the account's folder
 */
export async function cachedListing(folder: string, profile: string, files: Files): Promise<Listing | null> {
  const kept = await load(folder, profile, files);
  return kept && { notes: notesOf(kept.entries), problem: kept.trouble };
}

/**
 * Requests the profile's posts from yt-dlp, at most once a day, and caches them next to the originals. The cache is
 * used while requests fail, and keeps posts that have disappeared from the profile.
 * @param now Unix seconds
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
  const before = kept ? notesOf(kept.entries) : [];
  if (kept !== null) {
    const age = now - Date.parse(kept.askedAt) / 1000;
    if (age >= 0 && age < day) return { notes: before, problem: kept.trouble };
  }
  if (ytDlp === null) return { notes: before, problem: 'yt-dlp is not installed' };

  const address = `https://www.tiktok.com/@${profile}`;
  const listed = await ytDlp.list(address, { seconds: secondsToAsk, maxBytes, signal });
  const { entries, broken } = parseLines(listed.lines);
  const notes = notesOf(entries);
  const damage = broken === 1 ? '1 line was broken' : `${broken} lines were broken`;
  const nothing = notes.length === 0 ? 'it listed no posts' : broken > 0 ? damage : null;
  const problem = listed.failure ?? nothing;
  const all = [...new Map([...before, ...notes].map((note) => [note.tiktokId ?? `at ${note.time}`, note])).values()];
  const fresh: CachedListing = {
    profile,
    askedAt: new Date(now * 1000).toISOString(),
    trouble: problem,
    entries: all.map(entryOf),
  };
  try {
    await files.write(listingPath(folder), toJson(fresh));
    return { notes: all, problem };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { notes: all, problem: `it could not be kept: ${error.message}` };
  }
}

/** Whether a name is a valid TikTok user name. Anything else must not become part of a URL. */
export function isProfileName(name: string): boolean {
  return /^[\w.]{1,32}$/.test(name);
}

function toJson(kept: CachedListing): string {
  return `${JSON.stringify({ schemaVersion: 1, _type: 'playlist', ...kept }, null, 1)}\n`;
}

async function load(folder: string, profile: string, files: Files): Promise<CachedListing | null> {
  try {
    const text = await files.readText(listingPath(folder), maxBytes);
    const kept = document.parse(JSON.parse(text ?? ''));
    return kept.profile.toLowerCase() === profile.toLowerCase() ? kept : null;
  } catch {
    // Not there, edited by somebody or read incompletely: it is requested again.
    return null;
  }
}

function parseLines(lines: string): { readonly entries: readonly unknown[]; readonly broken: number } {
  let broken = 0;
  const filled = lines.split('\n').filter((line) => line.trim() !== '');
  const entries = filled.flatMap((line): unknown[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      broken++;
      return [];
    }
  });
  return { entries, broken };
}

function notesOf(entries: readonly unknown[]): Note[] {
  return entries.flatMap((entry) => readYtDlpInfo(entry, 'listing', fileName) ?? []);
}

/** The fields to cache, with yt-dlp's names. */
function entryOf({ tiktokId, time, text, uploader, seconds, likes, sound, kind }: Note): Record<string, unknown> {
  const webpage_url = kind === 'photos' ? `https://www.tiktok.com/@${uploader ?? '_'}/photo/${tiktokId}` : undefined;
  const about = { duration: seconds, like_count: likes, track: sound, webpage_url };
  return { id: tiktokId, timestamp: time, description: text, uploader, ...about };
}
