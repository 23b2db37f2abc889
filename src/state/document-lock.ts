import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { OutputError } from '../errors.ts';
import type { Locks } from '../tools/locks.ts';

const timeoutMilliseconds = 15_000;

/**
 * Changes a document that a person edits too, while no other port does. Another process holds the lock only for the time
 * of a write, so this waits for it.
 * @param folder the account's folder, absolute
 * @param name of the document
 * @throws OutputError if another port keeps the document for long
 */
export async function withDocumentLock<T>(
  folder: string,
  name: 'posting' | 'captions' | 'included',
  locks: Locks,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await waitFor(async () => locks.take(join(folder, '.port', `${name}.lock`)));
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function waitFor<T>(take: () => Promise<T>): Promise<T> {
  const until = Date.now() + timeoutMilliseconds;
  for (;;) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof OutputError) || Date.now() > until) throw error;
      await setTimeout(20 + Math.random() * 60);
    }
  }
}
