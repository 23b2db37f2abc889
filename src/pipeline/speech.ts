import type { Captions } from '../captions/index.ts';
import type { PortOptions } from '../config/options.ts';
import type { Transcriber, TranscriberResult } from '../language/transcriber.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { leftOutOf } from './choices.ts';
import type { AccountRun, LoadedCaptions, OpenAccount, PostRun } from './context.ts';
import { hasOwnWords } from './load-captions.ts';
import { probeVideo } from './probe-original.ts';
import { deliveredTargets } from './translated-targets.ts';

/** The transcription of an account's videos in one run. */
export interface Speech {
  /** The captions, with issues about videos that could not be transcribed. */
  readonly loadedCaptions: LoadedCaptions;
  /** Whether a video has to be transcribed: its post has no words, and it was not transcribed before. */
  wants(post: Post, fetched: Pick<Fetched, 'original'>, run: Held): Promise<boolean>;
  /**
   * Transcribes a video, one at a time, because recognisers use all cores.
   * @throws InterruptedError
   */
  transcribe(post: Post, fetched: Pick<Fetched, 'original'>): Promise<void>;
  /** Writes new transcripts into captions.csv. */
  save(): Promise<void>;
}

/** The part of a run that decides to which platforms a post does not go. */
type Held = Pick<PostRun, 'options' | 'manifest' | 'isPosted'>;

/** The last transcription of this process: with a queue all accounts are open at once. */
let last = Promise.resolve();

/** @returns null without `--transcribe` */
export function openSpeech(opened: OpenAccount, { transcribe: transcriber }: PortOptions): Speech | null {
  if (transcriber === undefined) return null;
  const { loadedCaptions, manifest, probeCache, tools, signal } = opened;
  const { transcripts } = loadedCaptions;
  const failed = new Map<string, string>();
  let isUnsaved = false;

  const troubleOf = (key: string, captions: Captions): Issue[] => {
    const reason =
      failed.get(key) ?? (transcripts.isUnreadable(key, transcriber.written) ? unreadable(transcriber) : null);
    if (reason === null || captions.get(key) !== null) return [];
    return [{ code: 'speech-failed', severity: 'warning', actual: reason, limit: null }];
  };

  const transcribeNow = async (post: Post, { original }: Pick<Fetched, 'original'>) => {
    const file = original?.files[0];
    if (file === undefined) return;
    const probe = await probeVideo(file.path, probeCache, tools, signal);
    // The video is damaged: its post fails for that.
    if ('severity' in probe) return;
    const isSilent = probe.audio.length === 0;
    const heard = isSilent ? silence : await transcriber.run(file.path, probe.seconds, tools.commands, signal);
    if ('failed' in heard) {
      failed.set(post.key, heard.failed);
      return;
    }
    // Not again in this run.
    if (heard.cues === null) failed.set(post.key, unreadable(transcriber));
    await transcripts.put(post.key, file.sha256, transcriber.written, heard.cues);
    isUnsaved = true;
  };

  return {
    loadedCaptions: {
      ...loadedCaptions,
      all: async () => {
        const captions = await loadedCaptions.all();
        return {
          ...captions,
          issuesOf: (key) => [...captions.issuesOf(key), ...troubleOf(key, captions)],
        };
      },
    },
    async wants(post, { original }, run) {
      const file = original?.files[0];
      if (file === undefined || !(await isWordless(post, loadedCaptions, manifest, run))) return false;
      return !failed.has(post.key) && !transcripts.isKnown(post.key, file.sha256);
    },
    async transcribe(post, fetched) {
      const turn = last.then(async () => {
        signal.throwIfAborted();
        await transcribeNow(post, fetched);
      });
      last = turn.catch(() => {});
      await turn;
    },
    async save() {
      if (!isUnsaved) return;
      isUnsaved = false;
      await loadedCaptions.save({ translations: new Map() });
    },
  };
}

const silence: TranscriberResult = { cues: [] };

/** Among the posts that a run would deliver, the number of those that it would transcribe. */
export async function countToTranscribe(
  posts: Iterable<Post>,
  { loadedCaptions, manifest }: Pick<OpenAccount, 'loadedCaptions' | 'manifest'>,
  run: Held,
): Promise<number> {
  let count = 0;
  for (const post of posts) {
    const isKnown = loadedCaptions.transcripts.isKnown(post.key, null);
    if (!isKnown && (await isWordless(post, loadedCaptions, manifest, run))) count++;
  }
  return count;
}

/** Whether it is a video without any words that goes to a platform on which it is not posted. */
async function isWordless(
  post: Post,
  loadedCaptions: LoadedCaptions,
  manifest: OpenAccount['manifest'],
  run: Held,
): Promise<boolean> {
  const captions = await loadedCaptions.all();
  const { key, kind } = post;
  if (kind !== 'video' || captions.get(key) !== null || captions.isUnsure(key)) return false;
  if (hasOwnWords(post, manifest)) return false;
  const leftOut = leftOutOf(post, captions, run);
  return run.options.to.some(({ name }) => !leftOut.has(name) && !run.isPosted(key, name));
}

function unreadable({ place }: Transcriber): string {
  return `${place} printed neither SRT, WebVTT nor the JSON of whisper`;
}

/** Transcribes the videos that other machines will deliver, as far as they are on this machine. */
export async function transcribeForWorkers(posts: readonly Post[], speech: Speech, run: AccountRun): Promise<void> {
  const selected = new Set(run.selection.selected);
  for (const post of posts) {
    if (!selected.has(post) || !(await run.originals.isAvailable(post))) continue;
    const fetched = await run.originals.get(post, run.signal);
    if (!(await speech.wants(post, fetched, run))) continue;
    if ((await deliveredTargets(post, fetched, run)).length > 0) await speech.transcribe(post, fetched);
  }
  await speech.save();
}
