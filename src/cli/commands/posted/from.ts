import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { quoted, UsageError } from '../../../errors.ts';
import { isReportName, readMemory, readYoutubeReport, type Sent } from '../../../handover/reports.ts';
import { youtubeuploader } from '../../../handover/youtubeuploader.ts';
import { readTicks, targetOfTicks } from '../../../posting/ticks.ts';
import { targets as allTargets, targetNamed } from '../../../targets/index.ts';

/** A post that is out on a platform, or is not any more. */
export interface PostedMark {
  /** The key of a post or, for one part of a split video, that of its package. */
  readonly id: string;
  readonly target: string;
  readonly posted: boolean;
  /** When it went out, if that was said; milliseconds since 1970. */
  readonly seen?: number;
  /** Its address there, if that was said. */
  readonly url?: string;
}

const maxBytes = 5_000_000;

/**
 * Reads `--from`: the ticks of a contact sheet that was opened from disk, what a script of a hand-over remembers, or
 * what youtubeuploader reported (a file, or the folder of them).
 * @param named `--to`; null: not given
 * @throws UsageError if it is none of them
 */
export async function marksIn(
  path: string,
  named: readonly string[] | null,
  say: (text: string) => void,
): Promise<readonly PostedMark[]> {
  const facts = await stat(path).catch(() => null);
  const isReport = facts?.isDirectory() || isReportName(basename(path));
  if (facts !== null && isReport) return await reported(path, facts.isDirectory(), named, say);
  if (!facts?.isFile())
    throw new UsageError(`There is no file ${quoted(path)}. Name the one that the contact sheet saved.`);
  if (facts.size > maxBytes) throw new UsageError(`${quoted(path)} is too large for a file of ticks.`);
  const bytes = await readFile(path);
  const sent = await readMemory(bytes);
  if (typeof sent === 'string') throw new UsageError(`${quoted(path)} cannot be read: ${sent}.`);
  if (sent !== null) return marksOf(sent, named);
  return await ticksIn(bytes, path, named, Math.min(facts.mtimeMs, Date.now()));
}

/** A post went out at the latest when the ticks were saved. */
async function ticksIn(
  bytes: Uint8Array,
  path: string,
  named: readonly string[] | null,
  seen: number,
): Promise<readonly PostedMark[]> {
  const ticks = await readTicks(bytes);
  if (typeof ticks === 'string') throw new UsageError(`${quoted(path)} is no file of ticks: ${ticks}.`);
  const inName = targetOfTicks(basename(path));
  const target = named?.[0] ?? (inName === null ? null : (targetNamed(inName)?.name ?? inName));
  if (target === null || (named?.length ?? 1) > 1)
    throw new UsageError(`Say of which platform the ticks in ${quoted(path)} are: --to rednote`);
  return ticks.map(({ id, posted }) => ({ id, target, posted, seen }));
}

/** What youtubeuploader wrote about the videos that it uploaded. */
async function reported(
  path: string,
  isFolder: boolean,
  named: readonly string[] | null,
  say: (text: string) => void,
): Promise<readonly PostedMark[]> {
  const names = isFolder ? (await readdir(path)).filter(isReportName).sort() : [basename(path)];
  if (names.length === 0)
    throw new UsageError(`There is no file ${quoted(path)}: it is a folder without reports of youtubeuploader.`);
  const read = await Promise.all(
    names.map(async (name) => {
      const file = isFolder ? join(path, name) : path;
      const { size } = await stat(file);
      const sent = size > maxBytes ? null : readYoutubeReport(name, await readFile(file, 'utf8'));
      if (sent === null) throw new UsageError(`${quoted(file)} is no report of youtubeuploader.`);
      return sent;
    }),
  );
  const sent = read.filter((each) => each !== 'private');
  const hidden = read.length - sent.length;
  if (hidden > 0)
    say(
      `${hidden} of the videos ${hidden === 1 ? 'was' : 'were'} uploaded as private and not planned: say port posted <key> once they are public.`,
    );
  return marksOf(sent, named);
}

function marksOf(sent: readonly Sent[], named: readonly string[] | null): readonly PostedMark[] {
  const ofTool = allTargets.find(youtubeuploader.takes)?.name ?? '';
  return sent
    .map(({ id, target, at, url }) => ({
      ...{ id, target: target ?? ofTool, posted: true },
      ...(at !== null && { seen: at }),
      ...(url !== null && { url }),
    }))
    .filter(({ target }) => named === null || named.includes(target));
}
