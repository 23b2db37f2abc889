import { describe, expect, it } from 'vitest';
import { calm } from '../../../src/plan/words/calm.ts';
import { clauseEnds, clausesOf } from '../../../src/plan/words/clauses.ts';
import { danglingEnd } from '../../../src/plan/words/dangling.ts';

describe('calm', () => {
  it.each([
    // One emoji instead of a run
    ['wow 😀😀😀 yes', 'wow 😀 yes'],
    ['wow 😀  😀 yes', 'wow 😀 yes'],
    ['a 😀\n😀', 'a 😀\n😀'],
    ['a 🇩🇪🇫🇷 b', 'a 🇩🇪 b'],
    ['a 👋🏽 👋🏽', 'a 👋🏽'],
    ['👩‍🍳❤️👩‍🍳 x', '👩‍🍳 x'],
    ['☀️👩🏽‍🍳☀️ x', '☀️ x'],
    // One sign instead of a run
    ['no!!! way??', 'no! way?'],
    ['what?!?', 'what?'],
    ['真的！！！', '真的！'],
    ['hm... ok', 'hm. ok'],
    ['a ~~~ b', 'a ~ b'],
    ['x ___ y', 'x _ y'],
    ['** a', '* a'],
    ['so--good', 'so--good'],
    ['@odette.k..22', '@odette.k..22'],
    ['__maya__', '__maya__'],
    ['a__b', 'a__b'],
    // Capitals
    ['THE LISBON DIARIES', 'The Lisbon Diaries'],
    ['the LISBON DIARIES AGAIN', 'the Lisbon Diaries Again'],
    ['5 THINGS IN LISBON', '5 Things in Lisbon'],
    ['ABCDEFGHIJ', 'Abcdefghij'],
    ['ABCDEFGHI', 'ABCDEFGHI'],
    ['ABCDEFGHIJKL abc', 'ABCDEFGHIJKL abc'],
    ['ABCDEFGHIJKLM abc', 'Abcdefghijklm abc'],
    ['NYC AND THE USA TRIP', 'NYC and the USA Trip'],
    ['MY DIY POV VLOGS HERE', 'My DIY POV Vlogs Here'],
    ['BRB GRWM LISBON HARBOUR', 'BRB GRWM Lisbon Harbour'],
    ['GRWM MY GRWMS SHHHH PSST', 'GRWM my Grwms Shhhh PSST'],
    ['ÉTÉ À LA CÔTE BLEUE', 'Été à la Côte Bleue'],
    ['DON’T STOP THE MUSIC', 'Don’t Stop the Music'],
    ["L'AMOUR TOUJOURS", "L'amour Toujours"],
    ['МОСКВА И ДРУЗЬЯ', 'Москва и Друзья'],
    ['ΑΘΗΝΑ ΚΑΙ ΘΑΛΑΣΣΑ', 'Αθηνα και Θαλασσα'],
    ['İSTANBUL GÜNLÜĞÜ IŞIK', 'İstanbul Günlüğü Işık'],
    ['ISTANBUL TRIP TODAY', 'Istanbul Trip Today'],
  ])('%j becomes %j', (title, expected) => {
    expect(calm(title)).toBe(expected);
  });
});

describe('danglingEnd', () => {
  it.each([
    ['one and', 'one'],
    ['one and the', 'one'],
    ['one, and', 'one'],
    ['one and -', 'one'],
    ['one –', 'one'],
    ['one : and', 'one'],
    ['one and more', 'one and more'],
    ['Vitamin A', 'Vitamin A'],
    ['the', 'the'],
    ['-', '-'],
    ['今天和', '今天'],
    ['和', '和'],
    ['去海边然后', '去海边'],
    ['然后去海边', '然后去海边'],
    ['ทะเลและ', 'ทะเล'],
    ['และทะเล', 'และทะเล'],
    ['และ', 'และ'],
    ['東京の', '東京'],
    ['カフェで', 'カフェ'],
    ['カフェで朝', 'カフェで朝'],
    ['ひらがなの', 'ひらがなの'],
    ['바다 그리고', '바다'],
  ])('%j becomes %j', (title, expected) => {
    expect(danglingEnd(title)).toBe(expected);
  });
});

describe('clausesOf', () => {
  it.each([
    ['a 😀 b 😀😀  c', ['a 😀 ', 'b 😀😀  ', 'c']],
    ['a 😀 😀 b', ['a 😀 😀 ', 'b']],
    ['a 😀', ['a 😀']],
    ['', ['']],
  ])('%j', (sentence, expected) => {
    expect(clausesOf(sentence)).toEqual(expected);
  });

  it('ends before a line break', () => {
    expect(clauseEnds('😀 a 👋🏽 \n😀')).toEqual([3, 10, 13]);
  });
});
