import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import { openStore } from '../../src/originals/store.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { key, never, photos, video } from './world.ts';

const files = createFiles();
const fromLink = { source: 'link', matchedBy: 'link', seconds: null } as const;
const byTime = { source: 'media', matchedBy: 'name-time', seconds: 3 } as const;

/** An account's folder, whose store each run opens anew. */
function account(content: Readonly<Record<string, string>> = {}) {
  const folder = join(temporaryFolder(), 'maya.makes');
  const root = join(folder, 'originals');
  for (const [name, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const open = async (scratch: string | null = null, writer = '') =>
    openStore(folder, scratch, files, await openProbeCache(folder, files), writer);
  /** Adds a file with this content, as a source does. */
  const admit = async (
    store: Awaited<ReturnType<typeof open>>,
    post: Post,
    name: string,
    text: string,
    origin: Parameters<typeof store.admit>[4] = fromLink,
  ) => {
    const incoming = join(temporaryFolder(), 'new');
    writeFileSync(incoming, text);
    const [, index = '1', extension = ''] = /(?:(\d\d))?\.(\w+)$/.exec(name) ?? [];
    const path = store.pathFor(post, Number(index) - 1, extension);
    return await store.admit(post, incoming, path, await files.sha256(incoming, never), origin);
  };
  const under = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
          .sort()
      : [];
  const sources = (name = 'sources.jsonl') =>
    existsSync(join(root, name))
      ? readFileSync(join(root, name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { readonly name: string; readonly source: string })
      : [];
  return { folder, root, open, admit, sources, under: () => under(root) };
}

describe('a file that is added to the store', () => {
  it('has the time of its post, cannot be written to, and its source is in the document', async () => {
    const { root, open, admit, sources } = account();
    const { file, ...origin } = await admit(await open(), video(), '.mp4', 'film', { ...byTime, link: 'v.example/x' });
    expect([file.path, file.bytes, origin]).toEqual([join(root, `${key}.mp4`), 4, byTime]);
    const { mtimeMs, mode } = statSync(file.path);
    expect([mtimeMs / 1000, mode & 0o222]).toEqual([video().time, 0]);
    const { sha256 } = file;
    expect(sources()).toEqual([{ name: `${key}.mp4`, ...byTime, link: 'v.example/x', sha256 }]);
  });

  it('is found with its source by this run and the next', async () => {
    const { open, admit } = account();
    const store = await open();
    const part = await admit(store, video(), '.mp4', 'film', byTime);
    for (const each of [store, await open()]) {
      expect(await each.list(video())).toEqual(new Map([[0, part.file.path]]));
      expect(await each.find(video(), never)).toEqual(new Map([[0, part]]));
      expect(await each.isChanged(part.file)).toBe(false);
    }
  });

  it('of a worker is in a document of its own', async () => {
    const { open, admit, sources } = account();
    await admit(await open(null, 'w1'), video(), '.mp4', 'film');
    expect([sources(), sources('sources.w1.jsonl').map(({ name }) => name)]).toEqual([[], [`${key}.mp4`]]);
  });

  it('of photos has its number as name, from 01', async () => {
    const { open, admit, under, sources } = account();
    const store = await open();
    for (const name of ['01.jpg', '12.webp']) await admit(store, photos([]), name, name);
    expect(under()).toEqual([`${key}/01.jpg`, `${key}/12.webp`, 'sources.jsonl']);
    expect(sources().map(({ name }) => name)).toEqual([`${key}/01.jpg`, `${key}/12.webp`]);
    expect([...(await (await open()).find(photos([]), never)).keys()].sort()).toEqual([0, 11]);
  });
});

describe('a file that a person put into the store', () => {
  it('counts as the media of that person, and a later change of it is noticed', async () => {
    const { root, open, sources } = account({ [`originals/${key}.mp4`]: 'film' });
    const first = await open();
    const file = {
      path: join(root, `${key}.mp4`),
      bytes: 4,
      sha256: await files.sha256(join(root, `${key}.mp4`), never),
    };
    expect(await first.isChanged(file)).toBe(false);
    const [part] = (await first.find(video(), never)).values();
    expect(part).toMatchObject({ source: 'media', matchedBy: 'key', seconds: null });
    expect(sources().map(({ name, source }) => [name, source])).toEqual([[`${key}.mp4`, 'media']]);
    writeFileSync(join(root, `${key}.mp4`), 'edited film');
    const store = await open();
    const [edited] = (await store.find(video(), never)).values();
    expect(edited?.file.bytes).toBe(11);
    expect(await store.isChanged(edited?.file ?? { path: '', bytes: 0, sha256: '' })).toBe(true);
  });

  it('in the place of a downloaded one is not taken for what the link brought', async () => {
    const { root, open, admit } = account();
    const { file } = await admit(await open(), video(), '.mp4', 'film', { ...fromLink, link: 'v.example/x' });
    const store = await open();
    expect(await store.linkOf(file)).toBe('v.example/x');
    await files.remove(file.path);
    writeFileSync(join(root, `${key}.mp4`), 'better film');
    const [part] = (await (await open()).find(video(), never)).values();
    expect(part).toMatchObject({ source: 'media', matchedBy: 'key', seconds: null });
    expect(await store.linkOf(part?.file ?? file)).toBeNull();
  });

  it('is found with a source but without a link where it came by none', async () => {
    const { open, admit } = account();
    const store = await open();
    const { file } = await admit(store, video(), '.mp4', 'film', byTime);
    expect(await store.linkOf(file)).toBeNull();
  });

  it('is not written down in a dry run', async () => {
    const { open, sources } = account({ [`originals/${key}.mp4`]: 'film' });
    expect((await (await open(temporaryFolder())).find(video(), never)).size).toBe(1);
    expect(sources()).toEqual([]);
  });
});

describe('a file that is replaced by a better one', () => {
  it('of a video is set aside whatever its extension', async () => {
    const { open, admit, under } = account({ [`originals/${key}.mov`]: 'bad' });
    await admit(await open(), video(), '.mp4', 'film');
    expect(under()).toEqual([`${key}.mp4`, `set-aside/${key}.mov`, 'sources.jsonl']);
  });

  it('of photos is set aside alone: the others stay', async () => {
    const names = ['01.png', '02.jpg', '011.jpg'].map((name) => `originals/${key}/${name}`);
    const { open, admit, under } = account(Object.fromEntries(names.map((name) => [name, 'bad'])));
    await admit(await open(), photos([]), '01.jpg', 'photo');
    const left = [`${key}/01.jpg`, `${key}/011.jpg`, `${key}/02.jpg`];
    expect(under()).toEqual([...left, `set-aside/${key}/01.png`, 'sources.jsonl']);
  });

  it('never takes the place of one that was set aside before', async () => {
    const aside = [`${key}.mp4`, `${key} (2).mp4`].map((name) => `originals/set-aside/${name}`);
    const { root, open, admit } = account({
      ...Object.fromEntries(aside.map((name) => [name, name])),
      [`originals/${key}.mp4`]: 'third',
    });
    await admit(await open(), video(), '.mp4', 'film');
    expect(readFileSync(join(root, 'set-aside', `${key} (3).mp4`), 'utf8')).toBe('third');
  });
});

describe('the cover of a post', () => {
  it('is found by this run and the next, and is not the original', async () => {
    const { root, open } = account();
    const store = await open();
    expect([store.coverOf(video()), await store.findCover(video(), never)]).toEqual([null, null]);
    const incoming = join(temporaryFolder(), 'new');
    writeFileSync(incoming, 'still');
    const path = store.coverPathFor(video(), 'webp');
    expect(path).toBe(join(root, `${key}.cover.webp`));
    const cover = await store.admitCover(video(), incoming, path, await files.sha256(incoming, never));
    for (const each of [store, await open()]) {
      expect([each.coverOf(video()), await each.findCover(video(), never)]).toEqual([path, cover]);
      expect((await each.find(video(), never)).size).toBe(0);
    }
  });

  it('has no line in the document of sources', async () => {
    const { open, sources } = account();
    const store = await open();
    const incoming = join(temporaryFolder(), 'new');
    writeFileSync(incoming, 'still');
    await store.admitCover(video(), incoming, store.coverPathFor(video(), 'jpg'), 'a'.repeat(64));
    expect(sources()).toEqual([]);
  });
});

describe('a dry run', () => {
  it('has paths in its own folder, and writes nothing elsewhere', async () => {
    const { folder, root, open, admit, under } = account();
    const scratch = temporaryFolder();
    const store = await open(scratch);
    expect([store.incoming, store.contains(join(scratch, 'x.mp4')), store.contains(join(root, 'x.mp4'))]).toEqual([
      join(scratch, 'incoming'),
      true,
      false,
    ]);
    const { file } = await admit(store, video(), '.mp4', 'film');
    expect(file.path).toBe(join(scratch, `${key}.mp4`));
    await admit(store, video(), '.mov', 'better film');
    expect([under(), existsSync(join(folder, '.port'))]).toEqual([[], false]);
  });

  it('keeps unfinished downloads', async () => {
    const name = `.port/incoming/.${key}.mp4.part`;
    const { folder, open } = account({ [name]: 'half' });
    await (await open(temporaryFolder())).clearIncoming(video());
    expect(existsSync(join(folder, name))).toBe(true);
  });
});

it('a hidden file is no video of a post', async () => {
  const { open } = account({ [`originals/.${key}.mp4`]: 'x', [`originals/.${key}.cover.jpg`]: 'x' });
  const store = await open();
  expect([(await store.list(video())).size, store.coverOf(video())]).toEqual([0, null]);
});

it('paths in the store are told from those beside it', async () => {
  const { folder, root, open } = account();
  const store = await open();
  const paths = [join(root, `${key}.mp4`), join(folder, `${key}.mp4`), `${root}2/${key}.mp4`];
  expect(paths.map(store.contains)).toEqual([true, false, false]);
});

it('empty files in the store are none: of a video, of photos, and as cover', async () => {
  const names = [`${key}.mp4`, `${key}.cover.jpg`, `${key}/01.jpg`].map((name) => `originals/${name}`);
  const { open } = account({
    ...Object.fromEntries(names.map((name) => [name, ''])),
    [`originals/${key}/02.jpg`]: 'x',
  });
  const store = await open();
  expect((await store.find(video(), never)).size).toBe(0);
  expect([...(await store.find(photos([]), never)).keys()]).toEqual([1]);
  expect(await store.findCover(video(), never)).toBeNull();
});
