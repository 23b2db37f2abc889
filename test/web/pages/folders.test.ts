import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { axeFindings, card, openStudio, part } from './studio-page.ts';

const unzipped = resolve(import.meta.dirname, '../../../fixtures/export');
const patient = { timeout: 60_000 };

describe.skipIf(chromiumPath === null)('folders and the sample (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  it('an unzipped export is chosen as a folder, and what is of no use is named', async () => {
    const folder = await temporaryFolder();
    const own = join(folder, 'TikTok_Data');
    await cp(unzipped, own, { recursive: true });
    await writeFile(join(own, 'notes.docx'), 'x');
    await writeFile(join(own, 'media', 'empty.mp4'), '');
    await writeFile(join(own, '.DS_Store'), 'x');
    const studio = await startRealStudio(folder);
    const page = await openStudio(browser, studio.address);
    await part(page, 'folder').setInputFiles(own);
    await page.locator('.facts').waitFor(patient);
    expect(await page.locator('.archive').textContent()).toContain('TikTok_Data');
    const said = await page.locator('.notice').allTextContents();
    expect(said.join()).toMatch(/Left out.*TikTok_Data\/notes\.docx/);
    expect(said.join()).toContain('TikTok_Data/media/empty.mp4');
    expect(said.join()).not.toContain('DS_Store');
  });

  it('a folder is dropped: without an export in it, its files are the videos of one that is there', async () => {
    const folder = await temporaryFolder();
    const own = join(folder, 'my videos');
    await mkdir(own);
    await cp(join(unzipped, 'media'), join(own, 'more'), { recursive: true });
    const studio = await startRealStudio(folder);
    const page = await openStudio(browser, studio.address);
    await dropPath(page, own);
    await page.getByText('11 files of your own are here.').waitFor(patient);
    expect(await page.locator('.notice').textContent()).toContain('There is no export in my videos');
    expect(await axeFindings(page)).toEqual([]);
    await part(page, 'export').setInputFiles(join(unzipped, 'user_data_tiktok.json'));
    await page.getByText('11 videos and photos of your own are here too.').waitFor(patient);
  });

  it('a copy of a folder is stopped, and nothing of it stays', async () => {
    const folder = await temporaryFolder();
    const own = join(folder, 'many');
    await mkdir(own);
    const video = await readFile(join(unzipped, 'media', '2025-03-02_09-15-04.mp4'));
    for (let at = 0; at < 300; at++) await writeFile(join(own, `${at}.mp4`), video);
    const studio = await startRealStudio(folder);
    const page = await openStudio(browser, studio.address);
    // All could be sent before the click, so one of the files waits for it.
    let sent = 0;
    let release = () => {};
    const isClicked = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/api/folder-file?*', async (route) => {
      if (++sent === 100) await isClicked;
      await route.continue().catch(() => {});
    });
    await part(page, 'folder').setInputFiles(own);
    await page.getByRole('button', { name: 'Stop' }).click(patient);
    release();
    await page.locator('.sending').waitFor({ state: 'detached', ...patient });
    expect(await page.locator('.notice').count()).toBe(0);
    await part(page, 'export').setInputFiles(join(unzipped, 'user_data_tiktok.json'));
    await page.locator('.facts').waitFor(patient);
    expect(await page.locator('.archive').textContent()).not.toContain('are here too');
  });

  it('the sample: tried, made, left, and gone', { timeout: 300_000 }, async () => {
    const folder = await temporaryFolder();
    const studio = await startRealStudio(folder);
    const page = await openStudio(browser, studio.address);
    await part(page, 'sample').click();
    await page.getByText('This is a sample.').waitFor(patient);
    await part(page, 'run').click(patient);
    await page.locator('[data-studio="progress"][data-state="done"]').waitFor({ timeout: 200_000 });
    await expect.poll(async () => part(page, 'post').count(), patient).toBe(10);
    expect(await axeFindings(page)).toEqual([]);

    // A photo that lay on its side: before and after, with the reason.
    await card(page, '2025-08-16_06-30-22', 'rednote').click();
    await page.locator('.before-after summary').click(patient);
    const pair = page.locator('.pair-part');
    expect(await pair.textContent()).toContain('It is stored on its side.');
    const widths = () =>
      pair
        .locator('img')
        .evaluateAll(async (all) =>
          Promise.all((all as HTMLImageElement[]).map(async (each) => each.decode().then(() => each.naturalWidth))),
        );
    expect(await widths()).toEqual([1080, 1080]);
    expect(await pair.locator('img').first().getAttribute('src')).toContain('/originals/2025-08-16_06-30-22/04.jpg');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave the sample' }).click();
    await part(page, 'sample').waitFor();
    expect(await part(page, 'post').count()).toBe(0);
    expect(await page.locator('.out').textContent()).toContain('ported');
  });
});

/** Drops a file or folder of the disk as the system does. */
async function dropPath(page: Page, path: string): Promise<void> {
  await page.locator('.drop').waitFor();
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
}
