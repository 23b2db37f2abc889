/**
 * How many renders at a time, and how many threads for each: some files side by side with few threads are faster than one
 * with many.
 * @param cores that this process may use
 */
export function pace(asked: number | undefined, cores: number): { readonly jobs: number; readonly threads: number } {
  const jobs = asked ?? Math.max(1, Math.ceil(cores / 2));
  return { jobs, threads: Math.max(1, Math.ceil(cores / jobs)) };
}
