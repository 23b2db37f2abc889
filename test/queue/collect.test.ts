import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { PostsToDo } from '../../src/pipeline/port.ts';
import { openCollection } from '../../src/queue/collect.ts';
import type { Outcome } from '../../src/queue/documents.ts';
import { writeOutcome } from '../../src/queue/files.ts';
import type { Entry } from '../../src/state/documents.ts';

import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';

const runHash = 'fedcba9876543210';
const files = createFiles();
const a = post({ key: '2025-03-01_00-00-00' });
const b = post({ key: '2025-03-02_00-00-00' });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-collect-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

/** The collection of an account with the posts a and b, and what comes of it. */
function opened() {
  const events: RunEvent[] = [];
  const rows = new Map<string, Entry>();
  const progress: unknown[] = [];
  const fetched: unknown[] = [];
  const hashes: unknown[] = [];
  let done = 0;
  const toDo = {
    run: {
      ...{ account: 'maya', folder, signal: new AbortController().signal, options: { to: [rednote, lemon8] } },
      tools: { files },
      names: [],
      tell: (event: RunEvent) => events.push(event),
      onProgress: (...what: unknown[]) => progress.push(what),
      manifest: {
        get: async (key: string, target: string) => rows.get(`${key} ${target}`) ?? null,
        has: (key: string, target: string) => rows.has(`${key} ${target}`),
        rowsOf: (key: string, targets = ['rednote', 'lemon8']) =>
          targets.flatMap((target) => rows.get(`${key} ${target}`) ?? []),
        set: (row: Entry) => rows.set(`${row.key} ${row.target}`, row),
      },
      upToDate: { record: async (...what: unknown[]) => hashes.push(what.slice(0, 2)) },
      isPosted: () => false,
      loadedCaptions: {
        known: { choicesOf: () => ({ cover: '', targets: '', fit: '' }), isUnsure: () => false },
      },
    },
    report: { onFetched: (...what: unknown[]) => fetched.push(what) },
    onDone: () => done++,
  } as unknown as PostsToDo;
  const collection = openCollection(toDo, [a, b], runHash);
  return { collection, events, rows, progress, fetched, hashes, done: () => done };
}

const issue = { code: 'render-failed', severity: 'error', actual: 'x', limit: null, message: 'It broke.' } as const;

function rowOf(target: string, odd: Partial<Entry> = {}, key = a.key): Outcome['rows'][number] {
  const row: Entry = {
    ...{ key, target, status: 'failed', issues: [issue], original: null, declarations: [], toDeclare: [] },
    ...{ linkPath: null, caption: null, files: [], ...odd },
  };
  return { row, unchanged: false };
}

async function leave(odd: Partial<Outcome> = {}): Promise<void> {
  await writeOutcome(
    folder,
    {
      ...{ schemaVersion: 1, run: runHash, key: a.key, attempt: 1, inputHashes: {} },
      plans: [{ target: 'rednote', actions: ['copy'] }],
      rows: [rowOf('rednote'), rowOf('lemon8')],
      fetched: { isNew: true, hasOriginal: true, issues: [] },
      ...odd,
    },
    files,
  );
}

const ofType = (events: readonly RunEvent[], type: RunEvent['type']) => events.filter((event) => event.type === type);

describe('outcomes of workers', () => {
  it('are recorded and told of as if the post had been done here', async () => {
    const path = `rednote/${a.key}/01.jpg`;
    const photo = { path, role: 'photo', bytes: 4, sha256: '', action: 'copy', why: [], rendition: 'x' } as const;
    const made: Partial<Entry> = { status: 'delivered', issues: [], files: [{ ...photo, why: [] }] };
    await leave({ rows: [rowOf('rednote', made), rowOf('lemon8')], inputHashes: { rednote: 'hash', lemon8: 'other' } });
    const { collection, events, rows, progress, fetched, hashes, done } = opened();
    expect(collection.open()).toEqual([a, b]);
    await collection.onEnd(a.key);
    expect(collection.open()).toEqual([b]);
    expect(collection.isComplete()).toBe(false);
    expect([...rows.keys()]).toEqual([`${a.key} rednote`, `${a.key} lemon8`]);
    expect(ofType(events, 'plan')).toEqual([
      { type: 'plan', account: 'maya', key: a.key, target: 'rednote', actions: ['copy'] },
    ]);
    expect(ofType(events, 'post')).toMatchObject([
      { target: 'rednote', status: 'delivered', unchanged: false },
      { target: 'lemon8', status: 'failed', unchanged: false },
    ]);
    expect(progress).toEqual([[a.key, 1]]);
    expect(fetched).toEqual([[a, { isNew: true, issues: [], original: {} }]]);
    // By its hash the next run knows what is up to date: only of what was delivered.
    expect(hashes).toEqual([[expect.stringContaining('rednote'), 'hash']]);
    expect(done()).toBe(1);
  });

  it('without an original, and of a row that is as it was, say so', async () => {
    const fetchedBefore = { isNew: false, hasOriginal: false, issues: [] };
    await leave({ rows: [{ ...rowOf('rednote'), unchanged: true }, rowOf('lemon8')], fetched: fetchedBefore });
    const { collection, events, fetched } = opened();
    await collection.onEnd(a.key);
    expect(fetched).toEqual([[a, { isNew: false, issues: [], original: null }]]);
    expect(ofType(events, 'post')).toMatchObject([{ unchanged: true }, { unchanged: false }]);
  });

  it('that are read twice are recorded once; a later attempt takes their place and counts no post again', async () => {
    await leave();
    const { collection, events, fetched, progress, done } = opened();
    await collection.onEnd(a.key);
    await collection.onEnd(a.key);
    expect(ofType(events, 'post')).toHaveLength(2);
    await leave({ attempt: 2, rows: [rowOf('rednote', { status: 'held' }), rowOf('lemon8')] });
    await collection.onEnd(a.key);
    expect(ofType(events, 'post').map((event) => event.type === 'post' && event.status)).toEqual([
      ...['failed', 'failed', 'held', 'failed'],
    ]);
    expect(ofType(events, 'plan')).toHaveLength(1);
    expect([fetched.length, progress.length, done()]).toEqual([1, 1, 1]);
  });

  it.each<[string, Partial<Outcome>]>([
    ['of another run', { run: '0123456789abcdef' }],
    ['without a row for each platform', { rows: [rowOf('rednote')] }],
    ['with a platform twice in place of the other', { rows: [rowOf('rednote'), rowOf('rednote')] }],
    ['without rows', { rows: [] }],
  ])('%s are none', async (_, odd) => {
    await leave(odd);
    const { collection, events, rows } = opened();
    await collection.onEnd(a.key);
    expect([collection.open(), events, rows.size]).toEqual([[a, b], [], 0]);
  });

  it('with a platform that was not asked for: its row is left out', async () => {
    await leave({ rows: [rowOf('rednote'), rowOf('lemon8'), rowOf('shorts')] });
    const { collection, rows } = opened();
    await collection.onEnd(a.key);
    expect([...rows.keys()]).toEqual([`${a.key} rednote`, `${a.key} lemon8`]);
  });

  it('of posts that are none of the run are none', async () => {
    const key = '2025-03-09_00-00-00';
    await leave({ key, rows: [rowOf('rednote', {}, key), rowOf('lemon8', {}, key)] });
    const { collection, rows, done } = opened();
    await collection.onEnd(key);
    await collection.onEnd('../../x');
    await collection.collectPresent();
    await collection.collectRest(new Map([key, a.key, b.key].map((each) => [each, 'x'])));
    expect([...rows.keys()].filter((name) => name.includes(key))).toEqual([]);
    expect(done()).toBe(2);
  });

  it('that were there before the run are recorded at its start', async () => {
    await leave();
    const { collection, done } = opened();
    await collection.collectPresent();
    expect(collection.open()).toEqual([b]);
    expect(done()).toBe(1);
  });
});

describe('posts for which nobody left an outcome', () => {
  const reasonsOf = (rows: ReadonlyMap<string, Entry>, { key }: typeof a) =>
    [...rows.values()]
      .filter((row) => row.key === key)
      .flatMap(({ issues }) => issues.map(({ code, actual }) => [code, actual]));

  it('fail on each platform for the reason that Redis has', async () => {
    const { collection, rows, done } = opened();
    await collection.collectRest(
      new Map([
        [a.key, 'It broke.'],
        [b.key, 'job stalled more than allowable limit'],
      ]),
    );
    expect(reasonsOf(rows, a)).toEqual(Array(2).fill(['render-failed', 'It broke.']));
    expect(reasonsOf(rows, b)).toEqual(Array(2).fill(['worker-lost', 3]));
    expect([...rows.values()].every(({ status }) => status === 'failed')).toBe(true);
    expect(collection.isComplete()).toBe(true);
    expect(done()).toBe(2);
  });

  it('an outcome counts more than the reason of an attempt before; an endless reason is cut', async () => {
    await leave({ rows: [rowOf('rednote', { status: 'held' }), rowOf('lemon8', { status: 'held' })] });
    const { collection, rows } = opened();
    await collection.collectRest(
      new Map([
        [a.key, 'It broke.'],
        [b.key, 'x'.repeat(90_000)],
      ]),
    );
    expect([...rows.values()].filter(({ key }) => key === a.key).map(({ status }) => status)).toEqual(['held', 'held']);
    expect(reasonsOf(rows, b)[0]?.[1]).toBe('x'.repeat(1000));
  });

  it('are looked for five times, a second apart, since a network share may be late', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { collection, rows } = opened();
    const rest = collection.collectRest(new Map());
    let isOver = false;
    void rest.then(() => {
      isOver = true;
    });
    const seconds = async (count: number) => {
      for (let second = 0; second < count; second++) {
        await vi.waitUntil(() => vi.getTimerCount() > 0 || isOver);
        await vi.advanceTimersByTimeAsync(1000);
      }
    };
    await seconds(3);
    expect(rows.size).toBe(0);
    await leave();
    await seconds(1);
    await vi.waitUntil(() => rows.size === 4);
    expect(reasonsOf(rows, a)).toEqual(Array(2).fill(['render-failed', 'x']));
    expect(reasonsOf(rows, b)).toEqual(Array(2).fill(['render-failed', 'its worker left no word of it']));
    await rest;
    expect(collection.isComplete()).toBe(true);
  });
});

describe('progress that a worker tells', () => {
  it('is that of the post, and its plans are reported once', () => {
    const { collection, events, progress } = opened();
    const plans = [{ target: 'rednote', actions: ['copy'] }];
    collection.onProgress(a.key, { share: 0.25, plans });
    collection.onProgress(a.key, { share: 0.5, plans: [...plans, { target: 'lemon8', actions: [] }] });
    collection.onProgress(a.key, { share: 0.75 });
    expect(progress).toEqual([0.25, 0.5, 0.75].map((share) => [a.key, share]));
    expect(events.map((event) => event.type === 'plan' && [event.key, event.target])).toEqual([
      [a.key, 'rednote'],
      [a.key, 'lemon8'],
    ]);
  });

  it.each<[string, string, unknown]>([
    ['nobody', '2025-03-09_00-00-00', { share: 0.5 }],
    ['no share', a.key, {}],
    ['too much', a.key, { share: 1.5 }],
    ['less than nothing', a.key, { share: -0.1 }],
    ['text', a.key, 'half'],
    ['null', a.key, null],
    ['plans of another kind', a.key, { share: 0.5, plans: [{ target: 5, actions: [] }] }],
    ['endless plans', a.key, { share: 0.5, plans: Array(101).fill({ target: 'rednote', actions: [] }) }],
  ])('of %s is none', (_, key, data) => {
    const { collection, events, progress } = opened();
    collection.onProgress(key, data);
    expect([progress, events]).toEqual([[], []]);
  });

  it('of a post that is done is none', async () => {
    await leave();
    const { collection, progress } = opened();
    await collection.onEnd(a.key);
    collection.onProgress(a.key, { share: 0.5 });
    expect(progress).toEqual([[a.key, 1]]);
  });
});
