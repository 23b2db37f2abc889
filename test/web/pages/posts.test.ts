import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { makePosts } from './made-posts.ts';
import { startStandIn } from './stand-in.ts';
import { card, openStudio, part, scrollWidth } from './studio-page.ts';

describe.skipIf(chromiumPath === null)('posts and their plan (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  async function open(count: number, width = 1440) {
    const studio = await startStandIn(makePosts(count), true);
    const page = await openStudio(browser, studio.url, { viewport: { width, height: 900 } });
    onTestFinished(async () => studio.close());
    await part(page, 'post').first().waitFor();
    return { studio, page };
  }

  it('ten thousand posts on two platforms: few cards are in the page, and the last one can be scrolled to', async () => {
    const { studio, page } = await open(10_000);
    expect(await part(page, 'post').count()).toBeLessThan(200);
    const last = studio.posts.at(-1)?.key ?? '';
    const start = Date.now();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await card(page, last, 'shorts').waitFor();
    console.log(`to the end of 20,000 cards: ${Date.now() - start} ms`);
    expect(await part(page, 'post').count()).toBeLessThan(200);
    expect(await page.locator('li[aria-posinset="20000"]').getAttribute('aria-setsize')).toBe('20000');
  });

  it('filters and search show what they say', async () => {
    const { studio, page } = await open(20);
    const shown = async () => part(page, 'post').count();
    for (const [name, count] of [
      ['Without words', 10],
      ['Held back', 4],
      ['Failed', 2],
      ['To post', 34],
    ] as const) {
      await page.getByRole('button', { name: `${name} ${count}` }).click();
      expect(await shown()).toBe(count);
    }
    await page.getByRole('button', { name: 'All 40' }).click();
    await page.getByRole('searchbox').fill('gulls');
    await expect.poll(shown).toBe(10);
    await page.getByRole('combobox', { name: 'Platform' }).selectOption('shorts');
    await expect.poll(shown).toBe(5);
    await page.getByRole('searchbox').fill(studio.posts[1]?.key.slice(0, 10) ?? '');
    await expect.poll(shown).toBeGreaterThan(0);
  });

  it('a card says why its post is held or failed, and that it is made again', async () => {
    const posts = makePosts(10);
    const [first] = posts[0]?.cards ?? [];
    if (first !== undefined) posts[0]?.cards.splice(0, 1, { ...first, waits: true });
    const studio = await startStandIn(posts, true);
    onTestFinished(async () => studio.close());
    const page = await openStudio(browser, studio.url);
    const said = async (index: number) => card(page, posts[index]?.key ?? '', 'rednote').textContent();
    await part(page, 'post').first().waitFor();
    expect(await said(0)).toContain('is made anew');
    expect(await said(1)).not.toContain('is made anew');
    expect(await said(5)).toContain('Its link ended');
    expect(await said(9)).toContain('Held back');
    await card(page, posts[0]?.key ?? '', 'rednote').click();
    await page.getByText('You changed something.').waitFor();
  });

  it('a post that the run left for later is not made yet, rather than held back', async () => {
    const posts = makePosts(10);
    const issue = {
      code: 'not-selected',
      severity: 'info',
      actual: null,
      limit: null,
      message: 'Not selected in this run.',
    } as const;
    const [held] = posts[9]?.cards ?? [];
    if (held !== undefined) posts[9]?.cards.splice(0, 1, { ...held, issues: [issue] });
    const stillHeld = posts
      .flatMap(({ cards }) => cards)
      .filter(({ status, issues }) => {
        return status === 'held' && issues[0]?.code !== 'not-selected';
      });
    const studio = await startStandIn(posts, true);
    onTestFinished(async () => studio.close());
    const page = await openStudio(browser, studio.url);
    const later = card(page, posts[9]?.key ?? '', 'rednote');
    await later.waitFor();
    expect(await later.textContent()).toContain('not made yet');
    expect(await later.textContent()).not.toMatch(/held back|Not selected/);
    expect(await later.getAttribute('data-status')).toBe('held');
    await page.getByText(`Held back ${stillHeld.length}`).waitFor();
  });

  it('by keyboard alone: a card is reached and opened, the platform changed, the post ticked and closed', async () => {
    const { studio, page } = await open(20);
    const focused = async () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['studio'] ?? '');
    await page.getByRole('searchbox').focus();
    for (let presses = 0; presses < 12 && (await focused()) !== 'post'; presses++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('post');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(async () => page.evaluate(() => Number((document.activeElement as HTMLElement).dataset['index'])))
      .toBeGreaterThan(4);
    await page.keyboard.press('Home');
    await page.waitForTimeout(100);
    await page.keyboard.press('Enter');
    await part(page, 'posted').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('open-title');
    expect(await part(page, 'open-post').getAttribute('data-key')).toBe(studio.posts[0]?.key);
    await part(page, 'posted').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => studio.posts[0]?.cards[0]?.posted).not.toBe('');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('post');
    expect(await part(page, 'open-post').count()).toBe(0);
  });

  it('on a phone a post covers the page, which is out of reach until it is closed', async () => {
    const { page } = await open(20, 390);
    await part(page, 'post').first().click();
    const post = page.getByRole('dialog');
    await post.waitFor();
    expect(await page.locator('.page').evaluate((each) => (each as HTMLElement).inert)).toBe(true);
    await post.getByRole('button', { name: 'Back to the posts' }).click();
    expect(await page.locator('.page').evaluate((each) => (each as HTMLElement).inert)).toBe(false);
  });

  it('a frame of the strip and the slider choose the cover', async () => {
    const { studio, page } = await open(4);
    await part(page, 'post').first().click();
    await part(page, 'cover').nth(3).click();
    await expect.poll(() => studio.posts[0]?.choices.cover).toBe('7');
    await expect.poll(async () => part(page, 'cover').nth(3).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('slider').press('ArrowRight');
    await expect.poll(() => studio.posts[0]?.choices.cover).toBe('7.1');
  });

  it('the platforms that are chosen go to the server before the run begins', async () => {
    const { studio, page } = await open(4);
    await part(page, 'target-rednote').check();
    await part(page, 'target-shorts').check();
    await part(page, 'run').click();
    await expect
      .poll(() => studio.asked.map((each) => each.replaceAll('"', '')))
      .toEqual(['options {options:{to:rednote,shorts}}', 'run {what:all}']);
  });

  it('a planned post is dragged to another day, and moved back by an arrow key', async () => {
    const { studio, page } = await open(4);
    await page.getByRole('button', { name: 'Calendar' }).click();
    await page.getByRole('button', { name: /^Plan \d+ posts/ }).click();
    const first = page.locator('.day:has(.slot) .slot', { hasText: 'tide' }).first();
    await first.waitFor();
    const planned = () => studio.posts[0]?.cards[0]?.planned.slice(0, 16);
    expect(planned()).toBe('2026-12-01T12:00');
    await first.dragTo(page.locator('[data-day="2026-12-04"]'));
    await expect.poll(planned).toBe('2026-12-04T12:00');
    const slot = page.locator('[data-day="2026-12-04"] .slot');
    await slot.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(planned).toBe('2026-12-03T12:00');
    await expect.poll(async () => page.locator('[data-day="2026-12-03"] [data-slot]:focus').count()).toBe(1);
  });

  it('without an export that can be read, it says why nothing can be made', async () => {
    const { studio, page } = await open(4);
    const [first] = studio.state.exports;
    if (first === undefined) throw new Error('no export');
    await page.waitForTimeout(300);
    const broken = { ...first, inspection: null, problem: 'That is no ZIP.' };
    studio.state = { ...studio.state, exports: [broken] };
    studio.tell({ type: 'state', state: studio.state });
    await page.getByText('No export here can be read.').waitFor();
    expect(await part(page, 'run').isDisabled()).toBe(true);
  });

  it('once all originals are fetched, it says that posts are made', async () => {
    const { studio, page } = await open(4);
    const run = { state: 'running', what: 'all', done: 0, total: 8, left: null, problems: [], exitCode: null } as const;
    await page.waitForTimeout(300);
    for (const [done, said] of [
      [7, 'Fetching 7 of 8 originals'],
      [8, 'All originals are here. Making the posts…'],
    ] as const) {
      studio.state = { ...studio.state, run: { ...run, now: { stage: 'fetch', done, total: 8 } } };
      studio.tell({ type: 'state', state: studio.state });
      await expect.poll(async () => page.locator('.now').textContent()).toBe(said);
    }
  });

  it('work is shown as events tell of it: progress, time left, problem, pause and stop', async () => {
    const { studio, page } = await open(4);
    const run = {
      what: 'all',
      done: 31,
      total: 52,
      left: 180,
      now: { stage: 'make', key: '2025-08-16_10-00-00' },
      exitCode: null,
    } as const;
    const tell = (state: 'running' | 'paused' | 'done') => {
      studio.state = {
        ...studio.state,
        run: { ...run, state, problems: [{ message: 'A link has ended.', issue: null }] },
      };
      studio.tell({ type: 'state', state: studio.state });
    };
    await page.waitForTimeout(300);
    tell('running');
    await expect.poll(async () => part(page, 'progress').textContent()).toMatch(/31 of 52 posts.*3m.* left/);
    await part(page, 'stop').click();
    await expect.poll(() => studio.asked.at(-1)).toBe('control {"action":"stop"}');
    expect(await page.locator('.problems').textContent()).toContain('A link has ended.');
    await page.reload();
    await part(page, 'progress').waitFor();
    await page.waitForTimeout(300);
    tell('done');
    await expect.poll(async () => part(page, 'stop').count()).toBe(0);
    expect(await part(page, 'summary').textContent()).toContain('ready');
  });

  it('of several accounts one is looked at, or all together', async () => {
    const studio = await startStandIn(makePosts(5), false);
    onTestFinished(async () => studio.close());
    const [maya] = studio.state.accounts;
    if (maya === undefined) throw new Error('no account');
    studio.state = { ...studio.state, accounts: [maya, { ...maya, account: 'tomas.rows' }] };
    const page = await openStudio(browser, studio.url);
    await expect.poll(async () => part(page, 'post').count()).toBe(20);
    await page.getByRole('button', { name: /^tomas\.rows/ }).click();
    await expect.poll(async () => part(page, 'post').count()).toBe(10);
    await page.getByRole('button', { name: 'All accounts' }).click();
    await expect.poll(async () => part(page, 'post').count()).toBe(20);
  });

  it('a phone of the local network reads and ticks, and changes nothing else', async () => {
    const studio = await startStandIn(makePosts(3), true);
    studio.isForReaders = true;
    onTestFinished(async () => studio.close());
    const page = await openStudio(browser, studio.url, { viewport: { width: 390, height: 844 } });
    await part(page, 'post').first().click();
    await part(page, 'counter').waitFor();
    for (const owned of ['export', 'run', 'try-one', 'cover', 'caption'])
      expect(await part(page, owned).count()).toBe(0);
    expect(await part(page, 'title').isEditable()).toBe(false);
    await part(page, 'posted').check();
    await expect.poll(() => studio.posts[0]?.cards[0]?.posted).not.toBe('');
  });

  it.each([
    ['zh-CN', '把 TikTok 导出文件拖到这里', 'zh-CN'],
    ['es-MX', 'Suelta aquí tu exportación de TikTok', 'es'],
    ['fr-FR', 'Drop your TikTok export here', 'en'],
  ])('a browser in %s', async (locale, sentence, lang) => {
    const studio = await startStandIn([], false);
    onTestFinished(async () => studio.close());
    const page = await openStudio(browser, studio.url, { locale });
    await page.getByText(sentence).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await page.getByRole('combobox').selectOption('es');
    await page.reload();
    await page.getByText('Suelta aquí tu exportación').waitFor();
  });

  it.each(['zh-CN', 'es'])('in %s nothing scrolls sideways on a phone', async (locale) => {
    const studio = await startStandIn(makePosts(4), true);
    onTestFinished(async () => studio.close());
    const page = await openStudio(browser, studio.url, { locale, viewport: { width: 390, height: 844 } });
    await part(page, 'post').first().waitFor();
    await page.locator('.options summary').click();
    expect(await scrollWidth(page)).toBe(390);
    await part(page, 'post').first().click();
    await part(page, 'counter').waitFor();
    expect(await part(page, 'open-post').evaluate((each) => each.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
