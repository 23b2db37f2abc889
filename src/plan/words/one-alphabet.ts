/** Pairs of letters that look alike: of Cyrillic or Greek, and of Latin. */
const cyrillic = pairs('аaвbсcеeнhһhіiїiјjкkмmоoрpѕsтtуyхxАAВBСCЕEНHҺHІIЇIЈJКKМMОOРPЅSТTУYХX');
const greek = pairs('αaεeηnιiκkνvοoρpςsτtυuχxγyΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX');

/** From Latin letters to those of the alphabet, and back. */
interface Alphabet {
  readonly letters: RegExp;
  readonly toLatin: ReadonlyMap<string, string>;
  readonly fromLatin: ReadonlyMap<string, string>;
}

const alphabets: readonly Alphabet[] = [alphabet(/[\u0400-\u052f]/, cyrillic), alphabet(/[\u0370-\u03ff]/, greek)];

const isMixed = /[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]/;
const word = /[A-Za-z\u0370-\u052f]+/g;

/**
 * A text whose words are each of one alphabet, as long as before: `раid` with two Cyrillic letters becomes `paid`, and
 * `реклaма` with a Latin one `реклама`. A word in which a letter has no counterpart stays as it is.
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

/** The word with other letters in place of those that match; null where one has no counterpart. */
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
  // Of two letters for the same one (`ε` and `Ε` apart), the first is the usual one.
  const back = [...known].reverse().map(([from, to]) => [to, from] as const);
  return { letters, toLatin: new Map(known), fromLatin: new Map(back) };
}
