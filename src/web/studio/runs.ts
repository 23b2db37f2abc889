import type { Settings } from '../../config/config-file.ts';
import type { PortOptions } from '../../config/options.ts';
import { asError, InterruptedError, PortError } from '../../errors.ts';
import type { RunEvent } from '../../model/event.ts';
import { machineIssue } from '../../model/machine-errors.ts';
import { fetchOriginals } from '../../pipeline/fetch.ts';
import { createGate, type PausableGate } from '../../pipeline/gate.ts';
import { port } from '../../pipeline/port.ts';
import { message } from '../../report/messages.ts';
import type { RunState } from './api.ts';
import { sentenceOf } from './options.ts';
import { RefusedError } from './refusal.ts';
import { type RunProgress, runProgress } from './run-events.ts';
import type { StudioEnvironment } from './world.ts';

type What = NonNullable<RunState['what']>;

/** The runs of a studio, one at a time. */
export interface Runs {
  /** @throws RefusedError if one is going on */
  start(what: What, paths: readonly string[], settings: Settings<PortOptions>): void;
  /** Makes a few posts again after the current run, without being shown as a run. */
  quietly(paths: readonly string[], settings: Settings<PortOptions>): Promise<void>;
  /** @throws RefusedError if no run is active */
  control(action: 'pause' | 'resume' | 'stop'): void;
  readonly state: () => RunState;
  readonly isBusy: () => boolean;
  /** Stops all runs and waits for their end. */
  close(): Promise<void>;
}

const idle: RunState = {
  ...{ state: 'idle', what: null, done: 0, total: 0, left: null, now: null },
  ...{ problems: [], exitCode: null },
};

/**
 * @param tell called with the events of all runs, also those that are not shown
 * @param onChange called when the state changes
 * @param onEnd called when a shown run has ended; the run is shown as done when this has resolved
 */
export function createRuns(
  world: StudioEnvironment,
  tell: (event: RunEvent) => void,
  onChange: () => void,
  onEnd: (what: What, exitCode: number) => Promise<void>,
): Runs {
  let current: { what: What; controller: AbortController; gate: PausableGate; isPaused: boolean } | null = null;
  let progress: RunProgress | null = null;
  let ended: Pick<RunState, 'what' | 'exitCode'> | null = null;
  let work: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  const execute = async (what: What | null, paths: readonly string[], settings: Settings<PortOptions>, on: Run) => {
    const tools = await world.tools();
    const { signal, gate } = on;
    const onEvent = (event: RunEvent) => {
      if (what !== null) progress?.note(event);
      tell(event);
      if (what !== null) onChange();
    };
    const result =
      what === 'fetch'
        ? await fetchOriginals(paths, settings, tools, onEvent, signal, gate)
        : await port(paths, settings, tools, onEvent, signal, { forecasts: what !== null, gate });
    onEvent({ type: 'summary', ...result });
    return result.exitCode;
  };
  /** One after the other: two runs in one folder exclude each other. */
  const queued = (task: () => Promise<void>): Promise<void> => {
    const next = work.then(task);
    work = next.catch(() => {});
    return next;
  };
  return {
    start(what, paths, settings) {
      if (current !== null) throw new RefusedError('A run is going on: stop it first, or wait for its end.');
      if (closing.signal.aborted) throw new RefusedError('The studio is ending.');
      const own = { what, controller: new AbortController(), gate: createGate(onChange), isPaused: false };
      current = own;
      ended = null;
      progress = runProgress(() => performance.now() / 1000);
      onChange();
      void queued(async () => {
        const exitCode = await execute(what, paths, settings, { signal: own.controller.signal, gate: own.gate }).catch(
          (error: unknown) => {
            const isStopped = own.controller.signal.aborted;
            if (!isStopped)
              tellError(error, world.onBug, (event) => {
                progress?.note(event);
                tell(event);
              });
            return isStopped ? 130 : error instanceof PortError ? error.exitCode : 1;
          },
        );
        await onEnd(what, exitCode).catch(world.onBug);
        current = null;
        ended = { what, exitCode };
        onChange();
      });
    },
    quietly: async (paths, settings) =>
      queued(async () => {
        if (closing.signal.aborted) return;
        await execute(null, paths, settings, { signal: closing.signal, gate: createGate() });
      }),
    control(action) {
      if (current === null) throw new RefusedError('No run is going on.');
      const { controller, gate } = current;
      if (action === 'stop') controller.abort(new InterruptedError('Stopped'));
      else if (action === 'pause') gate.pause();
      else gate.resume();
      current.isPaused = action === 'pause';
      onChange();
    },
    state() {
      if (current === null)
        return ended === null
          ? idle
          : { ...idle, ...progress?.state(), ...ended, now: null, left: null, state: 'done' };
      const { what, controller, gate, isPaused } = current;
      const paused = gate.inside() > 0 ? 'pausing' : 'paused';
      const state = controller.signal.aborted ? 'stopping' : isPaused ? paused : 'running';
      return { ...idle, ...progress?.state(), what, state };
    },
    isBusy: () => current !== null,
    async close() {
      current?.controller.abort(new InterruptedError('The studio ends'));
      closing.abort(new InterruptedError('The studio ends'));
      await work;
    },
  };
}

interface Run {
  readonly signal: AbortSignal;
  readonly gate: PausableGate;
}

/** Reports in one sentence what ended a run. A bug is also printed with its stack. */
function tellError(error: unknown, onBug: (error: unknown) => void, tell: (event: RunEvent) => void): void {
  const issue = machineIssue(error);
  const isKnown = error instanceof PortError || issue !== null;
  if (!isKnown) onBug(error);
  const sentence = error instanceof PortError ? sentenceOf(error) : issue ? message(issue) : asError(error).message;
  tell({ type: 'error', message: sentence, ...(issue !== null && !(error instanceof PortError) && { issue }) });
}
