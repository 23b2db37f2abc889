import { resolve } from 'node:path';
import { asError, quoted, stopsRun, UsageError } from './errors.ts';
import type { Music } from './model.ts';
import type { PortOptions } from './options.ts';
import type { Tools } from './tools/tools.ts';

/**
 * The music of each of these options, looked at once before anything is made.
 * @throws UsageError with a sentence
 */
export async function openMusicOf(
  all: readonly Pick<PortOptions, 'music'>[],
  tools: Tools,
  signal: AbortSignal,
): Promise<(options: Pick<PortOptions, 'music'>) => Music | null> {
  const opened = new Map<string, Music>();
  for (const path of new Set(all.flatMap(({ music }) => music ?? []))) {
    opened.set(path, await openMusic(path, tools, signal));
  }
  return ({ music }) => opened.get(music ?? '') ?? null;
}

/**
 * Looks whether `--music` is something that can be played, before anything is made of it.
 * @throws UsageError with a sentence
 */
export async function openMusic(path: string, { files, ffprobe }: Tools, signal: AbortSignal): Promise<Music> {
  const file = resolve(path);
  const facts = await files.facts(file);
  if (facts === null) throw new UsageError(`There is no file ${quoted(path)} for --music.`);
  const found = await lookAt(file, { ffprobe }, signal);
  if (typeof found === 'string') throw new UsageError(`--music ${quoted(path)} cannot be played: ${found}.`);
  return { path: file, bytes: facts.bytes, sha256: await files.sha256(file, signal), ...found };
}

/** Which of its sounds is played; or why none can be. */
async function lookAt(
  file: string,
  { ffprobe }: Pick<Tools, 'ffprobe'>,
  signal: AbortSignal,
): Promise<Pick<Music, 'stream'> | string> {
  try {
    const { audio, seconds } = await ffprobe.probe(file, signal);
    const [sound] = audio;
    if (sound === undefined) return 'it has no sound';
    // A loop of next to nothing would never fill a video.
    if (seconds < 1) return 'it is shorter than a second';
    return sound.ordinal === 0 ? {} : { stream: sound.index };
  } catch (error) {
    if (stopsRun(error)) throw error;
    return asError(error).message;
  }
}
