import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLinkInside } from '../../src/deliver/no-links.ts';
import { sweep } from '../../src/deliver/sweep.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';

const key = '2025-03-02_09-15-04';
const files = createFiles();

/** An account's folder with these files; a text is their content, and their paths are listed again afterwards. */
function account(texts: Readonly<Record<string, string>>) {
  const folder = join(temporaryFolder(), 'maya');
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const left = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) =>
        join(each.parentPath, each.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  return { folder, left };
}

describe('after a killed run', () => {
  it.each([
    ['.manifest.json.00ff.part', false, false],
    ['.port/.cache.json.00ff.part', false, false],
    ['.port/words.json', false, false],
    [`rednote/.${key}.part.00ff/video.mp4`, false, false],
    [`rednote/${key}/.video.mp4.part`, true, false],
    [`rednote/${key}/part-1/.video.mp4.part.1`, true, false],
    [`originals/.${key}.mp4.part`, true, true],
    [`rednote/${key}/video.mp4`, true, true],
    [`rednote/${key}/.mine`, true, true],
    [`rednote/${key}/.participants.txt`, true, true],
    [`rednote/${key}/notes.part`, true, true],
    [`rednote/${key}/my.notes.part`, true, true],
    ['rednote/my.notes.old.part/a.txt', true, true],
    ['rednote/.x.old.partial/a.txt', true, true],
    ['captions.csv', true, true],
    ['.part-of-mine/notes.txt', true, true],
    ['reels/.x.part/video.mp4', true, true],
  ])('%s: stays in a quick look %s, in a deep one %s', async (path, quick, deep) => {
    const { folder, left } = account({ [path]: 'x', [`rednote/${key}/post.json`]: '{}' });
    expect(await sweep(folder, ['rednote'], false, files)).toEqual([]);
    expect(left().includes(path)).toBe(quick);
    await sweep(folder, ['rednote'], true, files);
    expect(left().includes(path)).toBe(deep);
  });

  it.each([
    ['', 1],
    [', listed in any order', -1],
  ])('the package that was about to be replaced is put back, the newest of several%s', async (_name, order) => {
    const list = async (path: string) =>
      [...(await files.list(path))].sort((one, other) => (one.name < other.name ? -order : order));
    const { folder, left } = account({
      [`rednote/.${key}.old.part/caption.txt`]: 'older',
      [`rednote/.${key}.old.part.00ff/caption.txt`]: 'my words',
    });
    await sweep(folder, ['rednote'], false, { ...files, list });
    expect(left()).toEqual([`rednote/${key}/caption.txt`]);
    expect(readFileSync(join(folder, 'rednote', key, 'caption.txt'), 'utf8')).toBe('my words');
  });

  it('what a person kept in a package that was replaced moves to the new one', async () => {
    const { folder, left } = account({
      [`rednote/.${key}.old.part/notes.txt`]: 'mine',
      [`rednote/${key}/video.mp4`]: 'new',
    });
    await sweep(folder, ['rednote'], false, files);
    expect(left()).toEqual([`rednote/${key}/notes.txt`, `rednote/${key}/video.mp4`]);
  });

  it('a file that the system does not release is reported with its path and the reason, and the rest is swept', async () => {
    const { folder, left } = account({ '.a.part': 'x', '.b.part': 'x', 'rednote/.x.part/a': 'x' });
    const busy = Object.assign(new Error('EBUSY: resource busy'), { code: 'EBUSY', syscall: 'unlink', errno: -16 });
    const remove = async (path: string) => (path.endsWith('.a.part') ? Promise.reject(busy) : files.remove(path));
    expect(await sweep(folder, ['rednote'], false, { ...files, remove })).toEqual([
      { path: join(folder, '.a.part'), reason: 'EBUSY: resource busy' },
    ]);
    expect(left()).toEqual(['.a.part']);
  });

  it('a bug is not taken for a file that is not released', async () => {
    const { folder } = account({ '.a.part': 'x' });
    const remove = async () => Promise.reject(new TypeError('a bug'));
    await expect(sweep(folder, [], false, { ...files, remove })).rejects.toThrow('a bug');
  });
});

describe.skipIf(process.platform === 'win32')('a symbolic link is found', () => {
  it.each([
    ['', '.port'],
    ['', 'captions.csv'],
    ['.port', 'cache.json'],
    ['.port/incoming', 'x'],
    ['originals', `${key}.mp4`],
    ['rednote', key],
    ['rednote-upload', '01'],
  ])('in “%s”: %s', async (place, name) => {
    const { folder } = account({ 'manifest.json': '{}' });
    mkdirSync(join(folder, place), { recursive: true });
    symlinkSync(temporaryFolder(), join(folder, place, name));
    expect(await findLinkInside(folder, ['rednote'], files)).toBe(join(folder, place, name));
  });

  it('in place of the account’s folder, and not above it', async () => {
    const { folder } = account({ 'manifest.json': '{}' });
    const root = temporaryFolder();
    symlinkSync(folder, join(root, 'linked'));
    expect(await findLinkInside(join(root, 'linked'), ['rednote'], files)).toBe(join(root, 'linked'));
    symlinkSync(dirname(folder), join(root, 'above'));
    expect(await findLinkInside(join(root, 'above', 'maya'), ['rednote'], files)).toBeNull();
  });

  it('where a person keeps their own: none that a run writes to', async () => {
    const { folder } = account({ 'mine/x': 'x' });
    symlinkSync(temporaryFolder(), join(folder, 'mine', 'linked'));
    expect(await findLinkInside(folder, ['rednote'], files)).toBeNull();
    expect(existsSync(join(folder, 'mine', 'linked'))).toBe(true);
  });
});
