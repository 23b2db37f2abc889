/**
 * Letters beyond a-z of the languages that people write captions in, lower case: those of everyday words, then after
 * `|` those of loan words and names. From the exemplar characters of Unicode CLDR (https://cldr.unicode.org, 2026-11).
 */
const letters: Readonly<Record<string, string>> = {
  en: 'é|èêëàâäáçñïîôöóøüûúæœãå',
  id: 'é|èëêñ',
  nl: 'éëï|èêáàâäîíóòôöúùûüçñ',
  af: 'êëé|èïôûáíóúö',
  fr: 'éèêàçùâîôœëïû|üÿæñäö',
  de: 'äöüß|éèêàáâçñôîïëóåø',
  lb: 'éëäü|ôêèöû',
  es: 'áéíñóúü|çèàïãª',
  gl: 'áéíñóú|üï',
  eu: 'ñü|ç',
  pt: 'áâãàçéêíóôõú|üñè',
  it: 'àèéìòù|íîóúüêçâ',
  ca: 'àéèíïóòúüç|ñ',
  sv: 'åäö|éàáüèçøæ',
  da: 'æøå|éáíóúýüöäèê',
  no: 'æøå|éàáíóòôúüöäèê',
  fo: 'áíóúýæøð|éöäå',
  fi: 'äö|åšžéü',
  is: 'áðéíóúýþæö|üå',
  br: 'êñù|âîôûüé',
  cy: 'âêîôûŵŷ|áéíóúàèìòùẁỳäëïöüẅÿ',
  ga: 'áéíóú|',
  gd: 'àèìòù|áéó',
  fur: 'âêîôûàèìòùç|',
  sc: 'àèìòù|áéíóú',
  eo: 'ĉĝĥĵŝŭ|',
  mt: 'ċġħż|àèìòùî',
  pl: 'ąćęłńóśźż|éöüá',
  cs: 'áčďéěíňřšťúůýž|óöüäľôë',
  sk: 'áčďéíľňšťúýž|äĺóôŕöüěř',
  hu: 'áéíóöőúüű|äï',
  sl: 'čšž|ćđáéöüó',
  hr: 'čćđšž|áéöü',
  ro: 'ăâîşţșț|áéöüè',
  sq: 'çë|éá',
  lt: 'ąčęėįšųūž|éó',
  lv: 'āčēģīķļņšūž|ōŗé',
  et: 'äõöü|šžé',
  tr: 'çğıöşüİ|âîûé',
  az: 'çəğıöşüİ|',
  vi: 'ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ|',
  ru: 'абвгдежзийклмнопрстуфхцчшщыьэюя|ёъ',
  uk: 'абвгдежзиійклмнопрстуфхцчшщьюяєї|ґ',
  be: 'абвгдежзійклмнопрстуўфхцчшыьэюя|ёґ',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя|ѝ',
  sr: 'абвгдежзијклмнопрстуфхцчшђљњћџ|',
  mk: 'абвгдежзијклмнопрстуфхцчшѓљњќџ|ѕѐѝ',
  el: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ|ϊϋΐΰ',
  he: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת|',
  yi: 'אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ|',
  ar: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي|پچژگڤ',
  fa: 'ءآأئابتثجحخدذرزسشصضطظعغفقکكگلمنهويیپچژ|ؤإةى',
  ur: 'ءآئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوہھیےيهى|ؤأۓةۀ',
};

/** Languages without a small alphabet, or with a script of their own. */
const scripts: readonly (readonly [language: string, script: RegExp])[] = [
  ['th', /^\p{Script=Thai}+$/u],
  ['ja', /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆ヶ]+$/u],
  ['ko', /^[\p{Script=Hangul}\p{Script=Han}]+$/u],
];

const alphabets = Object.entries(letters).map(([language, told]) => {
  const [everyday = '', loaned = ''] = told.split('|');
  return { language, everyday: new Set(everyday), all: new Set(everyday + loaned) };
});

/** The Turkish capital `İ` has no lower-case form of one character, so the alphabets contain it as it is. */
const lower = (letter: string): string => (letter === 'İ' ? letter : letter.toLowerCase());

/**
 * Languages whose alphabet has all letters of a text, at least one of them an everyday letter.
 * @returns an empty list if the text has no letters beyond a-z
 */
export function languagesOf(text: string): readonly string[] {
  const found = new Set([...text].filter((each) => each > '\u007f' && /\p{L}/u.test(each)).map(lower));
  if (found.size === 0) return [];
  const all = [...found];
  return [
    ...alphabets
      .filter((each) => all.every((letter) => each.all.has(letter)) && all.some((letter) => each.everyday.has(letter)))
      .map(({ language }) => language),
    ...scripts.filter(([, script]) => script.test(all.join(''))).map(([language]) => language),
  ];
}

/**
 * How well the letters beyond a-z fit a language, 0 to 1: their share, reduced if an alphabet that is not Latin (and so
 * has no borrowed letters) lacks one. 1 for an unknown language.
 */
export function shareOf(text: string, language: string | null): number {
  const found = [...text].filter((each) => each > '\u007f' && /\p{L}/u.test(each)).map(lower);
  const alphabet = alphabets.find((each) => each.language === language);
  const script = scripts.find(([each]) => each === (language === 'zh' ? 'ja' : language))?.[1];
  if (found.length === 0 || (alphabet === undefined && script === undefined)) return 1;
  const own = found.filter((letter) => alphabet?.all.has(letter) ?? script?.test(letter));
  const isStrict = alphabet !== undefined && !/\p{Script=Latin}/u.test([...alphabet.everyday][0] ?? '');
  return (own.length / found.length) * (isStrict && own.length < found.length ? 0.8 : 1);
}

/**
 * Whether a language has all letters of a text: the everyday ones, or all including loan words and names. false for a
 * language without an alphabet here.
 */
export function lettersHeld(text: string, language: string, which: 'everyday' | 'all'): boolean {
  const held = alphabets.find((each) => each.language === language)?.[which];
  return [...text].every((each) => each <= '\u007f' || !/\p{L}/u.test(each) || held?.has(lower(each)) === true);
}
