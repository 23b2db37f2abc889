import type { Forecast, RunEvent } from '../model/event.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

/** What it costs to copy, rewrite or draw a file, where to encode one costs 1. */
const cheap = 0.05;

/** @param action of a file, `copy`, `transcode` ... */
export function costOf(action: string): number {
  return action === 'transcode' || action === 'slideshow' ? 1 : cheap;
}

/** Estimates how long the rest of a run takes. */
export interface TimeLeft {
  /** @param now seconds */
  expect(forecast: Forecast, now: number): void;
  /** A post was finished on one platform. */
  note(event: PostEvent): void;
  /**
   * Seconds until everything is done: by what is done so far, and by the forecast before that says anything.
   * @param now seconds
   * @param underWay what is done of the files that are being made, an encode counted as 1
   * @returns null where nothing was forecast
   */
  seconds(now: number, underWay: number): number | null;
}

/** The share of the whole work from which on its rate says something. */
const enough = 0.05;

export function timeLeft(): TimeLeft {
  let whole = 0;
  let forecastSeconds = 0;
  let started = 0;
  let done = 0;
  return {
    expect({ posts, lookedAt, unchanged, perPlatform, estimate }, now) {
      if (whole === 0) started = now;
      // Posts that were not looked at are taken to be like those that were.
      const scale = (posts - unchanged) / Math.max(1, lookedAt - unchanged);
      whole += (perPlatform.encoded + perPlatform.others * cheap) * scale;
      forecastSeconds += estimate.seconds * scale;
    },
    note({ unchanged, actions }) {
      if (!unchanged) done += actions.reduce((sum, action) => sum + costOf(action), 0);
    },
    seconds(now, underWay) {
      if (whole === 0) return null;
      const share = Math.min(1, (done + underWay) / whole);
      const passed = now - started;
      return share < enough ? Math.max(0, forecastSeconds - passed) : (passed * (1 - share)) / share;
    },
  };
}
