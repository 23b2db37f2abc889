import type { Post } from '../model/post.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import type { PostQueue } from './bullmq/index.ts';
import type { ExportJob, PostJob } from './documents.ts';
import { priorities } from './turns.ts';

/**
 * Puts posts of an account into the queue, in the order in which they are to be done.
 * @param run the parent of its posts, which comes into the queue with them
 * @param job what all its posts have in common
 */
export async function enqueue(
  posts: readonly Post[],
  run: { readonly id: string; readonly data: ExportJob },
  job: Omit<PostJob, 'key'>,
  { run: { originals, tools } }: PostsToDo,
  queue: PostQueue,
): Promise<void> {
  if (posts.length === 0) return;
  const far = await Promise.all(posts.map(async (post) => !(await originals.isAtHand(post))));
  const waiting = posts.map((post, index) => ({ post, toFetch: far[index] === true }));
  // Last night's turn is not this night's.
  if ((await queue.open()) === 0) await queue.setTurn(0);
  const order = priorities(waiting, await queue.turn(), tools.now());
  const jobs = [...order].map(([{ key }, priority]) => ({ key, data: { ...job, key }, priority }));
  await queue.add(run, jobs);
}
