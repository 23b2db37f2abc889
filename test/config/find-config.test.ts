import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { UsageError } from '../../src/errors.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../media.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await temporaryFolder(), 'client');
  await mkdir(folder);
});

/** What a config that lies in the folder is read as, and what is said of it. */
async function found(config: object, named?: string) {
  await writeFile(join(folder, 'port.config.json'), JSON.stringify(config));
  const said: string[] = [];
  const read = await findConfig(named, folder, createFiles(), (sentence) => said.push(sentence));
  return { read, said };
}

describe('a config that port found by itself', () => {
  it('says in one sentence what it sets', async () => {
    const { said } = await found({
      to: ['rednote', 'shorts'],
      limit: 3,
      footer: 'Follow me at example.org',
      out: 'posts',
      accounts: { Maya: { fit: 'crop' } },
    });
    expect(said).toEqual([
      'port.config.json in this folder sets to rednote,shorts; limit 3; footer "Follow me at example.org"; out posts; for "maya": fit crop. If it is not yours, delete it; with --config port.config.json this line goes away.',
    ]);
  });

  it('says of an empty list that it is empty', async () => {
    const { said } = await found({ to: [], tags: '' });
    expect(said[0]).toContain('sets to ""; tags "". If');
  });

  it.each([[{}], [{ $schema: 'x' }], [{ accounts: {} }], [{ accounts: { maya: {} } }]])(
    'that sets nothing is not mentioned: %j',
    async (config) => {
      expect((await found(config)).said).toEqual([]);
    },
  );

  it('that the user names is taken without a word', async () => {
    const { read, said } = await found({ queue: 'redis://127.0.0.1', out: '../elsewhere' }, 'port.config.json');
    expect(read?.common).toMatchObject({ queue: 'redis://127.0.0.1' });
    expect(said).toEqual([]);
  });

  it.each([
    ['out', { out: '../elsewhere' }],
    ['out', { out: '/tmp/elsewhere' }],
    ['summary', { summary: '../../.bashrc' }],
    ['media', { media: ['inside', '../other'] }],
    ['captions', { accounts: { maya: { captions: ['/etc'] } } }],
    ['music', { music: '../song.mp3' }],
  ])('may not name a path outside its folder: %s', async (option, config) => {
    await expect(found(config)).rejects.toThrow(UsageError);
    await expect(found(config)).rejects.toThrow(`“${option}”`);
  });

  it.skipIf(process.platform === 'win32')('may not name a path behind a symbolic link', async () => {
    await symlink('/tmp', join(folder, 'posts'));
    await expect(found({ out: 'posts/maya' })).rejects.toThrow('symbolic link');
  });

  it('may name paths in its folder', async () => {
    const { read } = await found({ out: 'posts', media: ['videos', '.'], summary: 'posts/summary.csv' });
    expect(read?.common).toMatchObject({ out: join(folder, 'posts') });
  });

  it.each([
    ['an object that has no text', { limit: { toString: 1, valueOf: 1 }, out: { toString: 1 } }],
    ['a list in a list', { to: [['rednote']] }],
  ])('with %s for a value is reported without a stack trace', async (_, config) => {
    expect((await found(config)).said.join()).toContain('{...}');
  });

  it('with lists in lists 100,000 deep is reported without a stack trace', async () => {
    const said: string[] = [];
    await writeFile(join(folder, 'port.config.json'), `{"media":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    await findConfig(undefined, folder, createFiles(), (sentence) => said.push(sentence));
    expect(said.join()).toContain('{...}');
  });

  it.each(['out', 'media', 'captions', 'music', 'summary'])(
    'with a NUL in the path of “%s” is refused',
    async (option) => {
      await expect(found({ [option]: 'a\0b' })).rejects.toThrow(UsageError);
      await expect(found({ [option]: ['a\0b'] }, 'port.config.json')).rejects.toThrow(UsageError);
    },
  );

  it('with 30,000 accounts, some of long values, is reported in a line of some length', async () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 30_000 }, (_, at) => [`${at}`, { footer: at < 20 ? 'x'.repeat(120) : 'y' }]),
    );
    const { said } = await found({ accounts });
    expect(said.join()).toContain('and options for 29990 more accounts');
    expect(said.join().length).toBeLessThan(3000);
  });

  it.skipIf(process.platform === 'win32')('that is a symbolic link is not read, and that is reported', async () => {
    await writeFile(join(folder, '../elsewhere.json'), '{"footer":"mine"}');
    await symlink('../elsewhere.json', join(folder, 'port.config.json'));
    const said: string[] = [];
    expect(await findConfig(undefined, folder, createFiles(), (sentence) => said.push(sentence))).toBeNull();
    expect(said.join()).toContain('was not read');
    const named = await findConfig('port.config.json', folder, createFiles());
    expect(named?.common).toEqual({ footer: 'mine' });
  });

  it('that is named and is a folder is called no file', async () => {
    await mkdir(join(folder, 'configs'));
    await expect(findConfig('configs', folder, createFiles())).rejects.toThrow('which is no file');
  });
});
