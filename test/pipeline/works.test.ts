import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openSpeech } from '../../src/pipeline/speech.ts';
import { openTranslations } from '../../src/pipeline/translations.ts';
import { worksOf } from '../../src/pipeline/works.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun } from './account-run.ts';
import { type Change, changed, ended, posted, sheet } from './changes.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

const { video, photos, gone, secret } = smallPosts;
const transcriber = resolve(import.meta.dirname, '../stand-ins/transcriber.mjs');
const translator = resolve(import.meta.dirname, '../stand-ins/translator.mjs');

type Flags = Readonly<Record<string, unknown>>;
let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** `--out` after `video` and `photos` were delivered to RedNote. */
let delivered = '';
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder());
  delivered = await temporaryFolder();
  const { opened, workOf } = await open({ out: delivered });
  for (const key of [video, photos]) await workOf(key).now();
  await opened.save();
});

/** The works of a run, and how often each callback was called. */
async function open({ out, flags = {} }: { readonly out?: string; readonly flags?: Flags } = {}) {
  const given = { media: [input.media], ...flags };
  const opened = await openAccountRun({ ...input, ...(out !== undefined && { out }) }, given);
  const speech = openSpeech(opened.run, opened.run.options);
  const translations = openTranslations(opened.run, opened.run.options);
  const { loadedCaptions } = translations ?? speech ?? opened.run;
  const run = { ...opened.run, loadedCaptions };
  const calls: string[] = [];
  const refresh = async () => {
    calls.push('refresh');
    await opened.refreshPosted();
  };
  const all = worksOf(run, translations, speech, () => calls.push('done'), refresh);
  const workOf = (key: string) => {
    const work = all.find(({ post }) => post.key === key);
    if (work === undefined) throw new Error(`no work for ${key}`);
    const located = async () => (await opened.locate(key))[1];
    return {
      work,
      now: async () => work.work(await located()),
      prepare: async () => (await work.prepare?.(await located())) ?? null,
      check: async () => (await work.checkUnchanged?.(await located())) ?? null,
    };
  };
  return { opened, calls, all, workOf };
}

function reported({ events }: OpenedRun): string[] {
  return events.flatMap((each) =>
    each.type === 'post'
      ? [ended(each.target, each.unchanged ? `${each.status}, unchanged` : each.status, each.issues)]
      : [],
  );
}

describe('which posts have their originals fetched, and which have their turn among the renders', () => {
  const nowhere = sheet('targets', `${video},Hello,none`);
  it.each<[string, readonly Change[], Flags, Readonly<Record<string, string>>]>([
    [
      'selected posts, newest first, then held ones',
      [],
      {},
      { [gone]: 'fetch make', [photos]: 'fetch make', [video]: 'fetch make', [secret]: 'fetch' },
    ],
    [
      'without originals of held posts',
      [],
      { heldOriginals: false },
      { [gone]: 'fetch make', [photos]: 'fetch make', [video]: 'fetch make', [secret]: '' },
    ],
    ['one post', [], { only: [video] }, { [video]: 'fetch make', [gone]: '', [photos]: '', [secret]: '' }],
    [
      'a post that goes nowhere',
      [nowhere],
      {},
      { [gone]: 'fetch make', [photos]: 'fetch make', [video]: 'fetch make', [secret]: 'fetch' },
    ],
    [
      'the same without originals of held posts',
      [nowhere],
      { heldOriginals: false },
      { [gone]: 'fetch make', [photos]: 'fetch make', [video]: '', [secret]: '' },
    ],
  ])('%s', async (_, changes, flags, expected) => {
    const { all } = await open({ out: await changed(delivered, ...changes), flags });
    const words = all.map(({ post, fetch, makes }) => [
      post.key,
      [...(fetch ? ['fetch'] : []), ...(makes ? ['make'] : [])].join(' '),
    ]);
    expect(Object.fromEntries(words)).toEqual(expected);
    expect(words[0]?.[0]).toBe(Object.keys(expected)[0]);
  });
});

describe('what becomes of a post', () => {
  it('delivered, held, failed: each is reported and counted once', async () => {
    for (const [key, expected] of [
      [video, 'rednote: delivered no-words title-made'],
      [gone, 'rednote: failed no-link'],
      [secret, 'rednote: held visibility'],
    ] as const) {
      const { opened, calls, workOf } = await open();
      await workOf(key).now();
      expect(reported(opened)).toEqual([expected]);
      expect(calls.filter((each) => each === 'done')).toHaveLength(1);
    }
  });

  it('a post that was not selected: it has its row, and is neither reported nor counted', async () => {
    const { opened, calls, workOf } = await open({ flags: { only: [video] } });
    await workOf(photos).now();
    expect([reported(opened), calls]).toEqual([[], []]);
    expect(opened.run.manifest.rowsOf(photos).map(({ status }) => status)).toEqual(['held']);
  });

  it('an error of the machine: the post fails with that reason, and is counted', async () => {
    const { opened, calls, workOf } = await open();
    await workOf(video).work.fail(
      Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' }),
    );
    expect([reported(opened), calls]).toEqual([['rednote: failed disk-full'], ['done']]);
  });

  it('a post that is ticked as posted after the run began: it stays as it is', async () => {
    const out = await changed(delivered, sheet('title', `${photos},,Other`));
    const { opened, workOf } = await open({ out });
    await posted(photos)(join(out, 'maya'));
    await workOf(photos).now();
    expect(reported(opened)).toEqual(['rednote: delivered, unchanged posted-frozen']);
  });
});

describe('posts of an earlier run', () => {
  it.each<[string, string, readonly Change[], Flags, boolean]>([
    ['unchanged', photos, [], {}, true],
    ['with other words', photos, [sheet('title', `${photos},,Other`)], {}, false],
    ['for one more platform, which has no record', photos, [], { to: 'rednote,reels' }, false],
    ['that was never delivered', gone, [], {}, false],
    ['left out now, with nothing to make', photos, [sheet('targets', `${photos},,none`)], {}, true],
    [
      'without words, to be transcribed',
      video,
      [],
      { transcribe: `"${process.execPath}" "${transcriber}" srt` },
      false,
    ],
  ])('%s', async (_, key, changes, flags, isDone) => {
    const { opened, calls, workOf } = await open({ out: await changed(delivered, ...changes), flags });
    const report = await workOf(key).check();
    expect(report !== null).toBe(isDone);
    expect([reported(opened), calls]).toEqual([[], []]);
    await report?.();
    expect(calls).toEqual(isDone ? ['done'] : []);
    expect(reported(opened)).toHaveLength(isDone ? 1 : 0);
  });
});

describe('--transcribe: a video without words is transcribed if it is delivered', () => {
  const transcribe = `"${process.execPath}" "${transcriber}" srt`;
  it.each<[string, string, Flags, boolean]>([
    ['a video that is delivered', video, {}, true],
    ['a video that the platform rejects', video, { to: 'reels' }, false],
    ['photos', photos, {}, false],
    ['a video that is held back', secret, {}, false],
  ])('%s', async (_, key, flags, expected) => {
    const { opened, workOf } = await open({ flags: { transcribe, ...flags } });
    await workOf(key).now();
    expect(opened.run.loadedCaptions.transcripts.isKnown(key, null)).toBe(expected);
  });
});

describe('--translate: the words of a post are sent away before its turn, if it is delivered', () => {
  const translate = { translate: 'es', translator: `command:"${process.execPath}" "${translator}" good` };
  const words = sheet('title', `${video},Good morning from the street,Morning`);
  it.each<[string, string, readonly Change[], Flags, boolean]>([
    ['photos with words', photos, [], {}, true],
    ['a video without words', video, [], {}, false],
    ['a video with words', video, [words], {}, true],
    ['a video with words that the platform rejects', video, [words], { to: 'reels' }, false],
    ['an original that is nowhere', gone, [], {}, false],
  ])('%s', async (_, key, changes, flags, expected) => {
    const out = await changed(delivered, ...changes);
    const { workOf } = await open({ out, flags: { ...translate, ...flags } });
    expect((await workOf(key).prepare()) !== null).toBe(expected);
  });

  it('the package has the translated words', async () => {
    const { opened, workOf } = await open({ flags: translate });
    await (await workOf(photos).prepare())?.();
    await workOf(photos).now();
    const [row] = opened.run.manifest.rowsOf(photos, ['rednote']);
    expect(JSON.stringify(row?.caption)).toContain('calle');
  });

  it('a held post has nothing to prepare, nor has any post without --translate', async () => {
    const { workOf } = await open({ flags: translate });
    expect(workOf(secret).work.prepare).toBeUndefined();
    expect((await open()).workOf(photos).work.prepare).toBeUndefined();
  });
});
