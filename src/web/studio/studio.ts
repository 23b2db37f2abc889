import type * as z from 'zod';
import { targetNames } from '../../config/option-values.ts';
import { UsageError } from '../../errors.ts';
import type { RunEvent } from '../../model/event.ts';
import { targets } from '../../targets/index.ts';
import { type Accounts, accountStates, openAccounts } from './accounts.ts';
import type { controlRequest, optionsRequest, runRequest, StudioState } from './api.ts';
import { createEvents, type Events } from './events.ts';
import { createExports, type Exports } from './exports.ts';
import { createForecasts, type Forecasts } from './forecasts.ts';
import { type Choices, createChoices, type Written } from './options.ts';
import { RefusedError } from './refusal.ts';
import { createRuns, type Runs } from './runs.ts';
import { openSession, type Session } from './session.ts';
import type { StudioStart, StudioWorld } from './world.ts';

/** Everything behind the pages of one studio. */
export interface Studio {
  readonly world: StudioWorld;
  readonly events: Events;
  readonly accounts: Accounts;
  readonly exports: Exports;
  readonly runs: Runs;
  readonly state: () => StudioState;
  addExport(name: string, body: AsyncIterable<Uint8Array>, declared: number | null): Promise<void>;
  addMedia(name: string, body: AsyncIterable<Uint8Array>, declared: number | null): Promise<void>;
  forget(): Promise<void>;
  keep(keeps: boolean): Promise<void>;
  choose(request: z.output<typeof optionsRequest>): Promise<void>;
  run(request: z.output<typeof runRequest>): Promise<void>;
  control(request: z.output<typeof controlRequest>): void;
  /** @returns a sentence about what is left for the next time; null if nothing is */
  close(): Promise<string | null>;
}

const changeMilliseconds = 100;

export async function openStudio(start: StudioStart, world: StudioWorld): Promise<Studio> {
  const choices = createChoices(start);
  const out = outOf(start);
  const accounts = openAccounts(out, world.files);
  const session = await openSession(out, world);
  const events = createEvents();
  let free = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  /** Tells the pages soon, once for many changes. */
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = null;
      events.send({ type: 'state', state: state() });
    }, changeMilliseconds);
  };
  const exports = createExports(world, changed);
  const forecasts = createForecasts(world, changed);
  const refresh = async () => {
    await accounts.refresh();
    free = await world.disk.free(out);
    changed();
  };
  const hear = (event: RunEvent) => {
    events.send({ type: 'run', event });
    if (event.type === 'post') events.send({ type: 'posts', account: event.account, keys: [event.key] });
  };
  const runs = createRuns(world, hear, changed, () => void refresh().catch(world.onBug));

  const more = (): Written => ({ media: [...(mediaOf(start) ?? []), ...session.media()] });
  const paths = () => {
    const all = exports.paths();
    if (all.length === 0) throw new RefusedError('Drop an export first.');
    return all;
  };
  const lookAhead = async () => {
    if (exports.paths().length === 0 || choices.trouble() !== null) return;
    await exports.ready();
    if (exports.paths().length === 0 || runs.state().state === 'running') return;
    forecasts.start(exports.paths(), choices.settings({ ...more(), to: targetNames.join(',') }));
  };
  const state = (): StudioState => stateOf({ world, out, exports, accounts, choices, forecasts, runs, free, session });

  const studio: Studio = {
    ...{ world, events, accounts, exports, runs, state },
    async addExport(name, body, declared) {
      const path = await session.store('exports', name, body, declared);
      exports.add(path, true);
      await exports.ready();
      void lookAhead().catch(world.onBug);
    },
    async addMedia(name, body, declared) {
      await session.store('media', name, body, declared);
      void lookAhead().catch(world.onBug);
    },
    async forget() {
      if (runs.state().state !== 'idle' && runs.state().state !== 'done')
        throw new RefusedError('A run needs them: stop it first.');
      await forecasts.cancel();
      exports.forgetUploads();
      await session.forget();
    },
    async keep(keeps) {
      await session.keep(keeps);
      changed();
    },
    async choose({ options }) {
      choices.choose(options);
      await session.remember(choices.ofPage());
      changed();
      // The platforms need no new forecast: it has all of them.
      if (Object.keys(options).some((name) => name !== 'to')) await lookAhead();
    },
    async run({ what }) {
      const all = what === 'fetch' ? targetNames : choices.targets();
      if (all.length === 0) throw new RefusedError(choices.trouble() ?? 'Choose a platform first.');
      const to = { to: all.join(',') };
      const best = what === 'one' ? forecasts.best(all) : null;
      if (what === 'one' && best === null && forecasts.state() !== 'done')
        throw new RefusedError('Wait a moment: the posts are being looked at.');
      if (what === 'one' && best === null) throw new RefusedError('There is no post that needs any work.');
      await forecasts.cancel();
      runs.start(what, paths(), choices.settings({ ...more(), ...to, ...(best !== null && { only: [best] }) }));
      await session.began();
    },
    control: ({ action }) => runs.control(action),
    async close() {
      if (timer !== null) clearTimeout(timer);
      await forecasts.cancel();
      const isCut = runs.isCut();
      await runs.close();
      events.close();
      return await session.close(isCut);
    },
  };
  for (const path of start.exports) exports.add(path, false);
  for (const path of session.exports()) exports.add(path, true);
  if (session.isTakenOver) choices.choose(session.options());
  await refresh();
  void exports.ready().then(lookAhead).catch(world.onBug);
  return studio;
}

function outOf({ flags, config }: StudioStart): string {
  const out = flags['out'] ?? config?.common['out'] ?? 'ported';
  if (typeof out !== 'string' || out === '') throw new UsageError('--out names no folder. See port --help.');
  return out;
}

function mediaOf({ flags, config }: StudioStart): readonly string[] | null {
  const media = flags['media'] ?? config?.common['media'];
  return Array.isArray(media) ? media.map(String) : null;
}

interface Parts {
  readonly world: StudioWorld;
  readonly out: string;
  readonly exports: Exports;
  readonly accounts: Accounts;
  readonly choices: Choices;
  readonly forecasts: Forecasts;
  readonly runs: Runs;
  readonly free: number;
  readonly session: Session;
}

function stateOf({ world, out, exports, accounts, choices, forecasts, runs, free, session }: Parts): StudioState {
  const chosen = choices.targets();
  const forecast = forecasts.forecast(chosen);
  return {
    version: world.version,
    out,
    exports: exports.all(),
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
    optionsTrouble: choices.trouble() ?? forecasts.trouble(),
    forecast: { state: forecasts.state(), forecast },
    disk: { free, needed: forecast?.estimate.bytes ?? null },
    run: runs.state(),
  };
}
