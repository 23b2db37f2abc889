import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPort } from '../e2e/run-port.ts';
import {
  type Behaviour,
  cutAfter,
  lieAboutLength,
  redirect,
  serve,
  startServer,
  status,
} from '../servers/fault-server.ts';
import { playableMp4 } from '../servers/media.ts';
import { cases } from './how-long.ts';
import { mutator } from './mutate.ts';
import { finalFiles } from './tree.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-network-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

const posts = 20;
const nameOf = (index: number) => `/post-${index}`;

it('of every ten answers three are wrong: all that can be had is fetched, the rest is named, nothing wrong is kept', async () => {
  for (let round = 0; round < cases(1, 50); round++) {
    const { next } = mutator(500 + round);
    const place = join(folder, `round ${round}`);
    const bodies = Array.from({ length: posts }, (_, index) => playableMp4(20_000 + next(40_000), index + 1));
    const behaviours: Record<string, Behaviour> = {};
    for (const [index, body] of bodies.entries()) {
      const etag = `"${index}"`;
      const whole = serve(body, { etag });
      // Some never come: those must be named.
      const dead = index % 10 === 9;
      const faults: Behaviour[] = [
        cutAfter(1 + next(body.length - 1), body, { etag }),
        cutAfter(5, body),
        lieAboutLength(body.length + 5000, body),
        status(503, { 'retry-after': '0' }),
        status(500),
        status(429),
        (_request, response) => void response.destroy(),
      ];
      const other = [status(403), status(200, { 'content-type': 'text/html' }, '<html>log in'), redirect('ftp://x/')];
      behaviours[nameOf(index)] = (request, response, count) => {
        // Never twice in a row: who asks again gets an answer.
        const wrong = count % 2 === 1 && next(10) < 6;
        const fault = dead ? other[index % other.length] : wrong ? faults[next(faults.length)] : whole;
        (fault ?? whole)(request, response, count);
      };
    }
    const server = await startServer(behaviours);
    const VideoList = bodies.map((_, index) => ({
      Date: `2025-06-01 10:00:${String(index).padStart(2, '0')}`,
      Link: `${server.url(nameOf(index))}?mime_type=video_mp4&x-tos-expires=4102444800&x-tos-signature=verysecret`,
      WhoCanView: 'Everyone',
    }));
    const Profile = { 'Profile Info': { ProfileMap: { userName: 'far' } } };
    await rm(place, { recursive: true, force: true });
    const file = join(folder, `${round}.json`);
    await writeFile(file, JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
    const args = ['fetch', file, '--allow-host', '127.0.0.1', '--no-listing', '--out', place, '--json'];
    const { code, stdout, stderr } = await runPort(args, folder);
    expect(code, `round ${round}: ${stderr}`).toBe(1);
    expect(server.asked.length).toBeGreaterThan(posts + 3);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const rows = events.filter(({ type }) => type === 'post');
    expect(rows).toHaveLength(posts);
    for (const { key, status: came, issues } of rows) {
      const index = Number(String(key).slice(-2));
      expect([key, came], `round ${round}: ${JSON.stringify(issues)}`).toEqual([
        key,
        index % 10 === 9 ? 'failed' : 'delivered',
      ]);
      if (came === 'failed') expect(issues).not.toEqual([]);
    }
    // What is kept is what was sent, byte for byte; of what never came nothing is kept.
    const kept = await finalFiles(join(place, 'far/originals'));
    expect(kept.delete('sources.jsonl'), 'where each came from').toBe(true);
    expect(kept.size).toBe(posts - 2);
    const sent = new Set(bodies.map((body) => createHash('sha256').update(body).digest('hex')));
    for (const [path, { content }] of kept) expect(sent.has(content), `round ${round}: ${path}`).toBe(true);
    expect(stdout + stderr).not.toContain('verysecret');
    await rm(place, { recursive: true });
  }
});
