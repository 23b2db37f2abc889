import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passable, posixWord, powershellString, windowsArgument } from '../../src/handover/quote.ts';
import { nasty, nastyText } from './nasty.ts';
import { argumentsOf, powershell, powershellTexts } from './powershell.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'port-quote-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shells = ['dash', 'bash', 'zsh', 'busybox'].filter((shell) => spawnSync(shell, ['--help']).error === undefined);

describe.skipIf(process.platform === 'win32')('posixWord', () => {
  for (const shell of ['dash', 'bash'].filter((each) => !shells.includes(each)))
    console.warn(`NOT TESTED: quoting for ${shell}, which is not here.`);

  /** What a program gets of these words, through a script of this shell. */
  const through = (shell: string, words: readonly string[]): string[] => {
    const script = join(folder, `${shell}.sh`);
    writeFileSync(script, `printf '%s\\0' ${words.map(posixWord).join(' ')}\n`);
    const args = shell === 'busybox' ? ['sh', script] : [script];
    const got = execFileSync(shell, args, { cwd: folder, maxBuffer: 100_000_000 });
    return got.toString('utf8').split('\0').slice(0, -1);
  };

  it.each(shells)('%s passes nasty texts on as they are', (shell) => {
    expect(through(shell, nasty)).toEqual(nasty);
  });

  it.each(shells)('%s passes any text on, byte for byte', (shell) => {
    fc.assert(
      fc.property(fc.array(nastyText, { minLength: 1, maxLength: 60 }), (words) => {
        expect(through(shell, words)).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });
});

describe('powershellString', () => {
  it('is read back as it was by the rules of PowerShell', () => {
    expect(powershellTexts(nasty.map(powershellString).join(' '))).toEqual(nasty);
  });

  it('any text is read back as it was by the rules of PowerShell', () => {
    fc.assert(
      fc.property(fc.array(nastyText, { minLength: 1, maxLength: 10 }), (texts) => {
        expect(powershellTexts(texts.map(powershellString).join(' '))).toEqual(texts);
      }),
    );
  });

  it('has nothing in it that ends a string before its end', () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        expect(
          powershellString(text)
            .slice(1, -1)
            .replace(/(['\u2018-\u201b])\1/g, ''),
        ).not.toMatch(/['\u2018-\u201b]/);
      }),
    );
  });

  if (powershell === null)
    console.warn(
      '\n*** NOT TESTED: words through a real PowerShell, which is not here.\n*** Its rules of quoting are, by a reader of them. ***\n',
    );
  it.skipIf(powershell === null)('a real PowerShell reads nasty texts as they are', () => {
    const script = join(folder, 'quote.ps1');
    const lines = nasty.map(
      (text) => `[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${powershellString(text)}))`,
    );
    writeFileSync(script, `\ufeff${lines.join('\n')}\n`);
    const got = execFileSync(powershell ?? '', ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', script]);
    const texts = got
      .toString()
      .trim()
      .split(/\s+/)
      .map((line) => Buffer.from(line, 'base64').toString());
    expect(texts).toEqual(nasty);
  });
});

describe('windowsArgument', () => {
  it('nasty texts are taken separateLeftOut as they were put together', () => {
    expect(argumentsOf(nasty.map(windowsArgument).join(' '))).toEqual(nasty);
  });

  it('any text is taken separateLeftOut as it was, beside others', () => {
    fc.assert(
      fc.property(fc.array(nastyText, { minLength: 1, maxLength: 10 }), (texts) => {
        expect(argumentsOf(texts.map(windowsArgument).join(' '))).toEqual(texts);
      }),
    );
  });

  it.skipIf(process.platform !== 'win32')('a real program on Windows gets nasty texts as they are', () => {
    const show = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const args = ['-e', show, '--', ...nasty].map(windowsArgument);
    const { stdout } = spawnSync(process.execPath, args, { windowsVerbatimArguments: true });
    expect(JSON.parse(stdout.toString())).toEqual(nasty);
  });
});

describe('passable', () => {
  it.each([
    ['a NUL', 'a\0b', 'ab'],
    ['half a character', 'a\ud83db', 'a\ufffdb'],
    ['a whole one', 'a👍b', 'a👍b'],
  ])('%s', (_, text, expected) => {
    expect(passable(text)).toBe(expected);
  });
});
