import { targets } from '../../targets/index.ts';
import { type Accounts, accountStates } from './accounts.ts';
import type { StudioState } from './api.ts';
import type { Exports } from './exports.ts';
import type { Forecasts } from './forecasts.ts';
import type { Choices } from './options.ts';
import type { Runs } from './runs.ts';
import type { Session } from './session.ts';
import type { StudioEnvironment } from './world.ts';

/** The sources of the state. */
export interface Parts {
  readonly world: StudioEnvironment;
  readonly out: string;
  readonly exports: Exports;
  readonly accounts: Accounts;
  readonly choices: Choices;
  readonly forecasts: Forecasts;
  readonly runs: Runs;
  readonly free: number;
  readonly session: Session;
  readonly isSample: boolean;
  readonly hasPhones: boolean;
}

/** Everything that the page shows besides posts. */
export function stateOf({
  world,
  out,
  exports,
  accounts,
  choices,
  forecasts,
  runs,
  free,
  session,
  isSample,
  hasPhones,
}: Parts): StudioState {
  const chosen = choices.targets();
  const forecast = forecasts.forecast(chosen);
  return {
    version: world.version,
    out,
    hasPhones,
    exports: exports.all(),
    ownFiles: session.mediaCount(),
    isSample,
    isKept: session.isKept(),
    isUnfinished: session.isUnfinished(),
    accounts: accountStates(
      accounts.all(),
      exports.all().map(({ inspection }) => inspection?.account ?? null),
    ),
    platforms: targets.map(({ name, title }) => ({
      ...{ name, title, chosen: chosen.includes(name) },
      counts: forecasts.counts(name),
    })),
    options: choices.written(),
    optionsProblem: choices.problem() ?? forecasts.problem(),
    forecast: { state: forecasts.state(), forecast },
    disk: { free, needed: forecast?.estimate.bytes ?? null },
    run: runs.state(),
  };
}
