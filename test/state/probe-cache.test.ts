import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { temporaryFolder } from '../tools/folder.ts';

function setUp() {
  const folder = temporaryFolder();
  const file = join(folder, 'a.mp4');
  writeFileSync(file, 'one');
  let made = 0;
  const open = async () => openProbeCache(folder, createFiles());
  const ask = async (memory: Awaited<ReturnType<typeof open>>) =>
    memory.get(file, 'count', z.number(), async () => ++made);
  return { folder, file, open, ask, cache: join(folder, '.port', 'cache.json') };
}

it('what was found out once is remembered over runs, as long as the file stays the same', async () => {
  const { file, open, ask } = setUp();
  const memory = await open();
  expect([await ask(memory), await ask(memory)]).toEqual([1, 1]);
  await memory.save();
  const next = await open();
  expect(await ask(next)).toBe(1);
  writeFileSync(file, 'another');
  expect(await ask(next)).toBe(2);
  utimesSync(file, 1, 1);
  expect(await ask(next)).toBe(3);
});

it('a cache that is gone, cut off or of another shape is an empty one', async () => {
  const { cache, open, ask } = setUp();
  mkdirSync(join(cache, '..'));
  for (const [index, text] of ['', '{"schemaVersion":1,"fi', '[]', '{"schemaVersion":9}', '\u0000'].entries()) {
    writeFileSync(cache, text);
    expect(await ask(await open())).toBe(index + 1);
  }
});

it('a fact of another shape is made again', async () => {
  const { file, open, ask } = setUp();
  const memory = await open();
  await memory.get(file, 'count', z.string(), async () => 'many');
  expect(await ask(memory)).toBe(1);
});

it.each(['in this run', 'in an earlier run'])(
  'a fact that was found out %s is discarded for good, others stay',
  async (when) => {
    const { folder, open, ask } = setUp();
    writeFileSync(join(folder, 'b.mp4'), 'two');
    const first = await open();
    const other = async (memory: typeof first) =>
      memory.get(join(folder, 'b.mp4'), 'count', z.number(), async () => 70);
    expect([await ask(first), await other(first)]).toEqual([1, 70]);
    if (when === 'in an earlier run') await first.save();
    const memory = when === 'in an earlier run' ? await open() : first;
    await memory.invalidate(join(folder, 'a.mp4'));
    await memory.invalidate(join(folder, 'never met.mp4'));
    await memory.save();
    const next = await open();
    expect([await ask(next), await next.get(join(folder, 'b.mp4'), 'count', z.number(), async () => -1)]).toEqual([
      2, 70,
    ]);
  },
);

it('a fact that was discarded is not there after a kill either', async () => {
  const { file, open, ask } = setUp();
  const first = await open();
  expect(await ask(first)).toBe(1);
  await first.save();
  const second = await open();
  await second.invalidate(file);
  await second.flush();
  expect(await ask(await open())).toBe(2);
});

it('forgets files that are gone, keeps those that this run did not meet', async () => {
  const { folder, file, cache, open, ask } = setUp();
  const first = await open();
  await ask(first);
  await first.get(join(folder, 'b.mp4'), 'count', z.number(), async () => 7);
  for (const name of ['kept', 'gone']) {
    writeFileSync(join(folder, name), name);
    await first.get(join(folder, name), 'name', z.string(), async () => name);
  }
  await first.save();
  rmSync(join(folder, 'gone'));
  writeFileSync(file, 'changed');
  const second = await open();
  await ask(second);
  await second.save();
  const names = Object.keys((JSON.parse(readFileSync(cache, 'utf8')) as { files: object }).files);
  expect(names.sort()).toEqual(['a.mp4', 'kept']);
});

it('of many files that this run did not meet, forgets those that are gone', async () => {
  const { folder, file, cache, open, ask } = setUp();
  const first = await open();
  const names = Array.from({ length: 150 }, (_, at) => `${at}.jpg`);
  for (const name of names) {
    writeFileSync(join(folder, name), 'x');
    await first.get(join(folder, name), 'count', z.number(), async () => 1);
  }
  await first.save();
  for (const name of names.filter((_, at) => at % 5 > 0)) rmSync(join(folder, name));
  const second = await open();
  await ask(second);
  await second.save();
  const left = Object.keys((JSON.parse(readFileSync(cache, 'utf8')) as { files: object }).files);
  expect(left.sort()).toEqual([...names.filter((_, at) => at % 5 === 0), basename(file)].sort());
});

it('is not written where nothing is new', async () => {
  const { cache, open, ask } = setUp();
  const first = await open();
  await ask(first);
  await first.save();
  utimesSync(cache, 5, 5);
  await first.save();
  const second = await open();
  await ask(second);
  await second.flush();
  await second.save();
  expect(statSync(cache).mtimeMs).toBe(5000);
  expect(existsSync(`${cache}l`)).toBe(false);
});

it('is read when something is first asked of it, so that a run with nothing to do never parses it', async () => {
  const { cache, file, open, ask } = setUp();
  const memory = await open();
  const facts = await createFiles().facts(file);
  mkdirSync(join(cache, '..'));
  const entry = JSON.stringify({ bytes: facts?.bytes, modified: facts?.modified, facts: { count: 7 } });
  writeFileSync(cache, JSON.stringify({ schemaVersion: 1, files: { 'a.mp4': entry } }));
  expect(await ask(memory)).toBe(7);
});

it('a kill loses nothing that was kept, and keeping thousands writes each once', async () => {
  const { folder, cache, open } = setUp();
  const memory = await open();
  for (let index = 0; index < 400; index++) {
    const file = join(folder, `${index}.jpg`);
    writeFileSync(file, 'x');
    await memory.get(file, 'count', z.number(), async () => index);
    if (index % 3 === 0) await memory.flush();
  }
  await memory.flush();
  const journal = `${cache}l`;
  expect([existsSync(cache), readFileSync(journal, 'utf8').trim().split('\n').length]).toEqual([false, 400]);
  // The machine died in the middle of a line.
  writeFileSync(journal, readFileSync(journal).subarray(0, -20));
  const next = await open();
  const again = async (index: number) => next.get(join(folder, `${index}.jpg`), 'count', z.number(), async () => -1);
  expect([await again(7), await again(398), await again(399)]).toEqual([7, 398, -1]);
  await next.save();
  expect([existsSync(cache), existsSync(journal)]).toEqual([true, false]);
});

it('a fact can be noted before the file has its name', async () => {
  const { folder, open } = setUp();
  const memory = await open();
  const [early, final] = ['early', 'final'].map((name) => join(folder, name)) as [string, string];
  writeFileSync(early, 'four');
  const { size, mtimeMs } = statSync(early);
  await memory.put(final, { bytes: size, modified: mtimeMs / 1000 }, 'origin', 'link');
  await memory.flush();
  renameSync(early, final);
  expect(await (await open()).get(final, 'origin', z.string(), async () => 'forgotten')).toBe('link');
});

it.each([
  '//host.invalid/x',
  '\\\\host.invalid\\x',
  '/\\host.invalid/x',
  '/net/host.invalid/x',
  '../../../../../../../net/host.invalid/x',
])('a planted name of another machine is never looked at, and forgotten: %s', async (name) => {
  const { folder, file, cache } = setUp();
  const planted = JSON.stringify({ bytes: 3, modified: 1, facts: {} });
  mkdirSync(join(cache, '..'));
  writeFileSync(cache, JSON.stringify({ schemaVersion: 1, files: { [name]: planted } }));
  writeFileSync(join(cache, '../cache.other.jsonl'), `${JSON.stringify({ name, ...JSON.parse(planted) })}\n`);
  const touched: string[] = [];
  const real = createFiles();
  const note = <T extends string | readonly string[]>(paths: T): T => {
    touched.push(...[paths].flat());
    return paths;
  };
  const spied: Files = {
    ...real,
    facts: async (path) => real.facts(note(path)),
    factsOf: async (paths) => real.factsOf(note(paths)),
    real: async (path) => real.real(note(path)),
    sha256: async (path, signal) => real.sha256(note(path), signal),
    pathInside: async (root, path) => real.pathInside(root, note(path)),
  };
  const memory = await openProbeCache(folder, spied);
  await memory.get(file, 'count', z.number(), async () => 1);
  await memory.save();
  expect(touched.filter((text) => text.includes('host.invalid'))).toEqual([]);
  expect(readFileSync(cache, 'utf8')).not.toContain('host.invalid');
});

it('a planted cache of more files than any archive has is none: no name of it is looked for', async () => {
  const { folder, file, cache } = setUp();
  mkdirSync(join(cache, '..'));
  const names = Array.from({ length: 500_010 }, (_, at) => `"${at}":""`).join(',');
  writeFileSync(cache, `{"schemaVersion":1,"files":{${names}}}`);
  const line = '{"name":"x","bytes":1,"modified":1,"facts":{}}\n';
  writeFileSync(join(cache, '../cache.jsonl'), line.repeat(500_010));
  let looks = 0;
  const real = createFiles();
  const counted: Files = {
    ...real,
    async facts(path) {
      looks++;
      return real.facts(path);
    },
  };
  const memory = await openProbeCache(folder, counted);
  await memory.get(file, 'count', z.number(), async () => 1);
  await memory.save();
  expect(looks).toBeLessThan(10);
});
