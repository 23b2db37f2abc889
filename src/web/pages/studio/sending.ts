import { attempt, notify, openSample, remedy, takeState } from './actions.ts';
import type { Folder } from './folders.ts';
import { type PostPlace, Refused, server } from './server.ts';
import { getModel, update } from './store.ts';

/** Sends files and folders, one after the other, and shows the progress. */

let stop = new AbortController();
let work: Promise<void> = Promise.resolve();

/** Stops the current upload and all waiting ones. */
export function stopSending(): void {
  stop.abort();
}

async function queued(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
  // Files that are dropped after a stop are sent.
  if (stop.signal.aborted) stop = new AbortController();
  const { signal } = stop;
  work = work.then(async () => {
    if (!signal.aborted) await task(signal);
    update({ upload: null });
  });
  await work;
}

/** The person's own files do not go into the sample. */
async function leaveSample(): Promise<void> {
  if (getModel().state?.isSample) await openSample(false);
}

/** Reports the progress of one file of several. @param sent the bytes of those before it */
function following(name: string, file: File, sent: number, total: number, signal: AbortSignal) {
  const onShare = (share: number) =>
    update({ upload: { name, share: (sent + share * file.size) / Math.max(1, total) } });
  onShare(0);
  return { onShare, signal };
}

export async function sendFiles(kind: 'export' | 'media', files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await queued(async (signal) => {
    await leaveSample();
    const total = sizeOf(files);
    let sent = 0;
    for (const file of files) {
      const follow = following(file.name, file, sent, total, signal);
      const request = async () => server.upload(kind, file.name, file, follow);
      takeState(await attempt(async () => request().catch(ignoreIfStopped(signal))));
      if (signal.aborted) return;
      sent += file.size;
    }
  });
}

/** Sends a folder: all of it, or nothing where it cannot be stored. */
export async function sendFolder({ name, files }: Folder): Promise<void> {
  await queued(async (signal) => {
    await leaveSample();
    const total = sizeOf(files.map(({ file }) => file));
    const begun = await attempt(async () => server.folder(name, files.length, total));
    if (begun === null) return;
    const refused: string[] = [];
    let sent = 0;
    for (const { path, file } of files) {
      const follow = following(name, file, sent, total, signal);
      const isSent = await attempt(async () => {
        try {
          return await server.folderFile(begun.id, path, file, follow);
        } catch (error) {
          // If one name is refused, the other files are sent all the same.
          if (!(error instanceof Refused) || error.status !== 400) return await ignoreIfStopped(signal)(error);
          refused.push(path);
          return begun;
        }
      });
      if (isSent === null) {
        await attempt(async () => server.folderCancel(begun.id));
        return;
      }
      sent += file.size;
    }
    // Stopped after the last file.
    if (signal.aborted) {
      await attempt(async () => server.folderCancel(begun.id));
      return;
    }
    const s = getModel().sentences;
    if (refused.length > 0) notify('problem', s.namesNotTaken(someOf(refused)));
    const before = getModel().state?.exports.length;
    const state = await attempt(async () => server.folderEnd(begun.id));
    takeState(state);
    if (state !== null && state.exports.length === before) notify('info', s.takenAsVideos(name));
  });
}

/** Ignores the error of a request that the person stopped. */
function ignoreIfStopped(signal: AbortSignal) {
  return (error: unknown): null => {
    if (signal.aborted) return null;
    throw error;
  };
}

function sizeOf(files: readonly File[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** The first names, and the number of the others. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} … (+${names.length - 8})` : shown;
}

/** Sends a file for a post without original, under the post's name, and has the post made again. */
export async function giveFile(place: PostPlace, name: string, file: File): Promise<void> {
  const extension = /\.\w{1,5}$/.exec(file.name)?.[0] ?? '';
  await sendFiles('media', [new File([file], `${name}${extension}`)]);
  await remedy(place, { kind: 'again' });
}
