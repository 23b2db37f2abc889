import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Inclusion, inclusionsPath, readInclusions, setInclusion } from '../../src/state/inclusions.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { temporaryFolder } from '../tools/folder.ts';

const tools = { files: createFiles(), locks: createLocks() };
const one: Inclusion = { at: '2026-11-30T12:00:00Z', visibility: 'private', linkPath: '/video/1' };
const key = '2025-03-02_09-15-04';

describe('included.json', () => {
  it('has what was included until it is taken back', async () => {
    const folder = temporaryFolder();
    await setInclusion(folder, key, one, tools);
    await setInclusion(folder, `${key}-2`, { ...one, linkPath: null }, tools);
    expect([...(await readInclusions(folder, tools.files))]).toEqual([
      [key, one],
      [`${key}-2`, { ...one, linkPath: null }],
    ]);
    await setInclusion(folder, key, null, tools);
    expect([...(await readInclusions(folder, tools.files)).keys()]).toEqual([`${key}-2`]);
    await setInclusion(folder, `${key}-2`, null, tools);
    expect(existsSync(inclusionsPath(folder))).toBe(false);
  });

  it.each([
    ['no JSON', '{'],
    ['another version', '{"schemaVersion":2,"posts":{}}'],
    ['no key', JSON.stringify({ schemaVersion: 1, posts: { '../x': one } })],
    ['no time', JSON.stringify({ schemaVersion: 1, posts: { [key]: { ...one, at: 'yesterday' } } })],
    ['all posts at once', JSON.stringify({ schemaVersion: 1, posts: true })],
  ])('with %s in it includes nothing, and is not written over', async (_what, text) => {
    const folder = temporaryFolder();
    writeFileSync(inclusionsPath(folder), text);
    expect((await readInclusions(folder, tools.files)).size).toBe(0);
    // What a person decided there may still be saved by hand.
    for (const now of [one, null])
      await expect(setInclusion(folder, key, now, tools)).rejects.toThrow('included.json cannot be read');
    expect(readFileSync(inclusionsPath(folder), 'utf8')).toBe(text);
  });
});
