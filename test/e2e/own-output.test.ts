import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { document, row, video } from '../exports/files.ts';
import { bundledPair } from '../programs.ts';
import { buildZip } from '../tools/zip-builder.ts';
import { expectConsistentFolder, readManifest } from './accounting.ts';
import { type Ran, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

/** One goes out as it is, the other one has to be remuxed. */
const own = { '2025-03-02_09-15-04': '2025-03-02_09-15-04.mp4', '2025-02-14_19-33-07': 'maya_20250214_193307.mkv' };
const [copied, remuxed] = ['2025-03-02_09-15-04', '2025-02-14_19-33-07'] as const;
const exported = 'TikTok_Data_1764000000.zip';

beforeAll(() => {
  for (const [index, name] of Object.values(own).entries()) {
    const picture = ['-f', 'lavfi', '-i', `testsrc2=s=144x256:r=30:d=1`, '-c:v', 'libx264', '-preset', 'ultrafast'];
    const sound = ['-f', 'lavfi', '-i', `sine=${440 + index}:duration=1`, '-c:a', 'aac', '-shortest'];
    const coding = [...picture.slice(4), '-pix_fmt', 'yuv420p', ...sound.slice(4), '-movflags', '+faststart'];
    const inputs = [...picture.slice(0, 4), ...sound.slice(0, 4)];
    execFileSync(bundledPair.ffmpeg, ['-v', 'error', ...inputs, ...coding, join(folder.path, name)]);
  }
});

function documentOf(account: string): string {
  const rows = [row(), row({ Date: '2025-02-14 19:33:07', Link: video('two') })];
  return JSON.stringify(document(rows, [], account));
}

const zipOf = (account: string) => buildZip([{ name: 'user_data_tiktok.json', content: documentOf(account) }]);

let made = 0;
/** A folder with an export whose links are dead, and the two own videos beside it. */
async function desk(): Promise<string> {
  const path = join(folder.path, `desk-${++made}`);
  await mkdir(path);
  await writeFile(join(path, exported), zipOf('maya'));
  for (const name of Object.values(own)) await cp(join(folder.path, name), join(path, name));
  return path;
}

async function port(dir: string, ...args: string[]): Promise<Ran> {
  const ran = await runPort([...args, '--offline'], dir);
  for (const text of [ran.stdout, ran.stderr]) expect(text).not.toMatch(/fit this post|fits? no post|Take all but/);
  return ran;
}

/** Every post is delivered, and made of a person's file or of an original that is kept. */
async function expectOwnOriginals(account: string, targets: readonly string[]): Promise<string[]> {
  const { posts } = await expectConsistentFolder(account);
  const rows = posts.filter(({ target }) => targets.includes(target));
  expect(rows.map(({ status }) => status)).toEqual(Array(2 * targets.length).fill('delivered'));
  const paths: string[] = [];
  for (const { key, original } of rows) {
    const path = original?.path ?? '';
    const content = await readFile(path.startsWith('originals/') ? join(account, path) : path);
    expect(content.equals(await readFile(join(folder.path, own[key as keyof typeof own])))).toBe(true);
    paths.push(path);
  }
  return paths;
}

describe('what a run wrote is never taken for media', () => {
  it.each([
    ['--media .', [exported, '--media', '.']],
    ['the folder as the export', ['.']],
  ])('%s: one platform, the next one, and again without .port and with the output renamed', async (_name, args) => {
    const dir = await desk();
    for (const target of ['shorts', 'rednote']) expect((await port(dir, ...args, '--to', target)).code).toBe(0);
    await expectOwnOriginals(join(dir, 'ported/maya'), ['shorts', 'rednote']);
    await rm(join(dir, 'ported/maya/.port'), { recursive: true });
    expect((await port(dir, ...args, '--to', 'lemon8')).code).toBe(0);
    await expectOwnOriginals(join(dir, 'ported/maya'), ['shorts', 'rednote', 'lemon8']);
    await rename(join(dir, 'ported/maya'), join(dir, 'ported/fertig'));
    await rename(join(dir, 'ported'), join(dir, 'Für YouTube'));
    expect((await port(dir, ...args, '--to', 'rednote')).code).toBe(0);
    const paths = await expectOwnOriginals(join(dir, 'ported/maya'), ['rednote']);
    expect(paths.filter((path) => path.includes('Für YouTube'))).toEqual([]);
  });

  it('the output lies inside the unzipped export', async () => {
    const dir = await desk();
    await rm(join(dir, exported));
    await writeFile(join(dir, 'user_data_tiktok.json'), documentOf('maya'));
    for (const target of ['shorts', 'rednote']) {
      expect((await port(dir, '.', '--to', target, '--out', 'my/out')).code).toBe(0);
    }
    const paths = await expectOwnOriginals(join(dir, 'my/out/maya'), ['shorts', 'rednote']);
    expect(paths.every((path) => path.startsWith('originals/'))).toBe(true);
  });

  it('a copy of the output as --media for another one: its originals serve, its packages do not', async () => {
    const dir = await desk();
    await port(dir, '.', '--to', 'shorts');
    await rename(join(dir, 'ported'), join(dir, 'backup'));
    for (const name of Object.values(own)) await rm(join(dir, name));
    const args = [exported, '--to', 'rednote', '--out', 'other', '--media'];
    const packages = await port(dir, ...args, 'backup/maya/shorts', '--media', 'backup/maya/shorts-upload');
    expect(packages.code).toBe(1);
    expect((await readManifest(join(dir, 'other/maya'))).posts.map(({ original }) => original)).toEqual([null, null]);
    expect((await port(dir, ...args, 'backup')).code).toBe(0);
    const paths = await expectOwnOriginals(join(dir, 'other/maya'), ['rednote']);
    expect(paths.every((path) => path.includes('backup/maya/originals/'))).toBe(true);
    const asExport = await port(dir, 'backup', '--to', 'rednote');
    expect(asExport).toMatchObject({ code: 2, stdout: '' });
    expect(asExport.stderr).toContain('"backup" is what port wrote and no export');
    expect(asExport.stderr).toContain('are used with --media "backup"');

    await writeFile(join(dir, 'ben.zip'), zipOf('ben'));
    const ofAnother = await port(dir, 'ben.zip', '--media', '.', '--to', 'rednote');
    expect(ofAnother.code).toBe(1);
    expect((await readManifest(join(dir, 'ported/ben'))).posts.map(({ original }) => original)).toEqual([null, null]);
  });

  it('a rendition that a person copied out and named by its post is no original; a file dropped in is', async () => {
    const dir = await desk();
    await port(dir, exported, '--media', '.', '--to', 'rednote');
    await rename(join(dir, own[copied]), join(dir, 'ported/maya', own[copied]));
    await rm(join(dir, own[remuxed]));
    await cp(join(dir, 'ported/maya/rednote', remuxed, 'video.mp4'), join(dir, `${remuxed}.mp4`));
    const ran = await port(dir, exported, '--media', '.', '--to', 'shorts');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`${remuxed}.mp4 was passed over. It is what port made of the original`);
    const { posts } = await readManifest(join(dir, 'ported/maya'));
    const of = (key: string) => posts.find((each) => each.key === key && each.target === 'shorts')?.original ?? null;
    expect(of(remuxed)).toBeNull();
    expect(of(copied)?.path).toBe(own[copied]);
  });
});
