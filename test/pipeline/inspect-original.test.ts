import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError, ToolMissingError } from '../../src/errors.ts';
import type { PostKind } from '../../src/model/post.ts';
import { inspectOriginals } from '../../src/pipeline/inspect-original.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { makeMedia, temporaryFolder, turned } from '../media.ts';
import { bundledPair } from '../programs.ts';
import { damagedCopy, tinyPhoto, tinyVideo } from './tiny-media.ts';
import { watched } from './watched-tools.ts';

const signal = new AbortController().signal;
let folder: string;
let world: Tools;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  [folder, world] = [await temporaryFolder(), await createTools()];
  const videos = ['whole.mp4', 'silent.mp4', 'sound.mp4', 'sound.avi', 'index-last.mp4', 'whole.mkv', 'old.avi'];
  for (const name of videos) await tinyVideo(folder, name);
  await makeMedia(folder, 'turned.mp4', turned(at('whole.mp4'), bundledPair));
  for (const how of ['half', 'zeros', 'empty', 'foreign']) await damagedCopy(at('whole.mp4'), how, at(`${how}.mp4`));
  const unfinished = await readFile(at('index-last.mp4'));
  await writeFile(at('unfinished.mp4'), unfinished.subarray(0, unfinished.indexOf('moov') - 4));
  await damagedCopy(at('whole.mkv'), 'half', at('half.mkv'));
  await writeFile(at('page.mp4'), '<html>Not found</html>');
  await writeFile(at('bitmap.jpg'), 'BM and more');
  await tinyPhoto(folder, '01.jpg');
  for (const how of ['half', 'zeros']) await damagedCopy(at('01.jpg'), how, at(`${how}.jpg`));
});

const without = (thrown: unknown): Tools => {
  const probe = async () => Promise.reject(thrown);
  return { ...world, ffprobe: { ...world.ffprobe, probe }, images: { ...world.images, probe } };
};
const noFfprobe = () => without(new ToolMissingError('There is no ffprobe.'));

/** Inspects a file with a new cache. */
async function inspected(kind: PostKind, name: string, tools = world, on = signal) {
  const cache = await openProbeCache(await temporaryFolder(), tools.files);
  return await inspectOriginals(cache, tools)(kind, at(name), on);
}

describe('a file that may become the original of a video', () => {
  it.each<[string, string, boolean, string]>([
    ['with sound', 'whole.mp4', true, '160x284'],
    ['without sound', 'silent.mp4', false, '160x284'],
    ['with its index at the end', 'index-last.mp4', true, '160x284'],
    ['that a player turns', 'turned.mp4', true, '284x160'],
    ['in Matroska', 'whole.mkv', true, '160x284'],
    ['in AVI, which only ffprobe reads', 'old.avi', true, '160x284'],
  ])('%s can be used, and its size is known', async (_name, name, hasSound, shown) => {
    const { why, hasSound: heard, size } = await inspected('video', name);
    expect([why, heard, `${size?.width}x${size?.height}`]).toEqual([null, hasSound, shown]);
    expect(size?.seconds).toBeCloseTo(1, 0);
  });

  it.each<[string, string, RegExp]>([
    ['that breaks off says how much is missing', 'half.mp4', /^It breaks off: \d+ of its bytes are missing\.$/],
    ['whose download was not finished', 'unfinished.mp4', /^Its index \(moov\) is missing: the download was not/],
    ['that is sound alone', 'sound.mp4', /^It has sound but no picture\.$/],
    ['that is sound alone, as only ffprobe sees', 'sound.avi', /^It has sound but no picture\.$/],
    ['in a codec of TikTok', 'foreign.mp4', /^Its picture is in ByteVC2 .* Download it again in H\.264\.$/],
    ['that is a placeholder of zeros', 'zeros.mp4', /^Its file is damaged or not what its name says \(Invalid data/],
    ['that has no bytes', 'empty.mp4', /^Its file is damaged or not what its name says/],
    ['that is a web page', 'page.mp4', /^Its file is damaged or not what its name says/],
    ['that is a photo', '01.jpg', /^Its file is damaged or not what its name says/],
  ])('%s cannot be used', async (_name, name, why) =>
    expect(await inspected('video', name)).toEqual({ why: expect.stringMatching(why), hasSound: null, size: null }),
  );

  it.each<[string, string, object]>([
    ['is taken by its container, with its sound', 'whole.mp4', { why: null, hasSound: true }],
    ['is taken without sound', 'silent.mp4', { why: null, hasSound: false }],
    ['that breaks off is not taken', 'half.mp4', { why: expect.stringMatching(/^It breaks off/), hasSound: null }],
    [
      'of another kind is not taken, and says what to do',
      'old.avi',
      { why: 'Without ffprobe nobody can tell what it is: port doctor says how to get it.', hasSound: null },
    ],
  ])('without ffprobe on this machine, %s', async (_name, name, expected) =>
    expect(await inspected('video', name, noFfprobe())).toEqual({ ...expected, size: null }),
  );
});

describe('a file that may become a photo of a post', () => {
  it.each<[string, string, RegExp | null]>([
    ['that can be shown can be used', '01.jpg', null],
    ['that breaks off cannot', 'half.jpg', /^Its file is damaged .*premature end/],
    ['that is a placeholder of zeros cannot', 'zeros.jpg', /^Its file is damaged/],
    ['of a kind that is not read cannot, and is named', 'bitmap.jpg', /BMP/],
    ['that is a video cannot', 'whole.mp4', /^Its file is damaged/],
  ])('%s', async (_name, name, why) => {
    const expected = why === null ? null : expect.stringMatching(why);
    expect(await inspected('photos', name)).toEqual({ why: expected, hasSound: null, size: null });
  });
});

describe('trouble that says nothing about a file', () => {
  const system = (code: string) => Object.assign(new Error(`${code}: read`), { code, syscall: 'read', path: 'a' });

  it.each<[string, unknown]>([
    ['a disk that cannot be read', system('EIO')],
    ['too many open files', system('EMFILE')],
    ['an interruption', new InterruptedError('Interrupted')],
  ])('%s is no verdict on it', async (_name, thrown) => {
    await expect(inspected('video', 'whole.mp4', without(thrown))).rejects.toBe(thrown);
    await expect(inspected('photos', '01.jpg', without(thrown))).rejects.toBe(thrown);
  });

  it('a program that fails because the run was stopped is no verdict on it', async () => {
    const stopped = AbortSignal.abort(new InterruptedError('Interrupted'));
    const killed = without(new Error('ffprobe was killed'));
    await expect(inspected('video', 'whole.mp4', killed, stopped)).rejects.toThrow(InterruptedError);
    await expect(inspected('photos', '01.jpg', killed, stopped)).rejects.toThrow(InterruptedError);
  });

  it('no memory is a verdict: a file may claim any size, and another copy of it may be usable', async () => {
    for (const [kind, name] of [['video', 'whole.mp4'] as const, ['photos', '01.jpg'] as const])
      expect((await inspected(kind, name, without(system('ENOMEM')))).why).toMatch(/memory/);
  });

  it('a missing library for photos stops the run', async () =>
    await expect(inspected('photos', '01.jpg', noFfprobe())).rejects.toThrow(ToolMissingError));
});

describe('a file that is inspected twice', () => {
  /** What is said of `name` in this run and the next one, and how often ffprobe was asked. */
  async function twice(name: string, between: () => Promise<void> = async () => {}) {
    const [own, starts] = [await temporaryFolder(), [] as string[]];
    const tools = watched(world, (what) => starts.push(what));
    const inspect = async () => {
      const cache = await openProbeCache(own, tools.files);
      const { why } = await inspectOriginals(cache, tools)('video', at(name), signal);
      await cache.save();
      return why === null ? 'usable' : why.slice(0, why.search(/ or |:/));
    };
    const first = await inspect();
    await between();
    return { said: [first, await inspect()], starts };
  }

  it('is probed once if it can be used', async () =>
    expect(await twice('whole.mp4')).toEqual({ said: ['usable', 'usable'], starts: ['ffprobe'] }));

  it.each([
    ['zeros.mp4', 'Its file is damaged'],
    ['gap.mp4', 'Its index (moov) is missing'],
  ])('as a placeholder (%s) can be used once its bytes came, with the same size and time', async (name, first) => {
    const [cloud, time] = [`cloud-${name}`, new Date(1_700_000_000_000)];
    const whole = await readFile(at('index-last.mp4'));
    // The first bytes are there, as after a download that another program only reserved the space for.
    const gap = Buffer.from(whole).fill(0, whole.indexOf('mdat') + 4);
    const put = async (bytes: Buffer) => {
      await writeFile(at(cloud), bytes);
      await utimes(at(cloud), time, time);
    };
    await put(name === 'gap.mp4' ? gap : Buffer.alloc(whole.length));
    expect((await twice(cloud, async () => put(whole))).said).toEqual([first, 'usable']);
  });
});
