import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudioState } from '../../../src/web/studio/api.ts';
import { chromiumPath, openBrowser } from '../../deliver/contact-sheet/chromium.ts';
import { bin, fixture, until, workFolder } from '../../e2e/run-port.ts';
import { atTerminal } from '../../e2e/terminal.ts';

/** How a studio ends: by Ctrl-C, and by closing its last page for good. */
let folder: Awaited<ReturnType<typeof workFolder>>;
beforeEach(async () => {
  folder = await workFolder();
});
afterEach(async () => folder.remove());
const environment = () => ({ XDG_CACHE_HOME: join(folder.path, 'cache') });

describe.skipIf(process.platform !== 'linux')('Ctrl-C at a terminal', () => {
  /** A studio in the middle of a run. */
  async function running() {
    const line = `"${process.execPath}" "${bin}" studio --no-open --offline --to rednote "${fixture('export.zip')}"`;
    const terminal = atTerminal(line, folder.path, environment());
    const address = () => /Studio: (\S+)/.exec(terminal.text())?.[1];
    await until(() => address() !== undefined);
    const { origin } = new URL(address() ?? '');
    const exchanged = await fetch(address() ?? '', { redirect: 'manual' });
    const cookie = exchanged.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await (await fetch(origin, { headers: { cookie } })).text();
    const token = /name="studio-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
    const headers = { cookie, 'x-studio': token };
    const run = await fetch(`${origin}/api/run`, { method: 'POST', headers, body: '{"what":"all"}' });
    expect(run.status).toBe(200);
    const state = async () =>
      ((await (await fetch(`${origin}/api/state`, { headers })).json()) as StudioState).run.state;
    terminal.type('\x03');
    await until(() => terminal.text().includes('A run is going on'));
    return { ...terminal, state };
  }

  it('with a run in progress asks first: Enter lets it run to its end', async () => {
    const { text, type, state, code } = await running();
    type('\n');
    await until(() => text().includes('The studio stays open.'));
    await until(async () => (await state()) === 'done');
    type('\x03');
    expect(await code).toBe(0);
    expect(text()).toContain('The studio has ended.');
  });

  it.each([
    ['y', 'y\n'],
    ['Ctrl-C', '\x03'],
  ])('with a run in progress, answered by %s: ends it', async (_what, keys) => {
    const { type, code } = await running();
    type(keys);
    expect(await code).toBe(0);
  });
});

describe.skipIf(chromiumPath === null)('closing the page (needs chromium on this machine)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser?.close());

  async function started(...args: readonly string[]) {
    const child = spawn(process.execPath, [bin, 'studio', '--no-open', '--offline', ...args], {
      cwd: folder.path,
      env: { ...process.env, ...environment() },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        out += chunk;
      });
    }
    await until(() => out.includes('Ctrl-C'));
    const context = await browser.newContext();
    const address = /Studio: (\S+)/.exec(out)?.[1] ?? '';
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('[data-studio=export]').waitFor({ state: 'attached' });
    const closed = once(child, 'close') as Promise<[number | null]>;
    return {
      child,
      context,
      page,
      origin: new URL(address).origin,
      text: () => out,
      code: async () => (await closed)[0],
    };
  }

  /** Closed by a person, as with the cross of its tab. */
  const close = async (page: Page) => page.close({ runBeforeUnload: true });
  const isOver = async (code: () => Promise<number | null>, milliseconds: number) =>
    Promise.race([code().then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), milliseconds))]);

  it('for good: the studio ends with 0', async () => {
    const { page, code, text } = await started();
    await close(page);
    expect(await code()).toBe(0);
    expect(text()).toContain('The page was closed.');
  });

  it('a reload, and a second tab that stays: it does not end', async () => {
    const { page, context, origin, code, child } = await started();
    await page.reload();
    expect(await isOver(code, 8000)).toBe(false);
    const second = await context.newPage();
    await second.goto(origin);
    await second.locator('[data-studio=export]').waitFor({ state: 'attached' });
    await close(page);
    expect(await isOver(code, 8000)).toBe(false);
    await close(second);
    expect(await code()).toBe(0);
    expect(child.exitCode).toBe(0);
  });

  it('connections that break, as where a machine sleeps: it does not end, and the page comes back', async () => {
    const { page, context, code, child } = await started();
    await context.setOffline(true);
    expect(await isOver(code, 8000)).toBe(false);
    await context.setOffline(false);
    await close(page);
    await code();
    expect(child.exitCode).toBe(0);
  });

  it('with a run in progress: it ends when the run is through', async () => {
    const { page, code } = await started('--to', 'rednote', fixture('export.zip'));
    await page.evaluate(`(async () => {
      const token = document.querySelector('meta[name=studio-token]').content;
      const headers = { 'x-studio': token };
      await fetch('/api/run', { method: 'POST', headers, body: JSON.stringify({ what: 'all' }) });
    })()`);
    await close(page);
    expect(await code()).toBe(0);
    const manifest = JSON.parse(await readFile(join(folder.path, 'ported/maya/manifest.json'), 'utf8'));
    expect(manifest.totals.rednote).toEqual({ delivered: 7, held: 1, rejected: 0, failed: 0 });
  });
});
