import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { port } from '../../src/pipeline/port.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { type Behaviour, serve, stallAfter, startServer } from '../servers/fault-server.ts';
import { expectConsistentFolder, readManifest } from './accounting.ts';
import { cutOff, runPort, workFolder } from './run-port.ts';

/** What the main job does with originals that come from the network. Posts are photos, which are made in no time. */
const folder = await workFolder();
afterAll(folder.remove);
let folders = 0;
async function place(): Promise<string> {
  const path = join(folder.path, String(++folders));
  await mkdir(path);
  return path;
}

const drawn = async (background: string, width = 120) =>
  sharp({ create: { width, height: 160, channels: 3, background } })
    .jpeg()
    .toBuffer();
const [teal, olive, gold] = await Promise.all([drawn('teal'), drawn('olive'), drawn('gold', 128)]);
const jpeg = (body: Buffer, etag = '"1"'): Behaviour => serve(body, { type: 'image/jpeg', etag });

interface Row {
  /** With an hour each post has a second of its own. */
  readonly hour?: number;
  /** Without one it has no link. */
  readonly url?: string;
  readonly who?: string;
  readonly sound?: string;
}

const keyOf = (hour: number) => `2025-06-01_${String(hour).padStart(2, '0')}-00-00`;

/** An export of the account `maya`; the newest row first. */
async function exportOf(path: string, name: string, rows: readonly Row[]): Promise<string> {
  const VideoList = rows.map(({ hour = 10, url, who = 'Everyone', sound = '' }) => ({
    Date: `2025-06-01 ${String(hour).padStart(2, '0')}:00:00`,
    Link: url === undefined ? 'N/A' : `${url}?x-expires=4102444800`,
    WhoCanView: who,
    Sound: sound,
    // Without a link nothing but its title tells that a post is one of photos.
    Title: url === undefined ? 'Photos' : '',
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const file = join(path, name);
  await writeFile(file, JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  return file;
}
const photoAt = (server: { readonly url: (path: string) => string }, name: string) =>
  server.url(`/tos-sg-i-photomode-sg/${name}.jpeg`);

/** Runs the main job in this process, and tells how each post ended. */
async function portHere(
  file: string,
  odd: Record<string, unknown>,
  change: (tools: Tools) => Tools = (tools) => tools,
) {
  const ended: Record<string, { readonly status: string; readonly unchanged: boolean; readonly codes: string[] }> = {};
  const hear = (event: RunEvent) => {
    if (event.type !== 'post') return;
    const codes = event.issues.map(({ code }) => code);
    ended[event.key] = { status: event.status, unchanged: event.unchanged, codes };
  };
  const heard: ((event: RunEvent) => void)[] = [hear];
  const given = { to: 'rednote', allowHost: ['127.0.0.1'], listing: false, ...odd };
  const tools = change(await createTools());
  const tell = (event: RunEvent) => {
    for (const each of heard) each(event);
  };
  const ran = port([file], combineSettings(given, null, checkOptions), tools, tell, new AbortController().signal);
  return { ended, hear: heard, ran };
}

it('a dry run says of a post that is still to be fetched what --strict makes of its words', async () => {
  const server = await startServer({ '/tos-sg-i-photomode-sg/a.jpeg': jpeg(teal) });
  const path = await place();
  await exportOf(path, 'posts.json', [{ hour: 10, url: photoAt(server, 'a') }]);
  const statuses = async (...more: string[]) => {
    const given = ['posts.json', '--to', 'rednote', '--allow-host', '127.0.0.1', '--no-listing', '--json', ...more];
    const { stdout, code } = await runPort(given, path);
    const lines = stdout.trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { expected?: { status: string }; status?: string });
    return { code, statuses: events.flatMap(({ expected, status }) => expected?.status ?? status ?? []) };
  };
  // It has no caption, which is a warning.
  const failed = { code: 1, statuses: ['failed'] };
  expect(await statuses('--strict', '--dry-run')).toEqual(failed);
  expect(await statuses('--strict')).toEqual(failed);
  const delivered = { code: 0, statuses: ['delivered'] };
  expect(await statuses('--dry-run')).toEqual(delivered);
  expect(await statuses()).toEqual(delivered);
});

describe('what servers are asked for', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['by default: also what is held back', {}, ['friends', 'new', 'old', 'secret']],
    ['--no-held-originals: what goes out', { heldOriginals: false }, ['new', 'old']],
    ['--only one: that one', { only: [keyOf(11)] }, ['old']],
    ['--only one that is held back: that one', { only: [keyOf(12)] }, ['secret']],
    ['--only one that is held back, --no-held-originals: nothing', { only: [keyOf(12)], heldOriginals: false }, []],
    ['--limit 1: the newest of what goes out, and what is held back', { limit: '1' }, ['friends', 'new', 'secret']],
    ['--since: no older ones', { since: '2025-06-02' }, []],
  ])('%s', async (_name, odd, expected) => {
    const names = ['new', 'secret', 'old', 'friends'];
    const server = await startServer(
      Object.fromEntries(names.map((name) => [`/tos-sg-i-photomode-sg/${name}.jpeg`, jpeg(teal)])),
    );
    const path = await place();
    const rows = [
      { hour: 13, url: photoAt(server, 'new') },
      { hour: 12, url: photoAt(server, 'secret'), who: 'Only You' },
      { hour: 11, url: photoAt(server, 'old') },
      { hour: 10, url: photoAt(server, 'friends'), who: 'Friends' },
    ];
    const { ran } = await portHere(await exportOf(path, 'posts.json', rows), { out: join(path, 'out'), ...odd });
    await ran;
    expect(server.asked.map(({ path: asked }) => /(\w+)\.jpeg/.exec(asked)?.[1]).sort()).toEqual(expected);
    await expectConsistentFolder(join(path, 'out/maya'));
  });
});

it('killed in the main job, keys stay with their posts when a later export brings an older post of that second', async () => {
  const names = ['newest', 'middle', 'oldest'].map((name) => `/tos-sg-i-photomode-sg/${name}.jpeg`);
  const [newest = '', middle = '', oldest = ''] = names;
  let isSlow = true;
  const server = await startServer({
    [newest]: jpeg(teal),
    [middle]: (...asked) => (isSlow ? stallAfter(200, olive, { etag: '"1"' }) : jpeg(olive))(...asked),
    [oldest]: jpeg(gold),
  });
  const path = await place();
  const account = join(path, 'ported/maya');
  const rows = names.map((name) => ({ url: server.url(name) }));
  const args = ['--to', 'rednote', '--no-listing', '--allow-host', '127.0.0.1'];
  const original = (key: string) => readFile(join(account, 'originals', key, '01.jpg'));

  const first = await exportOf(path, 'first.json', rows.slice(0, 2));
  const hasOne = () => existsSync(join(account, 'originals', `${keyOf(10)}-2`, '01.jpg'));
  await cutOff([first, ...args], path, 'SIGKILL', hasOne);
  expect(await readManifest(account)).toHaveProperty('keys', { [keyOf(10)]: middle, [`${keyOf(10)}-2`]: newest });

  isSlow = false;
  const { code, stderr } = await runPort([await exportOf(path, 'second.json', rows), ...args], path);
  expect(code, stderr).toBe(0);
  expect((await original(keyOf(10))).equals(olive)).toBe(true);
  expect((await original(`${keyOf(10)}-2`)).equals(teal)).toBe(true);
  expect((await original(`${keyOf(10)}-3`)).equals(gold)).toBe(true);
  expect(server.asked.filter(({ path: asked }) => asked.startsWith(newest))).toHaveLength(1);
  await expectConsistentFolder(account);
});

it('an original that is replaced while its post waits for its turn is noticed by the next run', async () => {
  const path = await place();
  const [atHand, fetched] = [keyOf(10), keyOf(9)];
  const server = await startServer({ '/tos-sg-i-photomode-sg/a.jpeg': jpeg(teal) });
  // It lies in the store: beside a file of --media no look would tell enough of the other one.
  await mkdir(join(path, 'out/maya/originals', atHand), { recursive: true });
  await writeFile(join(path, 'out/maya/originals', atHand, '01.jpg'), olive);
  const file = await exportOf(path, 'posts.json', [{ hour: 10 }, { hour: 9, url: photoAt(server, 'a') }]);
  const odd = { out: join(path, 'out'), jobs: '1' };
  const original = join(path, 'out/maya/originals', fetched, '01.jpg');

  let came = () => {};
  const isHere = new Promise<void>((resolve) => {
    came = resolve;
  });
  let isReplaced = false;
  /** The first post is drawn only when the second one was fetched, and then replaced. */
  const replacing = (tools: Tools): Tools => ({
    ...tools,
    images: {
      ...tools.images,
      async render(source, settings, output, time) {
        if (!isReplaced && output.includes(`${sep}.${atHand}.part`)) {
          await isHere;
          await chmod(original, 0o644);
          await writeFile(original, gold);
          // The time that it keeps when it is delivered as a second name.
          await utimes(original, new Date('2025-06-01T09:00:00Z'), new Date('2025-06-01T09:00:00Z'));
          isReplaced = true;
        }
        await tools.images.render(source, settings, output, time);
      },
    },
  });
  const first = await portHere(file, odd, replacing);
  first.hear.push((event) => {
    if (event.type === 'progress' && event.stage === 'fetch' && event.key === fetched) came();
  });
  await first.ran;
  expect(isReplaced).toBe(true);
  expect(first.ended).toMatchObject({ [atHand]: { status: 'delivered' }, [fetched]: { status: 'delivered' } });

  const second = await portHere(file, odd);
  await second.ran;
  expect(second.ended[atHand]).toMatchObject({ status: 'delivered', unchanged: true });
  expect(second.ended[fetched]).toMatchObject({ status: 'delivered', unchanged: false });
  expect(second.ended[fetched]?.codes).toContain('original-changed');
  const { posts } = await expectConsistentFolder(join(path, 'out/maya'));
  const [photo] = posts.find(({ key }) => key === fetched)?.files ?? [];
  const shown = await sharp(join(path, 'out/maya', photo?.path ?? '')).metadata();
  expect([shown.width, shown.height]).toEqual([128, 160]);
});

it('a file without its sound is taken with a remark, and each run asks for a better one again', async () => {
  const path = await place();
  const tiny = [...picture('160x284', 0.6), ...tone(0.6)];
  const media = join(path, 'out/maya/originals');
  await mkdir(media, { recursive: true });
  await makeMedia(media, `${keyOf(10)}.mp4`, [...picture('160x284', 0.6), ...recipes.noSound.slice(picture().length)]);
  const whole = await makeMedia(path, 'a.mp4', [...tiny, ...recipes.compliant.slice(picture().length + tone().length)]);
  const server = await startServer({ '/a': serve(await readFile(whole)) });
  const file = await exportOf(path, 'posts.json', [{ url: server.url('/a'), sound: 'original sound - maya' }]);
  const out = join(path, 'out');

  for (const again of [false, true]) {
    const offline = await portHere(file, { out, offline: true });
    await offline.ran;
    expect(offline.ended[keyOf(10)]).toMatchObject({
      status: 'delivered',
      unchanged: again,
      codes: expect.arrayContaining(['sound-lost']),
    });
  }
  const online = await portHere(file, { out });
  await online.ran;
  expect(server.asked).toHaveLength(1);
  expect(online.ended[keyOf(10)]).toMatchObject({ status: 'delivered', unchanged: false });
  const delivered = await readFile(join(out, 'maya/rednote', keyOf(10), 'video.mp4'));
  expect(delivered.equals(await readFile(whole))).toBe(true);
});
