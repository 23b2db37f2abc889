import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CardState } from '../../../src/deliver/contact-sheet/state.ts';
import { writeContactSheet } from '../../../src/deliver/contact-sheet.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { temporaryFolder } from '../../media.ts';
import { chromiumPath, openBrowser, openFromDisk, violations } from './chromium.ts';
import { caption, entry } from './entries.ts';
import { postingOf } from './posting.ts';
import { targetNamed } from './sample.ts';

/** Newest first, as in a manifest. */
const keys = [8, 7, 6, 5, 4, 3, 2, 1].map((day) => `2025-03-0${day}_09-15-04`);
const [h = '', g = '', f = '', e = '', d = '', c = '', b = '', a = ''] = keys;
type Cells = Readonly<Record<string, Partial<CardState>>>;

/** Writes a sheet without media; resolves to the page's path. Written twice, the second page replaces the first. */
async function write(folder: string, cells: Cells, zone: string | null = null, all = keys): Promise<string> {
  const rows = all.map((key) => {
    const parts = key === c ? [1, 2].map(() => ({ caption: caption(), files: [] })) : undefined;
    return entry({ key, files: [], caption: caption({ title: `Post of ${key}` }), ...(parts && { parts }) });
  });
  const sheet = { folder, account: 'maya', target: targetNamed('rednote'), keys: all, rows };
  await writeContactSheet({ ...sheet, posting: async () => postingOf(cells, zone) }, createFiles(), async () => '');
  return join(folder, 'rednote/index.html');
}

describe.skipIf(chromiumPath === null)('plan and state on a sheet from disk (needs chromium)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  const now = new Date('2026-12-01T17:00:00Z');
  const open = async (path: string, options: BrowserContextOptions = {}, at = now) =>
    openFromDisk(browser, path, { locale: 'en-GB', timezoneId: 'Europe/Lisbon', ...options }, at);
  const card = (page: Page, id: string) => page.locator(`article[data-id="${id}"]`);
  /** Headings, without the commas that depend on the browser's age, and cards, by the day of their keys. */
  const shown = async (page: Page): Promise<readonly string[]> =>
    page.evaluate(`[...document.querySelectorAll('#cards > *')].filter((each) => each.getClientRects().length > 0)
      .map((each) => each.matches('article') ? each.dataset.id.slice(8, 10) + each.dataset.id.slice(19) : '# ' + each.textContent.replaceAll(',', ''))`);
  const counts = async (page: Page) => [
    await page.locator('#count').textContent(),
    await page.locator('#plan').textContent(),
    (await page.locator('.filter label:visible').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()),
  ];

  const mixed: Cells = {
    [h]: { planned: '2026-12-03T18:00:00+00:00' },
    [g]: { planned: '2026-12-01T18:30:00+00:00' },
    [f]: { planned: '2026-11-29T12:00:00+00:00' },
    [e]: { planned: '2026-12-01T12:00:00+00:00' },
    [d]: { planned: '2026-12-02T12:00:00+00:00' },
    [`${c}/part-1`]: { isOut: true },
    [b]: { planned: '2026-11-20T12:00:00+00:00', posted: '2026-11-20T12:07:00+00:00', url: 'https://x.example/b' },
    [a]: { posted: '2026-11-25T09:00:00+00:00' },
  };

  it('starts by plan: overdue, today, the days to come, without a plan, posted', async () => {
    const page = await open(await write(await temporaryFolder(), mixed));
    expect(await page.locator('#order').inputValue()).toBe('plan');
    expect(await shown(page)).toEqual([
      ...['# Overdue1 post', '06'],
      ...['# Today · Tuesday 1 December 20262 posts', '05', '07'],
      ...['# Tomorrow · Wednesday 2 December 20261 post', '04'],
      ...['# Thursday 3 December 20261 post', '08'],
      ...['# Without a plan1 post', '03/part-2'],
      ...['# Posted3 posts', '01', '02', '03/part-1'],
    ]);
  });

  it('counts what is to do, planned, overdue and posted, and filters by it', async () => {
    const page = await open(await write(await temporaryFolder(), mixed));
    expect(await counts(page)).toEqual([
      '3 of 9 posted',
      '5 planned · 2 overdue',
      ['All 9', 'To do 6', 'Planned 5', 'Overdue 2', 'Posted 3', 'Needs words 0'],
    ]);
    const only = async (name: string) => {
      await page.locator('.filter').getByText(name).click();
      return (await shown(page)).filter((text) => !text.startsWith('#'));
    };
    expect(await only('Overdue')).toEqual(['06', '05']);
    expect(await only('Planned')).toEqual(['06', '05', '07', '04', '08']);
    expect(await only('To do')).toEqual(['06', '05', '07', '04', '08', '03/part-2']);
    expect(await only('Posted')).toEqual(['01', '02', '03/part-1']);
    await page.locator('#search').fill('2025-03-02');
    expect(await shown(page)).toEqual(['# Posted1 post', '02']);
  });

  it('a card says when it is planned or was posted, and where', async () => {
    const page = await open(await write(await temporaryFolder(), mixed));
    const moments = async (id: string) =>
      (await card(page, id).locator('.moments > :visible').allTextContents()).join().replaceAll(',', '');
    expect(await moments(e)).toBe('Overdue: Tue 1 Dec 12:00');
    expect(await moments(g)).toBe('Planned Tue 1 Dec 18:30');
    expect(await moments(b)).toBe('Posted Fri 20 Nov 12:07');
    expect(await moments(`${c}/part-1`)).toBe('');
    const link = card(page, b).getByRole('link', { name: 'https://x.example/b' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await card(page, b).locator('.fields').isVisible()).toBe(false);
  });

  it('other orders have no headings, and parts stay in theirs', async () => {
    const page = await open(await write(await temporaryFolder(), mixed));
    await page.locator('#order').selectOption('oldest');
    expect(await shown(page)).toEqual(['01', '02', '03/part-1', '03/part-2', '04', '05', '06', '07', '08']);
    await page.locator('#order').selectOption('newest');
    expect(await shown(page)).toEqual(['08', '07', '06', '05', '04', '03/part-1', '03/part-2', '02', '01']);
    await page.locator('#order').selectOption('plan');
    expect((await shown(page))[0]).toBe('# Overdue1 post');
  });

  it('nothing planned: newest first, and no word of plans', async () => {
    const page = await open(await write(await temporaryFolder(), { [a]: { posted: '2026-11-25T09:00:00+00:00' } }));
    expect(await page.locator('#order').inputValue()).toBe('newest');
    expect((await shown(page))[0]).toBe('08');
    expect(await counts(page)).toEqual(['1 of 9 posted', '', ['All 9', 'To do 8', 'Posted 1', 'Needs words 0']]);
  });

  it('a time that passes becomes overdue, and a day that ends makes new headings', async () => {
    const page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Lisbon' });
    await page.clock.install({ time: new Date('2026-12-01T18:29:00Z') });
    await page.goto(`file://${await write(await temporaryFolder(), mixed)}`);
    expect(await page.locator('#plan').textContent()).toBe('5 planned · 2 overdue');
    await page.clock.runFor(3 * 60_000);
    expect(await page.locator('#plan').textContent()).toBe('5 planned · 3 overdue');
    expect(await card(page, g).locator('.moments').textContent()).toContain('Overdue:');
    await page.clock.runFor(6 * 3_600_000);
    expect((await shown(page)).slice(0, 5)).toEqual([
      ...['# Overdue3 posts', '06', '05', '07', '# Today · Wednesday 2 December 20261 post'],
    ]);
    await page.close();
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Lisbon'])(
    'summer time begins in Lisbon, seen from %s: days are those that posting.csv has',
    async (timezoneId) => {
      const cells: Cells = {
        [a]: { planned: '2027-03-27T23:30:00+00:00' },
        [b]: { planned: '2027-03-28T00:30:00+00:00' },
        [d]: { planned: '2027-03-28T02:30:00+01:00' },
        [e]: { planned: '2027-03-28T23:30:00+01:00' },
        [f]: { planned: '2027-03-29T00:15:00+01:00' },
        [g]: { planned: '2027-03-29T23:45:00+01:00' },
        [h]: { planned: '2027-03-30T00:00:00+01:00' },
      };
      const path = await write(
        await temporaryFolder(),
        cells,
        'Europe/Lisbon',
        keys.filter((key) => key !== c),
      );
      const page = await open(path, { timezoneId }, new Date('2027-03-28T22:00:00Z'));
      expect(await shown(page)).toEqual([
        ...['# Overdue1 post', '01'],
        ...['# Today · Sunday 28 March 20273 posts', '02', '04', '05'],
        ...['# Tomorrow · Monday 29 March 20272 posts', '06', '07'],
        ...['# Tuesday 30 March 20271 post', '08'],
      ]);
      const times = await page.locator('[data-value="planned"]').allTextContents();
      const clock = ['23:30', '00:30', '02:30', '23:30', '00:15', '23:45', '00:00'];
      expect(times.map((text) => /\d?\d:\d\d/.exec(text)?.[0]?.padStart(5, '0'))).toEqual(clock);
      const isElsewhere = timezoneId !== 'Europe/Lisbon';
      expect(times.every((text) => text.includes('(UTC') === isElsewhere)).toBe(true);
    },
  );

  it('what is posted is ticked; taken back it stays taken back here, also in the saved file', async () => {
    const folder = await temporaryFolder();
    const path = await write(folder, mixed);
    const page = await open(path);
    const box = (id: string) => card(page, id).getByLabel('Posted');
    expect(await box(b).isChecked()).toBe(true);
    await box(b).uncheck();
    await box(g).check();
    await page.reload();
    expect([await box(b).isChecked(), await box(g).isChecked(), await box(a).isChecked()]).toEqual([false, true, true]);
    expect((await counts(page))[0]).toBe('3 of 9 posted');
    expect(await page.locator('#kept').textContent()).toContain('2 ticks are in this browser alone');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
    const saved = await readFile(await download.path(), 'utf8');
    const rows = [`${a},done`, `${b},undone`, `${c}/part-1,done`, `${g},done`];
    expect(saved).toBe(`\uFEFFpost,tick\r\n${rows.map((row) => `${row}\r\n`).join('')}`);

    // Another browser, with the page as it was.
    const other = await open(path);
    await writeFile(join(folder, 'ticks.csv'), saved);
    await other.locator('#file').setInputFiles(join(folder, 'ticks.csv'));
    await expect.poll(async () => card(other, g).getByLabel('Posted').isChecked()).toBe(true);
    expect(await card(other, b).getByLabel('Posted').isChecked()).toBe(false);
    expect(await other.locator('#said').textContent()).toBe('4 ticks loaded');

    // port posted --from: the page has it now, and the browser needs to keep nothing.
    await write(folder, { ...mixed, [b]: {}, [g]: { posted: '2026-12-01T17:00:00+00:00' } });
    await page.reload();
    expect(await page.locator('#kept').isVisible()).toBe(false);
    expect(await page.evaluate("localStorage.getItem('content-port maya rednote')")).toBe('[]');
    // port posted --undo: an earlier tick does not come back.
    await write(folder, mixed);
    await page.reload();
    expect([await box(b).isChecked(), await box(g).isChecked()]).toEqual([true, false]);
  });

  it('ticks that an earlier version kept and saved are read', async () => {
    const folder = await temporaryFolder();
    const page = await open(await write(folder, {}));
    await page.evaluate(
      `localStorage.setItem('content-port maya rednote', ${JSON.stringify(JSON.stringify([`${a} done`]))})`,
    );
    await page.reload();
    expect(await card(page, a).getByLabel('Posted').isChecked()).toBe(true);
    await writeFile(join(folder, 'ticks.csv'), `post,tick\n${b},done\n`);
    await page.locator('#file').setInputFiles(join(folder, 'ticks.csv'));
    await expect.poll(async () => page.locator('#count').textContent()).toBe('2 of 9 posted');
  });

  it('links and notes that are an attack are words', async () => {
    const evil = '"\'><script>alert(1)</script><img src=x onerror=alert(2)>\u2028</script>{{7*7}}';
    const cells: Cells = {
      [a]: { url: 'javascript:alert(3)', note: evil, posted: '2026-11-25T09:00:00+00:00' },
      [b]: { url: ' data:text/html,<script>alert(4)</script>', note: 'javascript:alert(5)' },
      [d]: { url: 'https://x.example/"><script>alert(6)</script>', planned: '"><script>alert(7)</script>' },
      [e]: { url: 'https://x.example/?q=%22%3E', planned: '2026-99-99T99:99:99+00:00' },
    };
    const page = await open(await write(await temporaryFolder(), cells));
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await card(page, a).locator('[data-value="note"]').textContent()).toBe(evil);
    const links = await page
      .locator('.mark a[href]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    expect(links).toEqual(['https://x.example/?q=%22%3E']);
    expect(await page.locator('#plan').textContent()).toBe('');
  });

  it.each(['light', 'dark'] as const)(
    'axe finds nothing and nothing scrolls sideways by plan, %s',
    async (colorScheme) => {
      const note = `A long note ${'x'.repeat(300)}\nand a second line`;
      const cells = { ...mixed, [a]: { ...mixed[a], note, url: `https://x.example/${'y'.repeat(200)}` } };
      const page = await open(await write(await temporaryFolder(), cells), { colorScheme });
      await card(page, g).getByLabel('Posted').check();
      for (const width of [360, 390, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    },
  );

  it('a thousand planned posts: the order by plan takes no second', async () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      new Date(1_800_000_000_000 - index * 60_000).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-'),
    );
    const cells = Object.fromEntries(
      many.map((key, index) => {
        const day = new Date(Date.UTC(2026, 11, 1) + Math.floor(((index * 7) % 1000) / 2) * 86_400_000);
        return [key, { planned: `${day.toISOString().slice(0, 10)}T1${index % 2}:00:00+00:00` }];
      }),
    );
    const page = await open(await write(await temporaryFolder(), cells, 'Europe/Lisbon', many));
    expect(await page.locator('.day').count()).toBe(500);
    const took = async (value: string): Promise<number> =>
      page.evaluate(`(() => {
        const start = performance.now();
        const order = document.getElementById('order');
        order.value = '${value}';
        order.dispatchEvent(new Event('change'));
        document.body.getBoundingClientRect();
        return performance.now() - start;
      })()`);
    for (const value of ['newest', 'plan', 'oldest', 'plan']) expect(await took(value)).toBeLessThan(1000);
    const tick = await page.evaluate(`(() => {
      const start = performance.now();
      for (const box of [...document.querySelectorAll('[data-tick=done]')].slice(0, 20)) box.click();
      return performance.now() - start;
    })()`);
    expect(tick).toBeLessThan(1000);
    expect(await page.locator('#count').textContent()).toBe('20 of 1000 posted');
  });
});
