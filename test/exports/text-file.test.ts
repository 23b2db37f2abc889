import { expect, test } from 'vitest';
import { withBudget } from '../../src/exports/text-file.ts';
import type { ExportFile } from '../../src/model/export-file.ts';
import { file } from './files.ts';

/** A file of only brackets: each is a part. */
const brackets = (name: string, parts: number) => file(name, new Uint8Array(parts).fill('['.charCodeAt(0)));
const most = 15_000_000;
const refused = (what: string) =>
  `${what} refused: made of more than 15 million parts, far more than an export has. Ask TikTok`;

test('a file of more parts than an export has is refused', async () => {
  const [one] = withBudget([brackets('a.json', most + 1)]);
  await expect(one?.read(most + 1)).rejects.toThrow(refused('"a.json" is'));
});

test('files that have too many parts together are refused, with the one in which it shows; read again, one counts once', async () => {
  const texts = ['{[,\n\r', 'words', '['].map((text, at) => file(`${at}.json`, text));
  const files = withBudget([brackets('a.json', most - 5), ...texts]);
  const readAt = async (at: number) => (await files[at]?.read(most))?.length;
  expect([await readAt(0), await readAt(1), await readAt(2), await readAt(0)]).toEqual([most - 5, 5, 5, most - 5]);
  await expect(readAt(3)).rejects.toThrow(refused('"2.json" and what was read before it are'));
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
