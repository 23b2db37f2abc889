import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error: a script, without types
import { zip as untyped } from '../fixtures/zip.mjs';

const zip = untyped as (name: string) => Promise<Buffer>;
const fixtures = new URL('../fixtures/', import.meta.url);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Row {
  readonly Date: string;
  readonly Link: string;
}
const rowsOf = (name: string): (Row | null)[] =>
  JSON.parse(readFileSync(new URL(`${name}/user_data_tiktok.json`, fixtures), 'utf8')).Post.Posts.VideoList;

const digits = (text: string) => text.replaceAll(/\D/g, '');
/** The date and time in a name, in any of the ways that the fixtures write it. */
const timeIn = (name: string) => digits(/\d{4}-?\d\d-?\d\d[ _]\d\d[.-]?\d\d[.-]?\d\d/.exec(name)?.[0] ?? '');

describe.each([
  ['export', 3_000_000],
  ['trouble', 400_000],
] as const)('fixtures/%s.zip', (name, limit) => {
  const committed = readFileSync(new URL(`${name}.zip`, fixtures));

  test('is what its script makes of its folder, byte for byte', async () => {
    expect(sha256(await zip(name))).toBe(sha256(committed));
  });

  test('is small', () => {
    expect(committed.length).toBeLessThan(limit);
  });
});

describe('the demonstration', () => {
  const rows = rowsOf('export').filter((row) => row !== null);
  const media = readdirSync(new URL('export/media/', fixtures)).filter((name) => !name.startsWith('.'));

  test('has media for every post, and each belongs to exactly one', () => {
    const times = rows.map((row) => digits(row.Date));
    expect(new Set(times).size).toBe(times.length);
    expect(media.map(timeIn).sort()).toEqual(times.sort());
  });

  test('has a photo for each link of the photo post', () => {
    const photos = rows.find((row) => row.Link.includes('\n'));
    const folder = photos?.Date.replace(' ', '_').replaceAll(':', '-');
    expect(
      readdirSync(new URL(`export/media/${folder}/`, fixtures)).filter((name) => name.endsWith('.jpg')),
    ).toHaveLength(photos?.Link.split('\n').length ?? Number.NaN);
  });

  test('lists its posts newest first', () => {
    const dates = rows.map((row) => row.Date);
    expect(dates).toEqual([...dates].sort().reverse());
  });
});

/** Whoever runs a fixture must not bother a host that is none of ours. */
describe.each(['export', 'trouble'])('the links of %s', (name) => {
  const links = rowsOf(name).flatMap((row) => row?.Link.split('\n').filter((link) => link !== 'N/A') ?? []);

  test('are expired, lead nowhere, or are pages', () => {
    const alive = links.filter((link) => {
      const url = new URL(link);
      const expiry = url.searchParams.get('x-tos-expires') ?? url.searchParams.get('x-expires');
      if (expiry) return Number(expiry) > Date.UTC(2026, 0) / 1000;
      return !url.hostname.endsWith('.invalid') && url.hostname !== 'www.tiktok.com';
    });
    expect(alive).toEqual([]);
  });
});
