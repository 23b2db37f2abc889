import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { count } from '../../src/plan/counting.ts';
import { targetNamed, targets } from '../../src/targets/index.ts';
import { findProgram } from '../../src/tools/programs.ts';
import { expectConsistentFolder, type ManifestDocument } from './accounting.ts';
import { fixture, runPort, workFolder } from './run-port.ts';

/** The fixture to all platforms by name, judged by `port check` and ffprobe. */

const run = promisify(execFile);
const folder = await workFolder();
const maya = join(folder.path, 'ported/maya');
const key = '2025-10-11_14-20-00';
const text = `Mornings in #Lisbon are quiet. ${'We walked down to the river before anybody else was awake. '.repeat(12)}#travel`;
let manifest: ManifestDocument;

beforeAll(async () => {
  await writeFile(join(folder.path, 'words.csv'), `key,caption\n${key},"${text}"\n`);
  const to = targets.map(({ name, aliases }) => aliases[0] ?? name).join(',');
  await runPort([fixture('export.zip'), '--to', to, '--captions', 'words.csv', '--thread'], folder.path);
  manifest = await expectConsistentFolder(maya);
});
afterAll(folder.remove);

describe.each(targets.map(({ name }) => name))('%s', (target) => {
  it('has packages that port check accepts', async () => {
    const { stdout } = await runPort(['check', `ported/maya/${target}`, '--to', target, '--json'], folder.path);
    const { results } = JSON.parse(stdout) as { results: { ok: boolean }[] };
    expect(results.length).toBeGreaterThan(2);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('has videos that ffprobe finds within its limits', async () => {
    const rules = targetNamed(target)?.video.accept ?? expect.fail();
    const { path: ffprobe } = await findProgram('ffprobe');
    const videos = manifest.posts
      .filter((row) => row.target === target && row.status === 'delivered')
      .flatMap(({ files }) => files.filter(({ role }) => role === 'video'));
    expect(videos.length).toBeGreaterThan(0);
    for (const { path, bytes } of videos) {
      const asked = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', join(maya, path)];
      const { stdout } = await run(ffprobe, asked);
      const { streams, format } = JSON.parse(stdout) as {
        streams: { codec_type: string; codec_name: string; width: number; height: number }[];
        format: { duration: string };
      };
      const picture = streams.find(({ codec_type }) => codec_type === 'video') ?? expect.fail();
      expect(rules.codecs.value).toContain(picture.codec_name);
      expect(Math.min(picture.width, picture.height)).toBeGreaterThanOrEqual(rules.minShortSide?.value ?? 0);
      expect(Number(format.duration)).toBeGreaterThanOrEqual((rules.minSeconds?.value ?? 0) - 0.05);
      expect(Number(format.duration)).toBeLessThanOrEqual((rules.maxSeconds?.value ?? 1e9) + 0.05);
      expect(bytes).toBeLessThanOrEqual(rules.maxBytes?.value ?? 1e12);
    }
  });
});

describe.each(['threads', 'bluesky', 'x'])('a text that is too long for %s', (target) => {
  it('goes on in replies: in the manifest, in post.json, in caption.txt and on the contact sheet', async () => {
    const { body } = targetNamed(target)?.words ?? expect.fail();
    const path = (name: string) => join(maya, target, key, name);
    const row = manifest.posts.find((each) => each.key === key && each.target === target);
    const caption = row?.caption as { body: string; thread?: string[] };
    const { thread = [] } = caption;
    expect(thread.length).toBeGreaterThan(0);
    for (const reply of thread) expect(count(reply, body.unit)).toBeLessThanOrEqual(body.max.value);
    expect(JSON.parse(await readFile(path('post.json'), 'utf8')).caption.thread).toEqual(thread);
    const written = await readFile(path('caption.txt'), 'utf8');
    const sheet = await readFile(join(maya, target, 'index.html'), 'utf8');
    for (const [index, reply] of thread.entries()) {
      expect(written).toContain(`--- reply: ${index + 2} of ${thread.length + 1} ---\n\n${reply}\n`);
      expect(sheet).toContain(`data-copy="reply-${index + 2}"`);
      expect(sheet).toContain(reply);
    }
  });
});

it('a second run leaves all of it as it is', async () => {
  const before = await readFile(join(maya, 'manifest.json'), 'utf8');
  const to = targets.map(({ name }) => name).join(',');
  await runPort([fixture('export.zip'), '--to', to, '--captions', 'words.csv', '--thread'], folder.path);
  expect(await readFile(join(maya, 'manifest.json'), 'utf8')).toBe(before);
});
