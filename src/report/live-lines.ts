import { safeText } from './safe-text.ts';

/** A post that is being processed. */
export interface LiveJob {
  readonly key: string;
  /** The current operation: `encoding`. */
  readonly doing: string;
  /** Progress of the current file, 0 to 1. */
  readonly share: number;
  /** Of the current file, where an encode costs 1. */
  readonly cost: number;
}

/** The state of a run as shown in a terminal. */
export interface LiveState {
  readonly jobs: readonly LiveJob[];
  readonly done: number;
  readonly total: number;
  /** Originals loaded from the network; null until one has to be loaded. */
  readonly fetched: { readonly done: number; readonly total: number } | null;
  /** Seconds since the first post was started. */
  readonly seconds: number;
  /** An estimate; null where there is none. */
  readonly secondsLeft: number | null;
}

/** Before this many seconds the rate is meaningless. */
const steadyAfter = 3;
const widest = 100;

/**
 * The status lines at the bottom of the terminal, truncated to its width: one for each job, and one for the whole run.
 */
export function liveLines(state: LiveState, columns: number): string[] {
  // The last column stays empty, because some terminals wrap a line that fills it.
  const width = Math.max(1, Math.min(widest, columns - 1));
  return [...state.jobs.map((job) => jobLine(job, width)), overallLine(state, width)].map((line) =>
    [...line].slice(0, width).join(''),
  );
}

function jobLine({ key, doing, share }: LiveJob, width: number): string {
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const head = `  ${safeText(key).padEnd(21)} ${doing.padEnd(9)} `;
  return `${head}${bar(share, width - head.length - percent.length - 1)} ${percent}`;
}

function overallLine({ jobs, done, total, fetched, seconds, secondsLeft }: LiveState, width: number): string {
  const within = done + jobs.reduce((sum, { share }) => sum + share, 0);
  const facts = [
    `${done} of ${total} posts`,
    ...(fetched && fetched.done < fetched.total ? [`${fetched.done} of ${fetched.total} originals`] : []),
    ...(seconds >= steadyAfter && within > 0 && done < total ? [leftWords(secondsLeft, within, total, seconds)] : []),
  ].join(' · ');
  const room = width - facts.length - 2;
  return room >= 8 ? `${bar(total > 0 ? within / total : 0, Math.min(room, 30))}  ${facts}` : facts;
}

/** Without an estimate the posts are taken to be all alike. */
function leftWords(estimate: number | null, within: number, total: number, seconds: number): string {
  return `${durationWords(estimate ?? (seconds / within) * (total - within))} left`;
}

/** `about 7 min`, with the precision that the estimate has. */
export function durationWords(seconds: number): string {
  if (seconds < 55) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} min`;
  const hours = Math.round(minutes / 6) / 10;
  return hours < 48 ? `about ${hours} h` : `about ${Math.round(hours / 24)} days`;
}

function bar(share: number, width: number): string {
  if (width < 4) return '';
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
