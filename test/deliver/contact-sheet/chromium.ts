import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/** A real browser of this machine; null where there is none, and then the tests of the page are skipped. */
export const chromiumPath = await first([
  process.env['PORT_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]);

/** A browser that does nothing by itself: no updates, no sync, an empty profile. */
export async function openBrowser(): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync', 'default-apps', 'extensions'];
  const args = ['--no-sandbox', '--no-first-run', ...quiet.map((what) => `--disable-${what}`)];
  return await chromium.launch({ ...(chromiumPath === null ? {} : { executablePath: chromiumPath }), args });
}

/** What the page asked of anything but the disk. The requests are not let through. */
export async function watchNetwork(page: Page, allowed: RegExp = /^file:/): Promise<readonly string[]> {
  const asked: string[] = [];
  await page.route(
    (url) => !allowed.test(url.href) && !/^(?:data|blob):/.test(url.href),
    async (route) => {
      asked.push(route.request().url());
      await route.abort();
    },
  );
  return asked;
}

/** Opens a page from disk; the test fails if it asks the network for anything, or complains. @param now a fixed time */
export async function openFromDisk(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
  now: Date | null = null,
): Promise<Page> {
  const page = await openPage(browser, /^file:/, options);
  if (now !== null) await page.clock.setFixedTime(now);
  await page.goto(pathToFileURL(path).href);
  return page;
}

/** A page in a browser of its own; the test fails if it asks for anything but what is allowed, or complains. */
export async function openPage(browser: Browser, allowed: RegExp, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = await watchNetwork(page, allowed);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    // What the server refuses is no error of the page.
    if (said.type() === 'error' && !/^Failed to load resource/.test(said.text())) complaints.push(said.text());
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
  return page;
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on a page. */
export async function violations(page: Page): Promise<readonly string[]> {
  return await page.evaluate(
    `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0]?.html))`,
  );
}

async function first(paths: readonly string[]): Promise<string | null> {
  for (const path of paths.filter(Boolean)) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}
