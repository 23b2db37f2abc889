import type { Report, RunEvent } from '../model/event.ts';
import { isFetch, type LineOptions, lineReport } from './lines.ts';
import { type LiveJob, liveLines } from './live-lines.ts';
import { costOf, timeLeft } from './time-left.ts';

/** The bottom lines of a terminal, which can be redrawn. */
export interface Foot {
  show(text: string): void;
  clear(): void;
}

export interface TtyOptions extends LineOptions {
  readonly foot: Foot;
  readonly columns: () => number;
  /** Seconds, with fractions. */
  readonly now: () => number;
  /** Calls `draw` a moment later. */
  readonly later: (draw: () => void) => void;
}

interface Count {
  readonly done: number;
  readonly total: number;
}

/** A hundred workers would need more lines than a terminal has. */
const jobsShown = 8;

/** Often enough to look alive, rarely enough to avoid flicker and cost. */
const secondsBetween = 0.1;

/**
 * The report for an interactive terminal: current jobs and progress at the bottom, problems with posts above them as
 * they occur, a summary at the end.
 */
export function ttyReport(options: TtyOptions): Report {
  const { foot, now, later, columns } = options;
  const jobs = new Map<string, LiveJob>();
  const doing = new Map<string, string>();
  const fetched = new Map<string, Count>();
  /** By account; there is one unless several are processed in parallel. */
  const made = new Map<string, Count>();
  /** On how many platforms each post is finished. */
  const finished = new Map<string, number>();
  const targets = new Map<string, number>();
  let remaining = timeLeft();
  let started = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let open = false;
  let onlyFetches = false;
  let waits = false;

  const draw = () => {
    if (!open) return;
    drawn = now();
    const state = {
      jobs: [...jobs.values()].slice(0, jobsShown),
      ...sumOf(made),
      fetched: fetched.size > 0 && !onlyFetches ? sumOf(fetched) : null,
      seconds: now() - started,
      secondsLeft: remaining.seconds(
        now(),
        [...jobs.values()].reduce((sum, { share, cost }) => sum + share * cost, 0),
      ),
    };
    foot.show(liveLines(state, columns()).join('\n'));
  };
  const above = (print: (line: string) => void) => (line: string) => {
    foot.clear();
    print(line);
    draw();
  };
  const posts = options.verbosity === 'verbose' ? 'all' : 'trouble';
  const lines = lineReport({ ...options, out: above(options.out), err: above(options.err), posts });

  /** A post counts once all of its platforms are done. */
  const finish = (event: { readonly account: string; readonly key: string }) => {
    const platforms = (finished.get(jobOf(event)) ?? 0) + 1;
    finished.set(jobOf(event), platforms);
    const { done, total } = made.get(event.account) ?? { done: 0, total: 0 };
    if (platforms === targets.get(event.account)) made.set(event.account, { done: Math.min(total, done + 1), total });
  };

  const track = (event: RunEvent) => {
    switch (event.type) {
      case 'run':
        if (!event.together || !open) {
          jobs.clear();
          made.clear();
          fetched.clear();
          finished.clear();
          remaining = timeLeft();
          started = now();
        }
        made.set(event.account, { done: 0, total: event.reported });
        targets.set(event.account, event.targets.length);
        onlyFetches = isFetch(event.targets);
        open = true;
        return;
      case 'forecast':
        remaining.expect(event, now());
        return;
      case 'plan':
        if (event.expected) finish(event);
        doing.set(jobOf(event), heaviest([doing.get(jobOf(event)) ?? '', ...event.actions.map(words)]));
        return;
      case 'progress':
        if (event.stage === 'fetch') {
          fetched.set(event.account, { done: event.done, total: event.total });
          // The export has more posts than those whose originals are loaded.
          if (onlyFetches) made.set(event.account, { done: made.get(event.account)?.done ?? 0, total: event.total });
        } else {
          const { key, share } = event;
          const what = doing.get(jobOf(event)) ?? '';
          jobs.set(jobOf(event), { key, doing: what, share, cost: costOf(actionOf(what)) });
        }
        return;
      case 'post':
        jobs.delete(jobOf(event));
        doing.delete(jobOf(event));
        remaining.note(event);
        finish(event);
        return;
      case 'summary':
        open = false;
        foot.clear();
        return;
      default:
    }
  };
  const tell = (event: RunEvent) => {
    track(event);
    lines.tell(event);
    if (now() - drawn >= secondsBetween) draw();
    else if (!waits) {
      // After many updates there may be a pause, so the last one has to be drawn before it.
      waits = true;
      later(() => {
        waits = false;
        draw();
      });
    }
  };
  return { tell };
}

function sumOf(counts: ReadonlyMap<string, Count>): Count {
  let done = 0;
  let total = 0;
  for (const each of counts.values()) {
    done += each.done;
    total += each.total;
  }
  return { done, total };
}

/** Two accounts may have posts with the same key. */
function jobOf({ account, key }: { readonly account: string; readonly key: string }): string {
  return `${account}/${key}`;
}

/** From the cheapest to the most expensive. */
const works = ['', 'linking', 'drawing', 'rewriting', 'slideshow', 'encoding'];

function words(action: string): string {
  switch (action) {
    case 'copy':
      return 'linking';
    case 'remux':
      return 'rewriting';
    case 'transcode':
      return 'encoding';
    case 'slideshow':
      return 'slideshow';
    default:
      return 'drawing';
  }
}

/** One of the actions that these words stand for. */
function actionOf(doing: string): string {
  return doing === 'encoding' ? 'transcode' : doing;
}

function heaviest(all: readonly string[]): string {
  return all.reduce((most, each) => (works.indexOf(each) > works.indexOf(most) ? each : most), '');
}
