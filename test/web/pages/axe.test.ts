import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { makePosts } from './made-posts.ts';
import { startStandIn } from './stand-in.ts';
import { axeFindings, card, openStudio, part, scrollWidth } from './studio-page.ts';

describe.skipIf(chromiumPath === null)('axe finds nothing and nothing scrolls sideways (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  const widths = [390, 768, 1440];
  const looks = widths.flatMap((width) => (['light', 'dark'] as const).map((scheme) => [width, scheme] as const));

  it.each(looks)('%i pixels, %s, in every state', async (width, colorScheme) => {
    const posts = makePosts(14);
    const [studio, empty] = await Promise.all([startStandIn(posts, true), startStandIn([], false)]);
    onTestFinished(async () => {
      await studio.close();
      await empty.close();
    });
    const page = await openStudio(browser, empty.url, { viewport: { width, height: 900 }, colorScheme });
    const check = async (state: string) => {
      expect([state, ...(await axeFindings(page))]).toEqual([state]);
      expect([state, await scrollWidth(page)]).toEqual([state, width]);
    };
    await page.getByText('How to ask TikTok').click();
    await check('nothing yet');
    await page.goto(studio.url);
    await part(page, 'post').first().waitFor();
    await part(page, 'target-rednote').check();
    await page.getByText('Choices:').click();
    await page.getByText('Posts and links').click();
    await check('an export, choices and posts');
    await card(page, posts[0]?.key ?? '', 'rednote').click();
    await part(page, 'counter').waitFor();
    await part(page, 'title').fill('海'.repeat(30));
    await page.locator('.own-words summary').click();
    await page.locator('.before-after summary').click();
    await page.locator('.post-choices summary').click();
    await check('an opened post');
    await page.keyboard.press('Escape');
    await card(page, posts[9]?.key ?? '', 'rednote').click();
    await page.getByRole('button', { name: 'Include this post', exact: true }).waitFor();
    await check('a post that is held');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Calendar' }).click();
    await check('no plan yet');
    await page.getByRole('button', { name: /^Plan \d+ posts/ }).click();
    await page.locator('.slot').first().waitFor();
    await check('a plan');
    const run = { state: 'paused', what: 'all', done: 3, total: 5, left: 9, now: null, exitCode: null } as const;
    studio.state = { ...studio.state, run: { ...run, problems: [{ message: 'A link has ended.', issue: null }] } };
    studio.tell({ type: 'state', state: studio.state });
    await part(page, 'progress').waitFor();
    await check('at work');
  });
});
