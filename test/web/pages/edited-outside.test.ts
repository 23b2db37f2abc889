import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { fixture, runPort } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { card, openStudio, part } from './studio-page.ts';

const video = '2025-03-02_09-15-04';
const photos = '2025-02-14_19-33-07';
const patient = { timeout: 100_000 };

describe.skipIf(chromiumPath === null)('captions.csv edited outside while a page is open (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  /** A folder with two posts, a studio that shows it, and the page with the first of them open. */
  async function open() {
    const folder = await temporaryFolder();
    const args = [fixture('export.zip'), '--to', 'rednote', '--offline', '--only', `${video},${photos}`];
    expect((await runPort(args, folder)).code).toBe(0);
    const studio = await startRealStudio(folder);
    const page = await openStudio(browser, studio.address);
    const show = async (key = video) => {
      await card(page, key, 'rednote').click(patient);
      await part(page, 'counter').waitFor(patient);
      return part(page, 'open-post');
    };
    const file = (name: string) => join(studio.out, 'maya', name);
    const table = async (): Promise<string[][]> => parse(await readFile(file('captions.csv'), 'utf8'), { bom: true });
    const place = (cells: string[][], key: string, column: string) => {
      const row = cells.find(([first]) => first === key) ?? [];
      return { row, at: cells[0]?.indexOf(column) ?? -1 };
    };
    const cell = async (column: string, key = video) => {
      const { row, at } = place(await table(), key, column);
      return row[at];
    };
    /** Saves a table as a spreadsheet does, with other texts in some cells. */
    const save = async (cells: string[][], texts: Readonly<Record<string, string>>, key = video) => {
      for (const [column, text] of Object.entries(texts)) {
        const { row, at } = place(cells, key, column);
        row[at] = text;
      }
      await writeFile(file('captions.csv'), stringify(cells));
    };
    const again = async () => runPort(args, folder);
    return { page, show, table, cell, save, again, json: async () => readFile(file('captions.json'), 'utf8') };
  }

  it('one cell changed on both sides: both texts are kept, over a reload too, until one is picked', async () => {
    const { page, show, table, cell, save, json } = await open();
    let post = await show();
    await save(await table(), { title: 'By spreadsheet', hashtags: '#sea' });
    await part(post, 'title').fill('By page');
    const conflict = part(page, 'conflict');
    const texts = async () => conflict.locator('blockquote').allTextContents();
    await expect.poll(texts, patient).toEqual(['By page', 'By spreadsheet']);
    expect(await cell('title')).toBe('By spreadsheet');
    // Only the sheet changed these.
    await expect.poll(async () => part(post, 'hashtags').inputValue(), patient).toBe('#sea');

    await part(post, 'title').fill('By page, and longer');
    await expect.poll(json, patient).toContain('"By page, and longer"');
    expect(await texts()).toEqual(['By page, and longer', 'By spreadsheet']);
    await page.reload();
    await expect.poll(async () => card(page, video, 'rednote').textContent(), patient).toContain('two places');
    post = await show();
    expect(await texts()).toEqual(['By page, and longer', 'By spreadsheet']);

    await conflict.getByRole('button', { name: 'Keep what I typed here' }).click();
    await expect.poll(async () => cell('title'), patient).toBe('By page, and longer');
    await expect.poll(json, patient).not.toContain('"others"');
    expect(await part(post, 'title').inputValue()).toBe('By page, and longer');
    expect(await conflict.count()).toBe(0);
    expect(await cell('hashtags')).toBe('#sea');
  }, 200_000);

  it('a spreadsheet that was open before takes nothing back when it is saved', async () => {
    const { show, table, cell, save, again } = await open();
    const stale = await table();
    const post = await show();
    await part(post, 'title').fill('Typed on the page');
    await expect.poll(async () => cell('title'), patient).toBe('Typed on the page');
    await save(stale, { caption: 'Typed in the spreadsheet' }, photos);
    expect(await cell('title')).not.toBe('Typed on the page');
    await show(photos);
    await show();
    expect(await part(post, 'title').inputValue()).toBe('Typed on the page');

    const { stdout, stderr } = await again();
    expect(`${stdout}${stderr}`).toContain(`older copy, so what changed since stays: title of ${video}`);
    expect([await cell('title'), await cell('caption', photos)]).toEqual([
      'Typed on the page',
      'Typed in the spreadsheet',
    ]);
  }, 200_000);

  it('a cover that was chosen on both sides: both are kept, and one is picked', async () => {
    const { page, show, table, cell, save } = await open();
    const post = await show();
    await part(post, 'cover').first().waitFor(patient);
    await save(await table(), { cover: '0.25' });
    await part(post, 'cover').last().click();
    const conflict = part(page, 'conflict');
    await expect.poll(async () => conflict.locator('blockquote').allTextContents(), patient).toContain('0.25');
    expect(await cell('cover')).toBe('0.25');
    const [mine] = await conflict.locator('blockquote').allTextContents();
    await conflict.getByRole('button', { name: 'Keep what I typed here' }).click();
    await expect.poll(async () => cell('cover'), patient).toBe(mine);
    await expect.poll(async () => conflict.count(), patient).toBe(0);
  }, 200_000);
});
