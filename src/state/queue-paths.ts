import { join } from 'node:path';
import type { Files } from '../tools/files.ts';

/** What the coordinator and the workers tell each other of an account's posts: gone when the last of them is done. */
export function queueFolder(folder: string): string {
  return join(folder, '.port', 'queue');
}

/** What the run is about, written once before its posts are in the queue. */
export function runFile(folder: string): string {
  return join(queueFolder(folder), 'run.json');
}

/** What became of a post, written by the worker that did it. */
export function outcomeFile(folder: string, key: string): string {
  return join(queueFolder(folder), `${key}.json`);
}

/** By it a worker knows that its shared folder is the coordinator's. */
export function outFile(out: string): string {
  return join(out, '.port', 'queue.json');
}

/**
 * Whether posts of an account are in a queue, as far as its folder tells.
 * @param folder of the account
 */
export async function isQueued(folder: string, files: Pick<Files, 'facts'>): Promise<boolean> {
  return (await files.facts(runFile(folder))) !== null;
}
