import type { Forecast, RunEvent } from '../model/event.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

/** The cost of an operation that does not encode video, relative to an encode, which costs 1. */
const cheap = 0.05;

/** The cost of making a file. @param action `copy`, `transcode` ... */
export function costOf(action: string): number {
  return action === 'transcode' || action === 'slideshow' ? 1 : cheap;
}

/** Estimates how long the rest of a run takes. */
export interface TimeLeft {
  /** @param now seconds */
  expect(forecast: Forecast, now: number): void;
  /** Records that a post was finished on one platform. */
  note(event: PostEvent): void;
  /**
   * Estimates the seconds until everything is done, from the rate so far or, at the start, from the forecast.
   * @param now seconds
   * @param underWay the finished part of the files in progress, where an encode costs 1
   * @returns null if there is no forecast
   */
  seconds(now: number, underWay: number): number | null;
}

/** The share of the work after which the rate so far is used. */
const enough = 0.05;

export function timeLeft(): TimeLeft {
  let whole = 0;
  let forecastSeconds = 0;
  let started = 0;
  let done = 0;
  return {
    expect({ posts, lookedAt, unchanged, perPlatform, estimate }, now) {
      if (whole === 0) started = now;
      // Posts that the forecast did not examine are assumed to be like the others.
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
