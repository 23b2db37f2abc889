import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Captions } from '../../src/captions/index.ts';
import { openChoices } from '../../src/pipeline/choices.ts';
import { type Decision, decidePost } from '../../src/pipeline/decide-post.ts';
import { forecastPost } from '../../src/pipeline/forecast-post.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import { decodeErrors } from '../../src/render/decode-errors.ts';
import { message } from '../../src/report/messages.ts';
import { issueRows } from '../../src/state/documents.ts';
import { temporaryFolder } from '../media.ts';
import { copyOf, type Located, type OpenedRun, openAccountRun } from './account-run.ts';
import { type Change, changed, ended, posted, sheet, withFile, without } from './changes.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

const { video, photos, gone } = smallPosts;
const broken = '2025-06-06_10-00-00';

type Flags = Readonly<Record<string, unknown>>;
let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** `--out` after `video` and `photos` were delivered to RedNote, and `gone` failed. */
let delivered = '';
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder(), [{ Date: '2025-06-06 10:00:00' }]);
  await writeFile(join(input.media, `${broken}.mp4`), 'no video');
  delivered = await temporaryFolder();
  const opened = await openAccountRun({ ...input, out: delivered }, { media: [input.media] });
  for (const key of [video, photos, gone]) await processPost(...(await opened.locate(key)), opened.run);
  await opened.save();
});

interface Given {
  readonly out?: string;
  readonly flags?: Flags;
  /** The post goes on with its original gone from the disk. */
  readonly lost?: boolean;
  readonly captions?: (before: Captions) => Captions;
}

async function open({ out, flags, lost = false }: Given = {}): Promise<OpenedRun> {
  const media = lost ? [] : [input.media];
  return await openAccountRun(
    { ...input, ...(out !== undefined && { out }) },
    { to: 'rednote,reels', media, ...flags },
  );
}

async function decideIn(opened: OpenedRun, key: string, { captions = (before) => before }: Given = {}, writes = false) {
  const [each, fetched, found] = await opened.locate(key);
  const { run } = opened;
  const words = captions(found);
  const choices = await openChoices(each, words, run);
  const targets = run.options.to.filter(({ name }) => !choices.leftOut.has(name));
  return await decidePost(each, fetched, words, choices, run, { targets, measuring: 'all', writes });
}

/** What is decided for a post, `rednote: deliver`, with the codes of its issues. */
async function decided(key: string, given: Given = {}): Promise<readonly string[]> {
  return (await decideIn(await open(given), key, given)).map(inWords);
}

function inWords(decision: Decision): string {
  const { target, kind } = decision;
  const outcome = kind === 'not' ? decision.status : kind;
  const { issues } = kind === 'deliver' ? decision.delivery : kind === 'stay' ? decision.row : decision;
  return ended(target.name, outcome, issues);
}

describe('a post that no run has delivered', () => {
  it.each<[string, string, Flags, string[]]>([
    [
      'too short for one platform: the other gets it',
      video,
      {},
      ['rednote: deliver no-words title-made', 'reels: rejected duration'],
    ],
    ['only the targets that are asked for', video, { to: 'reels' }, ['reels: rejected duration']],
    ['a warning', video, { strict: true }, ['rednote: failed no-words title-made', 'reels: rejected duration']],
    ['no warning', photos, { strict: true }, ['rednote: deliver', 'reels: deliver']],
    ['no original', gone, {}, ['rednote: failed no-link', 'reels: failed no-link']],
    ['an original that is no video', broken, {}, ['rednote: failed damaged no-link', 'reels: failed damaged no-link']],
  ])('%s (%s, %j): %j', async (_, key, flags, expected) => {
    expect(await decided(key, { flags })).toEqual(expected);
  });

  it('a disclosure that nobody can read: delivered with a warning, with --strict it fails', async () => {
    const odd = async (flags: Flags) => {
      const opened = await open({ flags: { to: 'rednote', ...flags } });
      const locate = async (key: string): Promise<Located> => {
        const [each, ...others] = await opened.locate(key);
        return [{ ...each, unreadDisclosure: ['x'] }, ...others];
      };
      return (await decideIn({ ...opened, locate }, photos)).map(inWords);
    };
    expect(await odd({})).toEqual(['rednote: deliver disclosure-unread']);
    expect(await odd({ strict: true })).toEqual(['rednote: failed disclosure-unread']);
  });

  it('subtitles of its video are delivered, those of another video are not, and that is reported', async () => {
    const cues = [{ from: 0, to: 0.5, text: 'Hello' }];
    const opened = await open({ flags: { to: 'shorts' } });
    const [, { original }] = await opened.locate(video);
    const files = async (sha256: string | null) => {
      const captions = (before: Captions) => ({ ...before, subtitlesOf: () => ({ cues, video: sha256 }) });
      const [decision] = await decideIn(opened, video, { captions });
      const { plan, delivery } = decision as Decision & { kind: 'deliver' };
      const roles = plan.kind === 'deliver' ? plan.parts.flatMap((part) => part.files.map(({ role }) => role)) : [];
      return [roles.includes('subtitles'), delivery.issues.some(({ code }) => code === 'subtitles-stale')];
    };
    expect(await files(original?.files[0]?.sha256 ?? '')).toEqual([true, false]);
    expect(await files(null)).toEqual([true, false]);
    expect(await files('0'.repeat(64))).toEqual([false, true]);
  });

  it('damage that an earlier run met in the same file is reported again, in another file it is not', async () => {
    const opened = await open({ out: await copyOf(delivered), flags: { to: 'rednote' } });
    const [row] = opened.run.manifest.rowsOf(video, ['rednote']);
    if (!row?.original) throw new Error('not delivered');
    const issues = issueRows([decodeErrors], message);
    opened.run.manifest.set({ ...row, issues });
    expect((await decideIn(opened, video)).map(inWords)).toEqual([
      'rednote: deliver decode-errors no-words title-made',
    ]);
    opened.run.manifest.set({ ...row, issues, original: { ...row.original, sha256: '0'.repeat(64) } });
    expect((await decideIn(opened, video)).map(inWords)).toEqual(['rednote: deliver no-words title-made']);
  });
});

const otherTitle = sheet('title', `${photos},,Other`);
const noPicture = withFile(`rednote/${photos}/cover.jpg`, 'no picture');

/** What changed since the delivery to RedNote, and what is decided. */
const states: readonly [string, string, readonly Change[], Given, readonly string[]][] = [
  ['nothing', photos, [], {}, ['rednote: deliver', 'reels: deliver']],
  ['other words', photos, [otherTitle], {}, ['rednote: deliver', 'reels: deliver']],
  ['original lost', video, [], { lost: true }, ['rednote: stay no-words title-made', 'reels: failed no-link']],
  [
    'original and package lost',
    video,
    [without(`rednote/${video}/video.mp4`)],
    { lost: true },
    ['rednote: failed no-link', 'reels: failed no-link'],
  ],
  [
    'package lost',
    video,
    [without(`rednote/${video}/video.mp4`)],
    {},
    ['rednote: deliver no-words title-made', 'reels: rejected duration'],
  ],
  ['posted', photos, [posted(photos)], {}, ['rednote: stay', 'reels: deliver']],
  ['posted, other words', photos, [posted(photos), otherTitle], {}, ['rednote: stay posted-frozen', 'reels: deliver']],
  [
    'posted, other words, --redo-posted',
    photos,
    [posted(photos), otherTitle],
    { flags: { redoPosted: true } },
    ['rednote: deliver', 'reels: deliver'],
  ],
  ['posted, original lost', photos, [posted(photos)], { lost: true }, ['rednote: stay', 'reels: failed no-link']],
  [
    'a cover of the person that is no picture',
    photos,
    [noPicture],
    {},
    ['rednote: failed own-file own-file-damaged', 'reels: deliver'],
  ],
  [
    'the same, original lost',
    photos,
    [noPicture],
    { lost: true },
    ['rednote: failed no-link own-file own-file-damaged', 'reels: failed no-link'],
  ],
  [
    'an unknown fit',
    photos,
    [sheet('title,fit', `${photos},,Two photos,wide`)],
    {},
    ['rednote: deliver fit-unknown', 'reels: deliver fit-unknown'],
  ],
  [
    'an unknown fit, --strict',
    photos,
    [sheet('title,fit', `${photos},,Two photos,wide`)],
    { flags: { strict: true } },
    ['rednote: failed fit-unknown', 'reels: failed fit-unknown'],
  ],
  [
    'a cover after the end',
    video,
    [sheet('cover', `${video},Hello,9`)],
    {},
    ['rednote: deliver cover-unusable', 'reels: rejected cover-unusable duration'],
  ],
  ['left out of one platform', photos, [sheet('title,targets', `${photos},,Two photos,reels`)], {}, ['reels: deliver']],
];

describe('a post that an earlier run delivered to one of two platforms, and what changed since', () => {
  it.each(states)('%s (%s)', async (_, key, change, given, expected) => {
    expect(await decided(key, { ...given, out: await changed(delivered, ...change) })).toEqual(expected);
  });

  it('captions.csv that cannot be read any more: delivered words stay, and nothing is said of words that are not there', async () => {
    const out = await temporaryFolder();
    await mkdir(join(out, 'maya'));
    await sheet('title', `${video},A cat on the roof,Cat`)(join(out, 'maya'));
    const first = await open({ out, flags: { to: 'rednote' } });
    await processPost(...(await first.locate(video)), first.run);
    await first.save();
    await writeFile(join(out, 'maya/captions.csv'), '\0\0\0\0');
    await rm(join(out, 'maya/captions.json'));
    const opened = await open({ out, flags: { to: 'rednote,lemon8' } });
    const decisions = await decideIn(opened, video);
    expect(decisions.map(inWords)).toEqual(['rednote: deliver', 'lemon8: deliver no-words title-made']);
  });

  it.each(states)('%s (%s): forecast and run end alike', async (_, key, change, given) => {
    const opened = await open({ ...given, out: await changed(delivered, ...change) });
    const found = await opened.locate(key);
    const depth = { measuring: 'decisive', fetches: () => false } as const;
    const { rows } = await forecastPost(...found, opened.run, depth);
    const told = rows.map(({ target, expected }) => ended(target.name, expected.status, expected.issues));
    await processPost(...found, opened.run);
    const done = opened.events.flatMap((each) =>
      each.type === 'post' ? [ended(each.target, each.status, each.issues)] : [],
    );
    expect(told.sort()).toEqual(done.sort());
    expect(told).toHaveLength(2);
  });

  it('a caption.txt that is missing: written anew by a run, left by a forecast', async () => {
    const out = await changed(delivered, without(`rednote/${video}/caption.txt`));
    const opened = await open({ out, lost: true });
    const before = await filesIn(out);
    const forecast = await decideIn(opened, video, {}, false);
    expect(await filesIn(out)).toEqual(before);
    const run = await decideIn(opened, video, {}, true);
    expect(run.map(inWords)).toEqual(forecast.map(inWords));
    expect(await readdir(join(out, 'maya/rednote', video))).toContain('caption.txt');
  });
});

/** Names and times of all files. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return await Promise.all(names.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`));
}
