import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPages } from '../../../src/web/studio/presence.ts';

/** When the studio ends because its pages are gone. */
describe('a page', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watched({ hasPhones = false } = {}) {
    const now = { pages: 1, isBusy: false, isGone: false };
    const presence = watchPages({
      ...{ count: () => now.pages, isBusy: () => now.isBusy, hasPhones },
      onGone: () => {
        now.isGone = true;
      },
    });
    return { now, presence };
  }

  it('that is closed ends the studio after five seconds, and with phones after ten minutes', () => {
    for (const [hasPhones, seconds] of [
      [false, 5],
      [true, 600],
    ] as const) {
      const { now, presence } = watched({ hasPhones });
      now.pages = 0;
      presence.leaves('1');
      vi.advanceTimersByTime(seconds * 1000 - 1);
      expect(now.isGone).toBe(false);
      vi.advanceTimersByTime(1);
      expect(now.isGone).toBe(true);
    }
  });

  it('that is loaded again, or beside another one, ends nothing', () => {
    const { now, presence } = watched();
    presence.leaves('1');
    vi.advanceTimersByTime(60_000);
    now.pages = 0;
    presence.changed();
    vi.advanceTimersByTime(4000);
    presence.comes();
    vi.advanceTimersByTime(60_000);
    expect(now.isGone).toBe(false);
  });

  it('that is closed while posts are made ends the studio after them', () => {
    const { now, presence } = watched();
    Object.assign(now, { pages: 0, isBusy: true });
    presence.leaves('1');
    vi.advanceTimersByTime(60_000);
    expect(now.isGone).toBe(false);
    now.isBusy = false;
    presence.changed();
    vi.advanceTimersByTime(5000);
    expect(now.isGone).toBe(true);
  });

  it('that is not looked at is still open: it ends the studio when it is closed too', () => {
    const { now, presence } = watched();
    now.pages = 0;
    presence.rests('1');
    presence.leaves('2');
    vi.advanceTimersByTime(60_000);
    expect(now.isGone).toBe(false);
    presence.leaves('1');
    vi.advanceTimersByTime(5000);
    expect(now.isGone).toBe(true);
  });

  it('that is looked at again and loses its connection ends the studio when it is closed', () => {
    const { now, presence } = watched();
    presence.rests('1');
    presence.comes('1');
    now.pages = 0;
    presence.leaves('1');
    vi.advanceTimersByTime(5000);
    expect(now.isGone).toBe(true);
  });

  it('of a phone that is laid aside and looked at again keeps the studio open', () => {
    const { now, presence } = watched({ hasPhones: true });
    presence.leaves('1');
    now.pages = 0;
    presence.changed();
    vi.advanceTimersByTime(300_000);
    now.pages = 1;
    vi.advanceTimersByTime(600_000);
    expect(now.isGone).toBe(false);
    now.pages = 0;
    presence.changed();
    vi.advanceTimersByTime(600_000);
    expect(now.isGone).toBe(true);
  });

  it('whose connection ends after the studio was closed keeps no process alive', () => {
    const { now, presence } = watched({ hasPhones: true });
    presence.leaves('1');
    presence.close();
    now.pages = 0;
    presence.changed();
    expect(vi.getTimerCount()).toBe(0);
  });
});
