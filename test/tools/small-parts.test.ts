import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../../src/tools/browser.ts';
import { makeTemporary, removeTemporaries } from '../../src/tools/temporary.ts';
import { programCache, studioCache } from '../../src/tools/user-cache.ts';
import { yieldToEventLoop } from '../../src/tools/yield-to-event-loop.ts';
import { temporaryFolder } from './folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.skipIf(process.platform === 'win32')('an address is opened in a browser', () => {
  it.each<[NodeJS.Platform, string, string]>([
    ['linux', 'xdg-open', 'http://127.0.0.1:1/?a=b'],
    ['darwin', 'open', 'http://127.0.0.1:1/?a=b'],
    ['win32', 'rundll32', 'url.dll,FileProtocolHandler http://127.0.0.1:1/?a=b'],
  ])('on %s by %s', async (system, program, args) => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, program),
      `#!/bin/sh\necho "$@" > '${folder}/told.part'\n/bin/mv '${folder}/told.part' '${folder}/told'\n`,
      {
        mode: 0o755,
      },
    );
    vi.stubEnv('PATH', folder);
    openBrowser('http://127.0.0.1:1/?a=b', system);
    await vi.waitFor(() => expect(readFileSync(join(folder, 'told'), 'utf8')).toBe(`${args}\n`), { timeout: 5000 });
  });

  it('without one nothing happens', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    openBrowser('http://127.0.0.1:1');
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
});

describe.skipIf(process.platform !== 'linux')("the user's cache", () => {
  it('is where the system says, else in the home folder', () => {
    expect(programCache({ XDG_CACHE_HOME: '/c' })).toBe('/c/content-port/bin');
    expect(studioCache({ XDG_CACHE_HOME: '/c' })).toBe('/c/content-port/studio');
    for (const environment of [{}, { XDG_CACHE_HOME: '' }])
      expect(studioCache(environment)).toBe(join(homedir(), '.cache', 'content-port', 'studio'));
  });
});

describe('temporary folders', () => {
  it('are new ones below that of the system, and go with what is in them', async () => {
    const [one, other] = [await makeTemporary('content-port-test-'), await makeTemporary('content-port-test-')];
    expect([dirname(one.path), one.path === other.path]).toEqual([tmpdir(), false]);
    mkdirSync(join(one.path, 'a'));
    writeFileSync(join(one.path, 'a', 'b'), 'x');
    await one.remove();
    expect([existsSync(one.path), existsSync(other.path)]).toEqual([false, true]);
    mkdirSync(one.path);
    writeFileSync(join(other.path, 'c'), 'x');
    removeTemporaries();
    expect([existsSync(one.path), existsSync(other.path)]).toEqual([true, false]);
    await one.remove();
  });
});

it('work that continues for long lets others run, work that was just begun does not wait', async () => {
  let others = 0;
  const timer = setInterval(() => others++, 1);
  const isFree = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    await yieldToEventLoop();
    others = 0;
    await yieldToEventLoop();
    return others === 0;
  };
  // On a busy machine, time may pass between two calls.
  await vi.waitFor(async () => expect(await isFree()).toBe(true), { timeout: 10_000 });
  for (const until = performance.now() + 25; performance.now() < until; );
  await yieldToEventLoop();
  expect(others).toBeGreaterThan(0);
  clearInterval(timer);
});
