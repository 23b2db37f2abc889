import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportFile } from '../../src/model/export-file.ts';
import type { Post } from '../../src/model/post.ts';
import type { ReadAnswer, ReadTask, ReadWords } from '../../src/pipeline/export-process.ts';
import type { Bounds, readWithinBounds } from '../../src/pipeline/read-in-child.ts';
import { document, row, video } from '../exports/files.ts';
import { temporaryFolder } from '../media.ts';

/** The process and what starts it, from the source: Node runs no TypeScript. */
let built = '';
let read: typeof readWithinBounds;
beforeAll(async () => {
  const root = resolve(import.meta.dirname, '../..');
  built = join(await temporaryFolder(), 'built');
  await mkdir(built);
  await symlink(join(root, 'node_modules'), join(built, 'node_modules'), 'junction');
  const names = ['export-process', 'read-in-child'];
  const input = Object.fromEntries(names.map((name) => [name, join(root, `src/pipeline/${name}.ts`)]));
  const bundle = await rolldown({ input, platform: 'node', external: /^[^./]/, cwd: root });
  await bundle.write({ dir: built, entryFileNames: '[name].js', chunkFileNames: '[name].mjs', format: 'esm' });
  await bundle.close();
  ({ readWithinBounds: read } = await import(pathToFileURL(join(built, 'read-in-child.js')).href));
});

const profile = { Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } } };
const whole = JSON.stringify(document([row()]));
const other = row({ Date: '2025-03-01 10:00:00', Link: video('two') });
const second = JSON.stringify(document([other], [], null));
const nameless = JSON.stringify(document([row()], [], null));

/** Has the process read files, of which it is only told names and sizes. @returns what it says, in order */
async function talk(
  files: Readonly<Record<string, string>>,
  given: string | null = null,
  answer = (text: string): ReadAnswer => ({ content: Buffer.from(text) }),
): Promise<{ readonly wanted: readonly string[]; readonly last: ReadWords; readonly code: number | null }> {
  const child = fork(join(built, 'export-process.js'), { serialization: 'advanced', execArgv: [] });
  const list = Object.entries(files).map(([name, text]) => ({ name, text, bytes: text.length }));
  const wanted: string[] = [];
  let last: ReadWords | undefined;
  child.on('message', (words: ReadWords) => {
    last = words;
    if (!('wants' in words)) return;
    const { name = '', text = '' } = list[words.wants] ?? {};
    wanted.push(name);
    child.send(answer(text));
  });
  child.send({ files: list.map(({ name, bytes }) => ({ name, bytes })), given } satisfies ReadTask);
  const [code] = await once(child, 'exit');
  if (last === undefined) throw new Error(`It said nothing, and ended with ${code}.`);
  return { wanted, last, code };
}

describe('the process that reads an export ends by itself after it answered', () => {
  const name = 'user_data_tiktok.json';
  const found = (account: string | null) => ({
    read: { account, posts: expect.toSatisfy((all: Post[]) => all[0]?.key === '2025-03-02_09-15-04') },
  });
  const two = { 'a/user_data_tiktok.json': whole, 'b/user_data_tiktok.json': second };
  const damaged = () => ({ refused: 'The entry is damaged.' });
  it.each<[string, Parameters<typeof talk>, readonly string[], object]>([
    ['an export: its posts', [{ [name]: whole }], [name], found('maya')],
    ['two, one without a name', [two], Object.keys(two), { refused: /^Several exports lie here/, noPosts: false }],
    ['two, one without a name, with --account', [two, 'maya'], Object.keys(two), found('maya')],
    ['two, with --account of another', [two, 'tom'], Object.keys(two), { refused: /^Several exports lie here/ }],
    ['a photo beside it is not asked for', [{ 'a.jpg': 'x', [name]: nameless }], [name], found(null)],
    ['no export', [{ 'a.jpg': 'x' }], [], { refused: /^No TikTok export/, account: null, noPosts: false }],
    ['no posts', [{ [name]: JSON.stringify(profile) }], [name], { refused: /./, account: 'maya', noPosts: true }],
    ['a damaged entry', [{ [name]: whole }, null, damaged], [name], { refused: /^The entry is damaged\.$/ }],
  ])('%s', async (_name, asked, wanted, last) => {
    const ended = await talk(...asked);
    const expected = Object.entries(last).map(([field, value]) => [
      field,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]);
    expect([...new Set(ended.wanted)]).toEqual(wanted);
    expect(ended).toMatchObject({ code: 0, last: Object.fromEntries(expected) });
  });
});

describe('an export of more than 16 MB', () => {
  const usual: Bounds = { heap: 1024, seconds: 60, bytesPerSecond: 1_000_000 };
  const never: Bounds = { ...usual, seconds: 0, bytesPerSecond: 1e12 };
  const file = (text: string, name = 'user_data_tiktok.json', bytes = text.length): ExportFile => {
    return { name, bytes, read: async () => Buffer.from(text) };
  };
  const padding = ' '.repeat(17_000_000);
  const manyKeys = `{"Post":{"Posts":{"VideoList":{${Array.from({ length: 400_000 }, (_, at) => `"key ${at}${' '.repeat(36)}":0`).join()}}}}}`;
  const refusal = (what: string) =>
    `It is refused: reading it takes more than ${what}, far more than an export needs. Ask TikTok for one with "Posts" and "Profile" alone.`;

  it('the process that took too long is ended, and asks for nothing more', async () => {
    let asked = 0;
    const large = file(whole + padding);
    const counted: ExportFile = {
      ...large,
      read: async (maxBytes) => {
        asked++;
        return large.read(maxBytes);
      },
    };
    await expect(read([counted], null, never)).rejects.toThrow('0 seconds');
    // Another one is at its end: the first one would have asked long ago.
    await read([large], null, usual);
    expect(asked).toBe(0);
  });

  it('is read to the end, with the name that is in it', async () => {
    const { account, posts } = await read([file(whole + padding)], 'tom', usual);
    expect([account, posts.length]).toEqual(['maya', 1]);
  });

  it.each<[string, ExportFile, Partial<Bounds>, string]>([
    ['more memory than it may take', file(manyKeys), { heap: 30 }, refusal('30 MB of memory')],
    ['more time than it may take', file(whole + padding), never, refusal('0 seconds')],
    [
      'packed to 1 kB, more time than it may take',
      file(whole + padding, 'user_data_tiktok.json', 1000),
      never,
      refusal('0 seconds'),
    ],
  ])('%s: one sentence', async (_name, one, odd, message) => {
    await expect(read([one], null, { ...usual, ...odd })).rejects.toMatchObject({ name: 'ExportError', message });
  });

  it('without posts: the error has the account', async () => {
    const asked = read([file(JSON.stringify(profile) + padding)], null, usual);
    await expect(asked).rejects.toMatchObject({ name: 'NoPostsError', account: 'maya' });
  });

  it('a smaller one is read in this process', async () => {
    expect((await read([file(whole)], null, never)).posts).toHaveLength(1);
  });
});
