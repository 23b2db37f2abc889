import type { Post } from '../model/post.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import type { PostQueue } from './bullmq/index.ts';
import type { ExportJob, PostJob } from './documents.ts';
import { priorities } from './turns.ts';

/**
 * Adds an account's posts to the queue in processing order.
 * @param run the parent job of its posts, which is added with them
 * @param job the data that all its posts share
 */
export async function enqueue(
  posts: readonly Post[],
  run: { readonly id: string; readonly data: ExportJob },
  job: Omit<PostJob, 'key'>,
  { run: { originals, tools } }: PostsToDo,
  queue: PostQueue,
): Promise<void> {
  if (posts.length === 0) return;
  const far = await Promise.all(posts.map(async (post) => !(await originals.isAvailable(post))));
  const waiting = posts.map((post, index) => ({ post, toFetch: far[index] === true }));
  // An empty queue starts again at turn 0.
  if ((await queue.open()) === 0) await queue.setTurn(0);
  const order = priorities(waiting, await queue.turn(), tools.now());
  const jobs = [...order].map(([{ key }, priority]) => ({ key, data: { ...job, key }, priority }));
  await queue.add(run, jobs);
}
