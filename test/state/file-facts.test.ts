import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentHash } from '../../src/state/document-hash.ts';
import { cachedCreationTime, cachedHash } from '../../src/state/file-facts.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { isQueued, outcomeFile, outFile, queueFolder, runFile } from '../../src/state/queue-paths.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFile, temporaryFolder } from '../tools/folder.ts';

const files = createFiles();
const hashes = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];

it('a hash is made once, and again where what is remembered is none', async () => {
  const path = temporaryFile('a.mp4', 'x');
  const memory = await openProbeCache(join(path, '..'), files);
  const ask = async (hash: string) => cachedHash(memory, path, async () => hash);
  expect([await ask(hashes[0]), await ask(hashes[1])]).toEqual([hashes[0], hashes[0]]);
  const facts = (await files.facts(path)) ?? { bytes: 0, modified: 0 };
  for (const forged of ['', 'x', 'A'.repeat(64), `${hashes[0]}0`, `0${hashes[0]}`, 7]) {
    await memory.put(path, facts, 'sha256', forged);
    expect(await ask(hashes[1])).toBe(hashes[1]);
  }
});

it('a hash is remembered for the file as the caller saw it', async () => {
  const path = temporaryFile('a.mp4', 'x');
  const memory = await openProbeCache(join(path, '..'), files);
  await cachedHash(memory, path, async () => hashes[0], { bytes: 7, modified: 7 });
  expect(await cachedHash(memory, path, async () => hashes[1])).toBe(hashes[1]);
});

it('times of creation are remembered for each file of an archive, and that there is none', async () => {
  const path = temporaryFile('a.zip', 'x');
  const memory = await openProbeCache(join(path, '..'), files);
  const entries = [null, 'b.mp4', 'c.mp4'];
  const ask = async (times: readonly (number | null)[]) =>
    Promise.all(
      entries.map(async (entry, at) => cachedCreationTime(memory, path, entry, async () => times[at] ?? null)),
    );
  expect(await ask([1, 2, null])).toEqual([1, 2, null]);
  expect(await ask([7, 8, 9])).toEqual([1, 2, null]);
});

it('the hash of a document is its SHA-256, of text and of bytes', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  expect([documentHash(''), documentHash(new Uint8Array())]).toEqual([empty, empty]);
  expect(documentHash('ä')).toBe(documentHash(Buffer.from('ä')));
});

it('posts of an account are in a queue while its run is written there', async () => {
  const folder = temporaryFolder();
  expect(await isQueued(folder, files)).toBe(false);
  mkdirSync(queueFolder(folder), { recursive: true });
  writeFileSync(outcomeFile(folder, '2025-03-02_09-15-04'), '{}');
  writeFileSync(outFile(folder), '{}');
  expect(await isQueued(folder, files)).toBe(false);
  writeFileSync(runFile(folder), '{}');
  expect(await isQueued(folder, files)).toBe(true);
  expect(outcomeFile(folder, 'a')).not.toBe(outcomeFile(folder, 'b'));
});
