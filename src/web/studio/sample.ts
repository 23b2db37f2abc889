import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RefusedError } from './refusal.ts';
import type { StudioStart } from './world.ts';

/** A small export that comes with port, for people who have none yet. It works like their own. */
export interface Sample<Studio> {
  /** @throws RefusedError if it did not come with this port */
  open(): Promise<void>;
  /** Closes it and removes everything that was made of it. */
  close(): Promise<void>;
  readonly isOpen: () => boolean;
  readonly studio: () => Studio | null;
}

/**
 * @param session the folder of the studio in the user's cache: everything made of the sample is written there, and never into
 * the output folder
 * @param openStudio opens a studio whose own folder is given
 */
export function createSample<Studio extends { close(): Promise<unknown> }>(
  session: string,
  openStudio: (start: StudioStart, folder: string) => Promise<Studio>,
): Sample<Studio> {
  const folder = join(session, 'sample');
  let opened: Studio | null = null;
  let work: Promise<void> = Promise.resolve();
  /** One after the other, because two tabs may request it. */
  const queued = async (task: () => Promise<void>): Promise<void> => {
    const next = work.then(task);
    work = next.catch(() => {});
    await next;
  };
  const remove = async () => rm(folder, { recursive: true, force: true });
  return {
    open: async () =>
      queued(async () => {
        if (opened !== null) return;
        const archive = await archivePath();
        if (archive === null) throw new RefusedError('The sample did not come with this port.', 404);
        await remove();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const flags = { out: join(folder, 'ported'), offline: true, to: 'rednote,shorts' };
        const start = { exports: [archive], flags, config: null, phoneAddress: null, onGone: () => {} };
        opened = await openStudio(start, folder);
      }),
    close: async () =>
      queued(async () => {
        const before = opened;
        opened = null;
        await before?.close();
        await remove();
      }),
    isOpen: () => opened !== null,
    studio: () => opened,
  };
}

/** Next to this module in the built program, or in `dist` when it runs from source. */
const places = ['./studio/sample.zip', '../../../dist/studio/sample.zip'];

async function archivePath(): Promise<string | null> {
  for (const each of places) {
    const path = fileURLToPath(new URL(each, import.meta.url));
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
