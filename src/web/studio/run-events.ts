import type { RunEvent } from '../../model/event.ts';
import type { Issue } from '../../model/issue.ts';
import { timeLeft } from '../../report/time-left.ts';
import type { RunProblem, RunState } from './api.ts';

/** A summary of the events of a run, for pages that are opened during it. */
export interface RunProgress {
  note(event: RunEvent): void;
  readonly state: () => Pick<RunState, 'done' | 'total' | 'left' | 'now' | 'problems'>;
}

const maxProblems = 200;

/** @param seconds the clock */
export function runProgress(seconds: () => number): RunProgress {
  const left = timeLeft();
  /** By post, the number of platforms on which it is not done yet. */
  const open = new Map<string, number>();
  const shares = new Map<string, number>();
  let platforms = 1;
  let done = 0;
  let total = 0;
  let now: RunState['now'] = null;
  /** By message, each once. */
  const problems = new Map<string, RunProblem>();
  const say = (message: string, issue: Issue | null) => {
    if (!problems.has(message) && problems.size < maxProblems) problems.set(message, { message, issue });
  };
  return {
    note(event) {
      switch (event.type) {
        case 'run':
          total += event.reported;
          platforms = Math.max(1, event.targets.length);
          return;
        case 'forecast':
          left.expect(event, seconds());
          return;
        case 'progress':
          if (event.stage === 'make') {
            shares.set(event.key, event.share);
            now = { stage: 'make', key: event.key };
          } else if (now?.stage !== 'make') now = { stage: 'fetch', done: event.done, total: event.total };
          return;
        case 'post': {
          left.note(event);
          shares.delete(event.key);
          const id = `${event.account} ${event.key}`;
          const missing = (open.get(id) ?? platforms) - 1;
          if (missing > 0) open.set(id, missing);
          else {
            open.delete(id);
            done++;
          }
          return;
        }
        case 'warning':
        case 'error':
          say(event.message, event.issue ?? null);
          return;
        case 'plan':
        case 'summary':
          return;
      }
    },
    state() {
      const underWay = [...shares.values()].reduce((sum, share) => sum + share, 0);
      const found = left.seconds(seconds(), underWay);
      // Posts that were not selected are reported as held, and not counted in the total.
      return {
        done: Math.min(done, total),
        total,
        left: found === null ? null : Math.round(found),
        now,
        problems: [...problems.values()],
      };
    },
  };
}
