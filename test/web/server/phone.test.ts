import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, devices } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Serving, serve } from '../../../src/web/server/server.ts';
import { chromiumPath, openBrowser, watchNetwork } from '../../deliver/contact-sheet/chromium.ts';
import { writeSample } from '../../deliver/contact-sheet/sample.ts';
import { temporaryFolder } from '../../media.ts';
import { storeTools } from './tools.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(chromiumPath === null)('port serve on a phone (needs chromium on this machine)', () => {
  let browser: Browser;
  let serving: Serving;
  beforeAll(async () => {
    const folder = await temporaryFolder();
    await writeSample(folder);
    browser = await openBrowser();
    serving = await serve({ folder, host: '127.0.0.1', port: 0, token: 'token', tools: storeTools() });
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.close();
  });

  async function open(permissions: string[] = []) {
    const context = await browser.newContext({ ...devices['Pixel 7'], permissions });
    const page = await context.newPage();
    const asked = await watchNetwork(page, new RegExp(`^${serving.url}`));
    onTestFinished(async () => {
      await context.close();
      expect(asked).toEqual([]);
    });
    await page.goto(serving.url);
    return page;
  }

  it('from the list to a sheet; a video plays over byte ranges; axe finds nothing on the list', async () => {
    const page = await open();
    const found: string[] = await page.evaluate(
      `${axe}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    );
    expect(found).toEqual([]);
    await page.getByRole('link', { name: 'maya · rednote' }).tap();
    await page.waitForURL('**/rednote/index.html');
    await page.evaluate("const video = document.querySelector('video'); video.muted = true; video.play()");
    await expect.poll(async () => page.evaluate("document.querySelector('video').currentTime")).toBeGreaterThan(0);
    expect(await page.getByText('Copy folder path').first().isVisible()).toBe(false);
  });

  it('the list has the counts of each sheet, and of the posts that were ticked there', async () => {
    const page = await open();
    expect(await page.locator('.totals li').allTextContents()).toEqual(['4 delivered', '1 held', '1 failed']);
    expect(await page.locator('.index .counter').count()).toBe(0);
    await page.goto(`${serving.url}maya/rednote/index.html`);
    await page.locator('[data-tick=done]').nth(0).check();
    await page.locator('[data-tick=done]').nth(2).check();
    await expect.poll(async () => page.locator('#count').textContent()).toBe('2 of 5 posted');
    await page.goto(serving.url);
    expect(await page.locator('.index .counter').textContent()).toBe('2 posted');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(412);
  });

  it('where the page is not secure, as on a phone over http: copies the old way, and does not offer to share', async () => {
    const page = await open();
    await page.addInitScript("Object.defineProperty(window, 'isSecureContext', { value: false })");
    await page.goto(`${serving.url}maya/rednote/index.html`);
    await page.evaluate(
      "document.addEventListener('copy', () => { document.title = 'copied ' + document.activeElement.value; })",
    );
    await page.getByRole('button', { name: 'Copy title' }).first().tap();
    await expect.poll(async () => page.title()).toBe('copied Sunrise over the old town, seen twice');
    await expect.poll(async () => page.locator('#said').textContent()).toBe('Copied');
    expect(await page.getByRole('button', { name: 'Share 4 photos' }).count()).toBe(0);
  });

  it('saves by a tap, one file or all', async () => {
    const page = await open();
    await page.goto(`${serving.url}maya/rednote/index.html`);
    const [one] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'cover.jpg' }).first().tap(),
    ]);
    expect(one.suggestedFilename()).toBe('cover.jpg');
    const names: string[] = [];
    page.on('download', (download) => names.push(download.suggestedFilename()));
    await page.locator('article').nth(1).getByRole('button', { name: 'Save all' }).tap();
    await expect.poll(() => names.length, { timeout: 15_000 }).toBe(6);
    expect(names).toContain('04.jpg');
  });

  it('hands all photos of a post to the share sheet, without cover and words', async () => {
    const page = await open();
    await page.addInitScript(`
      navigator.canShare = () => true;
      navigator.share = async ({ files }) => { document.title = files.map(({ name, type, size }) => name + ' ' + type + ' ' + (size > 1000)).join(', '); };
    `);
    await page.goto(`${serving.url}maya/rednote/index.html`);
    await page.getByRole('button', { name: 'Share 4 photos' }).tap();
    const photos = [1, 2, 3, 4].map((number) => `0${number}.jpg image/jpeg true`);
    await expect.poll(async () => page.title()).toBe(photos.join(', '));
  });
});
