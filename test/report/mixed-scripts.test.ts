import { describe, expect, it } from 'vitest';
import { mixedScripts } from '../../src/report/mixed-scripts.ts';

describe('an account name', () => {
  it.each<[string, string, string[]]>([
    ['in Latin', 'maya.bakes_1999', []],
    ['in Cyrillic', 'маша', []],
    ['with a word of each', 'masha_маша', []],
    ['in Japanese and Latin', 'さくらCAFE', []],
    ['with a Cyrillic letter in a Latin word', 'mаya', ['Latin', 'Cyrillic']],
    ['with a Greek letter in a Latin word', 'nοra', ['Latin', 'Greek']],
    ['with accents as marks of their own', 'Zoe\u0308', []],
    ['of nothing', '', []],
  ])('%s', (_odd, name, scripts) => expect(mixedScripts(name)).toEqual(scripts));
});
