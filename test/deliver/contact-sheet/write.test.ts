import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { timeOfKey } from '../../../src/deliver/contact-sheet/cards.ts';
import { redrawContactSheet, type SheetJob, writeContactSheet } from '../../../src/deliver/contact-sheet.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { temporaryFolder } from '../../tools/folder.ts';
import { caption, entry, file } from './entries.ts';
import { postingOf } from './posting.ts';
import { targetNamed } from './sample.ts';

const key = '2025-03-02_09-15-04';

/** An account's folder with a delivered video on a platform. */
function account(name = 'rednote', odd: Partial<Entry> = {}) {
  const folder = temporaryFolder();
  const files = [file(`${name}/${key}/video.mp4`, 'video', { bytes: 5 })];
  const row = entry({ key, target: name, files, caption: caption({ title: 'Tides' }), ...odd });
  const at = (path: string) => join(folder, path);
  mkdirSync(dirname(at(`${name}/${key}/video.mp4`)), { recursive: true });
  writeFileSync(at(`${name}/${key}/video.mp4`), 'video');
  const time = timeOfKey(key) ?? 0;
  utimesSync(at(`${name}/${key}/video.mp4`), time, time);
  const asked: string[] = [];
  const disk = createFiles();
  const tools: typeof disk = {
    ...disk,
    async write(path, data) {
      asked.push(`write ${path.slice(folder.length + 1).replaceAll('\\', '/')}`);
      await disk.write(path, data);
    },
  };
  const job = (rows: readonly Entry[] = [row]): SheetJob => ({
    ...{ folder, account: 'maya', target: targetNamed(name), keys: [key] },
    rows: {
      *[Symbol.iterator]() {
        asked.push('rows');
        yield* rows;
      },
    },
    async posting() {
      asked.push('posting');
      return postingOf({});
    },
  });
  const write = async (rows?: readonly Entry[], isDrawn = false) =>
    writeContactSheet(job(rows), tools, async () => '', { isDrawn });
  const redraw = async (rows?: readonly Entry[], isCurrent = true) =>
    redrawContactSheet(job(rows), tools, async () => isCurrent);
  const path = at(`${name}/index.html`);
  const page = () => readFileSync(path, 'utf8');
  const writes = () => asked.splice(0).filter((each) => each.startsWith('write')).length;
  return { row, at, path, asked, write, redraw, page, writes };
}
const changed = (row: Entry): readonly Entry[] => [{ ...row, caption: caption({ title: 'Waves' }) }];

describe('the page of a platform', () => {
  it('is written with its posts, and again only if they changed', async () => {
    const { row, write, page, writes } = account();
    await write();
    expect([page().includes('Tides'), page().includes('rednote-upload'), writes()]).toEqual([true, false, 1]);
    await write();
    expect(writes()).toBe(0);
    await write(changed(row));
    expect([page().includes('Waves'), writes()]).toEqual([true, 1]);
  });

  it('that is known to be drawn asks for nothing', async () => {
    const { write, asked } = account();
    await write();
    asked.length = 0;
    await write(undefined, true);
    expect(asked).toEqual([]);
  });

  it.each<[string, (path: string) => void]>([
    ['with more at its end', (path) => appendFileSync(path, '<p>')],
    ['that is cut off', (path) => writeFileSync(path, readFileSync(path).subarray(0, -9))],
    ['of another program', (path) => writeFileSync(path, '<!doctype html>')],
  ])('%s is written again', async (_name, spoil) => {
    const { write, page, path } = account();
    await write();
    const whole = page();
    spoil(path);
    await write();
    expect(page()).toBe(whole);
  });
});

describe('the folders for uploads by the dozen', () => {
  it('are made and named on the page', async () => {
    const { write, page, at } = account('shorts');
    await write();
    expect(readdirSync(at('shorts-upload/01'))).toEqual(['Tides.mp4']);
    expect(page()).toContain('<code>shorts-upload</code>');
  });

  it('are brought up to date where the page stays', async () => {
    const { row, write, at, writes } = account('shorts');
    await write();
    writes();
    await write(changed(row), true);
    expect([readdirSync(at('shorts-upload/01')), writes()]).toEqual([['Waves.mp4'], 0]);
  });

  it('are not there for a platform that takes one at a time, nor named if no video was delivered', async () => {
    const one = account('rednote');
    await one.write();
    expect(existsSync(one.at('rednote-upload'))).toBe(false);
    const none = account('shorts', { status: 'held' });
    await none.write();
    expect(existsSync(none.at('shorts-upload'))).toBe(false);
    expect(none.page()).not.toContain('shorts-upload');
  });
});

describe('a page that is drawn again', () => {
  it('has what changed, with the folders for uploads as they are', async () => {
    const { row, write, redraw, page, at } = account('shorts');
    await write();
    await redraw(changed(row));
    expect([page().includes('Waves'), page().includes('<code>shorts-upload</code>')]).toEqual([true, true]);
    expect(readdirSync(at('shorts-upload/01'))).toEqual(['Tides.mp4']);
    await redraw([{ ...row, status: 'held' }]);
    expect(page()).not.toContain('shorts-upload');
  });

  it('stays if it says the same, or if its rows are no longer those of the folder', async () => {
    const { row, write, redraw, page, writes } = account();
    await write();
    const whole = page();
    writes();
    await redraw();
    await redraw(changed(row), false);
    expect([page() === whole, writes()]).toEqual([true, 0]);
  });

  it.each([
    ['is not there', null],
    ['is not port’s', '<!doctype html>mine'],
  ])('is left alone if it %s', async (_name, there) => {
    const { redraw, path, writes } = account();
    if (there !== null) writeFileSync(path, there);
    await redraw();
    expect([existsSync(path) ? readFileSync(path, 'utf8') : null, writes()]).toEqual([there, 0]);
  });
});
