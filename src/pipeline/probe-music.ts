import { resolve } from 'node:path';
import type { PortOptions } from '../config/options.ts';
import { asError, quoted, stopsRun, UsageError } from '../errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { Music } from '../model/original.ts';
import { leftOut } from '../plan/video.ts';
import type { Tools } from '../tools/tools.ts';

/**
 * Probes the music of these options, once each, before anything is rendered. Reports which of several tracks is used.
 * @throws UsageError with a sentence
 */
export async function openMusicOf(
  all: readonly Pick<PortOptions, 'music'>[],
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<(options: Pick<PortOptions, 'music'>) => Music | null> {
  const opened = new Map<string, Music>();
  for (const path of new Set(all.flatMap(({ music }) => music ?? []))) {
    opened.set(path, await openMusic(path, tools, signal, tell));
  }
  return ({ music }) => opened.get(music ?? '') ?? null;
}

/**
 * Checks before rendering that `--music` can be played.
 * @throws UsageError with a sentence
 */
export async function openMusic(
  path: string,
  { files, ffprobe }: Tools,
  signal: AbortSignal,
  tell: (event: RunEvent) => void = () => {},
): Promise<Music> {
  const file = resolve(path);
  const facts = await files.facts(file);
  if (facts === null) throw new UsageError(`There is no file ${quoted(path)} for --music.`);
  const found = await selectTrack(file, { ffprobe }, signal);
  if (typeof found === 'string') throw new UsageError(`--music ${quoted(path)} cannot be played: ${found}.`);
  const { stream, others } = found;
  if (others !== null) tell({ type: 'warning', message: `Of the sound tracks of --music ${quoted(path)} ${others}.` });
  const music = { path: file, bytes: facts.bytes, sha256: await files.sha256(file, signal) };
  return stream === undefined ? music : { ...music, stream };
}

/** Selects the sound track to use and notes what is left out; or says why none can be used. */
async function selectTrack(
  file: string,
  { ffprobe }: Pick<Tools, 'ffprobe'>,
  signal: AbortSignal,
): Promise<(Pick<Music, 'stream'> & { readonly others: string | null }) | string> {
  try {
    const probe = await ffprobe.probe(file, signal);
    const { audio, seconds } = probe;
    const [sound] = audio;
    if (sound === undefined) return 'it has no sound';
    // Looping so short a sound could never fill a video.
    if (seconds < 1) return 'it is shorter than a second';
    const left = leftOut(probe).find(({ code }) => code === 'audio-left-out');
    const others = left ? `one is played (${left.limit}); left out: ${left.actual}` : null;
    return { stream: sound.ordinal === 0 ? undefined : sound.index, others };
  } catch (error) {
    if (stopsRun(error)) throw error;
    return asError(error).message;
  }
}
