/** How the cores of a machine are used. */
export interface Pace {
  /** Renders at a time. */
  readonly jobs: number;
  /** Of each encoder. */
  readonly threads: number;
  /** Cores that each render has for itself while all of them are at work. */
  readonly share: number;
}

/**
 * Some files side by side with few threads: one file with many is slower, since its decoding, its look at the result and
 * its last frames use one core. Two threads even where there is but one core for each: they cost no time, and the last
 * file of a run, or a lone one, has the other cores too. Measured: test/bench/ENCODER.md.
 * @param asked renders at a time, if a person says so
 * @param cores that this process may use
 */
export function pace(asked: number | undefined, cores: number): Pace {
  const jobs = asked ?? Math.min(cores, Math.max(2, Math.ceil(cores / 2)));
  const share = Math.max(1, Math.ceil(cores / jobs));
  return { jobs, threads: Math.max(share, Math.min(2, cores)), share };
}
