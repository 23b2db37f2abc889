import { describe, expect, it } from 'vitest';
import { pasteable } from '../../src/tools/run-program.ts';

describe('a command to paste', () => {
  it.each<[string, NodeJS.Platform, string[], string]>([
    ['plain words', 'linux', ['/usr/bin/ffmpeg', '-i', 'file:a.mp4'], '/usr/bin/ffmpeg -i file:a.mp4'],
    ['a space and a quote', 'linux', ["it's here"], `'it'\\''s here'`],
    ['a folder of Windows', 'win32', ['C:\\ffmpeg\\ffmpeg.exe', '-i', 'a.mp4'], 'C:\\ffmpeg\\ffmpeg.exe -i a.mp4'],
    ['a folder of Windows with a space', 'win32', ['C:\\My Videos\\'], '"C:\\My Videos\\\\"'],
    ['a quote on Windows', 'win32', ['say "hi"'], '"say \\"hi\\""'],
    ['what the Command Prompt would act on', 'win32', ['a&b|c', "it's"], `"a&b|c" "it's"`],
    ['an empty word', 'win32', [''], '""'],
  ])('%s, on %s', (_odd, system, words, expected) => {
    expect(pasteable(words, system)).toBe(expected);
  });
});
