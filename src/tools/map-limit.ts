import PQueue from 'p-queue';

/**
 * Does `work` for all items, at most so many at a time, and resolves to the results in the order of the items.
 * @throws what the first of them throws; those that wait are not begun then
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
