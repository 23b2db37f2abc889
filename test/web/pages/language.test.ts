import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Issue } from '../../../src/model/issue.ts';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { temporaryFolder } from '../../media.ts';
import { makePosts } from './made-posts.ts';
import { startRealStudio } from './real-studio.ts';
import { startStandIn } from './stand-in.ts';
import { card, openStudio, part } from './studio-page.ts';

const archive = resolve(import.meta.dirname, '../../../fixtures/export.zip');
const patient = { timeout: 200_000 };

describe.skipIf(chromiumPath === null)('the language of the page (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  async function open(locale: string, index: number) {
    const studio = await startStandIn(makePosts(12), true);
    const page = await openStudio(browser, studio.url, { locale });
    onTestFinished(async () => studio.close());
    await card(page, studio.posts[index]?.key ?? '', 'rednote').click();
    await part(page, 'counter').waitFor();
    return { studio, page, post: part(page, 'open-post'), language: page.getByRole('combobox').first() };
  }

  it('changes with everything that is open: reasons, warnings, declarations, dates, and what was typed stays', async () => {
    const { page, post, language } = await open('en-GB', 0);
    await part(post, 'title').fill('海'.repeat(21));
    await part(post, 'body').fill('这家最好 maya@example.com');
    await expect.poll(async () => post.locator('.warnings').first().textContent()).toContain('The word “最好” (body');
    expect(await post.locator('.declare').textContent()).toContain('your own work? choose: 原创声明');

    await language.selectOption('zh');
    await expect.poll(async () => page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await part(post, 'title').inputValue()).toBe('海'.repeat(21));
    expect(await part(post, 'body').inputValue()).toBe('这家最好 maya@example.com');
    const warnings = await post.locator('.warnings').first().textContent();
    expect(warnings).toMatch(/“最好”（正文第 \d+ 个字符）属于绝对化用语/);
    expect(warnings).not.toMatch(/\b(?:word|title|are)\b/);
    expect(await post.locator('.declare').textContent()).toContain('是你的原创作品？请选择：原创声明');
    expect(await post.locator('h2').textContent()).toMatch(/2025年12月6日/);

    await language.selectOption('es');
    await expect.poll(async () => page.locator('html').getAttribute('lang')).toBe('es');
    expect(await part(post, 'title').inputValue()).toBe('海'.repeat(21));
    expect(await post.locator('.warnings').first().textContent()).toMatch(/“最好” \(texto, carácter \d+\) promete más/);
    await language.selectOption('en');
    await expect.poll(async () => page.locator('html').getAttribute('lang')).toBe('en');
  });

  it.each([
    ['en-GB', 'Its link ended on 14 December 2025. Ask TikTok'],
    ['zh-CN', '它的链接已于2025年12月14日失效。'],
    ['es-MX', 'Su enlace caducó el 14 de diciembre de 2025.'],
  ])('in %s a failed post says why, with its date', async (locale, sentence) => {
    const { post } = await open(locale, 5);
    expect(await post.locator('.problem-box').textContent()).toContain(sentence);
  });

  it('a code of another version: the sentence of the server', async () => {
    const { studio, page, post } = await open('zh-CN', 0);
    const failed = studio.posts[5];
    if (failed === undefined) throw new Error('no post');
    const code = 'of-another-version' as Issue['code'];
    const issue = {
      code,
      severity: 'error',
      actual: null,
      limit: null,
      message: 'Something new. Add --newer.',
    } as const;
    failed.cards.forEach((each, index) => {
      failed.cards[index] = { ...each, issues: [issue] };
    });
    await card(page, failed.key, 'rednote').click();
    await expect.poll(async () => post.locator('.problem-box').textContent()).toContain('Something new.');
  });

  it('a run says what it does and what went wrong in Chinese', async () => {
    const { studio, page } = await open('zh-CN', 0);
    const wanted = {
      code: 'captions-wanted',
      severity: 'warning',
      actual: '3 posts have',
      limit: 'captions.csv',
    } as const;
    const run = { state: 'running', what: 'all', done: 1, total: 5, left: 90, exitCode: null } as const;
    const told = [
      { message: '3 posts have no caption.', issue: wanted },
      { message: 'Something else. Add --other.', issue: null },
    ];
    await page.waitForTimeout(300);
    const show = (now: { stage: 'make'; key: string } | { stage: 'fetch'; done: number; total: number }) => {
      studio.state = { ...studio.state, run: { ...run, now, problems: told } };
      studio.tell({ type: 'state', state: studio.state });
    };
    show({ stage: 'fetch', done: 2, total: 8 });
    await expect.poll(async () => page.locator('.now').textContent()).toBe('正在下载原始文件：2 / 8');
    show({ stage: 'make', key: '2025-08-16_10-00-00' });
    await expect.poll(async () => page.locator('.now').textContent()).toMatch(/^正在制作 2025年8月16日.* 的作品$/);
    expect(await page.locator('.problems li').allTextContents()).toEqual([
      '3 条作品没有文案：请在这里填写，或填写 captions.csv 后再次运行。',
      'Something else.',
    ]);
  });

  it('a held post of the real server says why in Chinese, and is included', { timeout: 500_000 }, async () => {
    const studio = await startRealStudio(await temporaryFolder());
    const page = await openStudio(browser, studio.address, { locale: 'zh-CN' });
    await part(page, 'export').setInputFiles(archive);
    await part(page, 'target-rednote').check(patient);
    await part(page, 'run').click();
    await part(page, 'progress').and(page.locator('[data-state="done"]')).waitFor(patient);
    const held = page.locator('[data-studio="post"][data-status="held"]');
    await held.click(patient);
    const post = part(page, 'open-post');
    const key = (await post.getAttribute('data-key')) ?? '';
    await expect
      .poll(async () => post.locator('.problem-box li').allTextContents(), patient)
      .toEqual(['暂不发布，因为它并非所有人可见（私密）。可以公开的话，请点“也发布这条”。']);
    // Of what was changed in others, the reasons too.
    const text = await page.locator('body').innerText();
    expect(text).not.toMatch(/\b(?:Its|was|held back|Fetching|Making)\b/);
    await page.getByRole('button', { name: '也发布这条' }).click(patient);
    await expect.poll(async () => card(page, key, 'rednote').getAttribute('data-status'), patient).toBe('delivered');
  });
});
