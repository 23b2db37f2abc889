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
  ['a leap day', '2024-02-29 00:00:00', Date.UTC(2024, 1, 29) / 1000],
  ['no leap day', '2025-02-29 00:00:00', null],
  ['the 31st of April', '2025-04-31 00:00:00', null],
  ['month 0', '2025-00-10 00:00:00', null],
  ['24 o clock', '2025-03-02 24:00:00', null],
  ['second 60', '2025-03-02 12:00:60', null],
  ['no time', '2025-03-02', null],
  ['nothing', '', null],
  ['zeros', '0000-00-00 00:00:00', null],
  ['letters for digits', '2O25-03-02 12:00:00', null],
  ['something behind', '2025-03-02 12:00:00 CEST', null],
  ['a fraction', 1.5, null],
  ['a negative number', -1, null],
  ['null', null, null],
  ['a list', [], null],
])('a date: %s', (_, value, expected) => {
  expect(parseDate(value)).toBe(expected);
});

test.each([
  ['UTF-8', [0x7b, 0xc3, 0xa9], '{\u00e9'],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x7b], '{'],
  ['UTF-16, little end first', [0xff, 0xfe, 0x7b, 0x00], '{'],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0x7b], '{'],
  ['UTF-16 without a mark', [0x7b, 0x00, 0x7d, 0x00], '{}'],
  ['UTF-16 without a mark, big end first', [0x00, 0x7b, 0x00, 0x7d], '{}'],
  ['a broken sequence', [0x61, 0xff, 0x62], 'a\ufffdb'],
  ['nothing', [], ''],
])('text: %s', (_, bytes, expected) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe(expected);
});
