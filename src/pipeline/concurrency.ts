/** How the cores of a machine are used. */
export interface Pace {
  /** Renders at a time. */
  readonly jobs: number;
  /** Of each encoder. */
  readonly threads: number;
  /** Cores that each render has for itself while all of them are at work. */
  readonly share: number;
}

/** Maximum renders per core: more only wait for each other, and each takes 200 MB of memory (1080 x 1920). */
const maxForCore = 4;
/** A user may set this many on any machine, because fetching and copying hardly use a core. */
const fewest = 8;

/**
 * Several files at a time with few threads each: one file with many threads is slower, because decoding, the check of the
 * result and the last frames use only one core. At least two threads each, even with one core per file: they cost no time,
 * and the last or only file of a run can use a second core. Measured: test/bench/ENCODER.md.
 * @param asked renders at a time, if the user set it; limited to four per core, or eight on a small machine
 * @param cores cores that this process may use
 */
export function concurrencyFor(asked: number | undefined, cores: number): Pace {
  const most = Math.max(fewest, maxForCore * cores);
  const jobs = asked !== undefined ? Math.min(asked, most) : Math.min(cores, Math.max(2, Math.ceil(cores / 2)));
  const share = Math.max(1, Math.ceil(cores / jobs));
  return { jobs, threads: Math.max(share, Math.min(2, cores)), share };
}
