import { describe, expect, it } from 'vitest';
import { momentCell, readCoverCell } from '../../src/captions/cover-cell.ts';

const moment = (at: number) => ({ kind: 'moment', at });
const picture = (path: string) => ({ kind: 'picture', path });
const network = { kind: 'bad', why: 'a cover is not taken from the network' };
const noMoment = { kind: 'bad', why: 'write the moment in seconds, such as 1.5' };
const noPath = { kind: 'bad', why: 'that is no path of a picture' };

describe('a cell of the column cover', () => {
  it.each<[string, unknown]>([
    ['', { kind: 'none' }],
    [' \u00a0', { kind: 'none' }],
    ['0', moment(0)],
    ['12', moment(12)],
    [' 1.5 ', moment(1.5)],
    ['1,5', moment(1.5)],
    ['1.123456789', moment(1.123456789)],
    ['123456', moment(123_456)],
    ['3s', moment(3)],
    ['3 S', moment(3)],
    ['3   s', moment(3)],
    ['cover.jpg', picture('cover.jpg')],
    [' my covers/one 2.png ', picture('my covers/one 2.png')],
    ['/home/maya/1.jpg', picture('/home/maya/1.jpg')],
    ['C:\\covers\\1.jpg', picture('C:\\covers\\1.jpg')],
    ['C:/covers/1.jpg', picture('C:/covers/1.jpg')],
    ['1.5.jpg', picture('1.5.jpg')],
    ['2 seconds', picture('2 seconds')],
    ['clip 12', picture('clip 12')],
    ['a//b.jpg', picture('a//b.jpg')],
    ['my http://x', picture('my http://x')],
    ['x'.repeat(1000), picture('x'.repeat(1000))],
    ['x'.repeat(1001), noPath],
    ['a\nb.jpg', noPath],
    ['a\rb.jpg', noPath],
    ['a\0b.jpg', noPath],
    ['https://example.org/a.jpg', network],
    ['HTTP://example.org/a.jpg', network],
    ['ftp://example.org/a.jpg', network],
    ['a1+.-://x', network],
    ['file:a.jpg', network],
    ['data:image/png;base64,AA', network],
    ['http:a.jpg', network],
    ['https:a.jpg', network],
    ['ftp:a.jpg', network],
    ['\\\\server\\share\\a.jpg', network],
    ['//server/a.jpg', network],
    ['\\/server/a.jpg', network],
    ['-1', noMoment],
    ['+1', noMoment],
    ['-1s', noMoment],
    ['1:30', noMoment],
    ['1:30 S', noMoment],
    ['1 000', noMoment],
    ['1.000,5', noMoment],
    ['1234567', noMoment],
    ['1.1234567891', noMoment],
  ])('%j', (cell, expected) => expect(readCoverCell(cell)).toEqual(expected));

  it.each<[number, string]>([
    [1.5, '1.5'],
    [2, '2'],
    [1.23456, '1.235'],
    [0.0004, '0'],
  ])('has the moment %d as %s', (at, cell) => expect(momentCell(at)).toBe(cell));
});
