import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openProbeCache, type ProbeCache, readFacts } from '../../src/state/probe-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { temporaryFolder } from '../tools/folder.ts';

/** A folder with a file, and how often a file was hashed. */
function setUp() {
  const folder = join(temporaryFolder(), 'account');
  mkdirSync(folder);
  const file = join(folder, 'a.mp4');
  writeFileSync(file, 'one');
  const hashed: string[] = [];
  const real = createFiles();
  const files: Files = {
    ...real,
    async sha256(path, signal) {
      hashed.push(path);
      return real.sha256(path, signal);
    },
  };
  const hashOf = async (path: string) => real.sha256(path, new AbortController().signal);
  const open = async (anew?: boolean, writer?: string) => openProbeCache(folder, files, anew, writer);
  const names = () => [...Object.keys(JSON.parse(readFileSync(join(folder, '.port/cache.json'), 'utf8')).files)].sort();
  return { folder, file, files, hashed, hashOf, open, names };
}

/** Asks for a number, which is made if it is not there. */
const ask = async (memory: ProbeCache, file: string, made: number, what = 'count') =>
  memory.get(file, what, z.number(), async () => made);

describe('a file with another time', () => {
  /** A run that found out a number, and the hash of the file. */
  async function remembered() {
    const set = setUp();
    const first = await set.open();
    await ask(first, set.file, 1);
    await first.get(set.file, 'sha256', z.string(), async () => set.hashOf(set.file));
    await first.save();
    utimesSync(set.file, 1, 1);
    return set;
  }

  it('and the same content is the same file, and is hashed once for that', async () => {
    const { file, hashed, open } = await remembered();
    const second = await open();
    expect(await Promise.all([ask(second, file, 2), ask(second, file, 3)])).toEqual([1, 1]);
    await second.save();
    expect(await ask(await open(), file, 4)).toBe(1);
    expect(hashed).toEqual([file]);
  });

  it('is remembered as the same after a kill too', async () => {
    const { file, hashed, open } = await remembered();
    const second = await open();
    await ask(second, file, 2);
    await second.flush();
    expect(await ask(await open(), file, 3)).toBe(1);
    expect(hashed).toEqual([file]);
  });

  it('and other content of the same size is another file', async () => {
    const { file, open } = await remembered();
    writeFileSync(file, 'two');
    utimesSync(file, 1, 1);
    expect(await ask(await open(), file, 2)).toBe(2);
  });

  it('whose hash nobody knows is another file, and is not hashed', async () => {
    const { file, hashed, open } = setUp();
    const first = await open();
    await ask(first, file, 1);
    await first.save();
    utimesSync(file, 1, 1);
    expect(await ask(await open(), file, 2)).toBe(2);
    expect(hashed).toEqual([]);
  });

  it('that cannot be hashed is reported, and the next question is answered', async () => {
    const { folder, file, files, open } = await remembered();
    const broken = { ...files, sha256: async () => Promise.reject(new Error('unplugged')) };
    const second = await openProbeCache(folder, broken);
    await expect(ask(second, file, 2)).rejects.toThrow('unplugged');
    writeFileSync(file, 'longer');
    expect(await ask(second, file, 3)).toBe(3);
    expect(await ask(await open(), file, 4)).toBe(4);
  });
});

describe('with --verify', () => {
  it('everything is found out again, once', async () => {
    const { file, open } = setUp();
    const first = await open();
    await ask(first, file, 1);
    await first.save();
    const second = await open(true);
    expect([await ask(second, file, 2), await ask(second, file, 3)]).toEqual([2, 2]);
    await second.save();
    expect(await ask(await open(), file, 4)).toBe(2);
  });

  it('a file with another time and the same content keeps nothing but its hash', async () => {
    const { file, hashOf, open } = setUp();
    const first = await open();
    await ask(first, file, 1);
    const hash = await first.get(file, 'sha256', z.string(), async () => hashOf(file));
    await first.save();
    utimesSync(file, 1, 1);
    const second = await open(true);
    expect(await ask(second, file, 2)).toBe(2);
    expect(await second.get(file, 'sha256', z.string(), async () => 'made anew')).toBe(hash);
  });
});

describe('a file that moves', () => {
  it('takes what is known of it along', async () => {
    const { folder, file, files, open, names } = setUp();
    const first = await open();
    await ask(first, file, 1);
    await ask(first, file, 2, 'other');
    const to = join(folder, 'b.mp4');
    const facts = await files.facts(file);
    renameSync(file, to);
    await first.move(file, to, facts ?? { bytes: 0, modified: 0 });
    expect(await ask(first, to, 9)).toBe(1);
    await first.flush();
    expect(await ask(await open(), to, 9, 'other')).toBe(2);
    await first.save();
    expect(names()).toEqual(['b.mp4']);
  });

  it('of which nothing is known is found out', async () => {
    const { folder, file, files, open } = setUp();
    const memory = await open();
    const to = join(folder, 'b.mp4');
    const facts = await files.facts(file);
    renameSync(file, to);
    await memory.move(file, to, facts ?? { bytes: 0, modified: 0 });
    expect(await ask(memory, to, 9)).toBe(9);
  });

  it.each(['move', 'put'] as const)('to the name of another one has nothing of that (%s)', async (how) => {
    const { folder, file, files, hashOf, open } = setUp();
    const early = join(folder, 'early');
    writeFileSync(early, 'two');
    utimesSync(early, 7, 7);
    const first = await open();
    await ask(first, file, 1);
    await first.get(file, 'sha256', z.string(), async () => hashOf(file));
    const facts = (await files.facts(early)) ?? { bytes: 0, modified: 0 };
    if (how === 'move') await first.move(early, file, facts);
    else await first.put(file, facts, 'origin', 'link');
    renameSync(early, file);
    expect(await ask(first, file, 2)).toBe(2);
  });
});

describe('an account’s folder', () => {
  it('that is moved elsewhere keeps what is known of its files, and of files outside', async () => {
    const { folder, file, files, open } = setUp();
    const outside = join(temporaryFolder(), 'b.mp4');
    writeFileSync(outside, 'two');
    const first = await open();
    await ask(first, file, 1);
    await ask(first, outside, 2);
    await first.save();
    const moved = join(temporaryFolder(), 'deep/down');
    mkdirSync(join(moved, '..'));
    renameSync(folder, moved);
    const second = await openProbeCache(moved, files);
    expect([await ask(second, join(moved, 'a.mp4'), 9), await ask(second, outside, 9)]).toEqual([1, 2]);
  });

  it.skipIf(process.platform === 'win32')(
    'remembers files outside, in folders of any name, while they are there',
    async () => {
      const { file, open, names } = setUp();
      const around = temporaryFolder();
      const outside = ['net', 'Network', 'else'].map((name) => join(around, name, 'b.mp4'));
      const first = await open();
      for (const each of outside) {
        mkdirSync(join(each, '..'));
        writeFileSync(each, 'two');
        await ask(first, each, 2);
      }
      await first.save();
      rmSync(outside[2] ?? '');
      const second = await open();
      await ask(second, file, 1);
      await second.save();
      expect(names()).toEqual([...outside.slice(0, 2), 'a.mp4'].sort());
    },
  );

  it.skipIf(process.platform === 'win32')('whose cache is a link is read and used without it', async () => {
    const { folder, file, files } = setUp();
    symlinkSync(temporaryFolder(), join(folder, '.port'));
    expect(await ask(await openProbeCache(folder, files.confined(folder)), file, 5)).toBe(5);
  });

  it('where a folder has the name of a cache or of a journal is used without it', async () => {
    const { folder, file, open } = setUp();
    for (const name of ['cache.json', 'cache.jsonl']) mkdirSync(join(folder, '.port', name), { recursive: true });
    expect(await ask(await open(), file, 5)).toBe(5);
  });
});

describe('workers that share a folder', () => {
  it('have a journal each, which the coordinator puts together', async () => {
    const { folder, file, open, names } = setUp();
    writeFileSync(join(folder, 'b.mp4'), 'two');
    const [one, two] = [await open(false, 'host-1'), await open(false, 'host-22')];
    await ask(one, file, 1);
    await ask(two, join(folder, 'b.mp4'), 2);
    for (const memory of [one, two]) await memory.flush();
    const inside = join(folder, '.port');
    expect(readdirSync(inside).sort()).toEqual(['cache.host-1.jsonl', 'cache.host-22.jsonl']);
    const others = ['mycache.jsonl', 'cache.jsonl.bak', 'cache.a.b.jsonl'];
    for (const name of others) writeFileSync(join(inside, name), '');
    expect([...(await readFacts(folder, createFiles())).values()]).toEqual([{ count: 1 }, { count: 2 }]);
    await (await open()).save();
    expect(readdirSync(inside).sort()).toEqual(['cache.json', ...others].sort());
    expect(names()).toEqual(['a.mp4', 'b.mp4']);
    expect(await ask(await open(), file, 9)).toBe(1);
  });

  it('of whom one has damaged its entries lose no other one', async () => {
    const { folder } = setUp();
    const entry = JSON.stringify({ bytes: 1, modified: 1, facts: { count: 1 } });
    mkdirSync(join(folder, '.port'));
    writeFileSync(join(folder, '.port/cache.json'), JSON.stringify({ schemaVersion: 1, files: { x: '{', a: entry } }));
    writeFileSync(join(folder, '.port/cache.jsonl'), `{"name":"y"}\n{"name":"b",${entry.slice(1)}\n{"name":`);
    expect([...(await readFacts(folder, createFiles())).keys()]).toEqual(['a', 'b']);
  });
});
