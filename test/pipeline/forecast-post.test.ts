import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import type { Issue } from '../../src/model/issue.ts';
import {
  forecastFailure,
  forecastHeldByRule,
  forecastPost,
  type PostForecast,
} from '../../src/pipeline/forecast-post.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import type { Entry } from '../../src/state/documents.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun, realTools } from './account-run.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';
import { damagedCopy, tinyVideo } from './tiny-media.ts';

const { video, photos, gone } = smallPosts;
/** A video that every platform has encoded, one that is damaged, and one with a link that works. */
const [old, broken, linked] = ['2025-06-05_10-00-00', '2025-06-06_10-00-00', '2025-06-07_10-00-00'];
let input: { readonly export: string; readonly media: string };

beforeAll(async () => {
  const row = (key: string, more = {}) => ({ Date: `${key.slice(0, 10)} 10:00:00`, ...more });
  const link = { Link: 'https://video.tiktokv.com/a' };
  input = await makeSmallPosts(await temporaryFolder(), [row(old), row(broken), row(linked, link)]);
  await tinyVideo(input.media, 'old.mp4', `${old}.mp4`);
  await damagedCopy(join(input.media, `${old}.mp4`), 'half', join(input.media, `${broken}.mp4`));
});

type Flags = Readonly<Record<string, unknown>>;
const open = async (out: string, flags: Flags, tools?: Tools) =>
  openAccountRun(
    { export: input.export, out, ...(tools && { tools }) },
    { media: [input.media], encoder: 'software', ...flags },
  );

/** What is expected of a post, without anything written. */
async function expected({ run, locate }: OpenedRun, key: string, fetches = false): Promise<PostForecast> {
  const [post, fetched, captions] = await locate(key);
  const depth = { measuring: 'decisive', fetches: () => fetches } as const;
  return await forecastPost(post, fetched, captions, run, depth);
}

/** Does the post, and tells how it ended on each platform. */
async function done({ run, locate, events, save }: OpenedRun, key: string): Promise<readonly string[]> {
  await processPost(...(await locate(key)), run);
  await save();
  const ended = events.flatMap((each) => (each.type === 'post' ? [each] : []));
  return ended
    .map(({ target, status, unchanged, actions, issues }) => line(target, status, unchanged, actions, issues))
    .sort();
}

const linesOf = ({ rows }: Pick<PostForecast, 'rows'>) =>
  rows
    .map(({ target, actions, expected: { status, unchanged, issues } }) =>
      line(target.name, status, unchanged, actions, issues),
    )
    .sort();

function line(
  target: string,
  status: string,
  unchanged: boolean,
  actions: readonly string[],
  issues: readonly Issue[],
): string {
  const codes = issues.map(({ code, severity }) => `${severity}:${code}`).sort();
  const made = status === 'delivered' ? `[${actions.join()}]` : '';
  return `${target} ${status}${unchanged ? ', unchanged' : ''} ${made} ${codes.join(' ')}`;
}

const states: Readonly<Record<string, (out: string, flags: Flags, key: string) => Promise<void>>> = {
  'in a new folder': async () => {},
  'that was delivered before': async (out, flags, key) => {
    await done(await open(out, flags), key);
  },
  'that a person holds back on one platform': async (out, _flags, key) => {
    await mkdir(join(out, 'maya'), { recursive: true });
    await writeFile(join(out, 'maya/captions.csv'), `key,caption,targets\r\n${key},,rednote\r\n`);
  },
  'in whose package a person put a damaged video': async (out, _flags, key) => {
    await mkdir(join(out, 'maya/rednote', key), { recursive: true });
    await damagedCopy(join(input.media, `${old}.mp4`), 'half', join(out, 'maya/rednote', key, 'mine.mp4'));
  },
};

describe('a forecast says of each platform what the run then does', () => {
  const rows = Object.keys(states).flatMap((state) => [
    ['a video', state, video, { to: 'rednote,reels,shorts' }, /^rednote \w+/] as const,
    ['a video that is encoded', state, old, { to: 'rednote,lemon8' }, /^lemon8 \w+/] as const,
  ]);
  it.each<readonly [string, string, string, Flags, RegExp]>([
    ...rows,
    ['photos', 'in a new folder', photos, { to: 'rednote,reels' }, /^rednote delivered/],
    ['photos', 'that was delivered before', photos, { to: 'rednote,lemon8' }, /^lemon8 delivered, unchanged/],
    ['a post without an original', 'in a new folder', gone, { to: 'rednote,reels' }, /^rednote failed +error:no-link/],
    [
      'a damaged video',
      'in a new folder',
      broken,
      { to: 'rednote,reels' },
      /^rednote failed +error:no-link warning:passed-over/,
    ],
    [
      'a video without words, with --strict',
      'in a new folder',
      video,
      { to: 'rednote', strict: true },
      /^rednote failed/,
    ],
    ['a post to be fetched, offline', 'in a new folder', linked, { to: 'rednote' }, /^rednote failed +error:offline/],
  ])('%s %s', async (_name, state, key, flags, first) => {
    const out = await temporaryFolder();
    await states[state]?.(out, flags, key);
    const forecast = linesOf(await expected(await open(out, flags), key));
    expect(await done(await open(out, flags), key)).toEqual(forecast);
    expect(forecast).toContainEqual(expect.stringMatching(first));
  });
});

describe('the files that a forecast lists', () => {
  it('are each listed once, though two platforms share them', async () => {
    const { files, rows, hasOriginal } = await expected(
      await open(await temporaryFolder(), { to: 'rednote,lemon8' }),
      old,
    );
    expect([files.map(({ role }) => role), hasOriginal]).toEqual([['video', 'cover'], true]);
    expect(rows.map((row) => row.files?.length)).toEqual([2, 2]);
  });

  it('are none of a post that is delivered already', async () => {
    const [out, flags] = [await temporaryFolder(), { to: 'rednote,lemon8' }];
    await done(await open(out, flags), old);
    const { files, rows } = await expected(await open(out, flags), old);
    expect([files, rows.map((row) => [row.expected.unchanged, row.files])]).toEqual([
      [],
      Array(2).fill([true, undefined]),
    ]);
  });
});

describe('a post whose original the run will fetch', () => {
  it.each<[string, Flags, readonly string[]]>([
    ['is expected to be delivered', {}, ['rednote delivered, to fetch', 'lemon8 delivered, to fetch']],
    ['fails with --strict for its words', { strict: true }, ['rednote failed, to fetch', 'lemon8 failed, to fetch']],
  ])('%s', async (_name, flags, lines) => {
    const opened = await open(await temporaryFolder(), { to: 'rednote,lemon8', ...flags });
    const { rows, files, hasOriginal } = await expected(opened, linked, true);
    const said = rows.map(
      ({ target, expected: { status, toFetch } }) => `${target.name} ${status}${toFetch ? ', to fetch' : ''}`,
    );
    expect([said, files, hasOriginal]).toEqual([lines, [], false]);
  });

  it('is not to be fetched if its link is gone', async () => {
    const { rows } = await expected(await open(await temporaryFolder(), {}), gone, true);
    expect(rows.map((row) => [row.expected.status, row.expected.toFetch])).toEqual([['failed', false]]);
  });
});

describe('what a program throws in a forecast', () => {
  /** A run in which ffprobe throws at a file that a person put into the package. */
  async function failing(thrown: unknown): Promise<OpenedRun> {
    const [world, out] = [await realTools(), await temporaryFolder()];
    await states['in whose package a person put a damaged video']?.(out, {}, old);
    const probe: Tools['ffprobe']['probe'] = async (path, signal) =>
      path.endsWith('mine.mp4') ? Promise.reject(thrown) : world.ffprobe.probe(path, signal);
    return await open(out, { to: 'rednote,reels' }, { ...world, ffprobe: { ...world.ffprobe, probe } });
  }
  const eio = Object.assign(new Error('EIO: read'), { code: 'EIO', syscall: 'read', path: 'a' });

  it('is the failure of that post, with its reason in a sentence', async () => {
    const { rows, files } = await expected(await failing(eio), old);
    expect(rows.map(({ target, expected: { status, issues } }) => [target.name, status, issues[0]?.code])).toEqual([
      ['rednote', 'failed', 'disk-error'],
      ['reels', 'failed', 'disk-error'],
    ]);
    expect([rows[0]?.expected.issues[0]?.message, files]).toEqual([expect.stringMatching(/\w+ .*\.$/), []]);
  });

  it('is thrown on if it is an interruption', async () => {
    const opened = await failing(new InterruptedError('Interrupted'));
    await expect(expected(opened, old)).rejects.toThrow(InterruptedError);
  });

  it('before the post is decided fails it, but for the platforms on which a person holds it', async () => {
    const out = await temporaryFolder();
    await states['that a person holds back on one platform']?.(out, {}, old);
    const { run, locate } = await open(out, { to: 'rednote,reels' });
    const [post, , captions] = await locate(old);
    const found = forecastFailure(post, eio, captions, run);
    expect(linesOf(found)).toEqual(['rednote failed  error:disk-error', 'reels held  info:target-left-out'].sort());
    expect([found.files, found.hasOriginal]).toEqual([[], false]);
  });
});

describe('a post that a rule holds back', () => {
  const issues: readonly Issue[] = [
    { code: 'not-selected', severity: 'info', actual: null, limit: null } as unknown as Issue,
  ];
  it('is held, with the rule', () => {
    const row = forecastHeldByRule({ kind: 'held', target: rednote, issues, previous: null });
    expect([row.expected.status, row.expected.unchanged, row.actions]).toEqual(['held', false, []]);
  });

  it('stays delivered where it is out', () => {
    const row = forecastHeldByRule({ kind: 'stay', target: rednote, issues, row: {} as Entry });
    expect([row.expected.status, row.expected.unchanged]).toEqual(['delivered', true]);
  });
});
