import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../e2e/accounting.ts';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { startOpenAi } from '../servers/translators.ts';
import { startPort, startWorker } from './fleet.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

const key = 'secret-key-of-maya';
const transcriber = resolve(import.meta.dirname, '../stand-ins/transcriber.mjs');

/** All that stands in Redis, as texts. */
async function dumped(client: ReturnType<ReturnType<typeof redisAndFolder>['redis']['client']>): Promise<string> {
  const values: string[] = [];
  for (const name of await client.keys('*')) {
    const type = await client.type(name);
    if (type === 'string') values.push(`${name} ${await client.get(name)}`);
    if (type === 'hash') values.push(`${name} ${JSON.stringify(await client.hgetall(name))}`);
    if (type === 'list') values.push(`${name} ${JSON.stringify(await client.lrange(name, 0, -1))}`);
    if (type === 'stream') values.push(`${name} ${JSON.stringify(await client.xrange(name, '-', '+'))}`);
  }
  return values.join('\n');
}

/** All files below a folder, but those of the exports, as one text. */
async function textsIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile() && /\.(?:json|jsonl|csv|txt|html)$/.test(each.name));
  return (await Promise.all(files.map(async (each) => readFile(join(each.parentPath, each.name), 'utf8')))).join('\n');
}

describe.skipIf(!hasRedis || process.platform === 'win32')('words that workers deliver', { timeout: 120_000 }, () => {
  const at = redisAndFolder('words');

  it('are translated by the coordinator, and neither key nor engine reach Redis, a file or a worker', async () => {
    const server = await startOpenAi();
    const path = await photoExport(at.folder, 'bo', 3);
    const engine = ['--translate', 'es', '--translator', `openai:${server.url('/v1')}#secret-model`];
    const args = [path, '--to', 'rednote', '--offline', '--out', 'shared', '--queue', at.redis.address, ...engine];
    const client = at.redis.client();
    const run = startPort(args, at.folder, { PORT_TRANSLATOR_KEY: key });
    // Nobody works yet: what waits is looked at.
    let waiting = '';
    for (let tries = 0; tries < 400 && !waiting.includes(keyOf(2)); tries++) {
      await new Promise((done) => setTimeout(done, 50));
      waiting = await dumped(client);
    }
    expect(waiting).toContain(keyOf(2));
    const written = await textsIn(join(at.folder, 'shared'));
    expect(written).toContain('calle');
    for (const secret of [key, server.host, 'secret-model'])
      expect(`${waiting}${written}`, secret).not.toContain(secret);
    const worker = startWorker(at.redis.address, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { posts } = await readManifest(join(at.folder, 'shared/bo'));
    expect(posts.map(({ status, caption }) => [status, JSON.stringify(caption).includes('calle')])).toEqual(
      Array(3).fill(['delivered', true]),
    );
    expect(server.asked[0]?.headers.authorization).toBe(`Bearer ${key}`);
    const calls = server.bodies.length;
    const again = startPort(args, at.folder, { PORT_TRANSLATOR_KEY: key });
    expect(await again.ended, again.said().stderr).toBe(0);
    expect(server.bodies).toHaveLength(calls);
    const said = [run, again, worker].map((each) => JSON.stringify(each.said())).join('');
    expect(`${said}${await dumped(client)}${await textsIn(join(at.folder, 'shared'))}`).not.toContain(key);
    worker.kill('SIGINT');
    expect(await worker.ended).toBe(0);
    client.disconnect();
  });

  it('and subtitles come from the coordinator too', async () => {
    const path = join(at.folder, 'maya');
    await mkdir(join(path, 'media'), { recursive: true });
    const rows = [{ Date: '2025-06-01 12:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
    const about = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
    const document = { Profile: about, Post: { Posts: { VideoList: rows } } };
    await writeFile(join(path, 'user_data_tiktok.json'), JSON.stringify(document));
    const tail = recipes.compliant.slice(picture().length + tone().length);
    const video = await makeMedia(at.folder, 'v.mp4', [...picture('1080x1920', 3), ...tone(3), ...tail]);
    await copyFile(video, join(path, 'media', '2025-06-01_12-00-00.mp4'));
    const command = `"${process.execPath}" "${transcriber}" srt`;
    const queue = ['--out', 'shared', '--queue', at.redis.address, '--transcribe', command];
    const log = join(at.folder, 'heard.log');
    const worker = startWorker(at.redis.address, at.folder, { environment: { PORT_TRANSCRIBER_LOG: `${log}-worker` } });
    const run = startPort([path, '--to', 'shorts', '--offline', ...queue], at.folder, { PORT_TRANSCRIBER_LOG: log });
    expect(await run.ended, run.said().stderr).toBe(0);
    const folder = join(at.folder, 'shared/maya/shorts/2025-06-01_12-00-00');
    expect(await readFile(join(folder, 'video.srt'), 'utf8')).toContain('Good morning from the quiet street');
    expect((await readFile(log, 'utf8')).trim().split('\n')).toHaveLength(1);
    await expect(readFile(`${log}-worker`, 'utf8')).rejects.toThrow();
    worker.kill('SIGINT');
    expect(await worker.ended).toBe(0);
  });
});
