/** Pairs of look-alike letters: Cyrillic or Greek, then Latin. */
const cyrillic = pairs('аaвbсcеeнhһhіiїiјjкkмmоoрpѕsтtуyхxАAВBСCЕEНHҺHІIЇIЈJКKМMОOРPЅSТTУYХX');
const greek = pairs('αaεeηnιiκkνvοoρpςsτtυuχxγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX');

/** Maps from Latin letters to the alphabet and back. */
interface Alphabet {
  readonly letters: RegExp;
  readonly toLatin: ReadonlyMap<string, string>;
  readonly fromLatin: ReadonlyMap<string, string>;
}

const alphabets: readonly Alphabet[] = [alphabet(/[\u0400-\u052f]/, cyrillic), alphabet(/[\u0370-\u03ff]/, greek)];

const isMixed = /[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]/;
const word = /[A-Za-z\u0370-\u052f]+/g;

/**
 * Converts each word to a single alphabet without changing its length: `раid` with two Cyrillic letters becomes `paid`,
 * and `реклaма` with a Latin one `реклама`. A word with a letter that has no counterpart stays unchanged.
 */
export function inOneAlphabet(text: string): string {
  if (!isMixed.test(text)) return text;
  return text.replace(word, (found) => {
    if (!isMixed.test(found)) return found;
    const other = alphabets.find(({ letters }) => letters.test(found));
    return other === undefined
      ? found
      : (spelledWith(found, other.letters, other.toLatin) ?? spelledWith(found, /[A-Za-z]/, other.fromLatin) ?? found);
  });
}

/** The word with its look-alikes replaced; null if a letter has no counterpart. */
function spelledWith(found: string, replaced: RegExp, letters: ReadonlyMap<string, string>): string | null {
  let spelled = '';
  for (const letter of found) {
    const instead = replaced.test(letter) ? letters.get(letter) : letter;
    if (instead === undefined) return null;
    spelled += instead;
  }
  return spelled;
}

function pairs(letters: string): readonly (readonly [string, string])[] {
  return [...letters.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]);
}

function alphabet(letters: RegExp, known: readonly (readonly [string, string])[]): Alphabet {
  // Of two look-alikes for one letter (`ε` and `Ε` apart), the first is the usual one.
  const back = [...known].reverse().map(([from, to]) => [to, from] as const);
  return { letters, toLatin: new Map(known), fromLatin: new Map(back) };
}
