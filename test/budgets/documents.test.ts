import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

/** Documents of our own folder that somebody planted: where they outgrew the heap, V8 would end the whole program. */
const built = (name: string) => JSON.stringify(new URL(`../../build/${name}`, import.meta.url).href);
const key = '2025-03-02_09-15-04';
const size = 100_000_000;

/** Reads a folder's documents in a process with a heap of 300 MB. @returns what it prints */
async function readIn(folder: string): Promise<unknown> {
  const script = `
    const [{ createFiles }, { openManifest }, { openProbeCache }, { openUpToDateCache }] = await Promise.all(
      [${['tools/disk-files.js', 'state/manifest.js', 'state/probe-cache.js', 'state/up-to-date-cache.js'].map(built).join()}].map((each) => import(each)));
    const { openOriginalSources } = await import(${built('state/original-sources.js')});
    const folder = ${JSON.stringify(folder)};
    const files = createFiles();
    const manifest = await openManifest(folder, files);
    const upToDate = await openUpToDateCache(folder, files);
    const probeCache = await openProbeCache(folder, files);
    await probeCache.invalidate('x');
    const sources = await openOriginalSources(folder, files);
    console.log(JSON.stringify({
      broken: manifest.wasBroken, keys: manifest.knownKeys().length, row: await manifest.get('${key}', 'rednote'),
      source: await sources.get('x'), upToDate: upToDate.matches('x', 'x', []) }));`;
  const args = ['--max-old-space-size=300', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

it.each<[string, string, string, string, string]>([
  ['manifest.json', 'lists', '{"posts":[', '[],', '[]]}'],
  ['manifest.json', 'rows of nothing, laid out as ours', '{"tool":1,\n  "posts": [', '\n    {},', '\n    {}\n  ]\n}\n'],
  ['.port/cache.json', 'objects', '{"schemaVersion":1,"files":{"x":[', '{},', '{}]}}'],
  ['.port/cache.jsonl', 'objects in one line', '{"name":"x","bytes":1,"modified":1,"facts":{"x":[', '{},', '{}]}}\n'],
  ['originals/sources.jsonl', 'objects in one line', '{"name":"x","source":[', '{},', '{}]}\n'],
  ['originals/sources.jsonl', 'lines', '{}\n', '{}\n', '{}\n'],
  ['.port/settled.json', 'lists', '{"schemaVersion":1,"records":{"x":[', '[],', '[]]}}'],
  [`rednote/${key}/post.json`, 'objects', '{"files":[', '{},', '{}]}'],
])('%s of 100 MB of %s is none of ours, and takes no memory', async (name, _what, start, part, end) => {
  const folder = await mkdtemp(join(tmpdir(), 'port-bomb-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const parts = Buffer.alloc(size - (size % part.length), part);
  await writeFile(path, Buffer.concat([Buffer.from(start), parts, Buffer.from(end)]));
  const broken = name === 'manifest.json';
  expect(await readIn(folder)).toEqual({ broken, keys: 0, row: null, source: null, upToDate: false });
  // Moved aside, not deleted: a person may want to look at it.
  if (broken) expect((await stat(`${path}.broken`)).size).toBeGreaterThan(size / 2);
});
