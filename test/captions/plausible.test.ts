import { describe, expect, it } from 'vitest';
import { plausibilityOf } from '../../src/captions/plausible.ts';

describe('the share of lines for which a language has all letters', () => {
  it.each<[string, string, number]>([
    ['a line of one language', 'schöne Grüße', 1],
    ['a line without letters beyond ASCII', '100 €', 1],
    ['words of two languages, which count half', 'Grüße, señor, żółw', 0.5],
    ['one such word of three that no language has', 'Grüße señor żółw ñżðř ñżðř ñżðř', 0.25],
    ['plain words beside them, which do not count', 'und Grüße, señor, żółw to go', 0.5],
    ['a line of one language and one of none', 'schöne Grüße\nñżðř', 0.5],
    ['no line that counts', 'hello', 0],
  ])('%s', (_name, text, coverage) => {
    expect(plausibilityOf(text).coverage).toBe(coverage);
  });
});

/** Words with this many faults. */
const faults = (text: string) => plausibilityOf(text).oddWords;

describe('words that no person writes', () => {
  it.each<[string, string]>([
    ['two scripts in one word', 'приβετ αש שب بก กя'],
    ['Latin letters with those of another script', 'Hällо aԱ aქ aक'],
    ['quotation marks in a word', 'Br”tchen Br“tchen Br„tchen Br«tchen Br»tchen Br»»tchen'],
    ['opening quotation marks at the end', 'Brö„ Brö‚ Br‚'],
    ['two signs behind a letter', 'a´¿ a°¿'],
    ['a letter between digits', '1é1 10ɏ9 1À1'],
    ['a tone without its letter', '\u0300a \u0323a -\u0301a'],
    ['a point of Hebrew without its letter', '\u0591ש \u05c7ש'],
    ['a vowel of Arabic without its letter', '\u064bب \u0652ب'],
    ['a vowel of Thai without its letter', '\u0e31ก \u0e34ก \u0e3aก \u0e47ก \u0e4eก'],
    ['marks of direction between letters', 'ש\u200eש ש\u200fש ש\u200f\u200fש'],
    ['letters that Thai has no more', 'กฃก กฅก ฃ'],
    ['a digit in a Thai word', 'กา๑กา ก๐ก ก๙ก'],
    ['one Chinese character in a Latin word', 'a同b'],
    ['final letters of Hebrew inside', 'ךש םש ןש ףש ץש םא םת'],
    ['a final letter of Greek inside', 'ςα'],
    ['a final letter of Arabic inside', 'ةب'],
    ['a soft sign at the start', 'ьпривет Ьа'],
    ['a superscript before a letter', 'Fa²ade ²a'],
    ['a sign behind a letter', 'Stra§e a§ a× a≠'],
    ['a sign before a letter', '™a ®a ©a №a §a ×a ≠a'],
    ['a sign between letters', 'a•b я•b a•я a¿¡b'],
    ['capitals inside', 'flöGliÉgen aÉ éA e\u0301É é\u0301A'],
    ['two capitals and small letters', 'ÉÉa EÉa ÉEa ÄÖÜa'],
    ['only accented letters', 'Ïðîãóëêà àéïõ ÀÉÏÕ aéïõà ÿÿÿÿ'],
  ])('%s', (_name, text) => {
    for (const word of text.split(' ')) expect([word, faults(word)]).toEqual([word, 1]);
  });

  it.each([...'₧¤¦¬¨¸¯ƒ†‡‰¶√∂∆∑∏∫◊≈ˆ˜˙˚˝˛ˇ˘─╬▀▟'])('the sign %s, which stands in tables', (sign) => {
    expect(faults(sign)).toBe(1);
  });

  it.each<[string, string, number]>([
    ['one of a pair of marks', 'sagt ‹hällo', 1],
    ['the other one', 'sagt hällo›', 1],
    ['single letters of Cyrillic among Latin ones', 'abcdef я и', 2],
    ['a single letter of Greek', 'abc β', 1],
    ['a single letter of Hebrew', 'abc ש', 1],
    ['a single letter of Arabic', 'abc ب', 1],
    ['a single letter of Thai', 'abc ก', 1],
    ['a single letter of another script, and one of Latin', 'abc я a', 1],
    ['a single letter among as many others', 'ab я', 0],
    ['a word of two letters among Latin ones', 'abcdef яя', 0],
  ])('%s: %s', (_name, text, count) => expect(faults(text)).toBe(count));

  it.each([
    ['German', 'Möwen über Brötchen, schön'],
    ['Catalan', 'col·legi'],
    ['Catalan with accents', 'intel·ligència, ànimal·lè'],
    ['Japanese with Latin letters', 'カフェでlunch あé アé éー'],
    ['Chinese with Latin letters', '我的vlog日常 é中 a同同b A同b 同a a同'],
    ['Korean with Latin letters', '한국vlog é한'],
    ['a sign that is a letter', 'éµ'],
    ['quotation marks around words', '„schön“ und »grün« “so” «so»'],
    ['a pair of marks', '‹schön›'],
    ['a trade mark', 'Käse™ ist gut'],
    ['an arrow', 'Käse → Brot a→ →a ←a ⇿a'],
    ['wide signs of East Asia', '早上好～新的一天＋早餐 東京～Tokyo'],
    ['signs of multiplication and degrees', '20°C 20° a°! × ÷'],
    ['a measure', '9×16 1÷2'],
    ['a letter beside a digit', '1é é1 aé1'],
    ['marks behind their letters', 'e\u0301 e\u0302\u0301 กั กิ่'],
    ['a mark of direction at the end', 'ש\u200f'],
    ['Thai digits beside a word', 'ก๑ ๑ก'],
    ['final letters at the end', 'שם ας بة'],
    ['a soft sign inside', 'нью день'],
    ['a section', '§ 5 m² №5'],
    ['Hebrew', 'שלום עולם'],
    ['a name with a capital inside, in the plural', 'McDonaldsé, iPhonés iPÖde'],
    ['capitals', 'ÉTÉ Été ÉTE É'],
    ['an abbreviation with an ending', 'TVs für DVDs, CDså'],
    ['few letters with accents', 'àéï abéïõ'],
    ['letters with accents of Eastern Europe', 'àéïő'],
    ['nothing', ''],
  ])('none in %s', (_name, text) => {
    for (const word of text.split(' ')) expect([word, faults(word)]).toEqual([word, 0]);
  });

  it.each([...'’‘´…・。、，！？：；（）「」『』～\u200c\u200d\u05be\u05f3\u05f4،؛؟'])(
    'none with the sign %j between letters',
    (sign) => {
      for (const word of [`é${sign}é`, `я${sign}é`, `é${sign}я`]) expect([word, faults(word)]).toEqual([word, 0]);
    },
  );

  it.each([
    [59, true],
    [60, false],
  ])('one in %i words makes a wrong decoding: %s', (count, isOdd) => {
    expect(plausibilityOf(`Br”tchen${' so'.repeat(count - 1)}`).isOdd).toBe(isOdd);
  });
});

describe('punctuation', () => {
  const [one, two, odd] = [1.6, 2.5, 0.4];
  it.each<[string, string, number]>([
    ['none', 'so', 1],
    ['elisions', 'd’eau l’eau n’est s’il m’eau t’es c’est j’ai qu’il', two],
    ['endings of English', 'don’t we’re we’ll i’m i’d we’ve', two],
    ['plurals of Dutch', 'foto’s ski’s menu’s baby’s café’s', two],
    ['quotation marks', '“so” „so“ «so»', two],
    ['dashes', 'so – so — so', two],
    ['an apostrophe in a word', 'x’eau', odd],
    ['an elision in a word', 'al’eau', odd],
    ['an ending of English in a word', 'don’ta', odd],
    ['a plural of another letter', 'bob’s', odd],
    ['a plural in a word', 'foto’se', odd],
    ['an elision and an apostrophe in a word', 'l’eau x’eau', odd * one],
    ['an apostrophe behind a capital', 'X’eau', 1],
    ['quotation marks over two lines', '“so\nso” «so\nso»', 1],
    ['a dash in a word', 'a–b', 1],
    ['an opening mark alone', '“so', 1],
  ])('%s', (_name, text, expected) => {
    expect(plausibilityOf(text).punctuation).toBeCloseTo(expected);
  });

  it.each(
    [
      ...['d’eau l’eau n’est s’il m’eau t’es c’est j’ai qu’il L’EAU don’t we’re we’ll i’m i’d we’ve'],
      ...['foto’s ski’s bijou’s menu’s baby’s café’s it’s he’s she’s that’s what’s here’s there’s let’s who’s how’s'],
      ...['where’s IT’S “so” “” „so“ «so» «»'],
    ].flatMap((all) => all.split(' ')),
  )('%s is a sign of it', (word) => expect(plausibilityOf(word).punctuation).toBe(one));

  it.each<[string, boolean]>([
    ['so', true],
    ['“so”', true],
    ['“so” “so”', false],
    ['“sö”', false],
    ['Sö', false],
    ['SO', true],
  ])('is all there is in %s: %s', (text, expected) => expect(plausibilityOf(text).isThin).toBe(expected));
});

it.each<[string, string, boolean]>([
  ['Albanian', 'Durrës', true],
  ['Friulian', 'ìâç', true],
  ['Sardinian', 'ìú', true],
  ['Yiddish', 'װ', true],
  ['German', 'schön', false],
  ['Albanian and German', 'Durrës\nschön', false],
  ['nothing', '', true],
])('letters of %s may be those of a language that is not reported: %s', (_name, text, expected) => {
  expect(plausibilityOf(text).mayBeUnknown).toBe(expected);
});
