import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/config/options.ts';
import type { Post } from '../../src/model/post.ts';
import { loadCaptions } from '../../src/pipeline/load-captions.ts';
import type { Account } from '../../src/pipeline/read-accounts.ts';
import { openManifest } from '../../src/state/manifest.ts';
import type { ArchiveFile } from '../../src/tools/archive.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import type { Tools } from '../../src/tools/tools.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';

const [first, second] = ['2025-03-02_09-15-04', '2025-03-03_09-15-04'];
const posts = [post({ key: second, time: 1_740_993_304 }), post({ key: first })];
const files = createFiles();

interface Odd {
  readonly options?: object;
  readonly posts?: readonly Post[];
  readonly account?: string;
  readonly given?: string;
  /** A folder; null: none. */
  readonly media?: string | null;
  /** The disk fails where this file of `media` is read. */
  readonly unread?: string;
  /** What somebody does as soon as captions.csv is written. */
  readonly meanwhile?: () => void;
}

/** An account's folder, a spreadsheet for it and a folder of media, and a run that looks for words in them. */
function world() {
  const root = temporaryFolder();
  const [folder, media, given] = [join(root, 'maya'), join(root, 'media'), join(root, 'words.csv')];
  mkdirSync(media);
  mkdirSync(join(folder, 'originals'), { recursive: true });
  writeFileSync(join(media, `${first}.mp4`), 'a video');
  writeFileSync(given, `key,caption\n${first},Harbour at night\n${second},Two boats\n`);
  const sheet = join(folder, 'captions.csv');

  /** What was found, as one text. */
  const find = async ({
    options = {},
    posts: known = posts,
    account = 'maya',
    given: other = given,
    media: beside = media,
    unread,
    meanwhile,
  }: Odd = {}) => {
    const ytDlp: YtDlp = {
      download: async () => '',
      list: async () => ({ lines: '', failure: 'nobody there' }),
    };
    const watched: Tools['files'] = {
      ...files,
      async write(path, data) {
        await files.write(path, data);
        if (path === sheet) meanwhile?.();
      },
    };
    const tools = {
      files: watched,
      archives: createArchives(),
      locks: createLocks(),
      ytDlp,
      now: () => 2e9,
    } as Partial<Tools> as Tools;
    const opened = beside === null ? [] : [await tools.archives.open(beside)];
    const broken = async () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' }));
    const breaking = (file: ArchiveFile) =>
      file.name === unread ? Object.create(file, { read: { value: broken } }) : file;
    const lying = opened.map((archive) => ({ ...archive, files: archive.files.map(breaking) }));
    const wanted = checkOptions({ to: 'shorts', captions: [other], ...options });
    const named = { name: account, nameless: false, folder: account, paths: [], archives: [] };
    const told = { format: 'tiktok-json', generation: 'E', account, posts: known, deleted: [], setAside: [] } as const;
    const work = {
      account: { ...named, export: told } satisfies Account,
      ...{ folder, media: lying, signal: new AbortController().signal },
    };
    const selection = { selected: known, held: [] };
    const manifest = await openManifest(folder, files);
    const words = await loadCaptions(work, known, selection, manifest, wanted, {
      ...{ tools, tell: () => {}, signal: work.signal },
    });
    const all = await words.all();
    const result = {
      words: known.map(({ key }) => all.get(key)),
      issues: all.issues,
      ids: [...all.tiktokIds].sort(),
      refused: known.map(({ key }) => all.issuesOf(key)),
    };
    return JSON.stringify(result);
  };
  return { root, folder, media, given, sheet, find };
}

describe('the words of a second run', () => {
  it('are the same to the letter where nothing changed', async () => {
    const { find } = world();
    const before = await find();
    expect(before).toContain('Harbour at night');
    expect(await find()).toBe(before);
  });

  it('are those of the person where an earlier version kept beside its caches how it left the cells', async () => {
    const { folder, sheet, find } = world();
    const offline = { options: { offline: true } };
    await find(offline);
    writeFileSync(sheet, readFileSync(sheet, 'utf8').replace('Two boats', 'Two ships').replace('Harbour at night', ''));
    const before = await find(offline);
    expect(before).toContain('Two ships');
    expect(before).not.toContain('Harbour at night');
    const [now, former] = [join(folder, 'captions.json'), join(folder, '.port/captions.json')];
    mkdirSync(join(folder, '.port'), { recursive: true });
    renameSync(now, former);
    // Where the sheet is gone too, nothing else tells of the cells.
    rmSync(sheet);
    expect(await find(offline)).toBe(before);
    expect([existsSync(now), existsSync(former)]).toEqual([true, false]);
    rmSync(sheet);
    expect(await find(offline)).toBe(before);
  });

  it('stand in another order where what was given lies beside the media now', async () => {
    const { root, sheet, find } = world();
    const sidecars = join(root, 'sidecars');
    mkdirSync(sidecars);
    const said = { id: '1', extractor: 'TikTok', timestamp: 1_740_906_905, description: 'By night' };
    writeFileSync(join(sidecars, 'a.info.json'), JSON.stringify(said));
    const given = { given: sidecars, media: null, options: { offline: true } };
    const beside = { options: { captions: [], offline: true }, media: sidecars };
    await find(given);
    writeFileSync(sheet, readFileSync(sheet, 'utf8').replace('By night', 'By moonlight'));
    // A cell that a person changed outranks what was given, which is told; beside the media nothing was given.
    for (const round of [1, 2]) {
      const [outranking, alone] = [await find(given), await find(beside)];
      expect(outranking, `round ${round}`).toContain('By moonlight');
      expect(outranking).toContain('captions-outranked');
      expect(alone).toContain('By moonlight');
      expect(alone).not.toContain('captions-outranked');
    }
  });

  it.each(['a.info.json', 'a.json'])('are looked for again where %s could not be read', async (unread) => {
    const { media, find } = world();
    const said = { id: '1', extractor: 'TikTok', timestamp: 1_740_906_905, description: 'By night' };
    writeFileSync(join(media, unread), JSON.stringify(said));
    const options = { captions: [], offline: true };
    expect(await find({ options, unread })).toContain('captions-unread');
    expect(await find({ options })).toContain('By night');
  });

  it('are those of a person who saves captions.csv while a run is at it', async () => {
    const { sheet, find } = world();
    const options = { captions: [], offline: true };
    await find({ options, meanwhile: () => writeFileSync(sheet, `key,caption\n${first},Mine\n`) });
    expect(await find({ options })).toContain('Mine');
    expect(await find({ options })).toContain('Mine');
  });

  it('posts without words are asked for again, unless nobody may be asked', async () => {
    const { given, find } = world();
    writeFileSync(given, `key,caption\n${first},Harbour at night\n`);
    expect(await find()).toContain('nobody there');
    expect(await find()).toContain('nobody there');
    const offline = { options: { offline: true } };
    const alone = await find(offline);
    expect(alone).not.toContain('nobody there');
    expect(await find(offline)).toBe(alone);
    expect(await find()).toContain('nobody there');
  });

  it('nobody is asked for the words of a post that goes to no platform', async () => {
    const { given, sheet, folder, find } = world();
    writeFileSync(given, `key,caption\n${first},Harbour at night\n`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(sheet, `key,caption,targets\n${second},,none\n`);
    expect(await find()).not.toContain('nobody there');
    writeFileSync(sheet, `key,caption,targets\n${second},,shorts\n`);
    expect(await find()).toContain('nobody there');
  });

  it('two captions that fit one post are refused each time', async () => {
    const { given, find } = world();
    writeFileSync(given, `key,caption\n${first},Harbour\n${first},Night\n${second},Two boats\n`);
    const before = await find();
    expect(before).toContain('several-captions-fit');
    expect(await find()).toBe(before);
  });
});
