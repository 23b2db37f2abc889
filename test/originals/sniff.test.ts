import { describe, expect, it } from 'vitest';
import { sniff, sniffed } from '../../src/originals/sniff.ts';
import { fakeMedia } from '../servers/media.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const box = (brand: string, compatible = '') => bytes(`\0\0\0\x20ftyp${brand}\0\0\0\0${compatible}`);

describe('media are recognised by their first bytes', () => {
  it.each<[string, Uint8Array]>([
    ['video mp4', fakeMedia('mp4')],
    ['video mov', fakeMedia('mov')],
    ['video mov', bytes('\0\0\0\x08wide\0\0\0\0mdat')],
    ...['moov', 'mdat', 'free', 'skip'].map((type): [string, Uint8Array] => [
      'video mov',
      bytes(`\0\0\0\x08${type}\0\0\0\0`),
    ]),
    ['video mov', box('qt  ')],
    ['video ogv', bytes('OggS\0\x02')],
    ['video ts', bytes(`G@\0\x10${'x'.repeat(184)}G@`)],
    ['video mts', bytes(`\0\0\0\0G@\0\x10${'x'.repeat(188)}G@`)],
    ['photos bmp', bytes('BM\x36\0\0\0\0\0\0\0\x36')],
    ['photos jxl', bytes('\xff\x0a\0\0')],
    ['photos jxl', bytes('\0\0\0\x0cJXL \r\n')],
    ['photos gif', bytes('GIF87a\x01\0')],
    ['photos avif', box('avis')],
    ['photos avif', box('msf1', 'msf1avis')],
    ...['heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'msf1'].map((brand): [string, Uint8Array] => [
      'photos heic',
      box(brand),
    ]),
    ['video mp4', box('M4V ')],
    ['video webm', bytes('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm')],
    ['video mkv', bytes('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska')],
    ['video avi', bytes('RIFF\0\0\0\0AVI LIST')],
    ['video flv', bytes('FLV\x01\x05\0\0\0\x09')],
    ['photos jpg', fakeMedia('jpg')],
    ['photos png', fakeMedia('png')],
    ['photos webp', fakeMedia('webp')],
    ['photos gif', bytes('GIF89a\x01\0')],
    ['photos tif', bytes('II*\0\x08\0\0\0')],
    ['photos tif', bytes('MM\0*\0\0\0\x08')],
    ['photos heic', box('heic')],
    ['photos heic', box('mif1', 'mif1heic')],
    ['photos avif', box('avif')],
    ['photos avif', box('mif1', 'mif1avifmiaf')],
    ['photos heic', box('heic', 'mif1avif')],
    ['photos heic', box('mif1', `mif1heic${'\0'.repeat(40)}avif`)],
    ['video mp4', box('isom', 'isomavif')],
    ['video mkv', bytes(`\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska${'\0'.repeat(48)}webm`)],
  ])('%s', (expected, head) => {
    const found = sniff(head);
    expect(typeof found === 'string' ? found : `${found.kind} ${found.extension}`).toBe(expected);
  });
});

describe('files that are not media', () => {
  it.each([
    '<!DOCTYPE html><html>',
    '\n\n  <html>',
    '\ufeff<?xml version="1.0"?>',
    '{"code":"AccessDenied"}',
    'Access denied',
    '#EXTM3U\n',
    'Доступ закрыт',
    '\u001b[31mred\u001b[0m',
    'tab \t, line \n, vertical tab \u000b, page \f, return \r',
  ])('text: %s', (text) => expect(sniff(Buffer.from(text))).toBe('text'));

  it('UTF-16 is text as well', () => expect(sniff(Buffer.from('\ufeff<html>', 'utf16le'))).toBe('text'));
  it('text is recognised by its first 512 bytes', () => {
    expect([sniff(Buffer.from(`${'x'.repeat(512)}\0`)), sniff(Buffer.from(`${'x'.repeat(511)}\0`))]).toEqual([
      'text',
      'unknown',
    ]);
  });
  it('nothing', () => expect(sniff(new Uint8Array())).toBe('empty'));
  it.each([
    ['a ZIP', 'PK\x03\x04\x14\0\0\0'],
    ['RIFF with sound', 'RIFF\0\0\0\0WAVEfmt '],
    ['an unknown box', '\0\0\0\x08abcd\0\0\0\0'],
    ['a GIF of no version', 'GIF88a\x01\0'],
    ['one packet of a transport stream', `G@\0\x10${'x'.repeat(200)}`],
    ['BM with a size in its place', 'BM\x36\0\0\0\x01\0\0\0\x36'],
    ['zeros where a BMP has them', 'XY\x36\0\0\0\0\0\0\0\x36'],
    ['a type inside', 'x\0\0\0GIF89a\x01\0'],
    ['a control character', 'abc\u0007'],
    ...['\0', '\u0008', '\u000e', '\u001a', '\u001c', '\u001f'].map((each): [string, string] => [
      `the control character ${each.charCodeAt(0)}`,
      `<html>${each}`,
    ]),
    ['a mark of UTF-16 inside', '\0\u00ff\u00fe'],
    ['a mark of UTF-16, big end first, inside', '\0\u00fe\u00ff'],
    ['the second packet of a transport stream alone', `x@\0\x10${'x'.repeat(184)}G@`],
    ['the same of a camcorder', `\0\0\0\0x@\0\x10${'x'.repeat(188)}G@`],
    ['WEBP without RIFF', 'JUNK\0\0\0\0WEBPVP8 '],
    ['AVI without RIFF', 'JUNK\0\0\0\0AVI LIST'],
    ['a TIFF inside', 'xII*\0xMM\0*'],
    ['FLV of another version', 'FLV\x02\0\0\0\0'],
  ])('%s', (_name, head) => expect(sniff(bytes(head))).toBe('unknown'));
  it('UTF-16, big end first, is text as well', () => {
    expect(sniff(Buffer.from('\ufeff<html>', 'utf16le').swap16())).toBe('text');
  });
});

it.each(['\xff\xd8\xff', '\0\0\0\x20ftypisom', '', '<html>', '\0'])(
  'what is recognised in %j can be cached',
  (head) => {
    const found = sniff(bytes(head));
    expect(sniffed.parse(found)).toEqual(found);
  },
);
