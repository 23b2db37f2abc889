import PQueue from 'p-queue';

/**
 * Runs `work` for all items, at most `limit` at a time, and resolves to the results in the order of the items.
 * @throws the first error; items that have not started are skipped then
 */
export async function mapLimit<T, Result>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<Result>,
): Promise<readonly Result[]> {
  const queue = new PQueue({ concurrency: atOnce });
  try {
    return await Promise.all(items.map(async (item) => queue.add(async () => work(item))));
  } catch (error) {
    queue.clear();
    await queue.onIdle();
    throw error;
  }
}
