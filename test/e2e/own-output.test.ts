import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { document, row, video } from '../exports/files.ts';
import { buildZip } from '../tools/zip-builder.ts';
import { expectBooksToBalance, readManifest } from './accounting.ts';
import { fixture, type Ran, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const copied = '2025-03-02_09-15-04';
const remuxed = '2025-02-14_19-33-07';
const own = { [copied]: `${copied}.mp4`, [remuxed]: 'maya_20250214_193307.mov' };
const exported = 'TikTok_Data_1764000000.zip';

function zipOf(account = 'maya'): Buffer {
  const rows = [row(), row({ Date: '2025-02-14 19:33:07', Link: video('two') })];
  return buildZip([{ name: 'user_data_tiktok.json', content: JSON.stringify(document(rows, [], account)) }]);
}

let made = 0;
/** A folder with an export whose links are dead, and the two own videos: one goes out as it is, one is remuxed. */
async function desk(): Promise<string> {
  const path = join(folder.path, `desk-${++made}`);
  await mkdir(path);
  await writeFile(join(path, exported), zipOf());
  for (const name of Object.values(own)) await cp(fixture(`export/media/${name}`), join(path, name));
  return path;
}

function expectNoOutputNamed({ stdout, stderr }: Ran): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(/fit this post|fit no post|fits no post|Take all but|-upload/);
  }
}

/** Every post is delivered, and none of its originals is something that a run made. */
async function expectOwnOriginals(account: string, target: string, dir: string): Promise<void> {
  const { posts } = await expectBooksToBalance(account);
  const rows = posts.filter((each) => each.target === target);
  expect(rows.map(({ key, status }) => [key, status]).sort()).toEqual([
    [remuxed, 'delivered'],
    [copied, 'delivered'],
  ]);
  for (const { key, original } of rows) {
    const expected = await readFile(fixture(`export/media/${own[key as keyof typeof own]}`));
    const path = original?.path ?? '';
    expect(path).not.toMatch(/rednote|lemon8|shorts|upload/);
    expect((await readFile(path.startsWith('originals/') ? join(account, path) : path)).equals(expected)).toBe(true);
    expect(path.startsWith('originals/') || path.startsWith(dir)).toBe(true);
  }
}

describe('what a run wrote is never taken for media', () => {
  it.each([
    ['--media .', [exported, '--media', '.']],
    ['the folder with the export and all else', ['.']],
  ])('%s: one platform after the other, then both', async (_name, args) => {
    const dir = await desk();
    for (const target of ['shorts', 'rednote', 'shorts,rednote']) {
      const ran = await runPort([...args, '--to', target, '--offline'], dir);
      expectNoOutputNamed(ran);
      expect(ran.code).toBe(0);
    }
    for (const target of ['shorts', 'rednote']) await expectOwnOriginals(join(dir, 'ported/maya'), target, dir);
    await rm(join(dir, 'ported/maya/.port'), { recursive: true });
    const again = await runPort([...args, '--to', 'lemon8', '--offline'], dir);
    expectNoOutputNamed(again);
    await expectOwnOriginals(join(dir, 'ported/maya'), 'lemon8', dir);
  });

  it('the output folder and the account in it renamed, another one beside it', async () => {
    const dir = await desk();
    await runPort([exported, '--media', '.', '--to', 'shorts', '--offline'], dir);
    await rename(join(dir, 'ported'), join(dir, 'Für YouTube'));
    await rename(join(dir, 'Für YouTube/maya'), join(dir, 'Für YouTube/fertig'));
    const ran = await runPort([exported, '--media', '.', '--to', 'rednote', '--offline'], dir);
    expectNoOutputNamed(ran);
    await expectOwnOriginals(join(dir, 'ported/maya'), 'rednote', dir);
  });

  it('the output lies inside the unzipped export', async () => {
    const dir = await desk();
    const unzipped = join(dir, 'export');
    await mkdir(unzipped);
    await writeFile(join(unzipped, 'user_data_tiktok.json'), JSON.stringify(document([row()])));
    await cp(join(dir, own[copied]), join(unzipped, own[copied]));
    for (const target of ['shorts', 'rednote', 'shorts,rednote']) {
      const ran = await runPort(['export', '--to', target, '--offline', '--out', 'export/out'], dir);
      expectNoOutputNamed(ran);
      expect(ran.code).toBe(0);
    }
    const { posts } = await expectBooksToBalance(join(unzipped, 'out/maya'));
    expect(posts.map(({ original }) => original?.path)).toEqual(Array(2).fill(`originals/${copied}.mp4`));
  });

  describe('a copy of the output as --media, for another output folder', () => {
    const withOriginals = async () => {
      const dir = await desk();
      await runPort(['.', '--to', 'shorts', '--offline'], dir);
      await rename(join(dir, 'ported'), join(dir, 'backup'));
      for (const name of Object.values(own)) await rm(join(dir, name));
      return dir;
    };

    it.each(['backup', 'backup/maya', 'backup/maya/originals', 'backup.zip'])(
      '%s: its originals serve',
      async (media) => {
        const dir = await withOriginals();
        if (media.endsWith('.zip')) {
          const list = execFileSync('find', ['backup', '-type', 'f'], { cwd: dir, encoding: 'utf8' })
            .trim()
            .split('\n');
          const entries = list.map(async (name) => ({ name, content: await readFile(join(dir, name)) }));
          await writeFile(join(dir, media), buildZip(await Promise.all(entries)));
          await rm(join(dir, 'backup'), { recursive: true });
        }
        const ran = await runPort([exported, '--media', media, '--to', 'rednote', '--offline', '--out', 'other'], dir);
        expectNoOutputNamed(ran);
        expect(ran.code).toBe(0);
        await expectOwnOriginals(join(dir, 'other/maya'), 'rednote', dir);
      },
    );

    it.each([
      ['the platform', 'backup/maya/shorts'],
      ['a package', `backup/maya/shorts/${copied}`],
      ['the upload folder', 'backup/maya/shorts-upload'],
      ['the platform, copied out without its manifest', 'shorts'],
    ])('%s alone: nothing in it is an original', async (_name, media) => {
      const dir = await withOriginals();
      await cp(join(dir, 'backup/maya/shorts'), join(dir, 'shorts'), { recursive: true });
      const ran = await runPort([exported, '--media', media, '--to', 'rednote', '--offline', '--out', 'other'], dir);
      expectNoOutputNamed(ran);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('Its link ended');
      const { posts } = await expectBooksToBalance(join(dir, 'other/maya'));
      expect(posts.map(({ original }) => original)).toEqual([null, null]);
    });

    it('beside files of the person: theirs go first, and nothing is ambiguous', async () => {
      const dir = await withOriginals();
      await cp(join(dir, 'backup'), join(dir, 'backup again'), { recursive: true });
      await cp(fixture(`export/media/${own[copied]}`), join(dir, own[copied]));
      const ran = await runPort([exported, '--media', '.', '--to', 'rednote', '--offline'], dir);
      expectNoOutputNamed(ran);
      const rows = (await expectBooksToBalance(join(dir, 'ported/maya'))).posts;
      const pathOf = (key: string) => rows.find((each) => each.key === key)?.original?.path ?? '';
      expect(pathOf(copied)).toBe(join(dir, own[copied]));
      expect(pathOf(remuxed)).toMatch(/backup.*\/originals\//);
    });

    it('of another account with posts of the same seconds: never', async () => {
      const dir = await withOriginals();
      await writeFile(join(dir, 'ben.zip'), zipOf('ben'));
      const ran = await runPort(['ben.zip', '--media', '.', '--to', 'rednote', '--offline'], dir);
      expectNoOutputNamed(ran);
      expect(ran.code).toBe(1);
      const { posts } = await readManifest(join(dir, 'ported/ben'));
      expect(posts.map(({ original }) => original)).toEqual([null, null]);
    });
  });

  it('a file that a person dropped into the account folder is theirs', async () => {
    const dir = await desk();
    await runPort([exported, '--media', own[copied], '--to', 'rednote', '--offline'], dir);
    await runPort([exported, '--to', 'rednote', '--offline'], dir);
    for (const name of Object.values(own)) await rename(join(dir, name), join(dir, 'ported/maya', name));
    const ran = await runPort([exported, '--media', 'ported', '--to', 'lemon8', '--offline'], dir);
    expectNoOutputNamed(ran);
    expect(ran.code).toBe(0);
  });

  it('a rendition that a person copied out and named by its post is no original either', async () => {
    const dir = await desk();
    await runPort([exported, '--media', '.', '--to', 'rednote', '--offline'], dir);
    await rm(join(dir, own[remuxed]));
    await cp(join(dir, 'ported/maya/rednote', remuxed, 'video.mp4'), join(dir, `${remuxed}.mp4`));
    const ran = await runPort([exported, '--media', '.', '--to', 'shorts', '--offline'], dir);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`${remuxed}.mp4 was passed over. It is what port made of the original`);
    const { posts } = await readManifest(join(dir, 'ported/maya'));
    expect(posts.find(({ key, target }) => key === remuxed && target === 'shorts')?.original).toBeNull();
    expect(basename(dir)).toMatch(/^desk/);
  });
});
