import { join } from 'node:path';
import type { Files } from '../tools/files.ts';

/** The folder for files that coordinator and workers exchange about an account's posts; deleted when all are done. */
export function queueFolder(folder: string): string {
  return join(folder, '.port', 'queue');
}

/** The description of a run, written once before its posts are enqueued. */
export function runFile(folder: string): string {
  return join(queueFolder(folder), 'run.json');
}

/** The outcome of a post, written by its worker. */
export function outcomeFile(folder: string, key: string): string {
  return join(queueFolder(folder), `${key}.json`);
}

/** A file by which a worker recognises the coordinator's shared folder. */
export function outFile(out: string): string {
  return join(out, '.port', 'queue.json');
}

/**
 * Whether posts of an account are in a queue, according to its folder.
 * @param folder the account's folder
 */
export async function isQueued(folder: string, files: Pick<Files, 'facts'>): Promise<boolean> {
  return (await files.facts(runFile(folder))) !== null;
}
