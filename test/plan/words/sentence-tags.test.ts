import { describe, expect, it } from 'vitest';
import { plainWords } from '../../../src/plan/words/plain.ts';

/** The text without hashtags, and which of them are words of it. */
const read = (text: string) => {
  const { text: left, inSentences } = plainWords(text, { forbidden: [] }, []);
  return [left, inSentences.join(' ')];
};
const words = (text: string) => text.split(' ');

describe('a hashtag goes on as a word of the sentence', () => {
  it.each([...".,;:!?)]}'’”»…。，！？；：、」』"])('before %s', (sign) => {
    expect(read(`so much #snow${sign}`)).toEqual([`so much snow${sign}`, 'snow']);
  });

  const particles =
    'は が の を に で と も へ から まで という 은 는 이 가 을 를 에서 에 의 와 과 도 로 的 是 真 很 也 在 ที่ เป็น คือ';
  it.each(words(particles))('at the start of a caption, before the particle %s', (particle) => {
    expect(read(`#雪 ${particle}大`)).toEqual([`雪 ${particle}大`, '雪']);
  });

  const conjunctions =
    'and or y e o et ou und oder en of og och ja i oraz lub a и или та ve veya dan atau và hoặc و أو या και și és vs x to bis → 和 与 與 跟 と や 및 และ กับ';
  it.each(words(conjunctions))('beside another one, with “%s” between', (word) => {
    expect(read(`we saw #Rome ${word} #Oslo`)).toEqual([`we saw Rome ${word} Oslo`, 'Rome Oslo']);
  });

  it.each(words('by with von mit par avec por con da di door av af przez de от oleh bởi من'))(
    'although it discloses, before “%s” and a brand',
    (word) => {
      expect(read(`#ad ${word} Nike`)).toEqual([`ad ${word} Nike`, 'ad']);
      expect(read(`thanks 💚 #ad ${word} Nike`)).toEqual([`thanks 💚 ad ${word} Nike`, 'ad']);
    },
  );

  it.each<[string, string]>([
    ['so much #snow today', 'so much snow today'],
    ['between #sea 12', 'between sea 12'],
    ['a #Sea Is blue', 'a Sea Is blue'],
    ['thanks! #snow today', 'thanks! snow today'],
    ['A view\n#sea is blue', 'A view\nsea is blue'],
    ['A view.\nin the #sea', 'A view.\nin the sea'],
    ['so happy to be in #Lisbon 💙', 'so happy to be in Lisbon 💙'],
    ['my #dog', 'my dog'],
    ['my first #trip', 'my first trip'],
    ['über meine neue #Kamera', 'über meine neue Kamera'],
    ['我去的#旅行', '我去的旅行'],
    ['第一次 #旅行', '第一次 旅行'],
    ['나의 #여행', '나의 여행'],
    ['ไปกับ #เที่ยว', 'ไปกับ เที่ยว'],
    ['これは私の #旅', 'これは私の 旅'],
    ['انا من #مصر', 'انا من مصر'],
    ['my mop #ad today', 'my mop ad today'],
    ['https://a.com #Sea Is blue', 'https://a.com Sea Is blue'],
    ['@maya #Sea Is blue', 'maya Sea Is blue'],
    ['my #Sea @maya', 'my Sea maya'],
    ['A view\n#sea, my love', 'A view\nsea, my love'],
    ['a view #one,           #two', 'a view one,'],
    ['we saw #one, #two!', 'we saw one, two!'],
    ['we saw #one, #two and then more', 'we saw one, two and then more'],
    ['my mop, #ad today', 'my mop, ad today'],
    ['my mop! #collab today', 'my mop! collab today'],
    [`${'long '.repeat(15)}the #sea`, `${'long '.repeat(15)}the sea`],
  ])('%j', (text, expected) => {
    expect(read(text)[0]).toBe(expected);
    expect(read(text)[1]).not.toBe('');
  });
});

describe('a hashtag is taken out of the text', () => {
  it.each<[string, string]>([
    ['#Sea Is blue', 'Is blue'],
    ['#sea 💙', '💙'],
    ['my dog #dog', 'my dog'],
    ['https://a.com #sea', 'https://a.com'],
    ['@maya #sea', 'maya'],
    ['#fyp is on', 'is on'],
    ['so #fyp today', 'so today'],
    ['A view\n#one, #two', 'A view'],
    ['#one, #two are here', 'are here'],
    ['so much #one #two today', 'so much today'],
    ['so much #one; #two', 'so much'],
    ['my dog! #dog', 'my dog!'],
    ['A: #sea', 'A:'],
    ['so first #trip', 'so first'],
    ['A view in\n#Sea', 'A view in'],
    ['کتاب من #کتاب', 'کتاب من'],
    ['#ad byte Nike', 'byte Nike'],
    ['#ad my mop', 'my mop'],
    ['thanks 💚 #ad my safari', 'thanks 💚 my safari'],
    ['my mop! #gifted today', 'my mop! today'],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual([expected, '']);
  });

  it.each(words('so that who what how when where why if than yet but because her ya'))(
    'behind “%s”, which ends a sentence as often as not',
    (word) => {
      expect(read(`I know ${word} #trip`)).toEqual([`I know ${word}`, '']);
    },
  );
});
