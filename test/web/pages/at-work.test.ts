import { readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAddress } from '../../../src/web/server/local-address.ts';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { axeFindings, card, openStudio, part, scrollWidth } from './studio-page.ts';

const fixture = (name: string) => resolve(import.meta.dirname, '../../../fixtures', name);
const patient = { timeout: 100_000 };
const isLan = localAddress(networkInterfaces()) !== null;

describe.skipIf(chromiumPath === null)('the real studio in Chromium (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  const inState = async (page: Page, state: string) =>
    page.locator(`[data-studio="progress"][data-state="${state}"]`).waitFor(patient);

  async function run(archive: string, args: readonly string[] = []) {
    const studio = await startRealStudio(await temporaryFolder(), null, ['--offline', ...args]);
    const page = await openStudio(browser, studio.address);
    await part(page, 'export').setInputFiles(fixture(archive));
    await part(page, 'target-rednote').check(patient);
    return { studio, page };
  }

  it('a run is paused, continues, is stopped, and continues where it stopped', { timeout: 300_000 }, async () => {
    const { page } = await run('export.zip');
    await part(page, 'run').click();
    await page.getByRole('button', { name: 'Pause' }).click(patient);
    await inState(page, 'paused');
    expect(await part(page, 'progress').textContent()).toContain('Paused.');
    const howFar = async (tab: Page) => tab.locator('.how-far').textContent();
    await expect.poll(async () => howFar(page), patient).toContain('of 8');
    const before = await howFar(page);
    const other = await page.context().newPage();
    await other.goto(new URL(page.url()).origin);
    await inState(other, 'paused');
    await page.reload();
    await inState(page, 'paused');
    expect([await howFar(page), await howFar(other)]).toEqual([before, before]);
    await other.getByRole('button', { name: 'Go on' }).click();
    await inState(page, 'running');
    await part(page, 'stop').click();
    await inState(page, 'done');
    expect(await part(page, 'progress').textContent()).toContain('Stopped. What is finished stays');
    await part(page, 'run').click();
    await inState(page, 'done');
    await expect
      .poll(async () => page.locator('[data-studio="post"][data-status="delivered"]').count(), patient)
      .toBe(7);
    expect(await part(page, 'progress').textContent()).toContain('Done.');
  });

  it('covers, words for one platform, undo, and a phone that reads and ticks', { timeout: 300_000 }, async () => {
    const key = '2025-03-02_09-15-04';
    const { studio, page } = await run('export.zip', isLan ? ['--lan'] : []);
    await part(page, 'run').click();
    await inState(page, 'done');
    await card(page, key, 'rednote').click(patient);
    const post = part(page, 'open-post');
    await part(post, 'counter').waitFor(patient);
    const sheet = async () => readFile(join(studio.out, 'maya/captions.csv'), 'utf8');
    const inPackage = (name: string) => join(studio.out, 'maya/rednote', key, name);

    // A frame of the strip: seen in the crop at once, and made.
    const crop = post.locator('.crop img');
    const made = await readFile(inPackage('cover.jpg'));
    await part(post, 'cover').nth(5).click();
    await expect.poll(async () => crop.getAttribute('src'), patient).toContain('/api/frame?');
    await expect
      .poll(async () => post.locator('.crop').evaluate((each) => each.clientWidth / each.clientHeight))
      .toBeCloseTo(0.75, 1);
    await expect.poll(async () => made.equals(await readFile(inPackage('cover.jpg'))), patient).toBe(false);

    // A picture of one's own.
    const red = await sharp({ create: { width: 900, height: 900, channels: 3, background: '#e01020' } })
      .png()
      .toBuffer();
    await post
      .locator('.cover input[type="file"]')
      .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: red });
    await expect.poll(async () => crop.getAttribute('src'), patient).toContain('/covers/');
    expect(await crop.evaluate((each: HTMLImageElement) => each.decode().then(() => each.naturalWidth))).toBe(900);
    const isRed = async () => {
      const { dominant } = await sharp(await readFile(inPackage('cover.jpg'))).stats();
      return dominant.r > 180 && dominant.g < 60;
    };
    await expect.poll(isRed, patient).toBe(true);
    const shown = card(page, key, 'rednote').locator('img');
    await expect
      .poll(
        async () =>
          shown.evaluate(async (each: HTMLImageElement) => {
            await each.decode();
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 1;
            const context = canvas.getContext('2d');
            context?.drawImage(each, 0, 0, 1, 1);
            return context?.getImageData(0, 0, 1, 1).data[0];
          }),
        patient,
      )
      .toBeGreaterThan(180);

    // Undo.
    const body = await part(post, 'body').inputValue();
    await part(post, 'body').fill('Typed by mistake');
    await expect.poll(sheet, patient).toContain('Typed by mistake');
    await post.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => part(post, 'body').inputValue()).toBe(body);
    await expect.poll(sheet, patient).not.toContain('Typed by mistake');

    // Words for this platform alone, counted.
    await page.locator('.own-words summary').click();
    const own = part(post, 'caption');
    await own.fill(`${'海'.repeat(21)}\n\nOnly here.\n\n#one #two\n`);
    await expect.poll(async () => post.locator('.own-counts').textContent()).toMatch(/Title 21 of 20.*hashtags 2 of/);
    await own.blur();
    await expect.poll(async () => readFile(inPackage('caption.txt'), 'utf8'), patient).toContain('Only here.');
    await post.getByText('(written by you)').waitFor(patient);

    // Closed and left while typing: nothing is lost, and opened again it is no conflict.
    await own.fill('Typed, then closed');
    await page.keyboard.press('Escape');
    await expect.poll(async () => readFile(inPackage('caption.txt'), 'utf8'), patient).toContain('then closed');
    await card(page, key, 'rednote').click(patient);
    await page.locator('.own-words summary').click(patient);
    await expect.poll(async () => own.inputValue(), patient).toContain('then closed');
    expect(await post.locator('.conflict').count()).toBe(0);
    await own.fill('Typed, then left');
    await page.goto(new URL(page.url()).origin);
    await expect.poll(async () => readFile(inPackage('caption.txt'), 'utf8'), patient).toContain('then left');
    await card(page, key, 'rednote').click(patient);
    await part(post, 'counter').waitFor(patient);
    expect(await axeFindings(page)).toEqual([]);

    if (!isLan) return;
    const phone = await openStudio(
      browser,
      studio.phone ?? '',
      { viewport: { width: 390, height: 844 } },
      /^http:\/\//,
    );
    await card(phone, key, 'rednote').click(patient);
    const opened = part(phone, 'open-post');
    await part(opened, 'counter').waitFor(patient);
    for (const owned of ['export', 'folder', 'sample', 'run', 'try-one', 'cover', 'caption'])
      expect([owned, await part(phone, owned).count()]).toEqual([owned, 0]);
    expect(await part(opened, 'title').isEditable()).toBe(false);
    expect(await scrollWidth(phone)).toBe(390);
    await part(opened, 'posted').check();
    await expect.poll(async () => card(page, key, 'rednote').textContent(), patient).toContain('posted');
    expect(await axeFindings(phone)).toEqual([]);
  });

  it('one of two files is picked, and a file is given for a post without one', { timeout: 300_000 }, async () => {
    const { studio, page } = await run('trouble.zip');
    await part(page, 'run').click();
    await inState(page, 'done');
    const two = '2025-11-11_07-00-00';
    expect(await card(page, two, 'rednote').getAttribute('data-status')).toBe('failed');
    await card(page, two, 'rednote').click();
    const files = page.locator('.problem-box fieldset button');
    await expect.poll(async () => files.count(), patient).toBe(2);
    const widths = async () =>
      files.locator('img').evaluateAll((all) => all.map((each) => (each as HTMLImageElement).naturalWidth > 0));
    await expect.poll(widths, patient).toEqual([true, true]);
    await files.first().click();
    await expect.poll(async () => card(page, two, 'rednote').getAttribute('data-status'), patient).toBe('delivered');
    await page.keyboard.press('Escape');

    const none = '2025-11-29_10-00-00';
    await card(page, none, 'rednote').click();
    await page.locator('.give input').setInputFiles(fixture('export/media/2025-03-02_09-15-04.mp4'));
    await expect.poll(async () => card(page, none, 'rednote').getAttribute('data-status'), patient).toBe('delivered');
    expect(await readFile(join(studio.out, 'maya_trouble/originals', `${none}.mp4`))).toEqual(
      await readFile(fixture('export/media/2025-03-02_09-15-04.mp4')),
    );
    await part(part(page, 'open-post'), 'counter').waitFor(patient);
    expect(await page.locator('.problem-box').count()).toBe(0);
  });

  it('a cell that a spreadsheet changed meanwhile: both texts are shown, and one is kept', {
    timeout: 300_000,
  }, async () => {
    const key = '2025-03-02_09-15-04';
    const { studio, page } = await run('export.zip');
    await part(page, 'try-one').click();
    await inState(page, 'done');
    await part(page, 'run').click();
    await inState(page, 'done');
    await card(page, key, 'rednote').click(patient);
    const post = part(page, 'open-post');
    await part(post, 'title').fill('First');
    const path = join(studio.out, 'maya/captions.csv');
    const sheet = async () => readFile(path, 'utf8');
    await expect.poll(sheet, patient).toContain(',First,');
    await expect.poll(async () => post.locator('.save-state').textContent(), patient).toBe('Saved in captions.csv');
    await writeFile(path, (await sheet()).replace(',First,', ',By spreadsheet,'));
    await part(post, 'title').fill('By hand');
    const conflict = post.locator('.conflict');
    await expect
      .poll(async () => conflict.locator('blockquote').allTextContents(), patient)
      .toEqual(['By hand', 'By spreadsheet']);
    expect(await sheet()).toContain(',By spreadsheet,');
    await conflict.getByRole('button', { name: 'Keep what I typed here' }).click();
    await expect.poll(sheet, patient).toContain(',By hand,');
    expect(await conflict.count()).toBe(0);
  });

  it('a translation is shown beside the original, edited, and saved', { timeout: 300_000 }, async () => {
    const key = '2025-03-02_09-15-04';
    const { studio, page } = await run('export.zip');
    await part(page, 'try-one').click();
    await inState(page, 'done');
    await part(page, 'run').click();
    await inState(page, 'done');
    const path = join(studio.out, 'maya/captions.csv');
    const sheet = async () => readFile(path, 'utf8');
    const translated = (await sheet())
      .replace(/^(\ufeff?key,[^\r\n]*)/, '$1,title_es,caption_es')
      .replace(new RegExp(`^(${key},[^\r\n]*)`, 'm'), '$1,,El puerto por la mañana');
    await writeFile(path, translated);
    await card(page, key, 'rednote').click(patient);
    const post = part(page, 'open-post');
    const cell = post.locator('[data-column="caption_es"]');
    await expect.poll(async () => cell.inputValue(), patient).toBe('El puerto por la mañana');
    expect(await post.locator('.translation').textContent()).toContain('Spanish');
    expect(await post.locator('.translation blockquote').first().textContent()).toContain('清晨的港口');
    await cell.fill('El puerto, muy temprano');
    await expect.poll(sheet, patient).toContain('El puerto, muy temprano');
    await writeFile(path, (await sheet()).replace('El puerto, muy temprano', 'Desde la hoja'));
    await cell.fill('Desde la página');
    const conflict = post.locator('.translation .conflict');
    await expect
      .poll(async () => conflict.locator('blockquote').allTextContents(), patient)
      .toEqual(['Desde la página', 'Desde la hoja']);
    await conflict.getByRole('button', { name: 'Keep what I typed here' }).click();
    await expect.poll(sheet, patient).toContain('Desde la página');
    expect(await axeFindings(page)).toEqual([]);
  });
});
