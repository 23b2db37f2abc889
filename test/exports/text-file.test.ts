import { expect, test } from 'vitest';
import { readTextFile, withBudget } from '../../src/exports/text-file.ts';
import type { ExportFile } from '../../src/model/export-file.ts';
import { file } from './files.ts';

/** A file of only brackets: each is a part. */
const brackets = (name: string, parts: number) => file(name, new Uint8Array(parts).fill('['.charCodeAt(0)));
const most = 15_000_000;
const refused = (what: string) =>
  `${what} refused: made of more than 15 million parts, far more than an export has. Ask TikTok`;

async function readAll(files: readonly ExportFile[]) {
  for (const each of withBudget(files)) await readTextFile(each);
}

test('a file of more parts than an export has is refused, one of as many is read', async () => {
  await readAll([brackets('a.json', most)]);
  await expect(readAll([brackets('a.json', most + 1)])).rejects.toThrow(refused('"a.json" is'));
});

test('files that have too many parts together are refused, with the one in which it shows', async () => {
  const files = [brackets('a.json', most - 5), file('b.json', '{[,\n\r'), file('c.json', 'words'), file('d.json', '[')];
  await readAll(files.slice(0, 3));
  await expect(readAll(files)).rejects.toThrow(refused('"d.json" and what was read before it are'));
});

test('a file that is read again counts once', async () => {
  const [one] = withBudget([brackets('a.json', most)]);
  if (one === undefined) throw new Error('unreachable');
  await readTextFile(one);
  expect((await readTextFile(one)).length).toBe(most);
});

test.each([
  [10, 10],
  [2 ** 30, 400 * 1024 * 1024],
])('a reader that takes %i bytes gets at most %i', async (asked, given) => {
  const seen: number[] = [];
  const watched: ExportFile = {
    ...{ name: 'a.json', bytes: 7 },
    async read(maxBytes) {
      seen.push(maxBytes);
      return new Uint8Array(0);
    },
  };
  const [one] = withBudget([watched]);
  await one?.read(asked);
  expect([one?.name, one?.bytes, seen]).toEqual(['a.json', 7, [given]]);
});
