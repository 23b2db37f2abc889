import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Entry } from '../../../src/state/documents.ts';
import { temporaryFolder } from '../../media.ts';
import { chromiumPath, openBrowser, openFromDisk, violations } from './chromium.ts';
import { caption, entry, file, issue } from './entries.ts';
import { sampleRows, writeSample } from './sample.ts';

describe.skipIf(chromiumPath === null)('the contact sheet in Chromium (needs chromium on this machine)', () => {
  let browser: Browser;
  let sample = '';

  beforeAll(async () => {
    browser = await openBrowser();
    sample = await writeSample(await temporaryFolder());
  });
  afterAll(async () => browser?.close());

  const open = async (path = sample, options: BrowserContextOptions = {}) => openFromDisk(browser, path, options);
  const card = (page: Page, id: string) => page.locator(`article[data-id="${id}"]`);
  const visible = async (page: Page) =>
    page.locator('article:visible').evaluateAll((found) => found.map((each) => (each as HTMLElement).dataset['id']));
  const clipboard = async (page: Page) => page.evaluate(async () => navigator.clipboard.readText());
  const copying: BrowserContextOptions = { permissions: ['clipboard-read', 'clipboard-write'] };

  it.each(['light', 'dark'] as const)(
    'axe finds nothing and nothing scrolls sideways, %s, at five widths and in every state',
    async (colorScheme) => {
      const page = await open(sample, { colorScheme });
      for (const width of [360, 390, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        await page.locator('[data-tick]').first().check();
        await page.locator('summary').nth(0).click();
        await page.locator('article summary').nth(0).click();
      }
    },
  );

  it.each([
    [390, 1],
    [768, 1],
    [1280, 2],
    [1920, 3],
  ])('at %i pixels %i cards stand in a row, without an empty middle', async (width, inRow) => {
    const page = await open();
    await page.setViewportSize({ width, height: 900 });
    const boxes = async (part: string) =>
      page.locator(part).evaluateAll((found) => found.slice(0, 3).map((each) => each.getBoundingClientRect().toJSON()));
    const [cards, media, words] = [
      await boxes('article'),
      await boxes('article .media'),
      await boxes('article .words'),
    ];
    expect(cards.filter(({ top }) => top === cards[0].top)).toHaveLength(Math.min(3, inRow));
    for (const [at, { left, right }] of cards.entries()) {
      if (width < 640) {
        expect(words[at].top).toBeGreaterThan(media[at].bottom);
        continue;
      }
      // Media, words and the borders of the card leave no other column.
      expect(words[at].top).toBe(media[at].top);
      expect(words[at].left - media[at].right).toBeLessThan(30);
      expect(media[at].left - left).toBeLessThan(30);
      expect(right - words[at].right).toBeLessThan(30);
    }
  });

  it('counts and lists what was held or failed above the first card, with each reason', async () => {
    const page = await open();
    expect(await page.locator('.totals li').allTextContents()).toEqual(['4 delivered', '1 held', '1 failed']);
    const list = page.getByRole('region', { name: 'Not on this page: 2 posts' });
    expect((await list.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' '))).toEqual([
      '1 failed 2025-02-10_10-00-00 Its link ended on 2025-02-20. Ask TikTok for a new export and run port on it within days.',
      '1 held 2025-02-14_19-33-07 Held back, since not everyone could see it (private). Add --include private to port it too.',
    ]);
    const bottom = await list.evaluate((each) => each.getBoundingClientRect().bottom);
    const top = await page
      .locator('article')
      .first()
      .evaluate((each) => each.getBoundingClientRect().top);
    expect(bottom).toBeLessThan(top);
  });

  it('leads from what to look at to the card, also if a search hides it', async () => {
    const page = await open();
    await page.locator('#search').fill('咖啡');
    expect(await card(page, '2025-11-23_08-05-41').isVisible()).toBe(false);
    await page.getByText('To look at before you post: 1 post').click();
    await page.getByRole('link', { name: '2025-11-23_08-05-41' }).click();
    await expect.poll(async () => visible(page)).toHaveLength(5);
    expect(await page.locator('#search').inputValue()).toBe('');
    const inView = async () =>
      card(page, '2025-11-23_08-05-41').evaluate((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      });
    await expect.poll(inView).toBe(true);
  });

  it('shows the key of captions.csv to select, and copies it', async () => {
    const page = await open(sample, copying);
    const part = card(page, '2025-03-02_09-15-04/part-2');
    expect(await part.getByText('2025-03-02_09-15-04', { exact: true }).isVisible()).toBe(true);
    await part.getByRole('button', { name: 'Copy key' }).click();
    await expect.poll(async () => clipboard(page)).toBe('2025-03-02_09-15-04');
    await part.locator('code').first().dblclick();
    expect(await page.evaluate(() => String(document.getSelection()).length)).toBeGreaterThan(0);
  });

  it('shows media from disk: covers, photos, and a video that plays', async () => {
    const page = await open();
    const photo = card(page, '2025-08-16_06-30-22').locator('img').nth(1);
    await photo.scrollIntoViewIfNeeded();
    await expect.poll(async () => photo.evaluate((each) => (each as HTMLImageElement).naturalWidth)).toBe(540);
    const video = card(page, '2025-11-23_08-05-41').locator('video');
    await expect.poll(async () => video.getAttribute('poster')).toBe('./2025-11-23_08-05-41/cover.jpg');
    await video.evaluate(async (each) => (each as HTMLVideoElement).play());
    await expect.poll(async () => video.evaluate((each) => (each as HTMLVideoElement).currentTime)).toBeGreaterThan(0);
  });

  it('copies: all, title, text, each topic, the folder’s path', async () => {
    const page = await open(sample, copying);
    const first = card(page, '2025-03-02_09-15-04/part-1');
    await first.getByRole('button', { name: 'Copy all' }).click();
    await expect
      .poll(async () => clipboard(page))
      .toBe('Three days in Lisbon\n\nPart by part (1/2)\n\n#travel\n#lisbon');
    await first.getByRole('button', { name: 'Copy title' }).click();
    await expect.poll(async () => clipboard(page)).toBe('Three days in Lisbon');
    await first.getByRole('button', { name: 'Copy text' }).click();
    await expect.poll(async () => clipboard(page)).toBe('Part by part (1/2)');
    await first.getByRole('button', { name: '#lisbon' }).click();
    await expect.poll(async () => clipboard(page)).toBe('#lisbon');
    await first.getByRole('button', { name: 'Copy folder path' }).click();
    await expect.poll(async () => clipboard(page)).toBe(join(sample, '..', '2025-03-02_09-15-04', 'part-1'));
    await expect.poll(async () => page.locator('#said').textContent()).toBe('Copied');
  });

  it('copies the old way where the clipboard is out of reach', async () => {
    const page = await open(sample, copying);
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.addEventListener('copy', () => {
        document.title = `copied ${String(document.getSelection())}`;
      });
    });
    await card(page, '2025-11-23_08-05-41').getByRole('button', { name: 'Copy title' }).click();
    await expect.poll(async () => page.title()).toMatch(/^copied/);
    expect(await page.locator('textarea.unseen').count()).toBe(0);
  });

  it('keeps ticks over a reload, counts them, filters by them', async () => {
    const page = await open();
    await card(page, '2025-11-23_08-05-41').getByLabel('Posted').check();
    await card(page, '2025-11-23_08-05-41').getByLabel('made with AI').check();
    await page.reload();
    expect(await card(page, '2025-11-23_08-05-41').getByLabel('Posted').isChecked()).toBe(true);
    expect(await card(page, '2025-11-23_08-05-41').getByLabel('made with AI').isChecked()).toBe(true);
    expect(await page.locator('#count').textContent()).toBe('1 of 5 posted');
    await page.locator('.filter').getByText('Posted').click();
    expect(await visible(page)).toEqual(['2025-11-23_08-05-41']);
    await page.getByText('To do').click();
    expect(await visible(page)).toHaveLength(4);
    await page.locator('.filter').getByText('Needs words').click();
    expect(await visible(page)).toEqual(['2025-05-18_21-47-55']);
  });

  it('searches in any script, and says when nothing fits', async () => {
    const page = await open();
    for (const [words, ids] of [
      ['咖啡', ['2025-08-16_06-30-22']],
      ['BELLS jacket', ['2025-11-23_08-05-41']],
      ['2025-05', ['2025-05-18_21-47-55']],
      ['nowhere', []],
    ] as const) {
      await page.locator('#search').fill(words);
      expect(await visible(page)).toEqual(ids);
    }
    expect(await page.locator('#empty').isVisible()).toBe(true);
  });

  it('oldest first, with parts in their order', async () => {
    const page = await open();
    await page.locator('#order').selectOption('oldest');
    expect((await visible(page)).slice(0, 3)).toEqual([
      '2025-03-02_09-15-04/part-1',
      '2025-03-02_09-15-04/part-2',
      '2025-05-18_21-47-55',
    ]);
  });

  it('by keyboard alone', async () => {
    const page = await open(sample, copying);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    expect(await card(page, '2025-08-16_06-30-22').getByLabel('Posted').isChecked()).toBe(true);
    await page.keyboard.press('k');
    await page.keyboard.press('t');
    await expect.poll(async () => clipboard(page)).toBe('Sunrise over the old town, seen twice');
    await page.keyboard.press('/');
    await page.keyboard.type('jx');
    expect(await page.locator('#search').inputValue()).toBe('jx');
    expect(await page.locator('#count').textContent()).toBe('1 of 5 posted');
  });

  it('saves ticks to a file and loads them, also after a spreadsheet had it', async () => {
    const page = await open();
    await card(page, '2025-03-02_09-15-04/part-2').getByLabel('Posted').check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save ticks' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('ticks-rednote.csv');
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved).toBe('\uFEFFpost,tick\r\n2025-03-02_09-15-04/part-2,done\r\n');

    const other = await open();
    const folder = await temporaryFolder();
    const path = join(folder, 'ticks.csv');
    await writeFile(
      path,
      `${saved.replaceAll(',', ';')}"2025-05-18_21-47-55";"done"\n<script>;done\n2025-01-01_00-00-00;done\n`,
    );
    await other.locator('#file').setInputFiles(path);
    await expect.poll(async () => other.locator('#count').textContent()).toBe('2 of 5 posted');
    expect(await other.locator('#said').textContent()).toBe('2 ticks loaded');
  });

  it('where the browser keeps nothing it says so, and all else works', async () => {
    const context = await browser.newContext();
    onTestFinished(async () => context.close());
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    });
    await page.goto(pathToFileURL(sample).href);
    expect(await page.locator('#forgets').isVisible()).toBe(true);
    await page.locator('[data-tick=done]').first().check();
    expect(await page.locator('#count').textContent()).toBe('1 of 5 posted');
  });

  it('a caption that is an attack is words, and is copied as it is', async () => {
    const evil =
      '"\'><script>alert(1)</script><img src=x onerror=alert(2)>\u2028</script><style>*{display:none}</style>{{7*7}}';
    const rows: Entry[] = [
      entry({
        caption: caption({
          title: evil,
          body: `javascript:alert(3)\n${evil}`,
          hashtags: [evil],
          removed: [{ text: evil, reason: evil }],
        }),
        toDeclare: [evil],
        issues: [issue(evil, 'warning', evil), issue('x', 'info', evil)],
        files: [file('rednote/2025-03-02_09-15-04/video.mp4', 'video', { why: [issue('x', 'info', evil)] })],
      }),
      entry({
        key: '2025-01-01_00-00-00',
        status: 'failed',
        caption: null,
        files: [],
        issues: [issue('x', 'error', evil)],
      }),
    ];
    const page = await open(
      await writeSample(await temporaryFolder(), rows, 'rednote', 'ma"ya\'<b>&amp;'.replace(/[<>"&]/g, '_')),
      copying,
    );
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img[src="x"], b:has-text("alert")').count()).toBe(0);
    await page.getByRole('button', { name: 'Copy title' }).click();
    await expect.poll(async () => clipboard(page)).toBe(evil);
    expect(await page.locator('article').first().isVisible()).toBe(true);
  });

  it('the policy stops a script that got in all the same', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'index.html');
    await mkdir(folder, { recursive: true });
    const text = await readFile(sample, 'utf8');
    await writeFile(
      path,
      text.replace(
        '</main>',
        '<script>document.title = "owned"</script><img src="https://127.0.0.1:9/x" onerror="document.title = \'owned\'"></main>',
      ),
    );
    const context = await browser.newContext();
    onTestFinished(async () => context.close());
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    await page.waitForFunction(() => document.getElementById('count')?.textContent?.includes('posted'));
    expect(await page.title()).not.toBe('owned');
  });

  it('a thousand posts: covers come as they come near, and search finds the last', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => {
      const key = new Date(1_700_000_000_000 + index * 60_000)
        .toISOString()
        .slice(0, 19)
        .replace('T', '_')
        .replaceAll(':', '-');
      // One pair of files for all: the others would be two thousand.
      const files = [file('rednote/shared/video.mp4', 'video'), file('rednote/shared/cover.jpg', 'cover')];
      return entry({ key, files, caption: caption({ title: `Post ${index}` }) });
    });
    const page = await open(await writeSample(await temporaryFolder(), rows));
    expect(await page.locator('article').count()).toBe(1000);
    const posters = page.locator('video[poster]');
    await expect.poll(async () => posters.count()).toBeGreaterThan(0);
    expect(await posters.count()).toBeLessThan(20);
    await page.locator('#search').fill('2023-11-14_22-13-20');
    expect(await visible(page)).toEqual([rows[0]?.key]);
  });

  it('without JavaScript the words are there all the same', async () => {
    const page = await open(sample, { javaScriptEnabled: false });
    expect(await page.getByText('Part by part (1/2)').isVisible()).toBe(true);
    expect(await page.getByText('2025-05-18_21-47-55', { exact: true }).isVisible()).toBe(true);
    expect(await page.getByRole('heading', { name: 'Not on this page: 2 posts' }).isVisible()).toBe(true);
    expect(await page.locator('video').first().getAttribute('src')).toBe('./2025-11-23_08-05-41/video.mp4');
    expect(sampleRows.length).toBeGreaterThan(0);
  });
});
