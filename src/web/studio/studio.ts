import { join } from 'node:path';
import type * as z from 'zod';
import { targetNames } from '../../config/option-values.ts';
import { UsageError } from '../../errors.ts';
import type { RunEvent } from '../../model/event.ts';
import { redrawSheets } from '../../pipeline/redraw-sheets.ts';
import { type Accounts, openAccounts } from './accounts.ts';
import type { StudioState } from './api.ts';
import { createEvents, type Events } from './events.ts';
import { createExports, type Exports } from './exports.ts';
import { hasOnlyMedia } from './folder-uploads.ts';
import type { FolderView } from './folder-view.ts';
import { createForecasts } from './forecasts.ts';
import { createFrames, type Frames } from './frames.ts';
import { type Choices, createChoices, type Written } from './options.ts';
import { type Presence, watchPages } from './presence.ts';
import { createRefresher, type Refresher } from './refresh.ts';
import { RefusedError } from './refusal.ts';
import type { controlRequest, optionsRequest, runRequest } from './requests.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSample } from './sample.ts';
import { openSession, type Session } from './session.ts';
import { stateOf } from './state.ts';
import { createViews } from './views.ts';
import { copiedUploads, type StudioEnvironment, type StudioStart } from './world.ts';

/** Everything behind the pages of one studio. */
export interface Studio {
  readonly world: StudioEnvironment;
  readonly events: Events;
  readonly presence: Presence;
  readonly phoneAddress: StudioStart['phoneAddress'];
  readonly accounts: Accounts;
  readonly exports: Exports;
  readonly choices: Choices;
  readonly session: Session;
  readonly runs: Runs;
  readonly frames: Frames;
  readonly refresher: Refresher;
  /** Folders that `--media` names, and that of uploads. */
  readonly media: () => readonly string[];
  readonly state: () => StudioState;
  /** The posts in an account's folder. @throws RefusedError if there is no such account */
  view(account: string): FolderView;
  addExport(name: string, body: AsyncIterable<Uint8Array>, declared: number | null): Promise<void>;
  addMedia(name: string, body: AsyncIterable<Uint8Array>, declared: number | null): Promise<void>;
  /** Completes a folder: it is an export or, if it contains none, a folder of videos. */
  endFolder(id: string): Promise<void>;
  /** This studio, or that of the sample while it is open. */
  active(): Studio;
  /** Opens or closes the sample. */
  sample(isOpen: boolean): Promise<void>;
  forget(): Promise<void>;
  keep(keeps: boolean): Promise<void>;
  choose(request: z.output<typeof optionsRequest>): Promise<void>;
  run(request: z.output<typeof runRequest>): Promise<void>;
  control(request: z.output<typeof controlRequest>): void;
  /** @returns a sentence about the uploads that are kept; null if there are none */
  close(): Promise<string | null>;
}

const changeMilliseconds = 100;

/** @param shared for a sample: the parts of the studio in which it is opened */
export async function openStudio(
  start: StudioStart,
  machine: StudioEnvironment,
  shared?: Pick<Studio, 'events' | 'presence'>,
): Promise<Studio> {
  const choices = createChoices(start);
  const out = outOf(start);
  const accounts = openAccounts(out, machine.files);
  const session = await openSession(out, machine);
  const world = copiedUploads(machine, session.folder);
  const events = shared?.events ?? createEvents(() => presence.changed());
  let free = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;
  /** Sends the state to the pages after a moment, once for many changes. */
  const changed = () => {
    presence.changed();
    timer ??= setTimeout(() => {
      timer = null;
      if (!sample.isOpen()) events.send({ type: 'state', state: state() });
    }, changeMilliseconds);
  };
  const exports = createExports(world, changed);
  const forecasts = createForecasts(world, changed);
  const refresh = async () => {
    await accounts.refresh();
    free = await world.disk.free(out);
    changed();
  };
  const views = createViews({ ...world, redraw: async (folder) => redrawSheets(folder, world) }, accounts, events);
  const onEvent = (event: RunEvent) => {
    events.send({ type: 'run', event });
    if (event.type === 'run') void refresh().catch(world.onBug);
    if (event.type === 'post' && event.target !== 'originals') void views.note(event).catch(world.onBug);
  };
  const runs = createRuns(world, onEvent, changed, async (what, exitCode) => {
    void session.ended(exitCode !== 130 || what === 'one').catch(world.onBug);
    await refresh();
    await views.announceAll();
  });
  const watched = {
    count: events.count,
    // A paused run would keep the studio open forever.
    isBusy: () => (runs.isBusy() && runs.state().state !== 'paused') || refresher.isBusy(),
    ...{ hasPhones: start.phoneAddress !== null, onGone: start.onGone },
  };
  const presence = shared?.presence ?? watchPages(watched);
  /** The options of the last run, with which posts are made again. */
  let made: Written | null = null;
  const media = () => [...mediaOf(start), ...session.media()];
  const more = () => ({ media: media() });
  const paths = () => {
    const all = exports.paths();
    if (all.length === 0) throw new RefusedError('Drop an export first.');
    return all;
  };
  const lookAhead = async () => {
    await exports.ready();
    if (exports.paths().length === 0 || choices.problem() !== null || runs.isBusy()) return;
    forecasts.start(exports.paths(), choices.settings({ ...more(), to: targetNames.join(',') }));
  };
  const refresher = createRefresher(
    async (account, keys) => {
      const to = await views.targetsOf(account, keys);
      if (exports.paths().length === 0) return false;
      if (to.length === 0) return true;
      const rules = { since: undefined, until: undefined, limit: undefined, cover: undefined, listing: false };
      const only = { only: [...keys], to: to.join(','), ...rules };
      // The options of the last run lack the posts that were included one by one since.
      const page = { ...(made ?? choices.ofPage()), ...includedIn(choices.ofPage()) };
      await runs.quietly(exports.paths(), choices.settings({ ...more(), ...only }, page));
      await refresh();
      return true;
    },
    (account, keys) => {
      events.send({ type: 'posts', account, keys });
      presence.changed();
    },
  );
  const isSample = shared !== undefined;
  const hasPhones = start.phoneAddress !== null;
  const state = (): StudioState =>
    stateOf({ world, out, exports, accounts, choices, forecasts, runs, free, session, isSample, hasPhones });
  const sample = createSample<Studio>(session.folder, async (from, folder) =>
    openStudio(from, { ...machine, cache: join(folder, 'cache') }, { events, presence }),
  );

  const studio: Studio = {
    ...{ world, events, presence, accounts, exports, choices, session, runs, refresher, media, state },
    frames: createFrames(world),
    phoneAddress: start.phoneAddress,
    view: (account) => views.of(account),
    async addExport(name, body, declared) {
      const { path, isNew } = await session.store('exports', name, body, declared);
      if (isNew) exports.add(path, true);
      await exports.ready();
      void lookAhead().catch(world.onBug);
    },
    async addMedia(name, body, declared) {
      await session.store('media', name, body, declared);
      void lookAhead().catch(world.onBug);
    },
    async endFolder(id) {
      const path = await session.endFolder(id);
      exports.add(path, true);
      await exports.ready();
      if (exports.problem(path) !== null && (await hasOnlyMedia(path))) {
        exports.remove(path);
        await session.takeAsMedia(path);
      }
      void lookAhead().catch(world.onBug);
    },
    active: () => sample.studio() ?? studio,
    async sample(isOpen) {
      if (isOpen && runs.isBusy()) throw new RefusedError('A run is going on: stop it first, or wait for its end.');
      if (isOpen) {
        await forecasts.cancel();
        await sample.open();
      } else {
        await sample.close();
        void lookAhead().catch(world.onBug);
      }
      events.send({ type: 'state', state: studio.active().state() });
    },
    async forget() {
      if (runs.isBusy()) throw new RefusedError('A run needs them: stop it first.');
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
      // Choosing platforms needs no new forecast, because it has all of them.
      if (Object.keys(options).some((name) => name !== 'to')) await lookAhead();
    },
    async run({ what }) {
      await exports.ready();
      const all = what === 'fetch' ? targetNames : choices.targets();
      if (all.length === 0) throw new RefusedError(choices.problem() ?? 'Choose a platform first.');
      const best = what === 'one' ? forecasts.best(all) : null;
      if (what === 'one' && best === null)
        throw new RefusedError(
          forecasts.state() === 'running'
            ? 'Wait a moment: the posts are being looked at.'
            : 'There is no post that needs any work.',
        );
      const settings = choices.settings({ ...more(), to: all.join(','), ...(best !== null && { only: [best] }) });
      await forecasts.cancel();
      runs.start(what, paths(), settings);
      if (what === 'all') refresher.begun();
      made = choices.ofPage();
      await session.began();
    },
    control: ({ action }) => runs.control(action),
    async close() {
      await sample.close();
      if (timer !== null) clearTimeout(timer);
      refresher.close();
      await forecasts.cancel();
      await runs.close();
      if (!isSample) {
        presence.close();
        events.close();
      }
      await views.close();
      return await session.close();
    },
  };
  await sample.close();
  for (const path of start.exports) exports.add(path, false);
  for (const path of session.exports()) exports.add(path, true);
  if (session.isTakenOver) choices.choose(session.options());
  await refresh();
  void lookAhead().catch(world.onBug);
  return studio;
}

function includedIn({ include }: Written): Written {
  return include === undefined ? {} : { include };
}

function outOf({ flags, config }: StudioStart): string {
  const out = flags['out'] ?? config?.common['out'] ?? 'ported';
  if (typeof out !== 'string' || out === '') throw new UsageError('--out names no folder. See port --help.');
  return out;
}

function mediaOf({ flags, config }: StudioStart): readonly string[] {
  const media = flags['media'] ?? config?.common['media'];
  return Array.isArray(media) ? media.map(String) : [];
}
