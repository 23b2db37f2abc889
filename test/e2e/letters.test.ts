import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const keys = ['2025-06-02_10-00-00', '2025-06-01_10-00-00'];
const [first = '', second = ''] = keys;
const args = ['export', '--media', 'media', '--to', 'shorts', '--offline'];
const maya = join(folder.path, 'ported/maya');
const sheet = join(maya, 'captions.csv');
const words = async (key = first) => readFile(join(maya, 'shorts', key, 'caption.txt'), 'utf8');

/** Fills in the caption cells of the posts, as a spreadsheet saves them. */
async function fillIn(encoding: string, captions: Readonly<Record<string, string>>) {
  const rows = (await readFile(sheet, 'utf8')).replace('\ufeff', '').split('\r\n');
  const filled = rows.map((row) => {
    const cells = row.split(',');
    const caption = captions[cells[0] ?? ''];
    if (caption !== undefined) cells[7] = caption;
    return cells.join(',');
  });
  await writeFile(sheet, iconv.encode(filled.join('\r\n'), encoding));
}

beforeAll(async () => {
  const VideoList = keys.map((key) => ({
    Date: key.replace('_', ' ').replace(/(?<= .*)-/g, ':'),
    Link: 'N/A',
    WhoCanView: 'Everyone',
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await mkdir(join(folder.path, 'export'));
  await writeFile(
    join(folder.path, 'export/user_data_tiktok.json'),
    JSON.stringify({ Profile, Post: { Posts: { VideoList } } }),
  );
  await mkdir(join(folder.path, 'media'));
  const tail = recipes.compliant.slice(picture().length + tone().length);
  for (const key of keys)
    await makeMedia(join(folder.path, 'media'), `${key}.mp4`, [...picture('144x256', 1), ...tone(1), ...tail]);
  expect((await runPort(args, folder.path)).code).toBe(0);
}, 120_000);

it('a sheet saved in GBK, then in windows-1251, then with question marks', async () => {
  await fillIn('gbk', { [first]: '今天去海边散步，风很大，心情很好' });
  expect((await runPort(args, folder.path)).code).toBe(0);
  expect(await words()).toContain('今天去海边散步，风很大，心情很好');

  await fillIn('windows-1251', {
    [first]: 'Прогулка по набережной сегодня утром',
    [second]: 'Завтрак в выходной: блины и кофе',
  });
  expect((await runPort(args, folder.path)).code).toBe(0);
  expect(await words()).toContain('Прогулка по набережной');
  expect(await words(second)).toContain('Завтрак в выходной');

  await fillIn('windows-1252', { [first]: '???????? ?? ?????????? ??????? ?????' });
  const ran = await runPort(args, folder.path);
  expect(ran.stderr).toMatch(/captions.csv could not be read .*posts keep the words they had/s);
  expect(await words()).toContain('Прогулка по набережной');
}, 120_000);

it('spreadsheets are named, JSON lines in UTF-16 are read, and an edited cell outranks --captions', async () => {
  await rm(join(folder.path, 'ported'), { recursive: true });
  const times = keys.map((key) => Date.parse(`${key.slice(0, 10)}T10:00:00Z`) / 1000);
  const lines = times.map((timestamp, n) =>
    JSON.stringify({ id: String((BigInt(timestamp - 4) << 32n) + 5n), timestamp, description: `Told ${n} é 🌊` }),
  );
  await writeFile(join(folder.path, 'list.json'), `\ufeff${lines.join('\n')}\n`, 'utf16le');
  const given = [...args, '--captions', 'list.json'];
  expect((await runPort(given, folder.path)).code).toBe(0);
  expect(await words()).toContain('Told 0 é 🌊');
  expect(await words(second)).toContain('Told 1 é 🌊');

  await fillIn('utf8', { [first]: 'My own words' });
  await writeFile(join(folder.path, 'x.xlsx'), 'PK\u0003\u0004xl/workbook.xml');
  await writeFile(join(maya, 'captions.xlsx'), 'PK\u0003\u0004xl/workbook.xml');
  // Both may be written within one tick of a clock.
  await utimes(join(maya, 'captions.xlsx'), Date.now() / 1000 + 60, Date.now() / 1000 + 60);
  const ran = await runPort([...given, '--captions', 'x.xlsx'], folder.path);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/x\.xlsx: it is a file of Excel \(xlsx\) and no CSV/);
  expect(ran.stderr).toContain('captions.xlsx lies beside captions.csv and is newer');
  expect(ran.stderr).toContain('1 post keeps the words that you wrote into captions.csv');
  expect(await words()).toContain('My own words');
  expect(await words(second)).toContain('Told 1 é 🌊');
}, 120_000);
