import { copyFile, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageError, InterruptedError, MediaError, ToolMissingError } from '../../src/errors.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Original } from '../../src/model/original.ts';
import { probeOriginal, probeVideo, whyUnusable } from '../../src/pipeline/probe-original.ts';
import { cachedHash } from '../../src/state/file-facts.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { originalFile, post } from '../builders.ts';
import { temporaryFolder } from '../media.ts';
import { damagedCopy, tinyPhoto, tinyVideo } from './tiny-media.ts';
import { watched } from './watched-tools.ts';

const signal = new AbortController().signal;
const aborted = AbortSignal.abort(new InterruptedError('Interrupted'));
let folder: string;
let world: Tools;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  [folder, world] = [await temporaryFolder(), await createTools()];
  for (const name of ['whole.mp4', 'sound.mp4', 'old.avi']) await tinyVideo(folder, name);
  for (const name of ['01.jpg', '02.jpg', '03.png']) await tinyPhoto(folder, name);
  for (const how of ['half', 'zeros', 'empty', 'foreign']) await damagedCopy(at('whole.mp4'), how, at(`${how}.mp4`));
  for (const how of ['half', 'zeros', 'spoilt']) await damagedCopy(at('01.jpg'), how, at(`${how}.jpg`));
  await writeFile(at('page.mp4'), '<html>Not found</html>');
});

const originalOf = (names: readonly string[], cover: string | null = null): Original => ({
  files: names.map((name) => ({ ...originalFile(), path: at(name) })),
  ...{ source: 'media', matchedBy: 'key', seconds: null },
  cover: cover === null ? null : { ...originalFile(), path: at(cover) },
});

/** Probes an original with a new cache: what of it can be used, and what is said of the rest. */
async function probed(kind: 'video' | 'photos', original: Original, tools = world, on = signal) {
  const cache = await openProbeCache(await temporaryFolder(), tools.files);
  const { material, issues } = await probeOriginal(post({ kind }), original, cache, tools, on);
  const usable = material?.kind === 'video' ? [material.file] : (material?.photos.map(({ file }) => file) ?? null);
  return { material, usable: usable?.map(({ path }) => path.slice(folder.length + 1)) ?? null, issues: said(issues) };
}
const said = (issues: readonly Issue[]) =>
  issues.map(({ code, severity, actual, limit }) => `${severity} ${code} ${actual} ${limit}`);

describe('the original of a video post', () => {
  it.each<[string, readonly string[], readonly RegExp[]]>([
    ['that plays can be used', ['whole.mp4'], []],
    ['of another container can be used', ['old.avi'], []],
    ['without a picture is left to the plan, which rejects it', ['sound.mp4'], []],
    ['that breaks off is damaged', ['half.mp4'], [/^error damaged it ends \d+ bytes early null$/]],
    ['that is a placeholder of zeros is damaged', ['zeros.mp4'], [/^error damaged Invalid data/]],
    ['that has no bytes is damaged', ['empty.mp4'], [/^error damaged Invalid data/]],
    ['that is a web page is damaged', ['page.mp4'], [/^error damaged Invalid data/]],
    ['in TikTok’s own codec is named as such', ['foreign.mp4'], [/^error codec-private ByteVC2 H\.264$/]],
    ['of which no file was found is not there, and nothing more is said', [], []],
  ])('%s', async (_name, names, expected) => {
    const { usable, issues } = await probed('video', originalOf(names));
    expect(usable).toEqual(expected.length === 0 && names.length > 0 ? names : null);
    expect(issues).toEqual(expected.map((each) => expect.stringMatching(each)));
  });

  it.each([
    ['is used if it can be read', '02.jpg', true],
    ['that is damaged is passed over without a word, for a frame of the video', 'half.jpg', false],
    ['that is not there is passed over', null, false],
  ])('a cover that the creator chose %s', async (_name, cover, isUsed) => {
    const { material, issues } = await probed('video', originalOf(['whole.mp4'], cover));
    expect(material?.kind).toBe('video');
    const still = material?.kind === 'video' && material.still;
    expect([still === null, issues]).toEqual([!isUsed, []]);
  });
});

describe('the original of a photo post', () => {
  it.each<[string, readonly string[], readonly string[] | null, readonly RegExp[]]>([
    ['is all of its photos, in their order', ['02.jpg', '03.png', '01.jpg'], ['02.jpg', '03.png', '01.jpg'], []],
    [
      'loses a damaged photo, by its number, and the post goes on',
      ['01.jpg', 'half.jpg', '03.png'],
      ['01.jpg', '03.png'],
      [/^warning photo-unusable 2 3$/, /^warning damaged .*premature end/],
    ],
    [
      'with nothing but damaged photos cannot be used: each is an error',
      ['zeros.jpg', 'half.jpg'],
      null,
      [/^error photo-unusable 1 2$/, /^error damaged/, /^error photo-unusable 2 2$/, /^error damaged/],
    ],
    ['of one damaged photo says why, without a number', ['zeros.jpg'], null, [/^error damaged .*unsupported/]],
    ['of one video is no photo', ['whole.mp4'], null, [/^error damaged .*unsupported/]],
    [
      'keeps a photo with a spoilt part, and says which',
      ['01.jpg', 'spoilt.jpg'],
      ['01.jpg', 'spoilt.jpg'],
      [/^warning photo-flawed 2 \(spoilt\.jpg\) 2$/],
    ],
  ])('%s', async (_name, names, expected, issues) => {
    const found = await probed('photos', originalOf(names));
    expect(found.usable).toEqual(expected);
    expect(found.issues).toEqual(issues.map((each) => expect.stringMatching(each)));
  });

  it('is not probed further after an interruption', async () => {
    await expect(probed('photos', originalOf(['01.jpg', '02.jpg']), world, aborted)).rejects.toThrow(InterruptedError);
  });
});

/** The tools, of which one program throws this at every file. */
function throwing(thrown: unknown): Tools {
  const probe = async () => Promise.reject(thrown);
  return { ...world, ffprobe: { ...world.ffprobe, probe }, images: { ...world.images, probe } };
}
const system = (code: string) => Object.assign(new Error(`${code}: read`), { code, syscall: 'read', path: 'a' });

describe('what a program throws at a file', () => {
  it.each<[string, unknown, string]>([
    ['a sentence', new Error('it is nonsense'), 'error damaged it is nonsense null'],
    ['a string', 'no such atom', 'error damaged no such atom null'],
    ['nothing', null, 'error damaged a program failed and did not say why null'],
    ['an encrypted video', new MediaError('encrypted', 'its picture', null, ''), 'error encrypted its picture null'],
    ['a photo of a new kind', new ImageError('image-codec', 'HEIC', 'JPEG', ''), 'error image-codec HEIC JPEG'],
  ])('%s is the trouble of that file', async (_name, thrown, expected) => {
    const tools = throwing(thrown);
    expect((await probed('video', originalOf(['whole.mp4']), tools)).issues).toEqual([expected]);
    expect((await probed('photos', originalOf(['01.jpg']), tools)).issues).toEqual([expected]);
  });

  it.each<[string, unknown]>([
    ['a disk that cannot be read', system('EIO')],
    ['a share that is gone', system('ENOTCONN')],
    ['no memory', system('ENOMEM')],
    ['a missing program', new ToolMissingError('There is no ffprobe.')],
    ['an interruption', new InterruptedError('Interrupted')],
  ])('%s is none of its photos’, of which none is left out', async (_name, thrown) => {
    const tools = throwing(thrown);
    await expect(probed('video', originalOf(['whole.mp4']), tools)).rejects.toBe(thrown);
    await expect(probed('photos', originalOf(['01.jpg', '02.jpg']), tools)).rejects.toBe(thrown);
  });

  it('a file that is gone is none of a damaged file', async () => {
    await expect(probed('video', originalOf(['gone.mp4']))).rejects.toThrow('No such file');
    await expect(probed('photos', originalOf(['01.jpg', 'gone.jpg']))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['a full disk is named by its code', system('ENOSPC'), 'error disk-full null null'],
    ['anything else is a damaged file', {}, 'error damaged a program failed and did not say why null'],
  ])('%s, as a reason', (_name, thrown, expected) => expect(said([whyUnusable(thrown)])).toEqual([expected]));
});

describe('the cache of probes', () => {
  /** Hashes and probes `name` twice, by the cache of one folder; the second time as the next run. */
  async function twice(name: string, between: (cache: string) => Promise<void> = async () => {}) {
    const [own, starts] = [await temporaryFolder(), [] as string[]];
    const tools = watched(world, (what) => starts.push(what));
    const [results, hashes]: [unknown[], string[]] = [[], []];
    for (const run of [1, 2]) {
      const cache = await openProbeCache(own, tools.files);
      hashes.push(await cachedHash(cache, at(name), async () => tools.files.sha256(at(name), signal)));
      const found = await probeVideo(at(name), cache, tools, signal);
      results.push('severity' in found ? found.code : found.video?.width);
      await cache.save();
      if (run === 1) await between(join(own, '.port/cache.json'));
    }
    return { starts, results, hashes };
  }

  it('a video is probed once, and the next run knows it', async () =>
    expect(await twice('whole.mp4')).toMatchObject({ starts: ['ffprobe'], results: [160, 160] }));

  it('a placeholder that was damaged is hashed and probed again when its bytes have come, with the same size and time', async () => {
    const modified = new Date(1_700_000_000_000);
    await copyFile(at('zeros.mp4'), at('cloud.mp4'));
    await utimes(at('cloud.mp4'), modified, modified);
    const { results, hashes } = await twice('cloud.mp4', async () => {
      await copyFile(at('whole.mp4'), at('cloud.mp4'));
      await utimes(at('cloud.mp4'), modified, modified);
    });
    expect(results).toEqual(['damaged', 160]);
    expect(hashes[1]).toBe(await world.files.sha256(at('whole.mp4'), signal));
  });

  it.each([
    ['a forged width', '\\"width\\":160', '\\"width\\":\\"160\\"'],
    ['a forged rotation', '\\"rotation\\":0', '\\"rotation\\":45'],
    ['a forged container', '\\"container\\":\\"mp4\\"', '\\"container\\":\\"exe\\"'],
  ])('%s in it is not believed: the video is probed again', async (_name, real, forged) => {
    const found = await twice('whole.mp4', async (path) => {
      const text = await readFile(path, 'utf8');
      expect(text).toContain(real);
      await writeFile(path, text.replace(real, forged));
    });
    expect(found).toMatchObject({ starts: ['ffprobe', 'ffprobe'], results: [160, 160] });
  });
});
