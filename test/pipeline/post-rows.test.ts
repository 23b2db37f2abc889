import { expect, it } from 'vitest';
import { parsedOnce } from '../../src/pipeline/post-rows.ts';
import type { Entry } from '../../src/state/documents.ts';

const key = '2025-03-02_09-15-04';
const row = (target: string, status: Entry['status'] = 'delivered') =>
  ({ key, target, status, issues: [] }) as unknown as Entry;

/** A manifest that counts how often it is asked. */
function counting(...rows: Entry[]) {
  const asked = { rowsOf: 0, get: 0 };
  const manifest = parsedOnce({
    async get(_key, target) {
      asked.get++;
      return rows.find((each) => each.target === target) ?? null;
    },
    rowsOf(_key, targets) {
      asked.rowsOf++;
      return rows.filter(({ target }) => targets?.includes(target) ?? true);
    },
    has: () => true,
    set: (each) => void rows.push(each),
  });
  return { manifest, asked };
}

it('reads the rows of a post once, whatever is asked of them', async () => {
  const { manifest, asked } = counting(row('rednote'), row('reels'));
  expect(manifest.rowsOf(key)).toHaveLength(2);
  expect(manifest.rowsOf(key, ['reels'])).toEqual([row('reels')]);
  expect(await manifest.get(key, 'rednote')).toEqual(row('rednote'));
  expect(asked).toEqual({ rowsOf: 1, get: 0 });
});

it('a row that failed, or is not there, is asked of the manifest, which knows its post.json', async () => {
  const { manifest, asked } = counting(row('rednote', 'failed'));
  expect(await manifest.get(key, 'rednote')).toEqual(row('rednote', 'failed'));
  expect(await manifest.get(key, 'reels')).toBeNull();
  expect(asked).toEqual({ rowsOf: 1, get: 2 });
});

it('a row that was set is seen', () => {
  const { manifest } = counting(row('rednote'));
  expect(manifest.rowsOf(key, ['reels'])).toEqual([]);
  manifest.set(row('reels'));
  expect(manifest.rowsOf(key, ['reels'])).toEqual([row('reels')]);
});
