import { quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import type { QueuedRun } from './bullmq/contract.ts';
import { type ExportJob, exportJob, type PostJob } from './documents.ts';
import { readOutId } from './files.ts';
import type { SharedFolder } from './shared-folder.ts';

/**
 * Finds the output folder of a job in this machine's shared folder, and checks its id.
 * @returns the folder; null if there is none, or another folder has its name
 */
export async function findOutFolder(
  { out, outId }: Pick<PostJob, 'out' | 'outId'>,
  shared: SharedFolder,
  files: Files,
): Promise<string | null> {
  const folder = await shared.fromShared(out);
  return folder !== null && (await readOutId(folder, files)) === outId ? folder : null;
}

/**
 * Warns about queued runs whose folder is not in this machine's shared folder.
 * @returns the runs whose folder is in it
 * @throws UsageError if there are runs but none is in it. The message names both possible causes, since a deleted folder
 * cannot be distinguished from a wrong mount.
 */
export async function runsInSharedFolder(
  runs: readonly QueuedRun[],
  shared: SharedFolder,
  files: Files,
  warn: (message: string) => void,
): Promise<readonly ExportJob[]> {
  const here: ExportJob[] = [];
  const others: ExportJob[] = [];
  for (const { data } of runs) {
    const read = exportJob.safeParse(data);
    if (read.success) ((await findOutFolder(read.data, shared, files)) === null ? others : here).push(read.data);
  }
  const [first] = others;
  if (first && here.length === 0) throw new UsageError(wrongFolderSentence(first, shared));
  for (const each of others) warn(wrongFolderSentence(each, shared));
  return here;
}

/** A post belongs to a run whose folder is not in this machine's shared folder. */
export class WrongFolderError extends UsageError {
  constructor(job: Pick<PostJob, 'out' | 'folder'>, shared: SharedFolder) {
    super(wrongFolderSentence(job, shared));
  }
}

function wrongFolderSentence({ out, folder }: Pick<PostJob, 'out' | 'folder'>, { root }: SharedFolder): string {
  const name = accountPath({ out, folder });
  return `The queue has posts for ${quoted(name)}, and the shared folder ${quoted(root)} is not the one of the run: there is no such folder, or another one of that name. If it was deleted: port queue drop ${shellWord(name)} --queue <address>. Else start port in the folder that all machines share, or name that with --shared; and give each shared folder a Redis database of its own (redis://host:6379/1).`;
}

/** A sentence that says how to remove a run that is not needed any more. */
export function dropHint(job: Pick<PostJob, 'out' | 'folder'>): string {
  return `If nobody wants that run any more: port queue drop ${shellWord(accountPath(job))} --queue <address>.`;
}

/** The path of the account's folder relative to the shared folder. */
export function accountPath({ out, folder }: Pick<PostJob, 'out' | 'folder'>): string {
  return out === '.' ? folder : `${out}/${folder}`;
}

function shellWord(text: string): string {
  return /^[\w./@%+,:-]+$/.test(text) ? text : quoted(text);
}
