import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { watchNetwork } from '../../deliver/contact-sheet/chromium.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Elements of the page by the attribute that scripts may count on. */
export function part(page: Page | Locator, name: string): Locator {
  return page.locator(`[data-studio="${name}"]`);
}

export function card(page: Page, key: string, target: string): Locator {
  return page.locator(`[data-studio="post"][data-key="${key}"][data-target="${target}"]`);
}

/** Opens the page; the test fails if it asks another machine for anything, or complains. */
export async function openStudio(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  allowed = /^http:\/\/127\.0\.0\.1:|^about:/,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = await watchNetwork(page, allowed);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    // Made-up videos cannot be played; a refused style or script is a violation of the policy.
    // A phone comes by http, where browsers ignore one of the headers.
    const isKnown = /Failed to load resource|Cross-Origin-Opener-Policy header has been ignored/.test(said.text());
    if (said.type() === 'error' && !isKnown) complaints.push(said.text());
  });
  page.on('dialog', async (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  onTestFinished(async () => {
    await context.close();
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
  });
  await page.goto(url);
  return page;
}

/** What axe finds, a line each. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  // The policy lets no script in but the page's own; the browser's own channel is not bound by it.
  if (!isThere) await page.evaluate(await readFile(axe, 'utf8'));
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  });
}

export async function scrollWidth(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth);
}
