import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { fixture } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { startRealStudio } from './real-studio.ts';
import { openStudio, part } from './studio-page.ts';

/** A browser without a window thinks that each of its pages is looked at. */
async function look(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

describe.skipIf(chromiumPath === null)('tabs behind others (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  it('ten of one studio: the last one works, and the first one shows what it missed', async () => {
    const studio = await startRealStudio(await temporaryFolder(), null, [fixture('export.zip'), '--to', 'rednote']);
    const first = await openStudio(browser, studio.address);
    const choice = (page: Page) => part(page, 'target-lemon8');
    const begin = async (page: Page) => {
      await page.clock.install();
      await page.goto(new URL(studio.address).origin);
      await choice(page).waitFor({ state: 'attached' });
    };
    await begin(first);
    let last = first;
    for (let tab = 2; tab <= 10; tab++) {
      await look(last, true);
      await last.clock.fastForward(11_000);
      last = await first.context().newPage();
      await begin(last);
    }
    await choice(last).check();
    await expect.poll(async () => choice(last).isChecked()).toBe(true);
    expect(await choice(first).isChecked()).toBe(false);
    await look(first, false);
    await expect.poll(async () => choice(first).isChecked()).toBe(true);
  });
});
