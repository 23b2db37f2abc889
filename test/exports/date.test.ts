import { expect, test } from 'vitest';
import { parseDate } from '../../src/exports/date.ts';
import { decodeText } from '../../src/exports/text.ts';

const noon = Date.UTC(2025, 2, 2, 12, 0, 0) / 1000;

test.each([
  ['JSON', '2025-03-02 12:00:00', noon],
  ['TXT', '2025-03-02 12:00:00 UTC', noon],
  ['ISO', '2025-03-02T12:00:00Z', noon],
  ['ISO with parts of a second', '2025-03-02T12:00:00.000Z', noon],
  ['an offset', '2025-03-02T14:00:00+02:00', noon],
  ['spaces around', ' 2025-03-02 12:00:00 ', noon],
  ['unix seconds as text', String(noon), noon],
  ['unix seconds', noon, noon],
  ['an offset without a colon', '2025-03-02T14:00:00+0200', noon],
  ['an offset behind UTC', '2025-03-02T07:00:00-05:00', noon],
  ['an offset with half an hour', '2025-03-02T17:30:00+05:30', noon],
  ['an offset behind UTC with half an hour', '2025-03-02T08:30:00-03:30', noon],
  ['an offset of nothing, behind UTC', '2025-03-02T12:00:00-00:00', noon],
  ['an offset that leads into the next year', '2024-12-31T23:59:59-01:00', Date.UTC(2025, 0, 1, 0, 59, 59) / 1000],
  ['an offset that leads into the year before', '2025-01-01T00:30:00+01:00', Date.UTC(2024, 11, 31, 23, 30) / 1000],
  ['the first second of a day', '2025-03-02 00:00:00', noon - 43_200],
  ['the last second of a day', '2025-03-02 23:59:59', noon + 43_199],
  ['the first second of a year', '2025-01-01 00:00:00', Date.UTC(2025, 0, 1) / 1000],
  ['the last second of a year', '2025-12-31 23:59:59', Date.UTC(2026, 0, 1) / 1000 - 1],
  ['the last second with four digits for the year', '9999-12-31 23:59:59', 253_402_300_799],
  ['the first second of Unix time', '1970-01-01 00:00:01', 1],
  ['the second before Unix time', '1969-12-31 23:59:59', null],
  ['a leap day', '2024-02-29 00:00:00', Date.UTC(2024, 1, 29) / 1000],
  ['a leap day of a century', '2000-02-29 00:00:00', Date.UTC(2000, 1, 29) / 1000],
  ['no leap day of a century', '2100-02-29 00:00:00', null],
  ['no leap day', '2025-02-29 00:00:00', null],
  ['the 31st of April', '2025-04-31 00:00:00', null],
  ['day 0', '2025-03-00 00:00:00', null],
  ['month 0', '2025-00-10 00:00:00', null],
  ['month 13', '2025-13-10 00:00:00', null],
  ['minute 60', '2025-03-02 12:60:00', null],
  ['24 o clock', '2025-03-02 24:00:00', null],
  ['second 60', '2025-03-02 12:00:60', null],
  ['no time', '2025-03-02', null],
  ['nothing', '', null],
  ['zeros', '0000-00-00 00:00:00', null],
  ['letters for digits', '2O25-03-02 12:00:00', null],
  ['something behind', '2025-03-02 12:00:00 CEST', null],
  ['a fraction', 1.5, null],
  ['a negative number', -1, null],
  ['zero', 0, null],
  ['the last number with four digits for the year', 253_402_300_799, 253_402_300_799],
  ['the number of the year 10000', 253_402_300_800, null],
  ['nine digits', '174091680', null],
  ['eleven digits', '17409168000', null],
  ['ten digits and a letter', '1740916800s', null],
  ['a space before UTC and small letters', '2025-03-02 12:00:00 utc', noon],
  ['GMT', '2025-03-02 12:00:00 GMT', noon],
  ['a fraction without digits', '2025-03-02 12:00:00.', null],
  ['a fraction and a zone', '2025-03-02 12:00:00.25 UTC', noon],
  ['a zone in front', 'UTC 2025-03-02 12:00:00', null],
  ['an offset of one digit', '2025-03-02 12:00:00+2', null],
  ['an offset that makes it negative', '1970-01-01 00:00:30+00:01', null],
  ['an offset beyond the year 9999', '9999-12-31 23:59:59-00:01', null],
  ['slashes', '2025/03/02 12:00:00', null],
  ['a slash behind the month', '2025-03/02 12:00:00', null],
  ['a slash behind the year', '2025/03-02 12:00:00', null],
  ['an underscore in the middle', '2025-03-02_12:00:00', null],
  ['a point behind the hour', '2025-03-02 12.00:00', null],
  ['a point behind the minute', '2025-03-02 12:00.00', null],
  ['a letter in the month', '2025-O3-02 12:00:00', null],
  ['a letter in the day', '2025-03-O2 12:00:00', null],
  ['a letter in the hour', '2025-03-02 l2:00:00', null],
  ['a letter in the minute', '2025-03-02 12:0O:00', null],
  ['a letter in the second', '2025-03-02 12:00:0O', null],
  ['a truth', true, null],
  ['null', null, null],
  ['a list', [], null],
])('a date: %s', (_, value, expected) => {
  expect(parseDate(value)).toBe(expected);
});

test.each([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map((days, month) => [month + 1, days]))(
  'a date: month %i of 2025 has %i days',
  (month, days) => {
    const at = (day: number) => `2025-${String(month).padStart(2, '0')}-${day} 23:59:59`;
    expect(parseDate(at(days))).toBe(Date.UTC(2025, month - 1, days, 23, 59, 59) / 1000);
    expect(parseDate(at(days + 1))).toBeNull();
  },
);

test.each([
  ['UTF-8', [0x7b, 0xc3, 0xa9], '{\u00e9'],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x7b], '{'],
  ['one byte', [0x7b], '{'],
  ['a zero byte alone', [0x00], '\0'],
  ['two zero bytes', [0x00, 0x00], '\0\0'],
  ['the first byte of a mark alone', [0xff, 0x7b], '\ufffd{'],
  ['the second byte of a mark alone', [0x7b, 0xfe], '{\ufffd'],
  ['the first byte of the other mark alone', [0xfe, 0x7b], '\ufffd{'],
  ['UTF-16, little end first', [0xff, 0xfe, 0x7b, 0x00], '{'],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x7b], '{'],
  ['UTF-16 without a mark', [0x7b, 0x00, 0x7d, 0x00], '{}'],
  ['UTF-16 without a mark, big end first', [0x00, 0x7b, 0x00, 0x7d], '{}'],
  ['a broken sequence', [0x61, 0xff, 0x62], 'a\ufffdb'],
  ['nothing', [], ''],
])('text: %s', (_, bytes, expected) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe(expected);
});
