import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderName } from '../../src/deliver/folder-name.ts';

describe('folderName', () => {
  it.each([
    ['maya', 'maya'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', 'account'],
    ['', 'account'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['a/b\\c:d', 'a_b_c_d'],
    ['.hidden', 'hidden'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['小红书 😀', '小红书 😀'],
  ])('%j is %j', (account, name) => {
    expect(folderName(account)).toBe(name);
  });

  it('never leads anywhere else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (account) => {
        const name = folderName(account);
        expect(name).not.toMatch(/[/\\\u0000-\u001f]|^\.|[. ]$|^$/);
        expect([...name].length).toBeLessThanOrEqual(81);
      }),
    );
  });
});
