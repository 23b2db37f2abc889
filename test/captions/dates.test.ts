import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/captions/csv.ts';
import { dayOrderOf, readDate } from '../../src/captions/dates.ts';

const time = Date.UTC(2025, 9, 14, 10, 0, 0) / 1000;

describe('a date', () => {
  it.each([
    '2025-10-14T10:00:00.000Z',
    '2025-10-14 10:00:00',
    '2025/10/14 10:00',
    '2025年10月14日 10:00:00',
    '2025년 10월 14일 10:00',
    '2025-10-14T12:00:00+02:00',
    '2025-10-14_10-00-00',
    '10/14/2025 10:00 AM',
    '10/14/2025, 10:00:00 AM',
    '10/14/25 10:00',
    '14/10/2025 10:00',
    '14.10.2025 10:00',
    '14.10.2025, 10:00 Uhr'.replace(' Uhr', ''),
    'October 14, 2025 10:00 AM',
    'Oct 14, 2025 at 10:00 AM',
    '14 Oct 2025 10:00:00',
    'Tue, 14 Oct 2025 10:00:00 GMT',
    'Tue Oct 14 10:00:00 +0000 2025',
    String(time),
    String(time * 1000),
    '45944.416666667',
  ])('parses %s', (cell) => expect(readDate(cell, null)).toMatchObject({ time }));

  it.each<[string, number, boolean]>([
    ['2025-10-14 10:00', 0, true],
    ['2025-10-14 10:00:00', 0, false],
    ['2025-10-14_10-00', 0, true],
    ['2025-10-14T10:00:07,25Z', 7, false],
    ['2025-10-14 10:00:07.25 UTC', 7, false],
    ['2025.10.14 10:00', 0, true],
    ['2025-10-14 12:00:00 +0200', 0, false],
    ['2025-10-14 04:30:00-05:30', 0, false],
    ['2025-10-14 10:00:00 GMT (Coordinated Universal Time)', 0, false],
    ['2025-10-14 10:00\u202fAM', 0, true],
    ['2025-10-14\u00a010:00', 0, true],
    ['2025-10-14 at 10:00', 0, true],
    ['2025-10-14 12:00 a.m.', -36_000, true],
    ['2025-10-14 12:00 p.m.', 7200, true],
    ['2025-10-14 1:05 pm', 11_100, true],
    ['14-10-2025 10:00', 0, true],
    ['14/10/25 10:00', 0, true],
    ['13.12.2025 10:00', 5_184_000, true],
    ['12.10.2025 10:00', -172_800, true],
    ['Oct. 14, 2025, 10:00', 0, true],
    ['October 14th 2025 10:00', 0, true],
    ['Tuesday, October 14, 2025 10:00', 0, true],
    ['Tue. 14th October, 2025 10:00', 0, true],
    ['14-Oct-2025 10:00', 0, true],
    ['Tue Oct 14 10:00:00 2025', 0, false],
    ['Tue Oct 14 12:00:00 +02:00 2025', 0, false],
    ['Tue Oct 14 10:00:00 GMT 2025', 0, false],
    [`${time}.5`, 0, false],
    [String(time * 1_000_000), 0, false],
    ['2025年10月14日10:00', 0, true],
    ['2025 年 10 月 14 號 10:00', 0, true],
    ['2025년 10월 14일 10:00:00', 0, false],
    ['2025-12-31 23:59:59', 6_789_599, false],
    ['2024-02-29 10:00', -51_235_200, true],
    ['2025-01-01 10:00', -24_710_400, true],
    ['Tue  Oct  14  10:00:00  +0000  2025', 0, false],
    ['Tue  Oct  14  10:00:00  2025', 0, false],
  ])('%s is %i seconds behind 2025-10-14 10:00, to the minute: %s', (cell, behind, toMinute) => {
    expect(readDate(cell, null)).toEqual({ time: time + behind, toMinute });
  });

  it.each([
    ['2025-02-29 10:00', 'none'],
    ['2025-04-31 10:00', 'none'],
    ['2025-00-10 10:00', 'none'],
    ['2025-10-00 10:00', 'none'],
    ['2025-10-14 24:00', 'none'],
    ['2025-10-14 10:60', 'none'],
    ['2025-10-14 10:00:60', 'none'],
    ['2025-10-14 13:00 am', 'none'],
    ['Foo 14, 2025 10:00', 'none'],
    ['14 Foo 2025 10:00', 'none'],
    ['Tue Foo 14 10:00:00 2025', 'none'],
    ['on Tue Oct 14 10:00:00 2025', 'none'],
    ['Tue Oct 14 10:00:00 2025 EDT', 'none'],
    ['October 14, 2025', 'day-only'],
    ['14 October 2025', 'day-only'],
    ['12/10/2025', 'day-only'],
    ['12/10/2025 10:00', 'ambiguous'],
    ['10/12/2025 10:00', 'ambiguous'],
    ['14/10/2025', 'day-only'],
    ['5/5/2025', 'day-only'],
    ['45944', 'none'],
    ['25944.5', 'none'],
    ['1300000000', 'none'],
    [`${time}0`, 'none'],
    ['at 2025-10-14 10:00', 'none'],
    ['2025-10-14 10:00 EDT', 'none'],
    ['13/13/2025 10:00', 'none'],
  ])('finds no time in %s: %s', (cell, why) => expect(readDate(cell, null)).toBe(why));

  it.each([
    ['12/10/2025 10:00', 'day-first', -172_800],
    ['10/12/2025 10:00', 'month-first', -172_800],
    ['10.12.2025 10:00', 'month-first', -172_800],
    ['14/10/2025 10:00', 'month-first', 0],
    ['10/14/2025 10:00', 'day-first', 0],
  ] as const)('%s in a column with the %s', (cell, order, behind) => {
    expect(readDate(cell, order)).toEqual({ time: time + behind, toMinute: true });
  });

  it.each<[string[], string | null]>([
    [['13/12/2025 10:00'], 'day-first'],
    [['12/13/2025 10:00'], 'month-first'],
    [['12/12/2025 10:00'], null],
    [['13/13/2025 10:00'], null],
    [[' 14/10/2025\u00a010:00 '], 'day-first'],
    [['2025-10-14 10:00', 'x'], null],
    [[], null],
  ])('the order of day and month in %j is %s', (cells, order) => {
    expect(dayOrderOf(cells)).toBe(order);
  });

  it.each([
    ['10/04/2025 10:00 AM', 'ambiguous'],
    ['4/10/2025 10:00', 'ambiguous'],
    ['2025-10-14', 'day-only'],
    ['October 14', 'none'],
    ['2025-13-45 10:00', 'none'],
    ['2025-02-30 10:00', 'none'],
    ['14/14/2025 10:00', 'none'],
    ['10/14/2025 13:00 PM', 'none'],
    ['', 'none'],
  ])('refuses %s: %s', (cell, why) => expect(readDate(cell, null)).toBe(why));

  it('5/5 needs no order', () =>
    expect(readDate('5/5/2025 10:00', null)).toMatchObject({ time: Date.UTC(2025, 4, 5, 10) / 1000 }));

  it('takes the order of day and month from other cells, unless they contradict each other', () => {
    expect(dayOrderOf(['10/04/2025 10:00', '10/14/2025 10:00'])).toBe('month-first');
    expect(dayOrderOf(['04/10/2025 10:00', '14/10/2025 10:00'])).toBe('day-first');
    expect(dayOrderOf(['10/14/2025 10:00', '14/10/2025 10:00'])).toBeNull();
    expect(dayOrderOf(['10/04/2025 10:00'])).toBeNull();
  });

  it('any cell gives a time within a century or a reason', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789/-.: TZAPMOct,+') }), (cell) => {
        const read = readDate(cell, null);
        if (typeof read === 'object') expect(Number.isFinite(read.time)).toBe(true);
        else expect(['ambiguous', 'day-only', 'none']).toContain(read);
      }),
    );
  });
});

describe('a spreadsheet of dates', () => {
  const id = ((BigInt(time - 4) << 32n) + 12345678n).toString();
  const url = `https://www.tiktok.com/@maya/video/${id}`;
  const read = async (text: string) => readCsv(new TextEncoder().encode(text), 'x.csv');

  it.each([
    ['a scraper', `id,text,createTimeISO,webVideoUrl\n${id},Harbour walk,2025-10-14T10:00:00.000Z,${url}\n`],
    ['TikTok Studio', `Time,Video title,Video link,Post time\n2025-10-15,Harbour walk,${url},October 14\n`],
    ['a description', `url,description,created_at\n${url},Harbour walk,2025-10-14 10:00:00\n`],
    ['capitals and spaces', `Caption ,TikTok URL\nHarbour walk,${url}?is_from_webapp=1\n`],
    ['the table’s name above', `Table 1\nTikTok URL,caption\n${url},Harbour walk\n`],
    ['sep= above, semicolons', `sep=;\nurl;Text\n${url};Harbour walk\n`],
    ['a name above, semicolons', `Plan;;\nurl;Text\n${url};Harbour walk\n`],
    ['a bare id', `Video ID\ttext\n${id}\tHarbour walk\n`],
    ['an American date', 'Created,caption\n10/14/2025 10:00 AM,Harbour walk\n'],
    ['the day and the time in two columns', 'Date,Time,caption\n2025-10-14,10:00:00,Harbour walk\n'],
  ])('with %s is read', async (_name, text) => {
    const { notes, problem } = await read(text);
    expect(problem).toBeNull();
    expect(notes).toMatchObject([{ text: 'Harbour walk' }]);
    expect(notes[0]?.tiktokId === id || notes[0]?.time === time).toBe(true);
  });

  it.each([
    ['Post,Words\n1,x\n', /no column “caption” \(it has: Post, Words\)/],
    ['caption,likes\nx,1\n', /no column “key”, “createdAt” or “tiktokUrl”/],
    ['createdAt,caption\n10/04/2025 10:00 AM,x\n', /day and month could be either/],
    ['createdAt,caption\n2025-10-04,x\n', /a day but no time/],
    [
      'createdAt,caption\n2025-10-14 10:00 EDT,x\n',
      /1 row .* \(“2025-10-14 10:00 EDT” is no date or address that port reads: /,
    ],
    [
      'id,caption\n7.56064E+18,x\n7.56064E+18,y\n',
      /2 rows .* \(“7.56064E\+18” is no date or address that port reads: /,
    ],
    ['createdAt,caption\n,x\n', /^1 row does not say which post it is of$/],
    ['createdAt,caption\n10/04/2025 10:00,x\nsoon,y\n', /^1 row .* \(“soon” is no date .*; 1 row has a date whose day/],
    ['createdAt,caption\n2025-10-14 10:00,????? ?? ?????\n', /letters were lost/],
    ['createdAt,caption\n2025-10-14 10:00,M\ufffdwen\n', /letters were lost/],
  ])('reports %j', async (text, why) => {
    expect(await read(text)).toMatchObject({ notes: [], problem: expect.stringMatching(why) });
  });

  it('ambiguous dates are decided by other rows', async () => {
    const { notes, problem } = await read('createdAt,caption\n10/04/2025 10:00,a\n10/14/2025 10:00,b\n');
    expect(problem).toBeNull();
    expect(notes.map((note) => note.time)).toEqual([Date.UTC(2025, 9, 4, 10) / 1000, time]);
  });
});
