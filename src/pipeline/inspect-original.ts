import { ImageError, InterruptedError, PortError, ToolMissingError } from '../errors.ts';
import { machineIssue } from '../model/machine-errors.ts';
import { containerFacts, readContainer } from '../originals/container.ts';
import { type FileVerdict, type InspectFile, noVerdict } from '../originals/source.ts';
import { displaySize } from '../plan/accept.ts';
import { foreignCodec, isForeignCodec } from '../report/codec-names.ts';
import { message } from '../report/messages.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Tools } from '../tools/tools.ts';
import { cachedImageProbe, cachedVideoProbe, whyUnusable } from './probe-original.ts';

/**
 * Inspects a file that may become an original: first its container, which gives the most precise messages, then by
 * ffprobe or sharp as the main job does, with the same cache. Without ffprobe only the container is checked.
 */
export function inspectOriginals(probeCache: ProbeCache, tools: Tools): InspectFile {
  const inspectVideo = async (path: string, signal: AbortSignal): Promise<FileVerdict> => {
    const facts = await tools.files.facts(path);
    const read = async (at: number, bytes: number) => tools.files.readAt(path, at, bytes);
    const make = async () => readContainer(read, facts?.bytes ?? 0);
    const container = await probeCache.get(path, 'container', containerFacts, make, facts ?? undefined);
    if (container.why !== null) return { ...noVerdict, why: container.why };
    const { codec } = container;
    if (codec !== null && isForeignCodec(codec)) return { ...noVerdict, why: foreignCodec(codec) };
    try {
      const { video, audio, seconds } = await cachedVideoProbe(path, probeCache, tools, signal, facts ?? undefined);
      const hasSound = audio.length > 0;
      if (video === null) return { ...noVerdict, why: message({ code: 'no-picture', ...noFacts }) };
      const size = { ...displaySize(video), seconds: video.seconds ?? seconds };
      return { why: null, hasSound, size };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ToolMissingError)) return { ...noVerdict, why: whyNot(error) };
      const why = container.isRead
        ? null
        : 'Without ffprobe nobody can tell what it is: port doctor says how to get it.';
      return { ...noVerdict, hasSound: container.hasSound, why };
    }
  };
  const inspectPhoto = async (path: string, signal: AbortSignal): Promise<FileVerdict> => {
    try {
      await cachedImageProbe(path, probeCache, tools);
      return noVerdict;
    } catch (error) {
      signal.throwIfAborted();
      return { ...noVerdict, why: whyNot(error) };
    }
  };
  return async (kind, path, signal) => {
    const seen = await (kind === 'video' ? inspectVideo(path, signal) : inspectPhoto(path, signal));
    // A cloud placeholder full of zeros may be complete the next time, with the same size and time.
    if (seen.why !== null) await probeCache.invalidate(path);
    return seen;
  };
}

const noFacts = { severity: 'error', actual: null, limit: null } as const;

function whyNot(error: unknown): string {
  if (error instanceof InterruptedError) throw error;
  if (error instanceof PortError && !(error instanceof ImageError)) throw error;
  // A file that claims a huge size exhausts memory too; another copy of it may be usable.
  const machine = machineIssue(error);
  if (machine !== null && machine.code !== 'memory-short') throw error;
  return message(whyUnusable(error));
}
