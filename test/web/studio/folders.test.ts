import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FolderAnswer, Refusal, StudioState } from '../../../src/web/studio/api.ts';
import { openFolderUploads, stepsOf } from '../../../src/web/studio/folder-uploads.ts';
import { fixture, workFolder } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { type Started, startStudio, uploadsOf } from './started.ts';

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

describe('the path of a file in a folder', () => {
  it.each([
    ['media/2025-08-16_06-30-22/01.jpg', 'media/2025-08-16_06-30-22/01.jpg'],
    ['a\\b.mp4', 'a/b.mp4'],
    ['/etc/passwd', 'etc/passwd'],
    ['./x//y.mp4', 'x/y.mp4'],
    ['CON/NUL.mp4', '_CON/_NUL.mp4'],
    ['a\u202e/b\0.mp4', 'a/b.mp4'],
    ['海边/日出.mp4', '海边/日出.mp4'],
  ])('%j is stored as %s', (sent, stored) => expect(stepsOf(sent).join('/')).toBe(stored));

  it.each(['../x.mp4', 'a/../../x.mp4', 'a\\..\\x.mp4', '', '/', '.', 'a/'.repeat(17), 'a'.repeat(2000)])(
    '%j is refused',
    (sent) => expect(() => stepsOf(sent)).toThrow('has a path that port does not take'),
  );
});

describe('storing a folder', () => {
  const open = async (free: number) => {
    const folder = await temporaryFolder();
    return { folder, uploads: openFolderUploads(folder, { disk: { free: async () => free } }) };
  };
  const stored = async (folder: string) => {
    const all = await readdir(folder, { recursive: true, withFileTypes: true });
    return all.filter((each) => each.isFile()).map(({ name }) => name);
  };

  it('refuses what does not fit on the disk, and more files than a ZIP may have, before anything comes', async () => {
    const { folder, uploads } = await open(1e9);
    await expect(uploads.begin('x', 1, 2e9)).rejects.toMatchObject({ status: 507 });
    await expect(uploads.begin('x', 200_001, 1)).rejects.toMatchObject({ status: 413 });
    expect(await stored(folder)).toEqual([]);
  });

  it('refuses more files or bytes than were announced', async () => {
    const { uploads } = await open(1e12);
    const one = await uploads.begin('x', 1, 100);
    await uploads.add(one, 'a.mp4', bytes('one'), 3);
    await expect(uploads.add(one, 'b.mp4', bytes('two'), 3)).rejects.toThrow('More came than was announced.');
    const none = await uploads.begin('z', 1, 100);
    await expect(uploads.add(none, 'a.mp4', bytes('one'), null)).rejects.toMatchObject({ status: 400 });
    const two = await uploads.begin('y', 5, 3);
    await expect(uploads.add(two, 'a.mp4', bytes('four'), 4)).rejects.toThrow('More came than was announced.');
  });

  it('two names that become one on some systems are two files', async () => {
    const { uploads } = await open(1e12);
    const id = await uploads.begin('../../../x', 3, 9);
    for (const name of ['a.mp4', 'A.mp4', 'a\u200b.mp4']) await uploads.add(id, name, bytes('one'), 3);
    const path = await uploads.end(id);
    expect(path).toMatch(/[/\\]exports-alone[/\\][0-9a-f]{12}[/\\]x$/);
    expect((await readdir(path)).sort()).toEqual(['A (2).mp4', 'a (3).mp4', 'a.mp4']);
  });

  it('a folder that is cancelled leaves nothing, and takes nothing more', async () => {
    const { folder, uploads } = await open(1e12);
    const id = await uploads.begin('x', 3, 9);
    await uploads.add(id, 'a.mp4', bytes('one'), 3);
    await uploads.cancel(id);
    expect(await stored(folder)).toEqual([]);
    await expect(uploads.add(id, 'b.mp4', bytes('two'), 3)).rejects.toMatchObject({ status: 404 });
  });
});

describe('over HTTP', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  afterEach(async () => {
    await studio.end();
    await folder.remove();
  });

  async function send(root: string, name: string, isWanted = (_way: string) => true): Promise<StudioState> {
    const all = await readdir(root, { recursive: true, withFileTypes: true });
    const ways = all
      .filter((each) => each.isFile())
      .map((each) =>
        join(each.parentPath, each.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter(isWanted);
    const { id } = await studio.api<FolderAnswer>(
      `folder?name=${name}&files=${ways.length}&bytes=9999999`,
      Buffer.of(),
    );
    for (const way of ways) {
      const sent = await readFile(join(root, way));
      const answer = await studio.api<FolderAnswer>(`folder-file?id=${id}&path=${encodeURIComponent(way)}`, sent);
      expect(answer).toEqual({ id });
    }
    return await studio.api(`folder-end?id=${id}`, Buffer.of());
  }

  it('an unzipped export is inspected, run, and deleted at the end', async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline']);
    const { exports, ownFiles } = await send(fixture('export'), 'TikTok_Data');
    expect(exports).toMatchObject([{ name: 'TikTok_Data', isUploaded: true, inspection: { account: 'maya' } }]);
    expect(ownFiles).toBe(0);
    await studio.api('options', { options: { to: 'rednote' } });
    await studio.api('run', { what: 'all' });
    const { accounts } = await studio.stateWhere(({ run }) => run.state === 'done');
    expect(accounts[0]?.totals['rednote']).toEqual({ delivered: 7, held: 1, rejected: 0, failed: 0 });
    await studio.end();
    expect((await readdir(uploadsOf(folder.path))).filter((name) => name !== 'lock')).toEqual([]);
  });

  it('a folder of videos is that of the originals of an export', async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline']);
    await send(fixture('export'), 'TikTok_Data', (way) => way.endsWith('.json'));
    const { exports, ownFiles } = await send(join(fixture('export'), 'media'), 'My videos');
    expect([exports.length, ownFiles]).toEqual([1, 11]);
    await studio.api('options', { options: { to: 'rednote' } });
    await studio.api('run', { what: 'all' });
    const { accounts } = await studio.stateWhere(({ run }) => run.state === 'done');
    expect(accounts[0]?.totals['rednote']).toEqual({ delivered: 7, held: 1, rejected: 0, failed: 0 });
    expect((await studio.api('forget', {})).ownFiles).toBe(0);
  });

  it.each([
    ['no name', 'folder?files=1&bytes=1'],
    ['no number of files', 'folder?name=x&bytes=1'],
    ['an id that is a path', 'folder-file?id=..%2F..%2Fx&path=a.mp4'],
    ['an unknown id', 'folder-end?id=0123456789ab'],
  ])('%s is refused with a sentence', async (_what, path) => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline']);
    expect((await studio.api<Refusal>(path, Buffer.of(1))).refused).toMatch(/^[A-Z].*\.$/);
  });
});
