import {
  createWriteStream,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { checkOptions } from '../../src/config/options.ts';
import type { Post } from '../../src/model/post.ts';
import { loadCaptions } from '../../src/pipeline/load-captions.ts';
import type { Account } from '../../src/pipeline/read-accounts.ts';
import { openManifest } from '../../src/state/manifest.ts';
import type { ArchiveFile } from '../../src/tools/archive.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
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
  /** Unix seconds. */
  readonly now?: number;
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

  /** What was found, and whether any source was read for it. */
  const find = async ({
    options = {},
    posts: known = posts,
    account = 'maya',
    given: other = given,
    media: beside = media,
    unread,
    now = 2e9,
    meanwhile,
  }: Odd = {}) => {
    let read = false;
    const ytDlp: YtDlp = {
      download: async () => '',
      async list() {
        read = true;
        return { lines: '', trouble: 'nobody there' };
      },
    };
    const watched: Tools['files'] = {
      ...files,
      async readText(path, bytes) {
        // Where any source is read, so is how the cells were left.
        read ||= path.endsWith('captions.json');
        return await files.readText(path, bytes);
      },
      async write(path, data) {
        await files.write(path, data);
        if (path === sheet) meanwhile?.();
      },
    };
    const tools = { files: watched, archives: createArchives(), ytDlp, now: () => now } as Partial<Tools> as Tools;
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
    return { told: JSON.stringify(result), read };
  };
  return { root, folder, media, given, sheet, find };
}

describe('the words of a second run', () => {
  it('are the same to the letter where nothing changed, and no source is read for them', async () => {
    const { find } = world();
    const before = await find();
    expect(before.read).toBe(true);
    expect(before.told).toContain('Harbour at night');
    expect(await find()).toEqual({ told: before.told, read: false });
  });

  const cases: [string, (one: ReturnType<typeof world>) => unknown][] = [
    ['the spreadsheet was saved', ({ given }) => writeFileSync(given, `key,caption\n${first},By day\n`)],
    ['it was touched', ({ given }) => utimesSync(given, 1, 1)],
    [
      'another one is given',
      ({ root }) => {
        writeFileSync(join(root, 'b.csv'), `key,caption\n${first},By day\n`);
        return { given: join(root, 'b.csv') };
      },
    ],
    ['none is given', () => ({ options: { captions: [] } })],
    [
      'captions.csv was saved',
      ({ sheet }) => writeFileSync(sheet, readFileSync(sheet, 'utf8').replace('Two boats', 'Two ships')),
    ],
    ['captions.csv is gone', ({ sheet }) => rmSync(sheet)],
    ['captions.csv is no sheet any more', ({ sheet }) => writeFileSync(sheet, 'nothing')],
    ['our memory of its cells is gone', ({ folder }) => rmSync(join(folder, '.port/captions.json'))],
    ['what was kept is garbage', ({ folder }) => writeFileSync(join(folder, '.port/words.json'), '{"words":')],
    [
      'a sidecar came beside the media',
      ({ media }) =>
        writeFileSync(
          join(media, 'a.info.json'),
          JSON.stringify({ timestamp: 1_740_906_905, description: 'Mine', extractor: 'TikTok', id: '1' }),
        ),
    ],
    [
      'a list of the profile came',
      ({ folder }) =>
        writeFileSync(
          join(folder, 'originals/listing.json'),
          JSON.stringify({ profile: 'maya', askedAt: '2025-01-01T00:00:00Z', trouble: null, entries: [] }),
        ),
    ],
    ['times are shifted', () => ({ options: { captionShift: '3600' } })],
    [
      'the export has another post',
      () => ({
        posts: [post({ key: '2025-03-04_09-15-04', time: 1_741_079_704 }), ...posts],
        options: { offline: true },
      }),
    ],
    ['a post has another title', () => ({ posts: [post({ key: first, title: 'Night' })] })],
    ['it is another account', () => ({ account: 'ana' })],
    ['everything is to be looked at again', () => ({ options: { verify: true } })],
  ];
  it.each(cases)('are found anew where %s', async (_name, change) => {
    const [one, other] = [world(), world()];
    for (const each of [one, other]) await each.find();
    const odd = (change(one) ?? {}) as Odd;
    change(other);
    rmSync(join(other.folder, '.port/words.json'));
    const anew = await one.find(odd);
    expect(anew.read).toBe(true);
    const plainly = await other.find({ ...odd, ...(odd.given && { given: odd.given.replace(one.root, other.root) }) });
    expect(anew.told.replaceAll(one.root, other.root)).toBe(plainly.told);
    expect((await one.find(odd)).told).toBe(anew.told);
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
      const [outranking, alone] = [(await find(given)).told, (await find(beside)).told];
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
    expect((await find({ options, unread })).told).toContain('captions-unread');
    expect((await find({ options })).told).toContain('By night');
  });

  it('are looked for again where the list of the profile could not be read', async () => {
    const { folder, find } = world();
    const listing = join(folder, 'originals/listing.json');
    writeFileSync(listing, '{"profile":"maya","askedAt":');
    const offline = { options: { offline: true } };
    await find(offline);
    expect((await find(offline)).read).toBe(true);
  });

  it('captions.csv is no source to rely on in the seconds after it was saved', async () => {
    const { sheet, find } = world();
    const now = Math.ceil(Date.now() / 1000);
    const options = { captions: [], offline: true };
    await find({ options, now });
    expect(statSync(sheet).mtimeMs / 1000).toBeLessThan(now - 3);
    expect((await find({ options, now })).read).toBe(false);
    writeFileSync(sheet, readFileSync(sheet, 'utf8'));
    await find({ options, now });
    expect((await find({ options, now })).read).toBe(true);
    await find({ options, now: now + 9 });
    expect((await find({ options, now: now + 9 })).read).toBe(false);
  });

  it('are those of a person who saves captions.csv while a run is at it', async () => {
    const { sheet, find } = world();
    const options = { captions: [], offline: true };
    await find({ options, meanwhile: () => writeFileSync(sheet, `key,caption\n${first},Mine\n`) });
    expect((await find({ options })).told).toContain('Mine');
    expect((await find({ options })).told).toContain('Mine');
  });

  it('are read again where a source was saved a moment before: the next save may have the same time', async () => {
    const { given, find } = world();
    const now = statSync(given).mtimeMs / 1000 + 1;
    await find({ now });
    expect((await find({ now })).read).toBe(true);
    await find({ now: now + 5 });
    expect((await find({ now: now + 5 })).read).toBe(false);
  });

  it('posts without words are asked for again, unless nobody may be asked', async () => {
    const { given, find } = world();
    writeFileSync(given, `key,caption\n${first},Harbour at night\n`);
    expect((await find()).told).toContain('nobody there');
    expect((await find()).told).toContain('nobody there');
    const offline = { options: { offline: true } };
    const alone = await find(offline);
    expect(alone.told).not.toContain('nobody there');
    expect(await find(offline)).toEqual({ told: alone.told, read: false });
    expect((await find()).told).toContain('nobody there');
  });

  it('two captions that fit one post are refused each time', async () => {
    const { given, find } = world();
    writeFileSync(given, `key,caption\n${first},Harbour\n${first},Night\n${second},Two boats\n`);
    const before = await find();
    expect(before.told).toContain('several-captions-fit');
    expect((await find()).told).toBe(before.told);
  });

  it('what a link points to, or a ZIP in a folder holds, is read each time', async () => {
    const { root, given, find } = world();
    symlinkSync(given, join(root, 'link.csv'));
    const linked = { given: join(root, 'link.csv') };
    await find(linked);
    expect((await find(linked)).read).toBe(true);
    mkdirSync(join(root, 'zips'));
    const zip = new ZipFile();
    zip.addBuffer(readFileSync(given), 'words.csv');
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(join(root, 'zips/a.zip')));
    const zipped = { given: join(root, 'zips') };
    await find(zipped);
    expect((await find(zipped)).read).toBe(true);
    const alone = { given: join(root, 'zips/a.zip') };
    await find(alone);
    expect((await find(alone)).read).toBe(false);
  });
});
