import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Serving } from '../../../src/web/server/server.ts';
import { serve } from '../../../src/web/server/server.ts';
import { until } from '../../e2e/run-port.ts';
import { accountWith, edit, keysOf, rowOf, serveAccount, sheetRows, token, tools } from './served-folder.ts';

const [first = '', second = '', third = ''] = keysOf(3);

interface Said {
  readonly status: number;
  readonly body: string;
}

async function ask(
  { url }: Serving,
  method: string,
  headers: Record<string, string>,
  body = '',
  path = `/${token}/maya/rednote/posting`,
): Promise<Said> {
  const { port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

const own = (serving: Serving) => ({ origin: new URL(serving.url).origin, 'content-type': 'application/json' });
const change = async (serving: Serving, body: unknown) => ask(serving, 'POST', own(serving), JSON.stringify(body));

describe('changing what is posted over HTTP', () => {
  it('a tick is in posting.csv with the time of now, and is taken back without the link', async () => {
    const folder = await accountWith([first, second]);
    const serving = await serveAccount(folder);
    const ticked = await change(serving, { key: first, posted: true, url: 'https://x.example/1', note: 'late' });
    expect(ticked.status).toBe(200);
    const row = await rowOf(folder, first);
    expect(Math.abs(Date.parse(row?.posted ?? '') - Date.now())).toBeLessThan(60_000);
    expect(JSON.parse(ticked.body)).toMatchObject({ unwritten: null, posts: [{ key: first, posted: row?.posted }] });
    // Ticked twice: the first time stays.
    await change(serving, { key: first, posted: true });
    expect(await rowOf(folder, first)).toEqual(row);
    await change(serving, { key: first, posted: false });
    expect(await rowOf(folder, first)).toMatchObject({ posted: '', url: 'https://x.example/1', note: 'late' });
    expect((await sheetRows(folder))[second]).toBe(`${second},rednote,,,,`);
  });

  it('the time of a tick is that of the plan’s zone', async () => {
    const folder = await accountWith([first]);
    const planned = '2027-01-01T12:00:00+05:45';
    await edit(folder, [{ key: first, target: 'rednote', cells: { planned } }], 'Asia/Kathmandu');
    await change(await serveAccount(folder), { key: first, posted: true });
    expect((await rowOf(folder, first))?.posted).toMatch(/\+05:45$/);
  });

  it('parts of a split video are ticked one by one, and it is out with the last', async () => {
    const folder = await accountWith([first], { [first]: 2 });
    const serving = await serveAccount(folder);
    await change(serving, { key: `${first}/part-2`, posted: true });
    expect(await rowOf(folder, first)).toMatchObject({ posted: '', parts: ['part-2'] });
    await change(serving, { key: `${first}/part-1`, posted: true });
    expect(await rowOf(folder, first)).toMatchObject({ posted: expect.stringMatching(/^20/), parts: [] });
    expect((await change(serving, { key: `${first}/part-3`, posted: true })).status).toBe(400);
  });

  it('many at once: all or, where one is refused, none', async () => {
    const folder = await accountWith([first, second, third]);
    const serving = await serveAccount(folder);
    const list = [first, second].map((key) => ({ key, posted: true }));
    expect((await change(serving, [...list, { key: third, url: 'no link' }])).status).toBe(400);
    expect((await rowOf(folder, first))?.posted).toBe('');
    expect((await change(serving, list)).status).toBe(200);
    expect((await rowOf(folder, second))?.posted).not.toBe('');
  });

  it('a hundred ticks that come at the same time are all kept', async () => {
    const keys = keysOf(100);
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    for (let from = 0; from < keys.length; from += 25) {
      await Promise.all(keys.slice(from, from + 25).map(async (key) => change(serving, { key, posted: true })));
    }
    const rows = await sheetRows(folder);
    expect(Object.values(rows).filter((line) => !line.endsWith(',,,,'))).toHaveLength(100);
  });

  it.each<[string, unknown, string]>([
    ['an unknown post', { key: '2020-01-01_00-00-00', posted: true }, 'no such post'],
    ['no key', { posted: true }, 'Reload the page'],
    ['a path', { key: '../maya', posted: true }, 'no such post'],
    ['a column that is not for pages', { key: first, planned: '2027-01-01 12:00' }, 'Reload the page'],
    ['a time', { key: first, posted: '2027-01-01T12:00:00Z' }, 'Reload the page'],
    ['a link that runs', { key: first, url: 'javascript:alert(1)' }, 'that is no web address'],
    ['a link with a password', { key: first, url: 'https://a:b@x.example' }, 'that is no web address'],
    ['no object', 7, 'Reload the page'],
    ['no change at all', [], 'Reload the page'],
    ['a prototype', JSON.parse('{"__proto__":{"key":"x"},"posted":true}'), 'Reload the page'],
  ])('%s: refused with a sentence, and nothing is written', async (_odd, body, words) => {
    const folder = await accountWith([first]);
    const said = await change(await serveAccount(folder), body);
    expect([said.status, JSON.parse(said.body)]).toEqual([400, { error: expect.stringContaining(words) }]);
    expect(await rowOf(folder, first)).toMatchObject({ planned: '', posted: '', url: '', note: '' });
  });

  it('what is no JSON, and what is too long', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    expect((await ask(serving, 'POST', own(serving), '{"key":')).status).toBe(400);
    const long = await change(serving, { key: first, note: 'x'.repeat(100_000) });
    expect([long.status, JSON.parse(long.body)]).toEqual([413, { error: 'Not saved: this is too long.' }]);
    expect((await change(serving, { key: first, note: '字'.repeat(10_000) })).status).toBe(200);
  });

  it.each<[string, (serving: Serving) => Record<string, string>, string?, string?]>([
    ['from no page', () => ({ 'content-type': 'application/json' })],
    ['from another site', () => ({ origin: 'https://evil.example', 'content-type': 'application/json' })],
    ['from a page without an origin', () => ({ origin: 'null', 'content-type': 'application/json' })],
    [
      'from the same host by another name',
      ({ url }) => ({ origin: `http://localhost:${new URL(url).port}`, 'content-type': 'application/json' }),
    ],
    ['as a form', (serving) => ({ ...own(serving), 'content-type': 'text/plain' })],
    ['as a form that looks like it', (serving) => ({ ...own(serving), 'content-type': 'application/jsonp' })],
    ['that the browser marks as of another site', (serving) => ({ ...own(serving), 'sec-fetch-site': 'cross-site' })],
    ['that the browser marks as of a sister site', (serving) => ({ ...own(serving), 'sec-fetch-site': 'same-site' })],
    ['to another host: DNS rebinding', () => ({ host: 'evil.example', origin: 'http://evil.example' })],
    ['without the token', own, '/maya/rednote/posting'],
    ['with another token', own, `/${token}x/maya/rednote/posting`],
    ['of a folder that is no sheet', own, `/${token}/maya/posting`],
    ['of a folder below a sheet', own, `/${token}/maya/rednote/${first}/posting`],
    ['to the events', own, `/${token}/maya/rednote/posting/events`],
    ['to the page', own, `/${token}/maya/rednote/index.html`],
    ['by PUT', own, `/${token}/maya/rednote/posting`, 'PUT'],
  ])('a request %s: the same nothing', async (_odd, headers, path, method = 'POST') => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    const body = JSON.stringify({ key: first, posted: true });
    expect(await ask(serving, method, headers(serving), body, path)).toEqual({ status: 404, body: '' });
    expect((await rowOf(folder, first))?.posted).toBe('');
  });

  it('reading is for own pages too', async () => {
    const serving = await serveAccount(await accountWith([first]));
    expect((await ask(serving, 'GET', { 'sec-fetch-site': 'cross-site' })).status).toBe(404);
    const events = `/${token}/maya/rednote/posting/events`;
    expect((await ask(serving, 'GET', { 'sec-fetch-site': 'cross-site' }, '', events)).status).toBe(404);
    expect(await ask(serving, 'HEAD', {})).toEqual({ status: 200, body: '' });
    const { body } = await ask(serving, 'GET', { 'sec-fetch-site': 'same-origin' });
    expect(JSON.parse(body)).toEqual({
      ...{ schemaVersion: 1, target: 'rednote', zone: null, delivered: 1, issues: [] },
      posts: [{ key: first, planned: '', posted: '', parts: [], url: '', note: '' }],
    });
  });

  it('the folder of one platform alone: the account is above it', async () => {
    const folder = await accountWith([first]);
    const serving = await serve({ folder: join(folder, 'rednote'), host: '127.0.0.1', port: 0, token, tools });
    const body = JSON.stringify({ key: first, posted: true });
    expect((await ask(serving, 'POST', own(serving), body, `/${token}/posting`)).status).toBe(200);
    await serving.close();
    expect((await sheetRows(folder))[first]).toMatch(/^[^,]+,rednote,,20/);
  });
});

describe('where posting.csv cannot be written', () => {
  it('nothing can be written into the folder: one sentence, and the tick is not there', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    await ask(serving, 'GET', {});
    await rm(join(folder, '.port'), { recursive: true, force: true });
    await writeFile(join(folder, '.port'), 'in the way of the lock');
    const said = await change(serving, { key: first, posted: true });
    expect(said.status).toBe(503);
    expect(JSON.parse(said.body)).toEqual({
      error: expect.stringMatching(/^Not saved: port cannot write .*\(E\w+\)\.$/),
    });
    expect((await rowOf(folder, first))?.posted).toBe('');
  });

  it('a spreadsheet holds the file: the tick is kept and told as such, and written once the file is free', async () => {
    const folder = await accountWith([first]);
    let isHeld = false;
    const refuse = () => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'rename' }));
    const { files } = tools;
    const held = {
      ...files,
      confined: () => ({
        ...files,
        write: async (...all: Parameters<typeof files.write>) =>
          isHeld && all[0].endsWith('posting.csv') ? refuse() : files.write(...all),
      }),
    };
    const serving = await serveAccount(folder, { files: held });
    await ask(serving, 'GET', {});
    isHeld = true;
    const said = JSON.parse((await change(serving, { key: first, posted: true })).body) as { unwritten: string };
    expect(said).toMatchObject({ posts: [{ posted: expect.stringMatching(/^20/) }] });
    expect(said.unwritten).toContain('posting.csv could not be written (EBUSY)');
    expect((await sheetRows(folder))[first]).toBe(`${first},rednote,,,,`);
    isHeld = false;
    await serving.close();
    expect((await sheetRows(folder))[first]).toMatch(/,rednote,,20/);
  });

  it('another port holds the lock for a moment: the tick waits for it', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    const lock = await tools.locks.take(join(folder, '.port', 'posting.lock'));
    const said = change(serving, { key: first, posted: true });
    await wait(700);
    expect((await rowOf(folder, first))?.posted).toBe('');
    await lock.release();
    expect((await said).status).toBe(200);
    expect((await rowOf(folder, first))?.posted).not.toBe('');
  });

  it('a run of port holds the folder: a tick does not wait for it', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    const lock = await tools.locks.take(join(folder, '.port', 'lock'));
    const started = Date.now();
    expect((await change(serving, { key: first, posted: true })).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(5000);
    await lock.release();
  });
});

describe('the events of a sheet', () => {
  /** Connects, and gives what is told. */
  async function listen({ url }: Serving) {
    const stop = new AbortController();
    const answer = await fetch(`${url}maya/rednote/posting/events`, { signal: stop.signal });
    const told: { posts: { key: string; posted: string; note: string }[]; issues: string[]; delivered: number }[] = [];
    let rest = '';
    void (async () => {
      for await (const chunk of answer.body ?? []) {
        const blocks = (rest + Buffer.from(chunk).toString()).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = /^event: state\ndata: (.*)$/.exec(block)?.[1];
          if (data !== undefined) told.push(JSON.parse(data));
        }
      }
    })().catch(() => {});
    await until(() => told.length > 0);
    return { told, type: answer.headers.get('content-type'), stop: () => stop.abort() };
  }

  it('all posts on connect, then those that change, to everybody', async () => {
    const folder = await accountWith([first, second]);
    const serving = await serveAccount(folder);
    const [one, other] = [await listen(serving), await listen(serving)];
    expect(one.type).toBe('text/event-stream; charset=utf-8');
    expect(one.told[0]?.posts).toHaveLength(2);
    await change(serving, { key: first, posted: true });
    for (const { told } of [one, other]) {
      await until(() => told.length > 1);
      expect(told[1]?.posts).toMatchObject([{ key: first, posted: expect.stringMatching(/^20/) }]);
    }
    one.stop();
    other.stop();
  });

  it('what a command, a spreadsheet and a run change is reported within two seconds', async () => {
    const folder = await accountWith([first, second]);
    const serving = await serveAccount(folder);
    const { told, stop } = await listen(serving);
    const within = async (isSo: () => boolean) => {
      const started = Date.now();
      await until(isSo);
      expect(Date.now() - started).toBeLessThan(2500);
    };
    await edit(folder, [{ key: first, target: 'rednote', cells: { posted: '2026-12-01T12:00:00+00:00' } }]);
    await within(() => told.at(-1)?.posts[0]?.posted !== '');
    const path = join(folder, 'posting.csv');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(`${second},rednote,,,,`, `${second},rednote,,,,from a sheet`));
    await within(() => told.at(-1)?.posts[0]?.note === 'from a sheet');
    // Merged, and written back.
    await until(async () => (await readFile(join(folder, 'posting.json'), 'utf8')).includes('from a sheet'));
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { posts: object[] };
    const posts = [{ ...manifest.posts[0], key: third }, ...manifest.posts];
    await tools.files.write(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, posts }));
    await within(() => told.at(-1)?.delivered === 3);
    stop();
  });

  it('a stale copy of posting.csv: what was ticked stays, and that is reported', async () => {
    const folder = await accountWith([first, second]);
    const serving = await serveAccount(folder);
    const { told, stop } = await listen(serving);
    const path = join(folder, 'posting.csv');
    const before = await readFile(path, 'utf8');
    await change(serving, { key: first, posted: true });
    await change(serving, { key: first, note: 'by the phone' });
    await writeFile(path, before.replace(`${second},rednote,,,,`, `${second},rednote,,,,by the sheet`));
    await until(() => told.at(-1)?.issues.some((text) => text.includes('saved from an older copy')) === true);
    await wait(1500);
    expect(told.at(-1)?.issues).toHaveLength(1);
    const rows = await sheetRows(folder);
    expect(rows[first]).toMatch(/,rednote,,20[^,]+,,by the phone$/);
    expect(rows[second]).toMatch(/,by the sheet$/);
    stop();
  });

  it('a sheet that is half written: nothing is lost, and it is read when it is whole', async () => {
    const keys = keysOf(60);
    const folder = await accountWith(keys);
    const serving = await serveAccount(folder);
    const { told, stop } = await listen(serving);
    const path = join(folder, 'posting.csv');
    const text = (await readFile(path, 'utf8')).replaceAll(',,,,', ',,,,note of the sheet');
    for (let at = 200; at < text.length; at += 500) {
      await writeFile(path, text.slice(0, at));
      await wait(30);
    }
    await writeFile(path, text);
    await until(
      () => told.flatMap(({ posts }) => posts).filter(({ note }) => note === 'note of the sheet').length === 60,
    );
    expect(told.flatMap(({ issues }) => issues)).toEqual([]);
    expect(Object.values(await sheetRows(folder)).every((line) => line.endsWith('note of the sheet'))).toBe(true);
    stop();
  });

  it('a sheet that is broken: told while it is, and ticks are kept', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    const { told, stop } = await listen(serving);
    const path = join(folder, 'posting.csv');
    const good = await readFile(path, 'utf8');
    await writeFile(path, 'nothing,of\nthe,kind\n');
    await until(() => told.at(-1)?.issues[0]?.includes('could not be read') === true);
    expect((await change(serving, { key: first, posted: true })).status).toBe(200);
    expect(await readFile(path, 'utf8')).toBe('nothing,of\nthe,kind\n');
    await writeFile(path, good);
    await until(() => told.at(-1)?.issues.some((text) => text.includes('could not be read')) === false);
    expect((await rowOf(folder, first))?.posted).not.toBe('');
    stop();
  });
});

describe('the pages on disk', () => {
  it('show what was ticked when serve ends, and some seconds after the last change', async () => {
    const folder = await accountWith([first]);
    const page = async () => readFile(join(folder, 'rednote/index.html'), 'utf8');
    const serving = await serveAccount(folder);
    await change(serving, { key: first, posted: true });
    expect(await page()).toContain('data-out="no"');
    await serving.close();
    expect(await page()).toContain('data-out="yes"');
    const again = await serveAccount(folder);
    await change(again, { key: first, posted: false });
    await until(async () => (await page()).includes('data-out="no"'));
  });

  it('a folder that vanishes: serve ends all the same', async () => {
    const folder = await accountWith([first]);
    const serving = await serveAccount(folder);
    await change(serving, { key: first, posted: true });
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await serving.close();
  });
});
