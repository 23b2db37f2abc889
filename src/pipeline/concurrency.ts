/** How the cores of a machine are used. */
export interface Pace {
  /** Renders at a time. */
  readonly jobs: number;
  /** Of each encoder. */
  readonly threads: number;
  /** Cores that each render has for itself while all of them are at work. */
  readonly share: number;
}

/** Renders for each core: more only wait for one another, and take 200 MB of memory each (1080 x 1920). */
const mostForCore = 4;
/** A machine of few cores may still be told that many: fetching and copying take none. */
const fewest = 8;

/**
 * Some files side by side with few threads: one file with many is slower, since its decoding, its look at the result and
 * its last frames use one core. Two threads even where there is but one core for each: they cost no time, and the last
 * file of a run, or a lone one, has the other cores too. Measured: test/bench/ENCODER.md.
 * @param asked renders at a time, if a person says so: at most four for each core, and eight on a small machine
 * @param cores that this process may use
 */
export function concurrencyFor(asked: number | undefined, cores: number): Pace {
  const most = Math.max(fewest, mostForCore * cores);
  const jobs = asked !== undefined ? Math.min(asked, most) : Math.min(cores, Math.max(2, Math.ceil(cores / 2)));
  const share = Math.max(1, Math.ceil(cores / jobs));
  return { jobs, threads: Math.max(share, Math.min(2, cores)), share };
}
