import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHostQueue } from '../../src/originals/host-queue.ts';
import { withoutStored } from '../../src/originals/own-store.ts';
import { openStore } from '../../src/originals/store.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { key, never, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4');
const jpg = fakeMedia('jpg');

describe('the files of a post in the store', () => {
  const stored = async (names: readonly string[], post = photos([])) => {
    const { folder, open } = world();
    for (const name of names) {
      mkdirSync(join(folder, 'originals', name, '..'), { recursive: true });
      writeFileSync(join(folder, 'originals', name), name.endsWith('mp4') ? mp4 : jpg);
    }
    const { original } = await (await open({ posts: [post], offline: true })).get(post, never);
    return original?.files.map(({ path }) => path.slice(folder.length + 1).replaceAll('\\', '/'));
  };

  it('are its photos by their numbers, and nothing else in its folder', async () => {
    const names = ['01.jpg', '02.jpg', 'x3.jpg', '3.jpg.tmp', 'notes.txt', '04/05.jpg'];
    expect(await stored(names.map((name) => `${key}/${name}`))).toEqual([
      `originals/${key}/01.jpg`,
      `originals/${key}/02.jpg`,
    ]);
  });

  it('are its video by its key, and not a cover or a file of another key', async () => {
    expect(await stored([`${key}.mp4`, `${key}.cover.jpg`, `${key}-2.mp4`], video())).toEqual([`originals/${key}.mp4`]);
    expect(await stored([`${key}.cover.jpg`, `${key}-2.mp4`], video())).toBeUndefined();
  });
});

it('an unusable file in the store stays where it is in a dry run, and is set aside in a run', async () => {
  for (const isDry of [true, false]) {
    const folder = temporaryFolder();
    const root = join(folder, 'originals');
    mkdirSync(root);
    writeFileSync(join(root, `${key}.mp4`), 'x');
    const files = createFiles();
    const scratch = isDry ? temporaryFolder() : null;
    const store = await openStore(folder, scratch, files, await openProbeCache(folder, files));
    const incoming = join(temporaryFolder(), 'new.mp4');
    writeFileSync(incoming, mp4);
    const path = store.pathFor(video(), 0, 'mp4');
    await store.admit(video(), incoming, path, 'a'.repeat(64), { source: 'link', matchedBy: 'link', seconds: null });
    const aside = join(root, 'set-aside', `${key}.mp4`);
    expect([existsSync(aside), readFileSync(isDry ? join(root, `${key}.mp4`) : aside, 'utf8')]).toEqual([!isDry, 'x']);
    expect(readFileSync(path)).toEqual(Buffer.from(mp4));
  }
});

it('what a killed run left unfinished among the originals is deleted by the next run, not by a dry run', async () => {
  const folder = temporaryFolder();
  const root = join(folder, 'originals');
  mkdirSync(root);
  const names = [`.${key}.mp4.part`, '.notes', `${key}.part`];
  for (const name of names) writeFileSync(join(root, name), 'x');
  const files = createFiles();
  const left = async (scratch: string | null) => {
    await openStore(folder, scratch, files, await openProbeCache(folder, files));
    return names.filter((name) => existsSync(join(root, name)));
  };
  expect(await left(temporaryFolder())).toEqual(names);
  expect(await left(null)).toEqual(names.slice(1));
});

it('unfinished downloads of a post are deleted when it is complete, those of others and foreign files stay', async () => {
  const folder = temporaryFolder();
  const incoming = join(folder, '.port', 'incoming');
  mkdirSync(incoming, { recursive: true });
  const names = [`.${key}.mp4.part`, `${key}_1.local`, `${key}-12.page`, `x-${key}.part`, 'notes.txt'];
  for (const name of names) writeFileSync(join(incoming, name), 'x');
  const files = createFiles();
  const store = await openStore(folder, null, files, await openProbeCache(folder, files));
  const left = () => names.filter((name) => existsSync(join(incoming, name)));
  await store.clearIncoming(video());
  expect(left()).toEqual(names.slice(2));
  await store.clearIncoming(video({ key: `${key}-12` }));
  expect(left()).toEqual(names.slice(3));
});

describe('files of --media that lie in the store', () => {
  const files = createFiles();
  const open = async (folder: string, below = '') => createArchives().open(join(folder, below));
  const made = () => {
    const folder = join(temporaryFolder(), 'maya');
    for (const name of [`originals/${key}.mp4`, 'originals/other.mp4', `originals2/${key}.mp4`, `${key}.mp4`]) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), mp4);
    }
    return folder;
  };
  const names = async (folder: string, below: string, own = folder) => {
    const [archive] = await withoutStored([await open(folder, below)], own, new Map([[key, 1]]), files);
    return archive?.files.map(({ name }) => name).sort();
  };

  it('are left out by their key, others of the folder stay', async () => {
    const folder = made();
    expect(await names(folder, 'originals')).toEqual(['other.mp4']);
    const all = await names(folder, '.');
    expect(all).toEqual([`${key}.mp4`, 'originals/other.mp4', `originals2/${key}.mp4`]);
  });

  it('of another account stay, as do those of an account without a store, and of a ZIP', async () => {
    const folder = made();
    const other = made();
    expect(await names(folder, 'originals', other)).toEqual([`${key}.mp4`, 'other.mp4']);
    expect(await names(folder, 'originals', join(other, 'none'))).toEqual([`${key}.mp4`, 'other.mp4']);
    const packed = zip({ [`originals/${key}.mp4`]: mp4 });
    expect(await withoutStored([packed], folder, new Map([[key, 1]]), files)).toEqual([packed]);
  });
});

describe('a queue of downloads', () => {
  const most = async (overall: number, perHost: number, hosts: readonly string[]) => {
    const queue = createHostQueue(overall, perHost);
    const running = new Map<string, number>();
    let [total, ofHost] = [0, 0];
    const task = (host: string) => async () => {
      running.set(host, (running.get(host) ?? 0) + 1);
      total = Math.max(
        total,
        [...running.values()].reduce((a, b) => a + b, 0),
      );
      ofHost = Math.max(ofHost, running.get(host) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running.set(host, (running.get(host) ?? 0) - 1);
      return host;
    };
    expect(await Promise.all(hosts.map(async (host) => queue.run(host, never, task(host))))).toEqual(hosts);
    return [total, ofHost];
  };
  const hosts = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'd'];

  it('runs no more than allowed, in all and of one host', async () => {
    expect(await most(3, 2, hosts)).toEqual([3, 2]);
    expect(await most(2, 4, hosts)).toEqual([2, 2]);
    expect(await most(9, 1, hosts)).toEqual([4, 1]);
  });

  it('asks the limit of other machines, and does not begin what was aborted', async () => {
    const asked: unknown[] = [];
    const limit = {
      run: async <T>(host: string, atOnce: number, _signal: AbortSignal, task: () => Promise<T>) => {
        asked.push([host, atOnce]);
        return await task();
      },
    };
    const queue = createHostQueue(3, 2, limit);
    expect(await queue.run('a', never, async () => 7)).toBe(7);
    const gone = AbortSignal.abort(new Error('stopped'));
    await expect(queue.run('b', gone, async () => 7)).rejects.toThrow('stopped');
    expect(asked).toEqual([['a', 2]]);
  });
});
