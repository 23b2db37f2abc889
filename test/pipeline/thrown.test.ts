import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noChoices } from '../../src/captions/choices.ts';
import { check } from '../../src/cli/commands/check/check.ts';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions, checkReadingOptions } from '../../src/config/options.ts';
import { InterruptedError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { dryRun } from '../../src/pipeline/dry-run.ts';
import { fetchOriginals } from '../../src/pipeline/fetch.ts';
import { port } from '../../src/pipeline/port.ts';
import { doPost, type WorkerContext } from '../../src/queue/do-post.ts';
import type { OpenRun } from '../../src/queue/open-runs.ts';
import { softwareOnly } from '../../src/render/encoders.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { createDryRunTools } from '../../src/tools/create-dry-run-tools.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { post } from '../builders.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { makeMedia, recipes, temporaryFolder } from '../media.ts';

/**
 * Whatever a tool throws at one post is that post's failure. One post of each run is whole, and each of the others makes
 * the tool throw something else.
 */
const thrown: Readonly<Record<string, () => unknown>> = {
  'an Error': async () => {
    throw new Error('the disk is on fire');
  },
  'an Error without words': async () => {
    throw new RangeError('');
  },
  'a string': async () => Promise.reject('no'),
  null: async () => Promise.reject(null),
  'a TypeError': async () => (undefined as unknown as { readonly a: { readonly b: string } }).a.b,
  'an object': async () => Promise.reject({ code: 7 }),
  'an Error, synchronously': () => {
    throw new Error('not even a promise');
  },
  'undefined, synchronously': () => {
    throw undefined;
  },
};
const names = Object.keys(thrown);
const signal = new AbortController().signal;
const keyOf = (index: number) => `2025-03-02_${String(index + 9).padStart(2, '0')}-00-00`;
const whole = keyOf(names.length);

/** An export with a video for each thing that is thrown, and one that is whole; all need ffprobe, ffmpeg and a cover. */
async function exportOf(): Promise<{ readonly json: string; readonly media: string; readonly folder: string }> {
  const folder = await temporaryFolder();
  const media = join(folder, 'media');
  await mkdir(media);
  const keys = [...names.map((_, index) => keyOf(index)), whole];
  const [first = '', ...others] = keys;
  const made = await makeMedia(media, `${first}.mp4`, recipes.moovLast);
  const again = ['-i', `file:${made}`, '-c', 'copy'];
  for (const key of others) await makeMedia(media, `${key}.mp4`, [...again, '-metadata', `comment=${key}`]);
  const list = keys.map((key) => ({
    Date: `${key.slice(0, 10)} ${key.slice(11).replaceAll('-', ':')}`,
    Link: `https://video.tiktokv.com/${key}`,
    WhoCanView: 'Everyone',
  }));
  const json = join(folder, 'user_data_tiktok.json');
  const profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(json, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: list } } }));
  return { json, media, folder };
}
const shared = exportOf();

/** What is to be thrown for a call whose arguments name a file; null: nothing. */
function thrownFor(args: readonly unknown[]): (() => unknown) | null {
  const text = JSON.stringify(args);
  const index = names.findIndex((_, place) => text.includes(keyOf(place)));
  return index < 0 ? null : (thrown[names[index] ?? ''] ?? null);
}

/** The world, in which one function of one tool throws. */
function broken(world: Tools, tool: 'ffprobe' | 'ffmpeg' | 'images' | 'files', name: string): Tools {
  type Functions = Record<string, (...args: unknown[]) => unknown>;
  const broke = (real: Functions): Functions => ({
    ...real,
    [name]: (...args) => (thrownFor(args) ?? (() => real[name]?.(...args)))(),
    // The files of one folder are made of these.
    ...(real['confined'] && { confined: (...args) => broke(real['confined']?.(...args) as Functions) }),
  });
  return { ...world, [tool]: broke(world[tool] as unknown as Functions) };
}

type Ended = Readonly<Record<string, string>>;

/** How each post ended, or would end. */
function listener(): { readonly ended: Record<string, string>; readonly tell: (event: RunEvent) => void } {
  const ended: Record<string, string> = {};
  const tell = (event: RunEvent) => {
    if (event.type === 'post') ended[event.key] = event.status;
    if (event.type === 'plan' && event.expected) ended[event.key] = event.expected.status;
  };
  return { ended, tell };
}

function expectOnlyWholeOneIn(ended: Ended): void {
  const expected = Object.fromEntries([...names.map((_, index) => [keyOf(index), 'failed']), [whole, 'delivered']]);
  expect(ended).toEqual(expected);
}

describe('a tool that throws anything at all fails the post at which it throws, and no other', () => {
  it.each([
    ['when an original is hashed', 'files', 'sha256'],
    ['when a video is probed', 'ffprobe', 'probe'],
    ['when a video is measured or checked', 'ffmpeg', 'capture'],
    ['when a video is made', 'ffmpeg', 'run'],
  ] as const)('main job, with its forecast: %s', async (_when, tool, name) => {
    const { json, media, folder } = await shared;
    const out = join(folder, `${tool}-${name}`);
    const settings = combineSettings({ to: 'rednote', media: [media], out, offline: true }, null, checkOptions);
    const { ended, tell } = listener();
    const world = broken(await createTools(), tool, name);
    const { exitCode } = await port([json], settings, world, tell, signal, { forecasts: true });
    expect(exitCode).toBe(1);
    expectOnlyWholeOneIn(ended);
  });

  it('dry run', async () => {
    const { json, media, folder } = await shared;
    const out = join(folder, 'dry');
    const settings = combineSettings({ to: 'rednote', media: [media], out, offline: true }, null, checkOptions);
    const { ended, tell } = listener();
    const { tools, scratch, close } = await createDryRunTools(broken(await createTools(), 'ffprobe', 'probe'));
    try {
      await dryRun([json], settings, tools, scratch, tell, signal, false);
    } finally {
      await close();
    }
    expectOnlyWholeOneIn(ended);
  });

  it('port fetch', async () => {
    const { json, media, folder } = await shared;
    const out = join(folder, 'fetched');
    const settings = combineSettings({ media: [media], out, offline: true }, null, checkReadingOptions);
    const { ended, tell } = listener();
    await fetchOriginals([json], settings, broken(await createTools(), 'files', 'sha256'), tell, signal);
    expectOnlyWholeOneIn(ended);
  });

  it('port check', async () => {
    const { media } = await shared;
    const { rows, exitCode } = await check([media], [rednote], broken(await createTools(), 'ffprobe', 'probe'), signal);
    expect(exitCode).toBe(1);
    const damaged = rows.filter(({ issues }) => issues.some(({ code }) => code === 'damaged'));
    expect(damaged.map(({ path }) => basename(path)).sort()).toEqual(names.map((_, index) => `${keyOf(index)}.mp4`));
  });

  it('port check: a file that cannot even be opened', async () => {
    const { media } = await shared;
    const { rows } = await check([media], [rednote], broken(await createTools(), 'files', 'readStart'), signal);
    expect(rows).toHaveLength(names.length + 1);
  });

  it.each(names)('a worker: %s', async (name) => {
    const { outcome } = await workedOn(thrown[name] ?? (() => null));
    expect(outcome).toMatchObject({ rows: [{ row: { key: post().key, target: 'rednote', status: 'failed' } }] });
    expect(JSON.stringify(outcome)).toMatch(/It could not be made \([^)]+\)/);
  });
});

it('a worker fails no platform to which a person does not want the post to go', async () => {
  const get = async () => Promise.reject(new Error('the disk is on fire'));
  const { outcome } = await workedOn(get, { ...noChoices, targets: 'shorts' });
  const issues = [{ code: 'target-left-out', actual: 'shorts' }];
  expect(outcome).toMatchObject({ rows: [{ row: { target: 'rednote', status: 'held', issues } }] });
});

it('a folder that cannot be moved into place fails its platform alone', async () => {
  const folder = await temporaryFolder();
  const media = join(folder, 'media');
  await mkdir(media);
  await makeMedia(media, `${whole}.mp4`, recipes.moovLast);
  const [day, time] = [whole.slice(0, 10), whole.slice(11).replaceAll('-', ':')];
  const list = [{ Date: `${day} ${time}`, Link: 'https://video.tiktokv.com/a', WhoCanView: 'Everyone' }];
  const profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const json = join(folder, 'user_data_tiktok.json');
  await writeFile(json, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: list } } }));
  const settings = combineSettings(
    { to: 'rednote,lemon8,shorts', media: [media], out: join(folder, 'out'), offline: true },
    null,
    checkOptions,
  );
  const world = await createTools();
  const refuse = (files: Tools['files']): Tools['files'] => ({
    ...files,
    async move(from, to) {
      if (to.endsWith(join('lemon8', whole))) throw Object.assign(new Error('ENOSPC'), { syscall: 'rename' });
      await files.move(from, to);
    },
    confined: (...args) => refuse(files.confined(...args)),
  });
  const ended: string[] = [];
  const tell = (event: RunEvent) => {
    if (event.type === 'post') ended.push(`${event.target} ${event.status}`);
  };
  await port([json], settings, { ...world, files: refuse(world.files) }, tell, signal, { forecasts: false });
  expect(ended.toSorted()).toEqual(['lemon8 failed', 'rednote delivered', 'shorts delivered']);
});

it('a file that its check finds wrong fails its platform alone, with that reason, and leaves nothing half-made', async () => {
  const folder = await temporaryFolder();
  const [day, time] = [whole.slice(0, 10), whole.slice(11).replaceAll('-', ':')];
  await mkdir(join(folder, 'media', whole), { recursive: true });
  const drawn = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'teal' } }).jpeg();
  await drawn(120, 160).toFile(join(folder, 'media', whole, '01.jpg'));
  const list = [{ Date: `${day} ${time}`, Link: 'N/A', Title: 'A photo', WhoCanView: 'Everyone' }];
  const profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const json = join(folder, 'user_data_tiktok.json');
  await writeFile(json, JSON.stringify({ Profile: profile, Post: { Posts: { VideoList: list } } }));
  const out = join(folder, 'out');
  const settings = combineSettings(
    { to: 'rednote,reels', media: [join(folder, 'media')], out, offline: true },
    null,
    checkOptions,
  );
  const world = await createTools();
  const careless: Tools['images'] = {
    ...world.images,
    async render(source, { width, height, ...settings }, output, at) {
      const isWrong = output.includes('rednote') && output.includes('cover');
      const size = isWrong ? { width: width / 2, height: height / 2 } : { width, height };
      await world.images.render(source, { ...settings, ...size }, output, at);
    },
  };
  const run = async (images: Tools['images']) => {
    const ended: Record<string, string> = {};
    const tell = (event: RunEvent) => {
      if (event.type !== 'post') return;
      const errors = event.issues.filter(({ severity }) => severity === 'error');
      ended[event.target] = [
        event.status,
        ...errors.map(({ code, actual, limit }) => `${code} ${actual} ${limit}`),
      ].join();
    };
    await port([json], settings, { ...world, images }, tell, signal);
    return ended;
  };
  expect(await run(careless)).toEqual({ rednote: 'failed,check-failed size: 60x80 120x160', reels: 'delivered' });
  expect((await readdir(join(out, 'maya/rednote'))).filter((name) => name !== 'index.html')).toEqual([]);
  const { posts } = await expectConsistentFolder(join(out, 'maya'));
  const codes = posts.map(({ target, issues }) => [target, issues.some(({ code }) => code === 'check-failed')]);
  expect(Object.fromEntries(codes)).toEqual({ rednote: true, reels: false });
  expect(await run(world.images)).toEqual({ rednote: 'delivered', reels: 'delivered' });
});

it('an interruption is no failure of a post', async () => {
  const interrupt = async () => Promise.reject(new InterruptedError('Interrupted'));
  await expect(workedOn(interrupt)).rejects.toThrow(InterruptedError);
});

/** What a worker makes of a post whose original is asked for in vain. */
async function workedOn(get: () => unknown, choices = noChoices) {
  const { files } = await createTools();
  const one = post();
  const wanted = { caption: null, issues: [], isUnsure: false, choices, posted: [], held: null, linkPath: null };
  const options = checkOptions({ to: 'rednote', out: 'ported' });
  const opened = {
    about: { posts: { [one.key]: wanted }, options, account: 'maya', nameless: false, root: '/', run: 'a' },
    ...{
      folder: await temporaryFolder(),
      posts: new Map([[one.key, one]]),
      media: [],
      music: null,
      originals: { get },
    },
    manifest: { get: async () => null, has: () => false, rowsOf: () => [], set: () => {} },
    ...{ memory: {}, settled: {} },
  } as unknown as OpenRun;
  const context: WorkerContext = {
    ...{ tools: { files } as unknown as Tools, encoders: softwareOnly, threads: 1, tell: () => {} },
  };
  return { outcome: await doPost(one.key, { root: '/' }, opened, context, () => {}, signal) };
}
