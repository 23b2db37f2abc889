import type { Report, RunEvent } from '../model.ts';
import { type LineOptions, lineReport } from './lines.ts';
import { type LiveJob, liveLines } from './live-lines.ts';

/** The foot of a terminal, which can be drawn anew. */
export interface Foot {
  show(text: string): void;
  clear(): void;
}

export interface TtyOptions extends LineOptions {
  readonly foot: Foot;
  readonly columns: () => number;
  /** Seconds, with fractions. */
  readonly now: () => number;
}

/** Often enough to look alive, seldom enough not to flicker or to cost anything. */
const secondsBetween = 0.1;

/**
 * For a person at a terminal: what runs and how far it is at the foot, trouble with a post above it when it comes, and
 * in the end what there is to look at.
 */
export function ttyReport(options: TtyOptions): Report {
  const { foot, now, columns } = options;
  const jobs = new Map<string, LiveJob>();
  const doing = new Map<string, string>();
  let fetched: { readonly done: number; readonly total: number } | null = null;
  let made = { done: 0, total: 0 };
  let started = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let open = false;

  const draw = () => {
    if (!open) return;
    drawn = now();
    const state = { jobs: [...jobs.values()], ...made, fetched, seconds: now() - started };
    foot.show(liveLines(state, columns()).join('\n'));
  };
  const above = (print: (line: string) => void) => (line: string) => {
    foot.clear();
    print(line);
    draw();
  };
  const posts = options.verbosity === 'verbose' ? 'all' : 'trouble';
  const lines = lineReport({ ...options, out: above(options.out), err: above(options.err), posts });

  const track = (event: RunEvent) => {
    switch (event.type) {
      case 'run':
        jobs.clear();
        fetched = null;
        made = { done: 0, total: event.posts };
        started = now();
        open = true;
        return;
      case 'plan':
        doing.set(event.key, heaviest([doing.get(event.key) ?? '', ...event.actions.map(words)]));
        return;
      case 'progress':
        if (event.stage === 'fetch') fetched = event;
        else {
          const { key, share, done, total } = event;
          made = { done, total };
          jobs.set(key, { key, doing: doing.get(key) ?? '', share });
        }
        return;
      case 'post':
        if (jobs.delete(event.key)) made = { ...made, done: made.done + 1 };
        doing.delete(event.key);
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
  };
  return { tell };
}

/** From the lightest to the heaviest. */
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

function heaviest(all: readonly string[]): string {
  return all.reduce((most, each) => (works.indexOf(each) > works.indexOf(most) ? each : most), '');
}
