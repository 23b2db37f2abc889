import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { fixture, runPort } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { card, openStudio, part } from './studio-page.ts';

const key = '2025-03-02_09-15-04';
const patient = { timeout: 100_000 };

describe.skipIf(chromiumPath === null)('a page whose studio ended and was started again (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  it('saves what was typed meanwhile, once the new address was opened', { timeout: 300_000 }, async () => {
    const folder = await temporaryFolder();
    const args = [fixture('export.zip'), '--to', 'rednote', '--offline', '--only', key];
    expect((await runPort(args, folder)).code).toBe(0);
    const first = await startRealStudio(folder);
    const page = await openStudio(browser, first.address);
    await card(page, key, 'rednote').click(patient);
    await part(page, 'counter').waitFor(patient);
    await first.stop();
    await page.getByText('Studio does not answer').waitFor(patient);
    await part(page, 'title').fill('Typed meanwhile');
    await page.getByText('Not saved.').waitFor(patient);

    const second = await startRealStudio(folder, Number(new URL(first.address).port));
    const other = await page.context().newPage();
    await other.goto(second.address);
    const sheet = async () => readFile(join(second.out, 'maya/captions.csv'), 'utf8');
    await expect.poll(sheet, patient).toContain('Typed meanwhile');
    expect(await part(page, 'title').inputValue()).toBe('Typed meanwhile');
    await expect.poll(async () => page.getByText('it was ended, or the machine slept').count(), patient).toBe(0);
  });
});
