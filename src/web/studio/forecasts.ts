import type { Settings } from '../../config/config-file.ts';
import type { PortOptions } from '../../config/options.ts';
import { asError, InterruptedError, PortError } from '../../errors.ts';
import type { Forecast } from '../../model/event.ts';
import { dryRun } from '../../pipeline/dry-run.ts';
import { countWorks, estimatedBytes, estimatedSeconds } from '../../plan/estimate.ts';
import type { PlannedFile } from '../../plan/plan.ts';
import { type Counts, kindOf, noCounts } from './counts.ts';
import { sentenceOf } from './options.ts';
import type { StudioEnvironment } from './world.ts';

/** What a run would do, for all platforms at once, so that choosing another one needs no new dry run. */
export interface Forecasts {
  /** Starts a new forecast and cancels the previous one. */
  start(paths: readonly string[], settings: Settings<PortOptions>): void;
  /** Cancels the running forecast; its results so far stay. */
  cancel(): Promise<void>;
  readonly state: () => 'none' | 'running' | 'done';
  readonly problem: () => string | null;
  readonly counts: (target: string) => Counts | null;
  /** @param targets the chosen platforms */
  readonly forecast: (targets: readonly string[]) => Forecast | null;
  /** The newest post that needs work on most platforms; null if none does. */
  readonly best: (targets: readonly string[]) => string | null;
}

interface Row {
  readonly key: string;
  readonly target: string;
  readonly kind: keyof Counts | null;
  readonly unchanged: boolean;
  readonly actions: readonly string[];
}

interface Found {
  readonly rows: Row[];
  readonly files: Map<string, PlannedFile[]>;
  readonly forecasts: Forecast[];
}

const nothing = (): Found => ({ rows: [], files: new Map(), forecasts: [] });

/** @param onChange called when there are new results */
export function createForecasts(world: StudioEnvironment, onChange: () => void): Forecasts {
  let found = nothing();
  let state: 'none' | 'running' | 'done' = 'none';
  let problem: string | null = null;
  let controller = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const look = async (paths: readonly string[], settings: Settings<PortOptions>, { signal }: AbortController) => {
    const own = nothing();
    const tools = await world.tools();
    const { tools: dry, scratch, close } = await world.dryRunTools(tools);
    try {
      const tell: Parameters<typeof dryRun>[4] = (event) => {
        if (event.type === 'plan') {
          const { key, target, actions, expected } = event;
          own.rows.push({ key, target, kind: kindOf(event), unchanged: expected?.unchanged ?? false, actions });
        } else if (event.type === 'forecast') own.forecasts.push(event);
      };
      await dryRun(paths, settings, dry, scratch, tell, signal, tools.ytDlp !== null, (_post, { rows }) => {
        for (const { target, files = [] } of rows) {
          const all = own.files.get(target.name) ?? [];
          all.push(...files);
          own.files.set(target.name, all);
        }
      });
      if (!signal.aborted) found = own;
    } finally {
      await close();
    }
  };
  const cancel = async () => {
    controller.abort(new InterruptedError('Another forecast was asked for'));
    await running;
  };
  return {
    start(paths, settings) {
      const before = cancel();
      const own = new AbortController();
      controller = own;
      [state, problem] = ['running', null];
      running = before
        .then(async () => (own.signal.aborted ? undefined : look(paths, settings, own)))
        .catch((error: unknown) => {
          if (own.signal.aborted) return;
          problem = error instanceof PortError ? sentenceOf(error) : asError(error).message;
          found = nothing();
        })
        .then(() => {
          if (controller === own) state = found.forecasts.length > 0 ? 'done' : 'none';
          onChange();
        });
      onChange();
    },
    cancel,
    state: () => state,
    problem: () => problem,
    counts(target) {
      const rows = found.rows.filter((row) => row.target === target);
      if (rows.length === 0) return null;
      const counts = { ...noCounts };
      for (const { kind } of rows) if (kind !== null) counts[kind]++;
      return counts;
    },
    forecast: (targets) => forecastOf(found, targets),
    best(targets) {
      const needs = new Map<string, number>();
      for (const { key, target, kind, unchanged } of found.rows) {
        const isWork = kind !== null && !['held', 'rejected', 'failed'].includes(kind) && !unchanged;
        if (isWork && targets.includes(target)) needs.set(key, (needs.get(key) ?? 0) + 1);
      }
      const most = Math.max(0, ...needs.values());
      return (
        [...needs]
          .filter(([, count]) => count === most)
          .map(([key]) => key)
          .sort()
          .at(-1) ?? null
      );
    },
  };
}

/** Seconds to encode a million pixels; only used for the ratio of two estimates. */
const usualPace = 0.01;

/** The forecasts of all accounts as one, for some of the platforms. */
function forecastOf({ rows, files, forecasts }: Found, targets: readonly string[]): Forecast | null {
  if (forecasts.length === 0) return null;
  const sum = (of: (each: Forecast) => number) => forecasts.reduce((total, each) => total + of(each), 0);
  const wanted = distinctFiles(targets.flatMap((name) => files.get(name) ?? []));
  const all = distinctFiles([...files.values()].flat());
  const [part, whole] = [estimatedSeconds(wanted, usualPace, 1), estimatedSeconds(all, usualPace, 1)];
  const chosen = rows.filter(({ target, unchanged }) => targets.includes(target) && !unchanged);
  const actions = chosen.flatMap((row) => row.actions);
  const encoded = actions.filter((action) => action === 'transcode' || action === 'slideshow').length;
  return {
    posts: sum(({ posts }) => posts),
    lookedAt: sum(({ lookedAt }) => lookedAt),
    toFetch: sum(({ toFetch }) => toFetch),
    withoutOriginal: sum(({ withoutOriginal }) => withoutOriginal),
    withoutWords: sum(({ withoutWords }) => withoutWords),
    unchanged: sum(({ unchanged }) => unchanged),
    works: countWorks(wanted),
    perPlatform: { encoded, others: actions.length - encoded },
    estimate: {
      // The encoding speed of this machine is measured with the longest file of all.
      seconds: whole === 0 ? 0 : (sum(({ estimate }) => estimate.seconds) * part) / whole,
      bytes: wanted.reduce((total, file) => total + estimatedBytes(file), 0),
    },
  };
}

/** Each file once, because platforms share equal files. */
function distinctFiles(files: readonly PlannedFile[]): readonly PlannedFile[] {
  return [...new Map(files.map((file) => [file.key, file])).values()];
}
