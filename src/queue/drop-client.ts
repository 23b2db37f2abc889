import { quoted, UsageError } from '../errors.ts';
import { safeText } from '../report/safe-text.ts';
import type { PostQueue } from './bullmq/index.ts';
import { exportJob } from './documents.ts';
import { wayOf } from './places.ts';
import { foreignName } from './status.ts';

/**
 * Takes a client's posts out of the queue. What workers have under way they finish; until then its run stays there.
 * @param client its name, or the way to its folder from the shared one
 * @returns how many waited, and how many are under way
 * @throws UsageError where there is none of that name, or several
 */
export async function dropClient(
  client: string,
  queue: PostQueue,
): Promise<{ readonly name: string; readonly dropped: number; readonly running: number }> {
  if (client === foreignName) return await dropForeign(queue);
  const all = (await queue.runs()).flatMap((run) => {
    const read = exportJob.safeParse(run.data);
    return read.success ? [{ ...run, way: wayOf(read.data), account: read.data.account }] : [];
  });
  const wanted = client.replace(/\/+$/, '');
  // A name may have signs that nobody can type: it is known by what port queue status shows.
  const is = (name: string, typed: string) => name === typed || safeText(name) === typed;
  const byWay = all.filter(({ way }) => is(way, wanted));
  const found = byWay.length > 0 ? byWay : all.filter(({ account }) => is(account, client));
  const ways = [...new Set(found.map(({ way }) => way))];
  if (ways.length > 1) {
    throw new UsageError(`There are several of that name: ${ways.map(quoted).join(', ')}. Name one of these.`);
  }
  const [name] = ways;
  if (name === undefined) {
    throw new UsageError(`The queue has no client ${quoted(client)}: port queue status names them.`);
  }
  let dropped = 0;
  let running = 0;
  // Of a folder that was deleted and made anew there are two.
  for (const { id, counts } of found) {
    await queue.dropWaiting(id);
    // What Redis counts as open may be names of posts that never were.
    const left = (await queue.underWay()).filter(([run]) => run === id).length;
    if (left === 0) await queue.forget(id);
    dropped += Math.max(0, counts.open - left);
    running += left;
  }
  return { name, dropped, running };
}

/** Takes out what `port` did not write; what is under way fails by itself. */
async function dropForeign(queue: PostQueue) {
  // Nothing else can be read while these are there.
  let dropped = await queue.dropWrongKeys();
  for (const { id, data } of await queue.runs()) {
    const read = exportJob.safeParse(data);
    if (read.success && read.data.account !== foreignName && wayOf(read.data) !== foreignName) continue;
    await queue.forget(id);
    dropped++;
  }
  dropped += await queue.dropForeign();
  return { name: foreignName, dropped, running: (await queue.foreign()).running };
}
