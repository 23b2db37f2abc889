import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder, readManifest } from './accounting.ts';
import { fixture, runPort, workFolder } from './run-port.ts';
import { documentsIn, keys } from './worked-folder.ts';

const work = await workFolder();
afterAll(work.remove);

const args = ['export', '--to', 'rednote', '--allow-host', '127.0.0.1', '--no-listing', '--offline'];

/** The folder as the version before left it: cells that a person changed and emptied, a cover and a caption.txt of theirs. */
async function folderOfBefore(name: string): Promise<string> {
  const place = join(work.path, name);
  await mkdir(place);
  execFileSync('tar', ['-xzf', fixture('folder-0.1.0.tar.gz'), '-C', place]);
  return place;
}

/** What each media file of the packages is on the disk. */
async function mediaIn(account: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(account, { recursive: true })).sort()) {
    const path = name.split(sep).join('/');
    if (!/^rednote\/.*\.(?:mp4|jpg)$/.test(path)) continue;
    const { ino, size, mtimeMs } = lstatSync(join(account, name));
    found[path] = `${ino} ${size} ${mtimeMs}`;
  }
  return found;
}

/** A document without the sentences, which another version may word otherwise. */
function factsOf(path: string, text: string): string {
  if (path.endsWith('.html')) return '';
  return path.endsWith('.json') ? text.replace(/"message": ?"(?:[^"\\]|\\.)*"/g, '"message"') : text;
}

/** captions.csv of before with the columns that are new since, empty. */
function withNewColumns(sheet: string): string {
  const lines = sheet.split('\r\n').map((line, index) => line && `${line}${index === 0 ? ',targets,fit' : ',,'}`);
  return lines.join('\r\n');
}

/** As a copy through a cloud or a repository leaves it: every file has another time. */
async function touchAll(place: string): Promise<void> {
  for (const name of await readdir(place, { recursive: true }))
    await utimes(join(place, name), 1_750_000_000, 1_750_000_000);
}

describe('a folder of version 0.1.0', () => {
  it.each([
    ['where it was', false],
    ['copied without its times', true],
  ])(
    '%s is taken over: no row changes, no cell is lost, nothing is rendered again',
    async (name, isCopied) => {
      const place = await folderOfBefore(name);
      const account = join(place, 'ported/small');
      if (isCopied) await touchAll(place);
      const left = await documentsIn(account);
      const before: typeof left = { ...left, 'captions.csv': withNewColumns(left['captions.csv'] ?? '') };
      const media = await mediaIn(account);
      let taken: Record<string, string> | null = null;
      for (const round of ['first', 'second', 'without .port']) {
        if (round === 'without .port') await rm(join(account, '.port'), { recursive: true });
        const { code, stderr } = await runPort(args, place);
        expect(code, stderr).toBe(1);
        const now = await documentsIn(account);
        // The documents of state are new, and what is planned and out; all others say what they said.
        expect(Object.keys(now).filter((path) => !(path in before))).toEqual([
          'captions.json',
          'originals/sources.jsonl',
          'posting.csv',
          'posting.json',
        ]);
        for (const [path, text] of Object.entries(before))
          expect(`${path} ${factsOf(path, now[path] ?? '')}`, round).toBe(`${path} ${factsOf(path, text)}`);
        taken ??= now;
        expect(now, round).toEqual(taken);
        if (!isCopied) expect(await mediaIn(account), round).toEqual(media);
        await expectConsistentFolder(account);
      }
      for (const name of ['captions.json', 'words.json']) expect(existsSync(join(account, '.port', name))).toBe(false);
      const { posts } = await readManifest(account);
      const rowOf = (key: string) => posts.find((row) => row.key === key);
      expect(rowOf(keys.linked)).toMatchObject({ original: { source: 'link' }, caption: { source: 'csv' } });
      expect(rowOf(keys.sidecar)).toMatchObject({ original: { source: 'bundled' }, caption: { source: 'edited' } });
      expect(rowOf(keys.listed)?.caption?.source).toBe('listing');
      expect(posts.map(({ status }) => status).sort()).toEqual([...Array(4).fill('delivered'), 'failed', 'held']);
      // Its cells are known though the sheet is gone.
      await rm(join(account, 'captions.csv'));
      await runPort(args, place);
      expect(await readFile(join(account, 'captions.csv'), 'utf8')).toBe(before['captions.csv']);
    },
    120_000,
  );
});
