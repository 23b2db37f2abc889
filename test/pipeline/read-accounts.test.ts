import { describe, expect, it } from 'vitest';
import { ExportError } from '../../src/errors.ts';
import { readAccounts } from '../../src/pipeline/read-accounts.ts';
import type { Archive } from '../../src/tools/archive.ts';
import type { Tools } from '../../src/tools/tools.ts';

const closed: string[] = [];

/** Exports of the JSON form by their paths: account (null: not named) and dates of posts. */
function world(exports: Record<string, { account: string | null; dates: string[] } | null>): Tools {
  const open = async (path: string): Promise<Archive> => {
    const found = exports[path];
    if (found === undefined) throw new ExportError(`There is no file ${path}.`);
    const profile = found?.account ? { Profile: { 'Profile Info': { ProfileMap: { userName: found.account } } } } : {};
    const rows = found?.dates.map((date) => ({ Date: date, Link: `https://a.example/${date.slice(-2)}` }));
    const text = JSON.stringify(found ? { ...profile, Post: { Posts: { VideoList: rows } } } : { Activity: {} });
    const bytes = new TextEncoder().encode(text);
    const file = {
      path: null,
      name: 'user_data_tiktok.json',
      bytes: bytes.length,
      read: async () => bytes,
      stream: async function* () {},
    };
    return { path, files: [file], setAside: [], close: async () => void closed.push(path) };
  };
  return { archives: { open } } as unknown as Tools;
}

const january = ['2025-01-01 00:00:01', '2025-01-02 00:00:02'];

describe('readAccounts', () => {
  it('puts exports of one account together, each post once', async () => {
    const tools = world({
      'old.zip': { account: 'maya', dates: january },
      'new.zip': { account: 'Maya', dates: ['2025-02-01 00:00:03', ...january] },
    });
    const { accounts } = await readAccounts(['old.zip', 'new.zip'], null, tools);
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.export.posts).toHaveLength(3);
    expect(accounts[0]?.paths).toEqual(['old.zip', 'new.zip']);
  });

  it('never puts exports without a name together, though they have one name to go by', async () => {
    const tools = world({
      'a/posts.json': { account: null, dates: january },
      'b/posts.json': { account: null, dates: january },
    });
    const byFile = await readAccounts(['a/posts.json', 'b/posts.json'], null, tools);
    expect(byFile.accounts.map(({ name, folder }) => [name, folder])).toEqual([
      ['posts', 'posts'],
      ['posts', 'posts-2'],
    ]);
    const given = await readAccounts(['a/posts.json'], 'maya', tools);
    expect(given.accounts.map(({ name }) => name)).toEqual(['maya']);
  });

  it('an export that cannot be read does not stop the others', async () => {
    const tools = world({ 'good.zip': { account: 'maya', dates: january }, 'empty.zip': null });
    const { accounts, failures } = await readAccounts(['nowhere.zip', 'empty.zip', 'good.zip'], null, tools);
    expect(accounts.map(({ name }) => name)).toEqual(['maya']);
    expect(failures).toHaveLength(2);
    expect(closed).toContain('empty.zip');
  });

  it('but where none can be read, that is the end', async () => {
    await expect(readAccounts(['nowhere.zip'], null, world({}))).rejects.toThrow('nowhere.zip');
  });

  it('an account called like a way out stays inside', async () => {
    const { accounts } = await readAccounts(['x'], null, world({ x: { account: '../../etc', dates: january } }));
    expect(accounts[0]?.folder).toBe('_.._etc');
  });
});
