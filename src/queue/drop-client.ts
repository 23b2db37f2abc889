import { quoted, UsageError } from '../errors.ts';
import { safeText } from '../report/safe-text.ts';
import type { PostQueue } from './bullmq/index.ts';
import { exportJob } from './documents.ts';
import { accountPath } from './run-folders.ts';
import { foreignName } from './status.ts';

/**
 * Removes a client's posts from the queue. Workers finish their current ones; until then its run stays in the queue.
 * @param client its name, or the path of its folder relative to the shared folder
 * @returns how many posts were waiting, and how many are being processed
 * @throws UsageError if no client or several have that name
 */
export async function dropClient(
  client: string,
  queue: PostQueue,
): Promise<{ readonly name: string; readonly dropped: number; readonly running: number }> {
  if (client === foreignName) return await dropForeign(queue);
  const all = (await queue.runs()).flatMap((run) => {
    const read = exportJob.safeParse(run.data);
    return read.success ? [{ ...run, path: accountPath(read.data), account: read.data.account }] : [];
  });
  const wanted = client.replace(/\/+$/, '');
  // A name may contain characters that cannot be typed, so it can be given as port queue status shows it.
  const is = (name: string, typed: string) => name === typed || safeText(name) === typed;
  const byPath = all.filter(({ path }) => is(path, wanted));
  const found = byPath.length > 0 ? byPath : all.filter(({ account }) => is(account, client));
  const paths = [...new Set(found.map(({ path }) => path))];
  if (paths.length > 1) {
    throw new UsageError(`There are several of that name: ${paths.map(quoted).join(', ')}. Name one of these.`);
  }
  const [name] = paths;
  if (name === undefined) {
    throw new UsageError(`The queue has no client ${quoted(client)}: port queue status names them.`);
  }
  let dropped = 0;
  let running = 0;
  // A folder that was deleted and created again has two runs.
  for (const { id, counts } of found) {
    await queue.dropWaiting(id);
    // Posts that Redis counts as open may be ids without a job.
    const left = (await queue.underWay()).filter(([run]) => run === id).length;
    if (left === 0) await queue.forget(id);
    dropped += Math.max(0, counts.open - left);
    running += left;
  }
  return { name, dropped, running };
}

/** Removes jobs that `port` did not create; those being processed fail by themselves. */
async function dropForeign(queue: PostQueue) {
  // Nothing else can be read while these keys exist.
  let dropped = await queue.dropWrongKeys();
  for (const { id, data } of await queue.runs()) {
    const read = exportJob.safeParse(data);
    if (read.success && read.data.account !== foreignName && accountPath(read.data) !== foreignName) continue;
    await queue.forget(id);
    dropped++;
  }
  dropped += await queue.dropForeign();
  return { name: foreignName, dropped, running: (await queue.foreign()).running };
}
