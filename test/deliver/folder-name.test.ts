import { basename, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderName } from '../../src/deliver/folder-name.ts';

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
    ['a Windows device name with a superscript digit', 'COM¹', '_COM¹'],
    ['almost a Windows device name', 'console', 'console'],
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
