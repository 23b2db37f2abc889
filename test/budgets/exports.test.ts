import { describe, expect, it } from 'vitest';
import type { ExportFile } from '../../src/model/export-file.ts';
import type { readWithinBounds as Read } from '../../src/pipeline/read-in-child.ts';

// The process runs a file of the built program.
const { readWithinBounds } = (await import('../../build/pipeline/read-in-child.js' as string)) as {
  readWithinBounds: typeof Read;
};

const post = '{"Date":"2025-01-02 03:04:05","Link":"https://v16.tiktokcdn.com/a","Likes":"1","WhoCanView":"Public"}';
const usual = { heap: 1024, seconds: 60, bytesPerSecond: 1_000_000 };

function file(name: string, text: string): ExportFile {
  const content = new TextEncoder().encode(text);
  return { name, bytes: content.length, read: async () => content.slice() };
}
const exportOf = (rows: string) => file('user_data.json', `{"Post":{"Posts":{"VideoList":${rows}}}}`);
const padded = (rows: string) => `${rows}${' '.repeat(17_000_000)}`;

describe('an export of more than 16 MB is read in a process of its own', () => {
  it('all posts of an honest one', async () => {
    const { posts } = await readWithinBounds([exportOf(padded(`[${post}]`))], null, usual);
    expect(posts).toHaveLength(1);
  });

  it('its files together count, and each is handed over as it is asked for', async () => {
    const parts = [1, 2].map((part) =>
      file(`user_data_0${part}.json`, `{"Post":{"Posts":{"VideoList":[${post}]}}}${' '.repeat(9_000_000)}`),
    );
    const { posts } = await readWithinBounds(parts, null, usual);
    expect(posts).toHaveLength(1);
  });

  it('one that says less than it unpacks to, as a .gz does, is read apart too', async () => {
    const packed = { ...exportOf(padded(`[${post}]`)), bytes: 1000 };
    await expect(readWithinBounds([packed], null, { ...usual, seconds: 0, bytesPerSecond: 1e12 })).rejects.toThrow(
      'reading it takes more than 0 seconds',
    );
  });

  it.each([
    [
      'many keys, in a heap of 30 MB',
      { ...usual, heap: 30 },
      `{${Array.from({ length: 800_000 }, (_, number) => `"key ${number}${' '.repeat(12)}":0`).join()}}`,
      'reading it takes more than 30 MB of memory',
    ],
    [
      'a million rows, in no time',
      { ...usual, seconds: 0, bytesPerSecond: 1e9 },
      padded(`[${'{},'.repeat(1_000_000)}{}]`),
      'reading it takes more than 0 seconds',
    ],
    ['not JSON', usual, padded('[}'), 'is not valid JSON: line 1, column'],
  ])('refused in a sentence: %s', async (_odd, bounds, rows, sentence) => {
    await expect(readWithinBounds([exportOf(rows)], null, bounds)).rejects.toThrow(sentence);
  });

  it('an entry that is damaged is told as it is told of small ones', async () => {
    const { ExportError } = (await import('../../build/errors.js' as string)) as {
      ExportError: new (message: string) => Error;
    };
    const damaged = {
      ...exportOf('[]'),
      bytes: 17_000_000,
      read: async () => {
        throw new ExportError('"user_data.json" is damaged.');
      },
    };
    await expect(readWithinBounds([damaged], null, usual)).rejects.toThrow('"user_data.json" is damaged.');
  });
});
