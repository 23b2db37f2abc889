import { join } from 'node:path';
import * as z from 'zod';
import { type Cue, readCues, spokenText, srtText } from '../text/subtitles.ts';
import type { Files } from '../tools/files.ts';
import { fromJson, isPostKey, noneIfTooLarge } from './documents.ts';
import { digest } from './up-to-date-cache.ts';

/**
 * The transcripts of an account's videos, in two documents. `transcripts.jsonl` has a line for each call, written when the
 * call returns, because it takes long and may be paid for. `speech/<key>.srt` has the subtitles of a post, for a person
 * to correct; what a person wrote there is never replaced.
 */
export interface Transcripts {
  /** The subtitles of a post; null if there are none. */
  subtitlesOf(key: string): Subtitles | null;
  /** What is said in a post's video, as a text; null if nothing is known, or nobody speaks. */
  spokenIn(key: string): string | null;
  /**
   * Whether a video need not be transcribed: it was, or a person wrote the subtitles. An answer that could not be read does
   * not count, because the program may have been repaired.
   * @param video its sha256; null: any
   */
  isKnown(key: string, video: string | null): boolean;
  /** Whether the answer of this command could not be read. */
  isUnreadable(key: string, command: string): boolean;
  /** Stores the transcript of a video; null: the answer could not be read. */
  put(key: string, video: string, command: string, cues: readonly Cue[] | null): Promise<void>;
}

export interface Subtitles {
  readonly cues: readonly Cue[];
  /** The sha256 of the transcribed video; null: a person wrote them, for any video of the post. */
  readonly video: string | null;
}

const line = z.object({
  key: z.string().refine(isPostKey),
  video: z.string(),
  /** A hash: a command line may hold a key. */
  command: z.string(),
  /** The subtitles, empty if nobody speaks; null: the answer could not be read. */
  srt: z.string().nullable(),
});
type Line = z.infer<typeof line>;

const maxBytes = 500 << 20;
const maxSrtBytes = 5_000_000;

/** The path of the answers. @param folder the account's folder */
export function transcriptsPath(folder: string): string {
  return join(folder, 'transcripts.jsonl');
}

/** The path of a post's subtitles. */
export function speechPath(folder: string, key: string): string {
  return join(folder, 'speech', `${key}.srt`);
}

type Access = Pick<Files, 'readText' | 'read' | 'append' | 'write' | 'remove' | 'list'>;

/** Opens the transcripts. Writes subtitles that a killed run had no time to write, unless `readOnly`. */
export async function openTranscripts(
  folder: string,
  files: Access,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<Transcripts> {
  const path = transcriptsPath(folder);
  const text = (await files.readText(path, maxBytes)) ?? '';
  const known = new Map<string, Line>();
  /** By key, all texts that port ever wrote. */
  const ours = new Map<string, Set<string>>();
  const remember = (row: Line) => {
    known.set(row.key, row);
    if (row.srt) ours.set(row.key, (ours.get(row.key) ?? new Set()).add(row.srt));
  };
  for (const each of text.split('\n')) {
    const row = fromJson(each, line);
    if (row !== null) remember(row);
  }
  const there = await readSubtitles(folder, files);
  const isPersonal = (key: string) => {
    const srt = there.get(key);
    return srt !== undefined && !ours.get(key)?.has(srt);
  };
  const update = async ({ key, srt }: Line) => {
    if (isPersonal(key) || (there.get(key) ?? '') === (srt ?? '')) return;
    if (srt) {
      await files.write(speechPath(folder, key), srt);
      there.set(key, srt);
    } else {
      // Of another video.
      await files.remove(speechPath(folder, key));
      there.delete(key);
    }
  };
  if (!readOnly) for (const row of known.values()) await update(row);
  /** A run that was killed, or a full disk, may have left half a line. */
  let isTorn = text !== '' && !text.endsWith('\n');
  let last = Promise.resolve();
  const read = new Map<string, readonly Cue[]>();
  const cuesOf = (key: string): readonly Cue[] => {
    const srt = there.get(key) ?? known.get(key)?.srt ?? '';
    const cues = read.get(srt) ?? readCues(srt);
    read.set(srt, cues);
    return cues;
  };
  return {
    subtitlesOf(key) {
      const cues = cuesOf(key);
      const video = isPersonal(key) ? null : (known.get(key)?.video ?? null);
      return cues.length === 0 ? null : { cues, video };
    },
    spokenIn: (key) => spokenText(cuesOf(key)) || null,
    isKnown(key, video) {
      const heard = known.get(key);
      if (isPersonal(key)) return true;
      if (heard === undefined || (video !== null && heard.video !== video)) return false;
      return heard.srt !== null;
    },
    isUnreadable(key, command) {
      const heard = known.get(key);
      return heard?.srt === null && heard.command === digest(command) && !isPersonal(key);
    },
    async put(key, video, command, cues) {
      const row: Line = { key, video, command: digest(command), srt: cues && srtText(cues) };
      const appended = last.then(async () => {
        const start = isTorn ? '\n' : '';
        isTorn = true;
        await files.append(path, `${start}${JSON.stringify(row)}\n`);
        isTorn = false;
      });
      last = appended.catch(() => {});
      await appended;
      remember(row);
      await update(row);
    },
  };
}

/** The texts in the folder `speech`, by key. */
async function readSubtitles(folder: string, files: Access): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name, folder: isFolder } of await files.list(join(folder, 'speech'))) {
    const key = name.endsWith('.srt') ? name.slice(0, -'.srt'.length) : '';
    if (isFolder || !isPostKey(key)) continue;
    const bytes = await files.read(join(folder, 'speech', name), maxSrtBytes).catch(noneIfTooLarge);
    // Too large for subtitles, so port did not write it: it is a person's, and is not replaced.
    found.set(key, bytes === null ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  }
  return found;
}
