import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { findConfig } from '../src/find-config.ts';
import { createFiles } from '../src/tools/files.ts';
import { temporaryFolder } from './media.ts';

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

  it.each([[{}], [{ $schema: 'x' }], [{ accounts: {} }]])('that sets nothing is not mentioned: %j', async (config) => {
    expect((await found(config)).said).toEqual([]);
  });

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
});
