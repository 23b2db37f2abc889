import { describe, expect, it } from 'vitest';
import { plainWords } from '../../../src/plan/words/plain.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';
import type { ContactKind } from '../../../src/targets/target.ts';

const all: ContactKind[] = ['link', 'email', 'phone', 'messenger', 'handle'];
const plain = (text: string, forbidden: ContactKind[] = []) => {
  const removed: Removed[] = [];
  const { torn: _torn, inSentences: _inSentences, ...words } = plainWords(text, { forbidden }, removed);
  return { ...words, removed: removed.map(({ text: said, reason }) => `${reason} ${said}`) };
};

describe('hashtags', () => {
  it.each<[string, string, string, string[]]>([
    ['none', 'no tags', 'no tags', []],
    ['at the end', 'A view #sea #harbour', 'A view', ['sea', 'harbour']],
    ['in a sentence they are words', 'so much #snow today', 'so much snow today', ['snow']],
    ['before a full stop', 'I am so #happy!', 'I am so happy!', ['happy']],
    ['at the start of a sentence', '#Lisbon is beautiful', 'Lisbon is beautiful', ['Lisbon']],
    ['two with a word between', 'we love #Rome and #Oslo', 'we love Rome and Oslo', ['Rome', 'Oslo']],
    ['three in a list', 'we saw #Rome, #Oslo and #Bari', 'we saw Rome, Oslo and Bari', ['Rome', 'Oslo', 'Bari']],
    ['two before the rest of a sentence', '#Rome and #Oslo are cold', 'Rome and Oslo are cold', ['Rome', 'Oslo']],
    ['two alone', '#Rome and #Oslo', 'Rome and Oslo', ['Rome', 'Oslo']],
    ['two alone on a line', 'A view\n#Rome and #Oslo 💙', 'A view\nRome and Oslo 💙', ['Rome', 'Oslo']],
    ['two before another sentence', '#Rome #Oslo Are we cold', 'Are we cold', ['Rome', 'Oslo']],
    ['commas in a sentence', 'we saw #Rome, #Oslo today', 'we saw Rome, Oslo today', ['Rome', 'Oslo']],
    ['commas before the end', 'my week in #Rome, #Oslo', 'my week in Rome, Oslo', ['Rome', 'Oslo']],
    ['the first one completes it', 'my week in #Rome #Oslo', 'my week in Rome', ['Rome', 'Oslo']],
    ['a word before the row is none between', 'Anna and #Rome #Oslo', 'Anna and Rome', ['Rome', 'Oslo']],
    ['nor is one alone before it', '和#东京 #大阪', '和东京', ['东京', '大阪']],
    ['a word between two lines is none', 'we saw #Rome and\n#Oslo', 'we saw Rome and', ['Rome', 'Oslo']],
    ['of a list, without TikTok’s', 'I love #a1, #fyp and #b1', 'I love a1, and b1', ['a1', 'fyp', 'b1']],
    ['in a row before a sentence', '#one #two Day three', 'Day three', ['one', 'two']],
    ['glued together', '#one#two', '', ['one', 'two']],
    ['before an emoji', 'Lunch #food 🍕', 'Lunch 🍕', ['food']],
    ['at the end of a line', 'Lunch #food\nat home', 'Lunch\nat home', ['food']],
    ['a line of its own', 'one\n\n#x\n\ntwo', 'one\n\ntwo', ['x']],
    ['doubles are told apart later', '#a1 #a1', '', ['a1', 'a1']],
    ['TikTok’s leave even a sentence', 'this is for the #fyp people', 'this is for the people', ['fyp']],
    ['numbers stay', '#1 in town', '#1 in town', []],
  ])('%s', (_odd, text, expected, hashtags) => {
    expect(plain(text)).toEqual({ text: expected, hashtags, removed: [] });
  });

  it('brackets around removed hashtags are removed and listed', () => {
    expect(plain('A view (#sea #sun)')).toEqual({
      text: 'A view',
      hashtags: ['sea', 'sun'],
      removed: ['empty-brackets ()'],
    });
  });

  it('an extra sign is listed', () => {
    expect(plain('##one')).toEqual({ text: '', hashtags: ['one'], removed: ['hashtag-separator #'] });
  });

  it.each<[string, string, string[]]>([
    ...[...',;:·•|/.!–—-'].map((sign): [string, string, string[]] => {
      return [`#ad${sign} my mop`, 'my mop', [`hashtag-separator ${sign}`]];
    }),
    ...[...'，、；：｜。！'].map((sign): [string, string, string[]] => {
      return [`#广告${sign}我的`, '我的', [`hashtag-separator ${sign}`]];
    }),
    ['#ad | my mop', 'my mop', ['hashtag-separator |']],
    ['#ad|my mop', 'my mop', ['hashtag-separator |']],
    ['#ad,my mop', 'my mop', ['hashtag-separator ,']],
    ['#ad:\nmy mop', 'my mop', ['hashtag-separator :']],
    ['#ad, #gifted, my mop', 'my mop', ['hashtag-separator ,', 'hashtag-separator ,']],
    ['Lunch\n#ad - my mop', 'Lunch\nmy mop', ['hashtag-separator -']],
    ['#ad | @maya is here', 'maya is here', ['hashtag-separator |', 'mention @maya']],
    ['#ad :) my mop', ':) my mop', []],
    ['#ad -5 degrees', '-5 degrees', []],
    ['#ad ... my mop', '... my mop', []],
    ['#ad!', '!', []],
    ['Lunch 🍕 #ad | my mop', 'Lunch 🍕 | my mop', []],
  ])('a sign behind those that a line begins with is removed and listed: %j', (text, expected, removed) => {
    const words = plain(text);
    expect([words.text, words.removed]).toEqual([expected, removed]);
  });

  it('commas between hashtags are removed and listed', () => {
    expect(plain('#a, #b, #c')).toEqual({
      text: '',
      hashtags: ['a', 'b', 'c'],
      removed: ['hashtag-separator ,', 'hashtag-separator ,'],
    });
  });
});

describe('handles and contact details', () => {
  it.each<[string, string, ContactKind[], string, string[]]>([
    ['a handle becomes a name', 'with @maya.b today', [], 'with maya.b today', ['mention @maya.b']],
    ['a duet', '#duet with @ana ready?', [], 'ready?', ['platform-tag #duet with @ana']],
    ['a link stays', 'see https://example.com now', [], 'see https://example.com now', []],
    ['a link goes', 'my page https://example.com again', ['link'], 'my page again', ['link https://example.com']],
    [
      'with the brackets around it',
      'the menu (https://x.y) again',
      ['link'],
      'the menu again',
      ['link https://x.y', 'empty-brackets ()'],
    ],
    ['and square ones', 'menu [x.com]', ['link'], 'menu', ['link x.com', 'empty-brackets []']],
    [
      'and full-width ones',
      '菜单（https://x.y）很好',
      ['link'],
      '菜单很好',
      ['link https://x.y', 'empty-brackets （）'],
    ],
    ['and nested ones', 'a ([x.com])', ['link'], 'a', ['link x.com', 'empty-brackets []', 'empty-brackets ()']],
    [
      'two in one pair',
      'me (x.com, y.com)',
      ['link'],
      'me',
      ['link x.com', 'link y.com', 'contact-label ,', 'empty-brackets ()'],
    ],
    ['and in quotation marks', 'the menu “x.com” now', ['link'], 'the menu now', ['link x.com', 'empty-brackets “”']],
    ['brackets that say something stay', 'a menu (mine x.com) now', ['link'], 'a menu (mine) now', ['link x.com']],
    ['brackets that were empty stay', 'run main() x.com', ['link'], 'run main()', ['link x.com']],
    ['no space is left before a full stop', 'Our menu x.com.', ['link'], 'Our menu.', ['link x.com']],
    ['only what is forbidden goes', 'a@b.com x.com', ['link'], 'a@b.com', ['link x.com']],
    [
      'all of them',
      'a@b.com x.com +49 30 1234567 vx maya01',
      all,
      '',
      ['email a@b.com', 'link x.com', 'phone +49 30 1234567', 'messenger vx maya01'],
    ],
  ])('%s', (_odd, text, forbidden, expected, removed) => {
    const words = plain(text, forbidden);
    expect([words.text, words.removed]).toEqual([expected, removed]);
  });
});

describe('words that introduce a removed contact', () => {
  it.each<[string, string, string, string[]]>([
    ['a label', 'New candles! shop: x.com', 'New candles!', ['link x.com', 'label shop:']],
    ['a label of several words', 'Link to the recipe: x.com', '', ['link x.com', 'label Link to the recipe:']],
    [
      'a long one says something',
      'All that I wore in Lisbon: x.com',
      'All that I wore in Lisbon',
      ['link x.com', 'label :'],
    ],
    ['a label on the line above', 'One\nShop here:\nx.com', 'One', ['link x.com', 'label Shop here:']],
    ['a finger that points down', 'One\nLink 👇\n\nx.com', 'One', ['link x.com', 'label Link 👇']],
    ['an emoji for a label', 'One\n📩 a@b.com', 'One', ['email a@b.com', 'label 📩']],
    ['a label behind an emoji', 'Love it 😍 shop: x.com', 'Love it 😍', ['link x.com', 'label shop:']],
    ['full-width', '好吃的面包\n官网：https://x.com', '好吃的面包', ['link https://x.com', 'label 官网：']],
    [
      'words that only point',
      'Call 555-123-4567 or WhatsApp: +15551234567 to book',
      '',
      ['phone Call 555-123-4567', 'messenger WhatsApp: +15551234567', 'label or to book'],
    ],
    ['with their full stop', 'One. Book now at x.com. Two', 'One. Two', ['link x.com', 'label Book now at.']],
    [
      'as part of a sentence',
      'Bread, cakes, order at x.com',
      'Bread, cakes',
      ['link x.com', 'label order at', 'label ,'],
    ],
    ['a word that leads there', 'I got it at x.com last week', 'I got it last week', ['link x.com', 'label at']],
    ['one that goes on', 'x.com and so much more of it', 'so much more of it', ['link x.com', 'label and']],
    ['in a row', 'ig: @maya | snap: maya1', '', ['handle ig: @maya', 'handle snap: maya1', 'label |']],
    [
      'numbers of a list',
      'Shops I love\n1. x.com\n2️⃣ y.com',
      'Shops I love',
      ['link x.com', 'link y.com', 'label 1.', 'label 2️⃣'],
    ],
    ['Spanish', 'Pan recién hecho. Pedidos aquí: x.com', 'Pan recién hecho.', ['link x.com', 'label Pedidos aquí:']],
    ['Turkish', 'Taze ekmek\nSipariş için x.com', 'Taze ekmek', ['link x.com', 'label Sipariş için']],
    ['Arabic', 'خبز طازج\nللطلب: x.com', 'خبز طازج', ['link x.com', 'label للطلب:']],
    ['fingers from both sides', 'Few left 👉 x.com 👈', 'Few left', ['link x.com', 'label 👉', 'label 👈']],
    ['an arrow', 'Etsy shop → x.com', 'Etsy shop', ['link x.com', 'label →']],
    [
      'strokes',
      'vx maya01 / a@b.com / thanks',
      'thanks',
      ['messenger vx maya01', 'email a@b.com', 'label /', 'label /'],
    ],
    [
      'Hindi',
      'ताज़ी रोटी। ऑर्डर के लिए करें: x.com पर। आज खुला',
      'ताज़ी रोटी। आज खुला',
      ['link x.com', 'label ऑर्डर के लिए करें: पर।'],
    ],
    ['Thai', 'ขนมปังสด\nสั่งซื้อได้ที่ x.com', 'ขนมปังสด', ['link x.com', 'label สั่งซื้อได้ที่']],
    [
      'Japanese',
      '焼きたてパン\n詳細はこちら https://x.com',
      '焼きたてパン',
      ['link https://x.com', 'label 詳細はこちら'],
    ],
  ])('%s', (_odd, text, expected, removed) => {
    const words = plain(text, all);
    expect([words.text, words.removed.map((each) => each.replace('contact-label', 'label'))]).toEqual([
      expected,
      removed,
    ]);
  });

  it('an address that stays is not a label', () => {
    expect(plain('shop@info.com x.com', ['link'])).toMatchObject({ text: 'shop@info.com', removed: ['link x.com'] });
  });

  it('a handle of another platform that stays is a name', () => {
    expect(plain('IG: @maya')).toMatchObject({ text: 'IG: maya', removed: ['mention @maya'] });
  });
});
