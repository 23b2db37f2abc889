import { access } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';

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
