import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { PostJob } from '../../src/queue/documents.ts';
import { ensureOutId, writeRun } from '../../src/queue/files.ts';
import { type OpenRun, openRunCache } from '../../src/queue/open-runs.ts';
import { openSharedFolder } from '../../src/queue/shared-folder.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { realTools } from './in-process.ts';
import { keyOf } from './photo-export.ts';

/** A run as its coordinator leaves it in the folders, and a worker that opens it: without Redis. */

const files = createFiles();
const stamp = { version: '1.0.0', libavcodec: 60 };

export type WrittenRun = Parameters<typeof writeRun>[1];

/** What the document of a run says of a post. */
export const aPost = {
  ...{ linkPath: null, caption: null, issues: [], isUnsure: false, posted: [], held: null, subtitles: null },
  choices: { cover: '', targets: '', fit: '' },
};

/** Writes the document of a run over `<root>/<account>`, with delivery to `<root>/out`. @returns the job of its first post */
export async function queueRun(
  root: string,
  account: string,
  odd: Partial<WrittenRun> = {},
): Promise<PostJob & { readonly document: string }> {
  const folder = join(root, 'out', account);
  const about: WrittenRun = {
    ...{ schemaVersion: 1, ...stamp, account, root, nameless: false, exports: [account], media: [], music: null },
    ...{ options: { to: 'rednote,lemon8', offline: true }, tiktokIds: {}, posts: { [keyOf(0)]: aPost } },
    ...odd,
  };
  const run = await writeRun(folder, about, files);
  const outId = await ensureOutId(join(root, 'out'), files);
  const document = join(folder, '.port/queue/run.json');
  return { schemaVersion: 1, out: 'out', outId, folder: account, run, key: keyOf(0), document };
}

/** The opened runs of a worker, with what it told. */
export async function openedRuns(root: string, most?: { readonly posts: number; readonly runs: number }) {
  const events: RunEvent[] = [];
  const limit = { run: async <T>(_: string, __: number, ___: AbortSignal, task: () => Promise<T>) => task() };
  const shared = await openSharedFolder(root, files);
  const tell = (event: RunEvent) => void events.push(event);
  const cache = openRunCache(shared, stamp, 'me', limit, await realTools(), tell, most);
  onTestFinished(async () => cache.close());
  const use = async (job: PostJob, anew = false) => cache.withRun(job, anew, async (run: OpenRun) => run);
  return { cache, use, events };
}
