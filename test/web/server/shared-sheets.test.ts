import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Serving } from '../../../src/web/server/server.ts';
import { chromiumPath, openBrowser, openPage, violations } from '../../deliver/contact-sheet/chromium.ts';
import { accountWith, edit, keysOf, rowOf, serveAccount, sheetRows } from './served-folder.ts';

const keys = keysOf(4);
const [first = '', second = '', third = '', fourth = ''] = keys;

describe.skipIf(chromiumPath === null)('the shared store in Chromium (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

  /** Opens the sheet in a browser of its own, and waits until it shows what the server has. */
  async function open({ url }: Serving, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await openPage(browser, new RegExp(`^${url}`), { locale: 'en-GB', ...options });
    await page.goto(`${url}maya/rednote/index.html`);
    await page.locator('body.is-served').waitFor();
    return page;
  }
  const card = (page: Page, id: string) => page.locator(`article[data-id="${id}"]`);
  const box = (page: Page, id: string) => card(page, id).getByLabel('Posted');
  const link = (page: Page, id: string) => page.getByLabel(`Link of ${id}`);
  const note = (page: Page, id: string) => page.getByLabel(`Note on ${id}`);
  const isTicked = async (page: Page, id: string) => box(page, id).isChecked();
  const soon = async (isSo: () => Promise<unknown>, value: unknown = true) =>
    expect.poll(isSo, { timeout: 5000, interval: 50 }).toEqual(value);

  it('two browsers and a spreadsheet with a stale copy end in the same state', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const [desktop, mobile] = [await open(serving), await open(serving, phone)];
    const path = join(folder, 'posting.csv');
    // The spreadsheet opens the file now, and has it open all day.
    const opened = await readFile(path, 'utf8');

    await box(desktop, first).check();
    await soon(async () => isTicked(mobile, first));
    await link(mobile, second).fill('Look at this: https://xhslink.example/a1 Copy and open');
    await link(mobile, second).blur();
    await soon(async () => link(desktop, second).inputValue(), 'https://xhslink.example/a1');
    expect(await card(desktop, second).locator('.mark a').getAttribute('href')).toBe('https://xhslink.example/a1');

    await writeFile(path, opened.replace(`${third},rednote,,,,`, `${third},rednote,2027-05-01 12:00,,,from the sheet`));
    for (const page of [desktop, mobile]) {
      await soon(async () => note(page, third).inputValue(), 'from the sheet');
      expect(await isTicked(page, first)).toBe(true);
      expect(await page.locator('#issues').textContent()).toContain('saved from an older copy');
      expect(await page.locator('#count').textContent()).toBe('1 of 4 posted');
      expect(await page.locator('#plan').textContent()).toBe('1 planned');
    }
    // Saved a second time, from the same stale copy, with one more cell.
    const again = opened
      .replace(`${third},rednote,,,,`, `${third},rednote,2027-05-01 12:00,,,from the sheet`)
      .replace(`${fourth},rednote,,,,`, `${fourth},rednote,,x,,`);
    await Promise.all([writeFile(path, again), note(mobile, second).fill('by the phone')]);
    await note(mobile, second).blur();
    for (const page of [desktop, mobile]) {
      await soon(async () => isTicked(page, fourth));
      await soon(async () => note(page, second).inputValue(), 'by the phone');
    }
    await box(mobile, first).uncheck();
    await soon(async () => isTicked(desktop, first), false);

    const rows = await sheetRows(folder);
    expect(rows[first]).toBe(`${first},rednote,,,,`);
    expect(rows[second]).toBe(`${second},rednote,,,https://xhslink.example/a1,by the phone`);
    expect(rows[third]).toMatch(/,rednote,2027-05-01T12:00:00[^,]+,,,from the sheet$/);
    expect(rows[fourth]).toMatch(/,rednote,,20[^,]+,,$/);
    await serving.close();
    const drawn = await readFile(join(folder, 'rednote/index.html'), 'utf8');
    expect(drawn).toMatch(new RegExp(`data-id="${fourth}"[^>]*data-out="yes"`));
    expect(drawn).toMatch(new RegExp(`data-id="${first}"[^>]*data-out="no"`));
  });

  it('what port plan writes is a new order, and what port posted writes a tick', async () => {
    const folder = await accountWith(keys);
    const page = await open(await serveAccount(folder));
    expect(await page.locator('#order').inputValue()).toBe('newest');
    await page.locator('#order').selectOption('plan');
    const cells = { planned: '2099-01-01T12:00:00+09:00' };
    await edit(folder, [{ key: third, target: 'rednote', cells }], 'Asia/Tokyo');
    await soon(async () => page.locator('.day').first().textContent(), 'Thursday, 1 January 20991 post');
    expect(await card(page, third).locator('.moments').textContent()).toContain('(UTC+09:00)');
    await edit(folder, [{ key: first, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+09:00' } }]);
    await soon(async () => isTicked(page, first));
  });

  it('a page that was drawn before the last ticks starts in the order of now', async () => {
    const folder = await accountWith(keys);
    const planned = '2099-01-01T12:00:00+00:00';
    await edit(
      folder,
      keys.map((key) => ({ key, target: 'rednote', cells: { planned } })),
    );
    await edit(folder, [{ key: second, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } }]);
    const page = await open(await serveAccount(folder));
    await soon(async () => page.locator('.day').allTextContents(), ['Thursday, 1 January 20993 posts', 'Posted1 post']);
  });

  it('ticks that this browser kept before are taken over once', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const page = await openPage(browser, new RegExp(`^${serving.url}`));
    await page.goto(serving.url);
    const kept = [`${first} done`, `${third} done`, `${first} declare-1234abcd`, '2020-01-01_00-00-00 done'];
    await page.evaluate(`localStorage.setItem('content-port maya rednote', ${JSON.stringify(JSON.stringify(kept))})`);
    await page.goto(`${serving.url}maya/rednote/index.html`);
    await soon(async () => page.locator('#count').textContent(), '2 of 4 posted');
    expect((await rowOf(folder, first))?.posted).not.toBe('');
    const left = async () => page.evaluate("localStorage.getItem('content-port maya rednote')");
    await soon(left, JSON.stringify(kept.slice(2)));
    await box(page, first).uncheck();
    await soon(async () => (await rowOf(folder, first))?.posted, '');
    await page.reload();
    await page.locator('body.is-served').waitFor();
    expect([await isTicked(page, first), await isTicked(page, third)]).toEqual([false, true]);
  });

  it('a file of ticks that is loaded goes to posting.csv', async () => {
    const folder = await accountWith(keys);
    await edit(folder, [{ key: second, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } }]);
    const page = await open(await serveAccount(folder));
    const path = join(folder, 'ticks.csv');
    await writeFile(path, `post,tick\n${first},done\n${second},undone\n`);
    await page.locator('#file').setInputFiles(path);
    await soon(async () => page.locator('#said').textContent(), '2 ticks loaded');
    expect([await isTicked(page, first), await isTicked(page, second)]).toEqual([true, false]);
    expect([(await rowOf(folder, first))?.posted === '', (await rowOf(folder, second))?.posted]).toEqual([false, '']);
  });

  it('a tick that cannot be written is reported at the card, and the box shows the truth', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const page = await open(serving);
    await rm(join(folder, '.port'), { recursive: true });
    await writeFile(join(folder, '.port'), 'in the way of the lock');
    await box(page, first).click();
    const said = card(page, first).locator('[data-refused]');
    await soon(async () => said.textContent().then((text) => text?.startsWith('Not saved: port cannot write')));
    expect(await isTicked(page, first)).toBe(false);
    await link(page, first).fill('https://x.example/kept');
    await link(page, first).blur();
    await soon(async () => link(page, first).getAttribute('aria-invalid'), 'true');
    expect(await link(page, first).inputValue()).toBe('https://x.example/kept');
    await rm(join(folder, '.port'));
    await box(page, first).check();
    await soon(async () => said.isVisible(), false);
    await soon(async () => (await rowOf(folder, first))?.posted !== '');
  });

  it('the server ends: reported at once, ticks are refused, and where it runs again all is well', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const page = await open(serving);
    await serving.close();
    await soon(
      async () => page.locator('#problem').textContent(),
      'port serve does not answer: what you see may be old.',
    );
    await box(page, first).click();
    const said = card(page, first).locator('[data-refused]');
    await soon(async () => said.textContent(), 'Not saved: port serve does not answer. Is it still running?');
    await soon(async () => isTicked(page, first), false);
    await edit(folder, [{ key: second, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } }]);
    await serveAccount(folder, {}, Number(new URL(serving.url).port));
    await expect.poll(async () => isTicked(page, second), { timeout: 15_000 }).toBe(true);
    expect(await page.locator('#problem').isVisible()).toBe(false);
  });

  it('a page that is hidden does not listen, and catches up when it is shown', async () => {
    const folder = await accountWith(keys);
    const page = await open(await serveAccount(folder));
    const hide = async (isHidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
    await hide(true);
    await edit(folder, [{ key: first, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } }]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await isTicked(page, first)).toBe(false);
    await hide(false);
    await soon(async () => isTicked(page, first));
  });

  it('more open pages than a browser has connections: each is answered', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const one = await open(serving);
    const others: Page[] = [];
    for (let count = 0; count < 7; count++) {
      // The one before goes to the background.
      await (others.at(-1) ?? one).evaluate(`Object.defineProperty(document, 'hidden', { value: true });
        document.dispatchEvent(new Event('visibilitychange'));`);
      const page = await one.context().newPage();
      await page.goto(`${serving.url}maya/rednote/index.html`);
      await page.locator('body.is-served').waitFor();
      others.push(page);
    }
    await box(others.at(-1) as Page, first).check();
    await soon(async () => (await rowOf(folder, first))?.posted !== '');
  });

  it('a post that comes while the page is open: the page says so', async () => {
    const folder = await accountWith(keys);
    const page = await open(await serveAccount(folder));
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { posts: object[] };
    const posts = [{ ...manifest.posts[0], key: '2025-01-01_00-00-00' }, ...manifest.posts];
    await writeFile(path, JSON.stringify({ ...manifest, posts }));
    await soon(
      async () => page.locator('#issues').textContent(),
      'Posts were added or taken away: reload the page to see them.',
    );
  });

  it('links and notes that are an attack are words, wherever they come from', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'</textarea><script>alert(2)</script>';
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const page = await open(serving);
    await link(page, first).fill('javascript:alert(3)');
    await link(page, first).blur();
    await soon(async () =>
      card(page, first)
        .locator('[data-refused]')
        .textContent()
        .then((text) => text?.includes('no web address')),
    );
    await note(page, first).fill(evil);
    await note(page, first).blur();
    await soon(async () => (await rowOf(folder, first))?.note, evil);
    // A forged record: port itself would not have written this link.
    const record = await readFile(join(folder, 'posting.json'), 'utf8');
    const forged = record.replace('"url":"","note":"","parts"', '"url":"javascript:alert(4)","note":"","parts"');
    expect(forged).not.toBe(record);
    await writeFile(join(folder, 'posting.json'), forged);
    await page.reload();
    await page.locator('body.is-served').waitFor();
    expect(await note(page, first).inputValue()).toBe(evil);
    expect(await page.locator('.mark a[href]').count()).toBe(0);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
  });

  it('on a phone nothing scrolls sideways, and axe finds nothing', async () => {
    const folder = await accountWith(keys);
    const url = `https://x.example/${'y'.repeat(300)}`;
    await edit(folder, [
      { key: first, target: 'rednote', cells: { planned: '2020-01-01T12:00:00+00:00', note: 'z'.repeat(500), url } },
      { key: second, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } },
    ]);
    const page = await open(await serveAccount(folder), phone);
    await link(page, third).fill('no link');
    await link(page, third).blur();
    await card(page, third).locator('[data-refused]').waitFor();
    await page.evaluate(
      "document.getElementById('problem').hidden = false; document.getElementById('problem').textContent = 'port serve does not answer.'",
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await violations(page)).toEqual([]);
  });

  it('keys do not tick while somebody writes a note', async () => {
    const folder = await accountWith(keys);
    const page = await open(await serveAccount(folder));
    await note(page, first).click();
    await page.keyboard.type('xjk/');
    await page.keyboard.press('Escape');
    await soon(async () => (await rowOf(folder, first))?.note, 'xjk/');
    expect(await isTicked(page, first)).toBe(false);
  });

  it('a page of another site cannot tick, with and without the token', async () => {
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const { url, close } = await otherSite();
    onTestFinished(close);
    const page = await (await browser.newContext()).newPage();
    onTestFinished(async () => page.context().close());
    const asked: string[] = [];
    const answers = new Set<number>();
    page.on('request', (each) => asked.push(`${each.method()} ${each.url()}`));
    page.on('response', (answer) => {
      if (answer.url().includes('/posting')) answers.add(answer.status());
    });
    await page.goto(url);
    const body = JSON.stringify({ key: first, posted: true });
    const port = new URL(serving.url).port;
    const addresses = [
      `${serving.url}maya/rednote/posting`,
      `http://localhost:${port}${new URL(serving.url).pathname}maya/rednote/posting`,
      `http://127.0.0.1:${port}/maya/rednote/posting`,
    ];
    for (const address of addresses) {
      await page.evaluate(`(async () => {
        const body = ${JSON.stringify(body)};
        const all = [
          { mode: 'no-cors', headers: { 'content-type': 'text/plain' } },
          { mode: 'no-cors', headers: { 'content-type': 'application/json' } },
          { mode: 'cors', headers: { 'content-type': 'application/json' } },
          { mode: 'cors' },
        ];
        for (const each of all) await fetch('${address}', { method: 'POST', body, ...each }).catch(() => {});
        navigator.sendBeacon('${address}', new Blob([body], { type: 'application/json' }));
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action: '${address}', enctype: 'text/plain', target: 'frame' });
        const field = document.createElement('input');
        Object.assign(field, { name: body.slice(0, -1) + ',"x":"', value: '"}' });
        const frame = document.createElement('iframe');
        frame.name = 'frame';
        form.append(field);
        document.body.append(frame, form);
        form.submit();
        await new Promise((resolve) => setTimeout(resolve, 300));
      })()`);
      const read = await page.evaluate(`fetch('${address}').then((answer) => answer.text()).catch(() => 'refused')`);
      expect(read).toBe('refused');
    }
    for (const address of addresses)
      expect(asked.filter((each) => each === `POST ${address}`).length).toBeGreaterThan(3);
    expect(answers).toEqual(new Set([404]));
    expect((await rowOf(folder, first))?.posted).toBe('');
  });

  it('on another server, which keeps no ticks, the browser keeps them', async () => {
    const folder = await accountWith(keys);
    const text = await readFile(join(folder, 'rednote/index.html'), 'utf8');
    const { url, close } = await otherSite(text);
    onTestFinished(close);
    const page = await openPage(browser, new RegExp(`^${url}`));
    await page.goto(url);
    await soon(async () => page.evaluate("fetch('posting/events').then(({ status }) => status)"), 404);
    await box(page, first).check();
    await page.reload();
    await soon(async () => isTicked(page, first));
    expect(await page.locator('.fields').first().isVisible()).toBe(false);
    expect(await page.locator('#problem').isVisible()).toBe(false);
  });

  it('a thousand posts: the plan is shown, a tick is seen elsewhere within seconds, and fifty are written together', async () => {
    const many = keysOf(1000);
    const folder = await accountWith(many);
    const edits = many.map((key, index) => {
      const day = new Date(Date.UTC(2099, 0, 1) + index * 43_200_000).toISOString();
      return { key, target: 'rednote', cells: { planned: `${day.slice(0, 10)}T1${index % 2}:00:00+00:00` } };
    });
    await edit(folder, edits, 'Europe/Lisbon');
    const serving = await serveAccount(folder);
    const [page, other] = [await open(serving), await open(serving, phone)];
    expect(await page.locator('.day').count()).toBe(500);
    const [newest = '', next = ''] = many;
    const ticking = Date.now();
    await box(page, newest).check();
    await expect.poll(async () => isTicked(other, newest), { timeout: 20_000, interval: 50 }).toBe(true);
    // A tenth of a second on an idle machine.
    expect(Date.now() - ticking).toBeLessThan(10_000);
    const revision = async () =>
      (JSON.parse(await readFile(join(folder, 'posting.json'), 'utf8')) as { revision: number }).revision;
    const before = await revision();
    await page.evaluate(
      "for (const box of [...document.querySelectorAll('[data-tick=done]')].slice(1, 51)) box.click()",
    );
    await expect.poll(async () => other.locator('#count').textContent(), { timeout: 30_000 }).toBe('51 of 1000 posted');
    // Ticks that wait go together.
    expect((await revision()) - before).toBeLessThan(5);
    expect(await isTicked(other, next)).toBe(true);
  });
});

/** A page of somebody else. */
async function otherSite(
  page = '<!doctype html><title>other</title>',
): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    if (request.url !== '/') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
