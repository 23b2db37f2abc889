import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ToolMissingError, UsageError } from '../../src/errors.ts';
import { checkCover, checkOneCover } from '../../src/pipeline/validate-cover.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, realTools } from './account-run.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

const { video, photos, gone, secret } = smallPosts;
const broken = '2025-06-06_10-00-00';

let input: Awaited<ReturnType<typeof makeSmallPosts>>;
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder(), [{ Date: '2025-06-06 10:00:00' }]);
  await writeFile(join(input.media, `${broken}.mp4`), 'no video');
});

const open = async (flags: Readonly<Record<string, unknown>>) =>
  (await openAccountRun(input, { media: [input.media], ...flags })).run;

describe('--cover fits the posts of the run', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['no --cover, several posts', {}],
    ['a moment of the one video', { cover: '0.5', only: [video] }],
    ['no post is selected', { cover: '0.5', only: ['2020-01-01_00-00-00'] }],
    ['the only post is held back', { cover: '0.5', only: [secret] }],
    ['an original that is nowhere: that is reported with the post', { cover: '99', only: [gone] }],
    ['an original that cannot be read: that is reported with the post', { cover: '99', only: [broken] }],
  ])('%s (%j)', async (_, flags) => {
    await expect(checkCover(await open(flags))).resolves.toBeUndefined();
  });
});

describe('--cover does not fit: the run ends before anything is made', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'several posts',
      { cover: '0.5' },
      '--cover is for one post, and 4 are selected: name the one with --only. See port --help.',
    ],
    [
      'photos',
      { cover: '0.5', only: [photos] },
      `--cover is a moment of a video, and ${photos} has photos: its cover is the first of them.`,
    ],
    [
      'after the end',
      { cover: '5', only: [video] },
      `--cover 5 is too late for ${video}: it lasts 1 s. Name a moment before that.`,
    ],
  ])('%s', async (_, flags, sentence) => {
    const checked = checkCover(await open(flags));
    await expect(checked).rejects.toThrow(UsageError);
    await expect(checked).rejects.toThrow(sentence);
  });

  it('a program that is missing ends the run; another error of a program is reported with the post', async () => {
    const tools = await realTools();
    const run = await open({ cover: '0.5', only: [video] });
    const failing = (error: Error) => {
      const originals = { ...run.originals, get: async () => Promise.reject(error) };
      return checkCover({ ...run, tools, originals });
    };
    await expect(failing(new ToolMissingError('ffprobe is missing'))).rejects.toThrow('ffprobe is missing');
    await expect(failing(new Error('the disk is on fire'))).resolves.toBeUndefined();
  });
});

describe('--cover and several accounts', () => {
  const accounts = [{ name: 'maya' }, { name: 'noor' }, { name: 'ines' }];
  const settings = (...withCover: readonly string[]) => ({
    for: (name: string) => (withCover.includes(name) ? { cover: 1 } : {}),
  });
  it('refused where it holds for two of them, since it can be meant for one video only', () => {
    const check = () => checkOneCover(accounts, settings('maya', 'ines'));
    expect(check).toThrow(UsageError);
    expect(check).toThrow('--cover is for one post, and there are 2 accounts');
  });
  it.each([[[]], [['noor']]])('allowed for %j', (names) => {
    expect(() => checkOneCover(accounts, settings(...names))).not.toThrow();
  });
});
