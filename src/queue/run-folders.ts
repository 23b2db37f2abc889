import { quoted, UsageError } from '../errors.ts';
import type { Files } from '../tools/files.ts';
import type { QueuedRun } from './bullmq/contract.ts';
import { type ExportJob, exportJob, type PostJob } from './documents.ts';
import { readOutId } from './files.ts';
import type { SharedFolder } from './shared-folder.ts';

/**
 * Whether the output folder of a job is in this machine's shared folder, and no other of its name.
 * @returns the folder; null where it is not
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
 * Warns of runs whose posts lie somewhere else.
 * @returns the runs whose folder is in this machine's shared folder
 * @throws UsageError where runs are in the queue and none of them is, with what to do: nobody can tell a folder that was
 * deleted from one that is mounted wrongly
 */
export async function runsInSharedFolder(
  runs: readonly QueuedRun[],
  shared: SharedFolder,
  files: Files,
  warn: (message: string) => void,
): Promise<readonly ExportJob[]> {
  const here: ExportJob[] = [];
  const elsewhere: ExportJob[] = [];
  for (const { data } of runs) {
    const read = exportJob.safeParse(data);
    if (read.success) ((await findOutFolder(read.data, shared, files)) === null ? elsewhere : here).push(read.data);
  }
  const [strange] = elsewhere;
  if (strange && here.length === 0) throw new UsageError(wrongFolderSentence(strange, shared));
  for (const each of elsewhere) warn(wrongFolderSentence(each, shared));
  return here;
}

/** A post of a run whose folder this machine does not have. */
export class WrongFolderError extends UsageError {
  constructor(job: Pick<PostJob, 'out' | 'folder'>, shared: SharedFolder) {
    super(wrongFolderSentence(job, shared));
  }
}

function wrongFolderSentence({ out, folder }: Pick<PostJob, 'out' | 'folder'>, { root }: SharedFolder): string {
  const name = accountPath({ out, folder });
  return `The queue has posts for ${quoted(name)}, and the shared folder ${quoted(root)} is not the one of the run: there is no such folder, or another one of that name. If it was deleted: port queue drop ${shellWord(name)} --queue <address>. Else start port in the folder that all machines share, or name that with --shared; and give each shared folder a Redis database of its own (redis://host:6379/1).`;
}

/** For runs that nobody wants any more. */
export function dropHint(job: Pick<PostJob, 'out' | 'folder'>): string {
  return `If nobody wants that run any more: port queue drop ${shellWord(accountPath(job))} --queue <address>.`;
}

/** The account's folder, from the shared one. */
export function accountPath({ out, folder }: Pick<PostJob, 'out' | 'folder'>): string {
  return out === '.' ? folder : `${out}/${folder}`;
}

function shellWord(text: string): string {
  return /^[\w./@%+,:-]+$/.test(text) ? text : quoted(text);
}
