import { describe, expect, it } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import type { Post } from '../../src/model/post.ts';
import type { Fetched, Originals } from '../../src/originals/index.ts';
import { prefetch } from '../../src/pipeline/prefetch.ts';
import { originalsToFetch, type PostWork, runScheduled, skipUnchanged } from '../../src/pipeline/scheduler.ts';
import { post } from '../builders.ts';

/** A gate that a test opens: nothing here waits for time. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

interface Wanted {
  readonly key: string;
  readonly atHand?: true;
  readonly fetch?: false;
  readonly makes?: false;
  /** Where in the order of expiry; the lowest dies first. */
  readonly expiry?: number;
  readonly get?: () => Promise<void>;
  /** Only yt-dlp is left for it. */
  readonly slow?: true;
  readonly work?: () => Promise<void>;
  /** What a look at it says. */
  readonly look?: () => Promise<boolean>;
}

/** Runs the stages, and tells what happened in its order: `get a`, `make a`, `fail a`. */
async function run(wanted: readonly Wanted[], { renders = 1, signal = new AbortController().signal } = {}) {
  const log: string[] = [];
  const of = (one: Post) => wanted.find(({ key }) => key === one.key);
  const originals: Originals = {
    unusedFiles: () => [],
    issues: [],
    isAvailable: async (one) => of(one)?.atHand === true,
    isHere: async (one) => of(one)?.atHand === true,
    order: (some) => [...some].sort((a, b) => (of(a)?.expiry ?? 0) - (of(b)?.expiry ?? 0)),
    async get(one, _signal, onSlow): Promise<Fetched> {
      log.push(`get ${one.key}`);
      if (of(one)?.slow) onSlow?.();
      await of(one)?.get?.();
      return { original: null, isNew: true, issues: [] };
    },
  };
  const all = wanted.map(
    ({ key, fetch = true, makes = true, work, look }): PostWork => ({
      post: post({ key }),
      fetch,
      makes,
      ...(look && {
        async checkUnchanged() {
          log.push(`look ${key}`);
          return (await look()) ? () => void log.push(`tell ${key}`) : null;
        },
      }),
      fail: ({ message }) => void log.push(`fail ${key}: ${message}`),
      async work() {
        log.push(`make ${key}`);
        await work?.();
      },
    }),
  );
  const told: string[] = [];
  const fetching = await prefetch(originalsToFetch(all), { originals, signal }, ({ key }) => told.push(key));
  const done = skipUnchanged(all, fetching, signal).then(async (left) => runScheduled(left, renders, fetching, signal));
  return { log, told, done };
}

const refused = async () => {
  throw Object.assign(new Error('ENOSPC'), { syscall: 'write' });
};

describe('fetching and making', () => {
  it('asks for what dies first, and makes the first of the order that is there', async () => {
    const { log, told, done } = await run([
      { key: 'a', expiry: 3 },
      { key: 'b', expiry: 1 },
      { key: 'c', expiry: 2 },
    ]);
    await done;
    expect(log.filter((line) => line.startsWith('get'))).toEqual(['get b', 'get c', 'get a']);
    expect(log.filter((line) => line.startsWith('make'))[0]).toBe('make b');
    expect([...told].sort()).toEqual(['a', 'b', 'c']);
  });

  it('does not wait for a render: all originals are asked for while the first one is made', async () => {
    const encode = gate();
    const all = Array.from({ length: 40 }, (_, index): Wanted => ({ key: `${index}`, expiry: index }));
    const { log, done } = await run(all.map((each) => ({ ...each, work: async () => encode.opened })));
    while (log.filter((line) => line.startsWith('get')).length < 40) await new Promise(setImmediate);
    expect(log.filter((line) => line.startsWith('make'))).toEqual(['make 0']);
    encode.open();
    await done;
    expect(log.filter((line) => line.startsWith('make'))).toEqual(all.map(({ key }) => `make ${key}`));
  });

  it('who waits for yt-dlp does not keep others from asking', async () => {
    const page = gate();
    const slow = Array.from(
      { length: 30 },
      (_, index): Wanted => ({
        key: `page ${index}`,
        expiry: index,
        slow: true,
        get: async () => page.opened,
      }),
    );
    const { log, done } = await run([...slow, { key: 'living', expiry: 99 }]);
    while (!log.includes('make living')) await new Promise(setImmediate);
    expect(log.filter((line) => line.startsWith('make'))).toEqual(['make living']);
    page.open();
    await done;
    expect(log.filter((line) => line.startsWith('make'))).toHaveLength(31);
  });

  it('does not unpack or hash ahead what lies on this machine: it is taken when its turn comes', async () => {
    const { log, done } = await run([
      { key: 'a', atHand: true },
      { key: 'b', atHand: true },
      { key: 'c', expiry: 1 },
    ]);
    await done;
    expect(log.indexOf('get b')).toBeGreaterThan(log.indexOf('make a'));
    expect(log.indexOf('get c')).toBeLessThan(log.indexOf('get b'));
  });

  it('of hundreds at hand one after the other is made; what came from the network meanwhile takes its place', async () => {
    const [link, encode] = [gate(), gate()];
    const many = Array.from({ length: 300 }, (_, index): Wanted => ({ key: `${index}`, atHand: true }));
    const { log, done } = await run([
      { key: 'fetched', get: async () => link.opened },
      { key: 'long', atHand: true, work: async () => encode.opened },
      ...many,
    ]);
    while (!log.includes('make long')) await new Promise(setImmediate);
    link.open();
    await new Promise(setImmediate);
    encode.open();
    await done;
    const made = log.filter((line) => line.startsWith('make'));
    expect(made).toEqual(['make long', 'make fetched', ...many.map(({ key }) => `make ${key}`)]);
  });

  it('what is found unchanged takes no turn; no original is asked for twice', async () => {
    const encode = gate();
    const { log, told, done } = await run([
      { key: 'long', atHand: true, look: async () => false, work: async () => encode.opened },
      { key: 'unchanged', atHand: true, look: async () => true },
      { key: 'changed', atHand: true, look: async () => false },
    ]);
    while (!told.includes('unchanged')) await new Promise(setImmediate);
    encode.open();
    await done;
    expect(told).toEqual(['long', 'unchanged', 'changed']);
    const asked = (key: string) => log.filter((line) => line.endsWith(` ${key}`));
    expect(asked('unchanged')).toEqual(['get unchanged', 'look unchanged', 'tell unchanged']);
    expect(asked('changed')).toEqual(['get changed', 'look changed', 'make changed']);
  });

  it('nobody looks at what has to come from the network, nor after Ctrl-C', async () => {
    const controller = new AbortController();
    const look = async () => true;
    const stop = async () => {
      controller.abort(new Error('Ctrl-C'));
      return false;
    };
    const { log, done } = await run(
      [
        { key: 'far', look },
        { key: 'last', atHand: true, look: stop },
        { key: 'late', atHand: true, look },
      ],
      { signal: controller.signal },
    );
    await done;
    expect(log.filter((line) => line.startsWith('look'))).toEqual(['look last']);
    expect(log).not.toContain('make last');
  });

  it('looks that take no wait of their own keep nobody waiting: Ctrl-C is handled between them', async () => {
    const controller = new AbortController();
    const busy = async () => {
      for (const until = performance.now() + 1; performance.now() < until; );
      return true;
    };
    const many = Array.from({ length: 500 }, (_, index): Wanted => ({ key: `${index}`, atHand: true, look: busy }));
    const { log, done } = await run(many, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('Ctrl-C')));
    await done;
    const looked = log.filter((line) => line.startsWith('look')).length;
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(400);
  });

  it('where the system refuses a look, the work tells of it', async () => {
    const { log, told, done } = await run([{ key: 'a', atHand: true, look: refused, work: refused }]);
    await done;
    expect(log).toEqual(['get a', 'look a', 'make a', 'fail a: ENOSPC']);
    expect(told).toEqual(['a']);
  });

  it('a post that is held does not wait for renders, nor one whose original nobody wants', async () => {
    const encode = gate();
    const { log, done } = await run([
      { key: 'long', atHand: true, work: async () => encode.opened },
      { key: 'held', makes: false },
      { key: 'passed over', makes: false, fetch: false },
    ]);
    while (!log.includes('make held') || !log.includes('make passed over')) await new Promise(setImmediate);
    encode.open();
    await done;
    expect(log).not.toContain('get passed over');
  });

  it('what the system refuses is the trouble of one post', async () => {
    const { log, done } = await run([
      { key: 'a', get: refused },
      { key: 'b', work: refused },
      { key: 'c', atHand: true },
    ]);
    await done;
    expect(log.filter((line) => !line.startsWith('get')).sort()).toEqual([
      'fail a: ENOSPC',
      'fail b: ENOSPC',
      'make b',
      'make c',
    ]);
  });

  it('whatever is thrown at one post fails that post, and the others continue', async () => {
    const bug = async () => {
      throw new TypeError('undefined is no function');
    };
    const { log, done } = await run([{ key: 'a', get: bug }]);
    await done;
    expect(log).toEqual(['get a', 'fail a: undefined is no function']);
    const many = Array.from({ length: 50 }, (_, index): Wanted => ({ key: `${index}`, atHand: true }));
    const failures = (lines: readonly string[]) => lines.filter((line) => line.startsWith('fail'));
    const made = await run([...many, { key: 'a', atHand: true, work: bug }, ...many], { renders: 4 });
    await made.done;
    expect(failures(made.log)).toEqual(['fail a: undefined is no function']);
    expect(made.log.filter((line) => line.startsWith('make'))).toHaveLength(101);
    const seen = await run([...many, { key: 'a', atHand: true, look: bug }, ...many], { renders: 4 });
    await seen.done;
    expect(failures(seen.log)).toEqual([]);
    expect(seen.log).toContain('make a');
  });

  it('a missing program and a lost lock end the run', async () => {
    const missing = async () => {
      throw new ToolMissingError('There is no ffmpeg.');
    };
    const { done } = await run([{ key: 'a', work: missing }, { key: 'b' }]);
    await expect(done).rejects.toThrow(ToolMissingError);
  });

  it('Ctrl-C: what is under way ends, nothing more is started', async () => {
    const controller = new AbortController();
    const encode = gate();
    const all: Wanted[] = [
      { key: 'first', atHand: true, work: async () => encode.opened },
      ...Array.from({ length: 50 }, (_, index): Wanted => ({ key: `${index}`, get: async () => encode.opened })),
    ];
    const { log, done } = await run(all, { signal: controller.signal });
    while (log.length < 14) await new Promise(setImmediate);
    controller.abort(new Error('Ctrl-C'));
    encode.open();
    await done;
    expect(log.filter((line) => line.startsWith('get'))).toHaveLength(13);
    expect(log.filter((line) => line.startsWith('make'))).toEqual(['make first']);
  });
});
