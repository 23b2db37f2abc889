import { basename, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderKey, folderName, titleName } from '../../src/deliver/folder-name.ts';

describe('folderName', () => {
  it.each([
    ['a plain name', 'maya', 'maya'],
    ['dots and underscores inside', 'maya.in_the.hills', 'maya.in_the.hills'],
    ['another script', '小红书', '小红书'],
    ['decomposed letters', 'cafe\u0301', 'caf\u00e9'],
    ['nothing', '', 'account'],
    ['dots alone', '..', 'account'],
    ['spaces and dots', ' . . ', 'account'],
    ['a parent folder', '../../etc', '_.._etc'],
    ['an absolute path', '/etc/passwd', '_etc_passwd'],
    ['a Windows path', 'C:\\Windows', 'C__Windows'],
    ['hidden', '.hidden', 'hidden'],
    ['a dot at the end, which Windows drops', 'maya.', 'maya'],
    ['a Windows device name', 'con', '_con'],
    ['a Windows device name with an extension', 'NUL.txt', '_NUL.txt'],
    ['a Windows device name with a space before its extension', 'aux .txt', '_aux .txt'],
    ['a Windows device name with a small digit', 'COM¹', '_COM¹'],
    ['a Windows device name with a digit', 'lpt3', '_lpt3'],
    ['a Windows device name with a superscript digit of a printer', 'LPT²', '_LPT²'],
    ['a Windows device name with a dollar sign', 'CONIN$', '_CONIN$'],
    ['almost a Windows device name', 'console', 'console'],
    ['almost a Windows device name with a letter', 'comx', 'comx'],
    ['almost a Windows device name with another letter', 'lpte', 'lpte'],
    ['a Windows device name inside', 'a con', 'a con'],
    ['control characters', 'ma\u0000y\u001ba\n', 'maya'],
    ['line separators', 'ma\u2028y\u2029a', 'maya'],
    ['direction marks', 'ma\u202eya\u2066\u061c', 'maya'],
    ['half an emoji', 'maya\ud83d', 'maya'],
    ['only marks', '\u200b\u200e', 'account'],
  ])('%s', (_odd, name, expected) => {
    expect(folderName(name)).toBe(expected);
  });

  it.each([
    ['letters', 'a'.repeat(300)],
    ['Chinese', '汉'.repeat(300)],
    ['emoji', '😀'.repeat(300)],
    ['a dot where it is cut', `${'a'.repeat(79)}.b`],
    ['dots where it is cut', `${'a'.repeat(70)}${'.'.repeat(20)}b`],
  ])('a long name of %s fits every disk and ends in no dot', (_odd, name) => {
    const short = folderName(name);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(240);
    expect([...short].length).toBeLessThanOrEqual(80);
    expect(short).toMatch(/[^.\s]$/);
    expect(short).not.toContain('\ufffd');
  });

  it('any text gives one valid folder name on every system', () => {
    const hostile = fc.string({
      unit: fc.oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        fc.constantFrom('.', '/', '\\', ' ', ':', '\u0000', '\u202e', '😀', '\ud83d', 'con', 'nul', 'lpt1'),
      ),
      maxLength: 200,
    });
    fc.assert(
      fc.property(hostile, (account) => {
        const name = folderName(account);
        expect(name).not.toBe('');
        expect(basename(name)).toBe(name);
        expect(win32.basename(name)).toBe(name);
        expect(posix.join('/out', name)).toBe(`/out/${name}`);
        expect(name).not.toMatch(/^[.\s]|[.\s]$|[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
        expect(folderName(name)).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('folderKey', () => {
  it.each([
    ['letters of another case', 'Maya', 'mAYA'],
    ['composed and decomposed letters', 'caf\u00e9', 'cafe\u0301'],
    ['a sharp s and two letters', 'stra\u00dfe', 'STRASSE'],
    ['both forms of a small sigma', '\u03bd\u03b5\u03bf\u03c2', '\u03bd\u03b5\u03bf\u03c3'],
    ['full-width letters', '\uff4d\uff41ya', 'maya'],
    ['invisible marks', 'ma\u200bya', 'maya'],
    ['dots and blanks at the end', 'maya. .', 'maya'],
    ['a capital i with a dot and its small letter', '\u0130', 'i\u0307'],
  ])('%s may be the same folder', (_odd, one, other) => {
    expect(folderKey(one)).toBe(folderKey(other));
    expect(folderKey(one)).not.toBe('');
  });

  it.each([
    ['other letters', 'maya', 'mayo'],
    ['a dot inside', 'ma.ya', 'maya'],
    ['a dot at the start', '.maya', 'maya'],
    ['a blank inside', 'ma ya', 'maya'],
  ])('%s are two folders', (_odd, one, other) => expect(folderKey(one)).not.toBe(folderKey(other)));
});

describe('titleName', () => {
  it.each([...'<>:"/\\|?*'].map((character) => [character]))(
    '%s becomes a character that looks like it',
    (character) => {
      const name = titleName(`a${character}b`);
      expect(name).toMatch(/^a[^\x20-\x7e]b$/u);
      expect(name).not.toContain(character);
    },
  );

  it.each([
    ['several blanks and line breaks are one blank', 'a \n\t b', 'a b'],
    ['240 bytes fit a disk', `${'😀'.repeat(59)}abcd`, `${'😀'.repeat(59)}abcd`],
    ['241 bytes do not', `${'😀'.repeat(59)}abcde`, `${'😀'.repeat(59)}abcd`],
  ])('%s', (_odd, title, name) => expect(titleName(title)).toBe(name));
});
