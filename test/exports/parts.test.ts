import { expect, test } from 'vitest';
import { bareName, baseName, filesNamed, JSON_NAME, TXT_NAME } from '../../src/exports/candidates.ts';
import { otherAppOf, withoutOtherApps } from '../../src/exports/other-apps.ts';
import { looseSeriesOf, seriesOf } from '../../src/exports/parts.ts';
import { file } from './files.ts';

test.each<[string, string | null]>([
  ['06_posts_p01_of_03', '#_posts_p#_of_#'],
  ['posts part 2', 'posts part #'],
  ['Posts Part2', 'posts part#'],
  ['posts.pt-12', 'posts.pt-#'],
  ['export parte 3', 'export parte #'],
  ['export partie_3', 'export partie_#'],
  ['export Teil 3', 'export teil #'],
  ['export deel 3', 'export deel #'],
  ['export del 3', 'export del #'],
  ['export parça 3', 'export parça #'],
  ['часть 3', 'часть #'],
  ['part 1', 'part #'],
  ['p1', 'p#'],
  ['user_data_tiktok_2of3', 'user_data_tiktok_#of#'],
  ['10 of 12', '# of #'],
  ['part 10', 'part #'],
  ['1234 of 1234', '# of #'],
  ['2 von 3', '# von #'],
  ['2 van 3', '# van #'],
  ['2_de_3', '#_de_#'],
  ['2 di 3', '# di #'],
  ['2-sur-3', '#-sur-#'],
  ['2 из 3', '# из #'],
  ['user_data_tiktok', null],
  ['user_data (1)', null],
  ['posts_1', null],
  ['mp3', null],
  ['part 12345', null],
  ['12345 of 7', null],
  ['2 of 12345', null],
  ['clip7', null],
])('the file name “%s” is of the series %j', (name, series) => {
  expect(seriesOf(name)).toBe(series);
});

test.each<[string, string | null]>([
  ['posts_1', 'posts_#'],
  ['Posts_22', 'posts_#'],
  ['user_data (1)', null],
  ['posts_1 copy', null],
  ['posts_1 - Copia', null],
  ['posts_1 kopie', null],
  ['posts', null],
])('the file name “%s” is perhaps of the series %j', (name, series) => {
  expect(looseSeriesOf(name)).toBe(series);
});

test.each([
  ['user_data.json', 'user_data'],
  ['a/b.c/user_data.JSON.txt', 'user_data'],
  ['Posts.txt.txt', 'Posts'],
  ['posts.json.old', 'posts.json.old'],
  ['posts.txt.2.json', 'posts.txt.2'],
  ['no ending', 'no ending'],
])('“%s” without folders and endings is “%s”', (name, bare) => {
  expect(bareName({ name })).toBe(bare);
});

test.each([
  ['user_data.json', 'JSON'],
  ['USER_DATA.JSON', 'JSON'],
  ['user_data.json.txt', 'JSON'],
  ['Posts.txt', 'TXT'],
  ['Posts.TXT.txt', 'TXT'],
  ['Posts.text', 'neither'],
  ['xjson', 'neither'],
  ['user_data.json.bak', 'neither'],
  ['xtxt', 'neither'],
])('“%s” is by its name a file of format %s', (name, format) => {
  expect(JSON_NAME.test(name) ? 'JSON' : TXT_NAME.test(name) ? 'TXT' : 'neither').toBe(format);
});

test('files that macOS adds, and hidden ones, are not read', () => {
  const names = [
    'a.json',
    '__MACOSX/a.json',
    'x/__MACOSX/._a.json',
    '.a.json',
    'x/.a.json',
    'my__MACOSX/a.json',
    'b.txt',
  ];
  expect(
    filesNamed(
      names.map((name) => file(name, '')),
      JSON_NAME,
    ).map(({ name }) => name),
  ).toEqual(['a.json', 'my__MACOSX/a.json']);
  expect(baseName({ name: 'a/b/c.json' })).toBe('c.json');
});

test.each<[string, string | null]>([
  ['user_data_lemon8.json', 'Lemon8'],
  ['User_Data_CapCut.JSON', 'CapCut'],
  ['user_data_resso.json', 'Resso'],
  ['lemon8/user_data.json', null],
  ['user_data_tiktok.json', null],
  ['user_data_tiktok_lemon8.json', null],
  ['Lemon8/Posts/Posts.txt', 'Lemon8'],
  ['x/CapCut/Posts/Posts.TXT', 'CapCut'],
  ['Lemon8/x/Posts/Posts.txt', null],
  ['Lemon8/TikTok/Posts.txt', null],
  ['TikTok/Lemon8/Posts.txt', 'Lemon8'],
  ['Lemon8/clip.mp4', null],
  ['lemon8.txt.mp4', null],
])('“%s” is data of another app: %j', (name, app) => {
  expect(otherAppOf({ name })).toBe(app);
});

test('each other app is reported once, with its first file and the number of more', () => {
  const names = ['Lemon8/a/b.txt', 'TikTok/a/b.txt', 'Lemon8/a/c.txt', 'Lemon8/a/d.txt', 'user_data_capcut.json'];
  const { own, issues } = withoutOtherApps(names.map((name) => file(name, '')));
  expect(own.map(({ name }) => name)).toEqual(['TikTok/a/b.txt']);
  expect(issues).toEqual([
    { code: 'other-app', severity: 'warning', actual: 'Lemon8/a/b.txt and 2 more', limit: 'Lemon8' },
    { code: 'other-app', severity: 'warning', actual: 'user_data_capcut.json', limit: 'CapCut' },
  ]);
});
