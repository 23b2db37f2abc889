import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderKey } from '../../src/deliver/folder-name.ts';
import { OutputError } from '../../src/errors.ts';
import { foldersOf, lockFolder } from '../../src/pipeline/output-folder.ts';
import { type Account, readAccounts } from '../../src/pipeline/read-accounts.ts';
import type { Archive } from '../../src/tools/archive.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { document, row, video } from '../exports/files.ts';
import { temporaryFolder } from '../tools/folder.ts';

/** An export: its path, the user name in it, its posts as `second object`. */
type Given = readonly [path: string, account: string | null, ...posts: string[]];

async function accountsOf(exports: readonly Given[], fallback: string | null = null): Promise<readonly Account[]> {
  const open = async (path: string): Promise<Archive> => {
    const [, account = null, ...posts] = exports.find(([each]) => each === path) ?? [path];
    const rows = posts
      .map((post) => post.split(' '))
      .map(([second, object = '']) => row({ Date: `2025-03-02 09:15:${second}`, Link: video(object) }));
    const bytes = new TextEncoder().encode(
      JSON.stringify(posts.length > 0 ? document(rows, [], account) : profileOf(account)),
    );
    const file = {
      path: null,
      name: 'user_data_tiktok.json',
      bytes: bytes.length,
      read: async () => bytes,
      stream: async function* () {},
    };
    return { path, files: [file], setAside: [], close: async () => {} };
  };
  const paths = exports.map(([path]) => path);
  return (await readAccounts(paths, fallback, { archives: { open } } as unknown as Tools)).accounts;
}

/** A part of an export that holds no posts. */
function profileOf(account: string | null): object {
  return { Profile: { 'Profile Info': { ProfileMap: { userName: account } } } };
}

/** A folder below `--out` as a run leaves it. */
function leave(out: string, folder: string, account: string, ...posts: string[]): void {
  mkdirSync(join(out, folder), { recursive: true });
  const keys = Object.fromEntries(
    posts
      .map((post) => post.split(' '))
      .map(([second, object]) => [`2025-03-02_09-15-${second}`, `/storage/v1/tos-useast5-ve-0068c001-tx/${object}`]),
  );
  const head = {
    schemaVersion: 1,
    tool: 'content-port 0.1.0',
    export: { files: ['x'], account, posts: 1 },
    totals: {},
    keys,
    posts: [],
  };
  writeFileSync(join(out, folder, 'manifest.json'), JSON.stringify(head, null, 2));
}

async function folders(out: string, exports: readonly Given[], fallback: string | null = null) {
  const found = await foldersOf(await accountsOf(exports, fallback), out, { files: createFiles() });
  return Object.fromEntries(found.map(({ account, folder }) => [account.paths.join(), folder]));
}

const anna: Given = ['anna/TikTok_Data_1.zip', null, '01 a', '02 b'];
const ben: Given = ['ben/TikTok_Data_1.zip', null, '03 c'];

describe('clients without a name', () => {
  it('have the same folders whatever the order, from the first run on', async () => {
    const out = temporaryFolder();
    expect(await folders(out, [anna, ben])).toEqual(await folders(out, [ben, anna]));
  });

  it.each([[[anna, ben]], [[ben, anna]], [[ben]], [[anna]]])(
    'keep the folders of the first run (%#)',
    async (given) => {
      const out = temporaryFolder();
      leave(out, 'TikTok_Data_1', 'TikTok_Data_1', '01 a', '02 b');
      leave(out, 'TikTok_Data_1-2', 'TikTok_Data_1', '03 c');
      const expected = { [anna[0]]: 'TikTok_Data_1', [ben[0]]: 'TikTok_Data_1-2' };
      expect(await folders(out, given)).toEqual(Object.fromEntries(given.map(([path]) => [path, expected[path]])));
    },
  );

  it('keep their folder when the file of the next export has another name', async () => {
    const out = temporaryFolder();
    leave(out, 'TikTok_Data_1', 'TikTok_Data_1', '01 a');
    leave(out, 'other', 'other', '09 z');
    expect(await folders(out, [['TikTok_Data_2.zip', null, '04 new', '01 a']])).toEqual({
      'TikTok_Data_2.zip': 'TikTok_Data_1',
    });
  });

  it('keep it when the one before them is gone', async () => {
    const out = temporaryFolder();
    leave(out, 'TikTok_Data_1-2', 'TikTok_Data_1', '03 c');
    expect(await folders(out, [anna, ben])).toEqual({ [anna[0]]: 'TikTok_Data_1', [ben[0]]: 'TikTok_Data_1-2' });
  });

  it('never take the folder of another for a post of the same second', async () => {
    const out = temporaryFolder();
    leave(out, 'TikTok_Data_1', 'TikTok_Data_1', '03 other');
    expect(await folders(out, [ben])).toEqual({ [ben[0]]: 'TikTok_Data_1-2' });
  });

  it('know their folder though all objects have other names, by several seconds', async () => {
    const out = temporaryFolder();
    leave(out, 'TikTok_Data_1', 'TikTok_Data_1', '01 a', '02 b', '03 c');
    expect(await folders(out, [['TikTok_Data_1.zip', null, '01 p', '02 q', '03 r']])).toEqual({
      'TikTok_Data_1.zip': 'TikTok_Data_1',
    });
  });
});

describe('accounts whose names could be one folder', () => {
  const pairs = [
    ['a capital sharp s', 'straße', 'STRASSE'],
    ['a trailing dot', 'maya', 'maya.'],
    ['composed and decomposed letters', 'jos\u00e9', 'jose\u0301'],
    ['a separator', 'a/b', 'a:b'],
    ['a device of Windows', 'con', '_con'],
    ['a ligature', 'ﬁn', 'fin'],
    ['full-width letters', 'ｍaya', 'maya'],
  ] as const;

  it.each(pairs)('%s: never, in one run or one after the other', async (_, one, other) => {
    const given: readonly Given[] = [
      ['1.zip', one, '01 a'],
      ['2.zip', other, '02 b'],
    ];
    const both = await folders(temporaryFolder(), given);
    const names = Object.values(both);
    expect(new Set(names.map(folderKey)).size).toBe(2);
    expect(await folders(temporaryFolder(), [...given].reverse())).toEqual(both);
    for (const [first, second] of [given, [...given].reverse()]) {
      if (!first || !second) continue;
      const out = temporaryFolder();
      const [before = ''] = Object.values(await folders(out, [first]));
      leave(out, before, first[1] ?? '', '01 x');
      const [after = ''] = Object.values(await folders(out, [second]));
      expect(folderKey(after)).not.toBe(folderKey(before));
      leave(out, after, second[1] ?? '', '02 y');
      expect(Object.values(await folders(out, [first]))).toEqual([before]);
      expect(Object.values(await folders(out, [second]))).toEqual([after]);
    }
  });

  it('a user name in other letters has the folder that is there', async () => {
    const out = temporaryFolder();
    leave(out, 'Maya', 'Maya', '01 a');
    expect(await folders(out, [['1.zip', 'maya', '05 e']])).toEqual({ '1.zip': 'Maya' });
  });

  it('a folder that a person renamed after the account is known by its posts', async () => {
    const out = temporaryFolder();
    leave(out, 'maya', 'TikTok_Data_1', '01 a');
    expect(await folders(out, [['1.zip', 'maya', '01 a']])).toEqual({ '1.zip': 'maya' });
  });
});

describe('parts of one account', () => {
  const posts = (number: number): Given => [`in/06_posts_p0${number}_of_03.json`, null, `0${number} a${number}`];

  it('numbered parts are one export, in any order, and a post of one second in two parts is two posts', async () => {
    for (const given of [
      [posts(1), posts(2), posts(3)],
      [posts(3), posts(1), posts(2)],
    ]) {
      const [account, ...others] = await accountsOf(given);
      expect([account?.export.posts.length, others.length]).toEqual([3, 0]);
    }
    const twice: Given = ['in/06_posts_p02_of_03.json', null, '01 other'];
    expect((await accountsOf([posts(1), twice]))[0]?.export.posts.map(({ key }) => key)).toEqual([
      ...['2025-03-02_09-15-01-2', '2025-03-02_09-15-01'],
    ]);
  });

  it('--account puts exports without a name together', async () => {
    const accounts = await accountsOf([anna, ['next/TikTok_Data_2.zip', null, '01 renamed', '07 g']], 'maya');
    expect(accounts.map(({ name, nameless, export: one }) => [name, nameless, one.account, one.posts.length])).toEqual([
      ['maya', false, null, 3],
    ]);
  });

  it('and with the export that has this name', async () => {
    const accounts = await accountsOf([anna, ['maya.zip', 'Maya', '08 h']], 'maya');
    expect(accounts.map(({ name, export: one }) => [name, one.posts.length])).toEqual([['Maya', 3]]);
  });

  it('a profile names the only posts without a name, in any order', async () => {
    const profile: Given = ['profile.json', 'maya'];
    for (const given of [
      [anna, profile],
      [profile, anna],
    ]) {
      const accounts = await accountsOf(given);
      expect(accounts.map(({ name, nameless, export: one }) => [name, nameless, one.posts.length])).toEqual([
        ['maya', false, 2],
      ]);
    }
    expect((await accountsOf([anna, ben, profile])).map(({ nameless }) => nameless)).toEqual([true, true]);
  });
});

describe('lockFolder', () => {
  const tools = { files: createFiles(), locks: createLocks() } as Tools;
  const take = async (out: string, byQueue = false) => lockFolder(join(out, 'maya'), out, ['rednote'], tools, byQueue);
  const make = (...path: string[]) => mkdirSync(join(...path), { recursive: true });

  it('a second run is refused until the first one ends', async () => {
    const out = temporaryFolder();
    const lock = await take(out);
    await expect(take(out)).rejects.toThrow(OutputError);
    await lock.release();
    await (await take(out)).release();
  });

  it.each<[string, (out: string) => void, RegExp]>([
    [
      'a platform that is a link to another place',
      (out) => {
        make(out, 'maya');
        symlinkSync(temporaryFolder(), join(out, 'maya/rednote'), 'junction');
      },
      /rednote" is a symbolic link, and port writes nowhere but in the folder it was given/,
    ],
    [
      'posts that are in a queue',
      (out) => {
        make(out, 'maya/.port/queue');
        writeFileSync(join(out, 'maya/.port/queue/run.json'), '{}');
      },
      /are still in a queue, where workers go on with them/,
    ],
    ['a file where the folder should be', (out) => writeFileSync(join(out, 'maya'), 'x'), /^port cannot write into /],
  ])('%s: refused in a sentence, and free for the next run', async (_name, happen, sentence) => {
    const out = temporaryFolder();
    happen(out);
    for (const _ of [1, 2]) {
      const refused = await take(out).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(OutputError);
      expect((refused as Error).message).toMatch(sentence);
    }
  });

  it.each<[string, boolean, boolean]>([
    ['of a killed run is taken away', false, false],
    ['of workers that go on stays', true, true],
  ])('an unfinished folder %s', async (_name, byQueue, stays) => {
    const out = temporaryFolder();
    make(out, 'maya/rednote/.2025-06-01_10-00-00.part');
    if (byQueue) {
      make(out, 'maya/.port/queue');
      writeFileSync(join(out, 'maya/.port/queue/run.json'), '{}');
    }
    await (await take(out, byQueue)).release();
    expect(existsSync(join(out, 'maya/rednote/.2025-06-01_10-00-00.part'))).toBe(stays);
  });
});
