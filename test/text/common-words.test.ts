import { describe, expect, it } from 'vitest';
import { commonWordsIn, isExcluded } from '../../src/text/common-words.ts';

describe('the language of the common words', () => {
  it.each<[string, string, string | null]>([
    ['Spanish', 'Paseo por la playa esta mañana', 'es'],
    ['German', 'Frühstück für euch und mich, so schön', 'de'],
    ['Albanian', 'Në breg të detit këtë mëngjes', 'sq'],
    ['Polish', 'Dziś jest piękny dzień', 'pl'],
    ['names and hashtags only', 'Łódź #żurek', null],
    ['nothing', '', null],
  ])('%s', (_name, text, language) => {
    expect(commonWordsIn(text).language).toBe(language);
  });

  it('common words beside letters that the language lacks do not count', () => {
    expect(commonWordsIn('Paseo por la playa esta mańana').count).toBe(0);
  });
});

describe('a reading that differs from another one', () => {
  const excludes = (by: string, other: string) => {
    const reading = (text: string) => ({ text, words: commonWordsIn(text) });
    return isExcluded(reading(other), reading(by));
  };
  it.each<[string, string, string, boolean]>([
    ['Spanish excludes the Polish ń', 'qué día\nes la mañana de mi niña', 'qué día\nes la mańana de mi nińa', true],
    ['but not the other way round', 'qué día\nes la mańana de mi nińa', 'qué día\nes la mañana de mi niña', false],
    ['Polish excludes the Spanish ñ', 'dzień dobry, to jest mój dom', 'dzieñ dobry, to jest mój dom', true],
    ['English words prove nothing about a name', 'good day to you from Dzieñ', 'good day to you from Dzień', false],
    ['two common words are too few', 'la cigüeña', 'la cigüeńa', false],
    ['lines that were joined cannot be compared', 'es la mañana de mi niña\nx', 'es la mańana de mi nińa', false],
  ])('%s', (_name, by, other, expected) => {
    expect(excludes(by, other)).toBe(expected);
  });
});
