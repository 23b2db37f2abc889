import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { axeFindings, card, openStudio, part } from './studio-page.ts';

const archive = resolve(import.meta.dirname, '../../../fixtures/export.zip');
const video = '2025-03-02_09-15-04';
const patient = { timeout: 200_000 };

describe.skipIf(chromiumPath === null)('port studio in Chromium (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  const isDone = async (page: Page) => part(page, 'progress').and(page.locator('[data-state="done"]')).waitFor(patient);

  it('from the drop of an export to a posted tick, in two tabs and over a reload', { timeout: 500_000 }, async () => {
    const studio = await startRealStudio(await temporaryFolder());
    const page = await openStudio(browser, studio.address);
    await drop(page, archive);
    await part(page, 'target-rednote').waitFor(patient);
    expect(await page.locator('.facts').textContent()).toContain('posts8');
    await part(page, 'target-rednote').check();

    await part(page, 'try-one').click();
    await isDone(page);
    await part(page, 'post').first().waitFor(patient);
    await expect.poll(async () => page.locator('[data-status="delivered"]').count(), patient).toBe(1);

    await part(page, 'run').click();
    const other = await page.context().newPage();
    await other.goto(new URL(page.url()).origin);
    await part(other, 'progress').waitFor(patient);
    await page.reload();
    await isDone(page);
    await isDone(other);
    await expect
      .poll(async () => page.locator('[data-studio="post"][data-status="delivered"]').count(), patient)
      .toBe(7);
    expect(await part(page, 'summary').textContent()).toMatch(/RedNote 7 ready · 1 held back/);

    await card(page, video, 'rednote').click();
    const post = part(page, 'open-post');
    await part(post, 'counter').waitFor(patient);
    await part(post, 'title').fill('The first boat');
    const sheet = async () => readFile(join(studio.out, 'maya/captions.csv'), 'utf8');
    await expect.poll(sheet, patient).toContain('The first boat');
    const seconds = post.locator('video').first();
    await expect
      .poll(async () => seconds.evaluate((each: HTMLVideoElement) => each.duration), patient)
      .toBeGreaterThan(0);
    expect(await axeFindings(page)).toEqual([]);

    await part(post, 'posted').check();
    const posting = async () => readFile(join(studio.out, 'maya/posting.csv'), 'utf8');
    await expect.poll(posting, patient).toMatch(new RegExp(`${video},rednote,,\\d{4}-`));
    await expect.poll(async () => card(other, video, 'rednote').textContent(), patient).toContain('posted');
  });

  it('a private post is included by its button, and held back again by another', { timeout: 500_000 }, async () => {
    const studio = await startRealStudio(await temporaryFolder());
    const page = await openStudio(browser, studio.address);
    await part(page, 'export').setInputFiles(archive);
    await part(page, 'target-reels').check(patient);
    await part(page, 'run').click();
    await isDone(page);
    const held = page.locator('[data-studio="post"][data-status="held"]');
    await held.click(patient);
    const key = (await part(page, 'open-post').getAttribute('data-key')) ?? '';
    await page.getByRole('button', { name: 'Include this post' }).click(patient);
    await expect.poll(async () => card(page, key, 'reels').getAttribute('data-status'), patient).toBe('delivered');
    await page.reload();
    await card(page, key, 'reels').click(patient);
    await part(page, 'included').getByRole('button').click(patient);
    await expect.poll(async () => card(page, key, 'reels').getAttribute('data-status'), patient).toBe('held');
    await part(page, 'included').waitFor({ state: 'detached', ...patient });
  });
});

/** Drops a file on the page as a person does. */
async function drop(page: Page, path: string): Promise<void> {
  const bytes = (await readFile(path)).toString('base64');
  await page.locator('.drop').waitFor();
  const transfer = await page.evaluateHandle((encoded) => {
    const transfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0));
    transfer.items.add(new File([bytes], 'TikTok_Data.zip', { type: 'application/zip' }));
    return transfer;
  }, bytes);
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
}
