import { describe, expect, it } from 'vitest';
import { columnsOf, isHeader, type Meaning } from '../../src/captions/columns.ts';
import { isFormulaError } from '../../src/captions/formula-errors.ts';

describe('the columns of a spreadsheet', () => {
  const names: Record<Meaning, string> = {
    key: 'key',
    createdAt:
      'createdAt,create_time_ISO,create time,createdTime,created,creation date,create date,published at,publish date,publish time,published date,Post time,post date,posted at,posted,date posted,time posted,upload date,upload time,uploaded at,datetime,timestamp,Date,Time',
    tiktokUrl:
      'tiktokUrl,TikTok link,tiktok video url,webVideoUrl,Video URL,Video link,post url,post link,share_url,share link,webpage_url,Permalink,url,link,address,Video ID,tiktok id,aweme_id,post id,item id,media id,id',
    caption:
      'Caption,captions,caption text,post caption,video caption,text,post text,video text,description,video_description,desc,content,post content,message,Video title,post title',
    title: 'Title',
    hashtags: 'Hashtags,tags',
  };
  it.each(
    Object.entries(names).flatMap(([meaning, all]) =>
      all.split(',').map((name) => [name, meaning as Meaning] as const),
    ),
  )('“%s” is a column of the kind %s', (name, meaning) => {
    const columns = columnsOf(['other', name]);
    for (const [each, found] of Object.entries(columns))
      expect([each, found]).toEqual([each, each === meaning ? [1] : []]);
  });

  it.each<[string[], boolean]>([
    [['key', 'caption'], true],
    [['Date', 'Text'], true],
    [['url', 'desc'], true],
    [['caption'], false],
    [['key'], false],
    [['caption', 'title', 'hashtags'], false],
    [[], false],
  ])('%j can be a header: %s', (header, expected) => {
    expect(isHeader(header)).toBe(expected);
  });
});

it.each<[string, boolean]>([
  ['#NAME?', true],
  [' #name? ', true],
  ['#REF!', true],
  ['#VALUE!', true],
  ['#DIV/0!', true],
  ['#N/A', true],
  ['#NUM!', true],
  ['#NULL!', true],
  ['#SPILL!', true],
  ['#GETTING_DATA', true],
  ['Err:508', true],
  ['Fehler:502', true],
  ['Erreur:511', true],
  ['Ошибка:508', true],
  ['Error:508', true],
  ['Err:408', false],
  ['Err:5081', false],
  ['my Err:508', false],
  ['#NAME', false],
  ['#NAME? again', false],
])('%s is an error of a formula: %s', (cell, expected) => {
  expect(isFormulaError(cell)).toBe(expected);
});
