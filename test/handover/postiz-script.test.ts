import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Package } from '../../src/handover/contract.ts';
import { postiz } from '../../src/handover/postiz.ts';
import { readMemory } from '../../src/handover/reports.ts';
import { postizServer } from './arrivals.ts';
import { around, keyOf, onDisk, packaged } from './packages.ts';
import { run, type ServerStandIn, serverStandIn, writeOut } from './stand-ins.ts';

/** The script that talks to Postiz, against a server on loopback. */

let root = '';
let server: ServerStandIn;
const days = 24 * 3600_000;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'port-postiz-'));
  server = await serverStandIn();
  server.answer = postizServer(() => false);
});
afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const write = (...packages: readonly Package[]) =>
  writeOut(
    root,
    postiz.write(
      packages.map((each) => onDisk(root, each)),
      around,
    ),
  );
const send = async (args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) =>
  await run(process.execPath, [join(root, 'postiz.mjs'), ...args], {
    ...{ POSTIZ_URL: server.address, POSTIZ_API_KEY: 'secret', ...environment },
  });
const posts = () =>
  server.requests.filter(({ path }) => path === '/public/v1/posts').map(({ body }) => JSON.parse(body.toString()));
const planned = (ahead: number) => new Date(Date.now() + ahead).toISOString().replace(/\.\d+Z$/, '+00:00');

describe('postiz.mjs', () => {
  it('uploads the files, then posts a draft with their ids', async () => {
    write(packaged('shorts'));
    const { code, text } = await send();
    expect([code, text]).toEqual([0, expect.stringContaining('is a draft')]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /public/v1/integrations',
      'POST /public/v1/upload',
      'POST /public/v1/upload',
      'POST /public/v1/posts',
    ]);
    expect(server.requests[1]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.requests[1]?.body.toString()).toContain('name="file"; filename="video.mp4"');
    const [{ type, shortLink, posts: made }] = posts();
    expect([type, shortLink, made[0].integration]).toEqual(['draft', false, { id: 'of-youtube' }]);
    const video = `/ported/maya/shorts/${keyOf(1)}/video.mp4`;
    expect(made[0].value[0].image).toEqual([{ id: video, path: `https://files.example${video}` }]);
    expect(made[0].settings).toMatchObject({
      __type: 'youtube',
      thumbnail: { id: expect.stringContaining('cover.jpg') },
    });
  });

  it.each<[string, string[], number | null, string]>([
    ['a draft, though it is planned', [], 2 * days, 'draft'],
    ['planned: at its time', ['--schedule'], 2 * days, 'schedule'],
    ['past: at once', ['--schedule'], -days, 'now'],
    ['not planned: a draft', ['--schedule'], null, 'draft'],
    ['not planned: at once, if that is said', ['--schedule', '--now'], null, 'now'],
  ])('%s', async (_name, args, ahead, type) => {
    const at = ahead === null ? null : planned(ahead);
    write(packaged('reels', { planned: at }));
    expect((await send(args)).code).toBe(0);
    const [post] = posts();
    expect(post.type).toBe(type);
    if (at !== null && type !== 'now') expect(Date.parse(post.date)).toBe(Date.parse(at));
  });

  it('what is to be declared by hand stays a draft', async () => {
    const odd = { declarations: ['ai-generated'], toDeclare: ['choose: AI label'] };
    write(packaged('reels', { planned: planned(days), ...odd }));
    const { text } = await send(['--schedule']);
    expect([posts()[0].type, text]).toEqual(['draft', expect.stringContaining('to declare: choose: AI label')]);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['no key', { POSTIZ_API_KEY: '' }, /Put your key into POSTIZ_API_KEY/],
    ['a wrong key', { POSTIZ_API_KEY: 'other' }, /does not know this key/],
    ['no server', { POSTIZ_URL: 'http://127.0.0.1:9' }, /127\.0\.0\.1:9/],
  ])('%s: one sentence, nothing is sent, and the key is not reported', async (_name, environment, words) => {
    write(packaged('reels'));
    const { code, text } = await send([], environment);
    expect([code, text.trim().split('\n').length, text]).toEqual([1, 1, expect.stringMatching(words)]);
    expect(text).not.toMatch(/secret|other/);
    expect(posts()).toEqual([]);
  });

  it('with several channels it asks which, and takes the one that is named', async () => {
    write(packaged('reels'));
    const usual = server.answer;
    const channel = (id: string) => ({ id, name: `@${id}`, identifier: 'instagram' });
    server.answer = (request) =>
      request.path === '/public/v1/integrations'
        ? { status: 200, json: [channel('one'), channel('two'), { ...channel('three'), disabled: true }] }
        : usual(request);
    const asked = await send();
    expect([asked.code, asked.text]).toEqual([1, expect.stringContaining('--channel reels=two (@two)')]);
    expect(asked.text).not.toContain('three');
    expect((await send(['--channel', 'reels=two'])).code).toBe(0);
    expect(posts()[0].posts[0].integration.id).toBe('two');
  });

  it('only the platforms of --to', async () => {
    write(packaged('reels'), packaged('shorts', { id: keyOf(2) }));
    expect((await send(['--to', 'shorts'])).code).toBe(0);
    expect(posts().map((post) => post.posts[0].settings.__type)).toEqual(['youtube']);
  });

  it('a connection that breaks off is asked about; a refusal is not', async () => {
    write(packaged('reels'));
    const usual = server.answer;
    server.answer = (request) => (request.path === '/public/v1/posts' ? 'break off' : usual(request));
    expect(await send()).toMatchObject({ code: 1, text: expect.stringContaining('Nobody knows whether') });
    server.answer = usual;
    expect(await send()).toMatchObject({ code: 1, text: expect.stringContaining(`--again reels/${keyOf(1)}`) });
    expect((await send(['--again', `reels/${keyOf(1)}`])).code).toBe(0);
  });

  it('--links fetches the addresses of what is out, for port posted --from', async () => {
    write(packaged('reels', { planned: planned(days) }));
    await send(['--schedule']);
    const usual = server.answer;
    const out = { id: 'post-1', state: 'PUBLISHED', releaseURL: 'https://www.instagram.com/reel/x/' };
    server.answer = (request) =>
      request.method === 'GET' && request.path.startsWith('/public/v1/posts?startDate=')
        ? { status: 200, json: { posts: [{ ...out, publishDate: '2026-12-02T12:00:00.000Z' }] } }
        : usual(request);
    expect(await send(['--links'])).toMatchObject({ code: 0, text: expect.stringContaining('1 of 1 are out') });
    expect(await readMemory(readFileSync(join(root, 'postiz.sent.csv')))).toEqual([
      { id: keyOf(1), target: 'reels', at: Date.parse('2026-12-02T12:00:00Z'), url: out.releaseURL },
    ]);
  });

  it('drafts are not out', async () => {
    write(packaged('reels'));
    await send();
    expect(await readMemory(readFileSync(join(root, 'postiz.sent.csv')))).toEqual([]);
    writeFileSync(join(root, 'postiz.json'), '{"posts":[]}');
    expect((await send()).code).toBe(0);
  });
});
