import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { disclosedBy } from '../../../src/plan/words/caption-disclosures.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const sized = (text: string, { words }: Target) =>
  sizeCaption(post(), { text, title: null, hashtags: null, source: 'csv' }, words, null);
const kinds = (text: string) => disclosedBy({ title: null, text, hashtags: null }, [], '').join(' ');

/** Captions as creators of many countries write them, each for what was once read wrongly. */
describe('titles', () => {
  it.each<[string, string, string]>([
    [
      'a contact at the end of a sentence',
      'Resep ayam geprek level 5 WA 0812-3456-7890 #resep',
      'Resep ayam geprek level 5',
    ],
    ['a brand behind a label', 'Publi @natura.br | meu cabelo mudou #publi', 'meu cabelo mudou'],
    ['a brand behind a Japanese label', '提供：@muji_jp｜無印の収納で部屋がすっきり', '無印の収納で部屋がすっきり'],
    ['a brand before a Hindi disclosure', '@brand_india के साथ पेड पार्टनरशिप 🪔 दिवाली मेकअप', 'दिवाली मेकअप'],
    [
      'a disclosing hashtag between two thanks',
      'Asante @safaricom 💚 #ad safari yetu',
      'Asante safaricom 💚 safari yetu',
    ],
    ['a hashtag of a sentence that discloses', 'this is an #ad for my mop', 'this is an ad for my mop'],
    ['a handle of another network without a sign', 'find me on insta: maya.b_ & yt: MayaBakes 🧁', '🧁'],
    ['a full video elsewhere', 'Full vid on YT ⬆️ subscribe!!! #vlog', 'Vlog'],
    ['Persian `my` before a hashtag', 'یک ست صبحانه من #صبحانه', 'یک ست صبحانه من'],
    ['nothing but a brand that pays', 'Paid partnership with @nike #ad #fyp', 'Nike'],
    ['nothing but the hashtag of a brand that pays', '#nikepartner #ad #fyp', 'Nike'],
    ['nothing but that AI made it', '#aigenerated #fyp', 'AI generated'],
    ['nothing but a label', 'Anzeige', 'Anzeige'],
    ['a town called Reading', 'My week #reading #uk', 'My week'],
    [
      'what stands before a link, Korean',
      '신상 가디건 입어봤는데요 링크는 https://a.com 여기서 보세요',
      '신상 가디건 입어봤는데요',
    ],
    [
      'what stands behind a particle, Korean',
      '인스타 @hana_d 에서 본 떡볶이 레시피 따라했어요 #떡볶이',
      '본 떡볶이 레시피 따라했어요',
    ],
    [
      'what stands behind a particle, Japanese',
      '公式 https://a.jp で予約できるカフェに行った #カフェ',
      '予約できるカフェに行った',
    ],
    [
      'a clause behind a torn one, Japanese',
      'インスタ @hana.cafe でも見れます🍰 ケーキの作り方 #菓子',
      'ケーキの作り方',
    ],
    ['what stands behind a number, Thai', 'โทร 081-234-5678 รับทำเล็บถึงบ้าน 💅 #ทำเล็บ', 'รับทำเล็บถึงบ้าน 💅'],
    ['what stands behind a link, Chinese', '详情看 https://a.cn/a 上海周末逛展攻略 #上海', '上海周末逛展攻略'],
    [
      'a clause behind a torn one, Spanish',
      'Pedidos al WhatsApp +34 612 345 678 🎂 tartas caseras #tartas',
      'tartas caseras',
    ],
    [
      'a sentence behind one that is gone',
      'Sígueme en IG @ana.cocina para más! Lentejas como las de mi abuela',
      'Lentejas como las de mi abuela',
    ],
    ['a profile link in Vietnamese', 'Link ở bio! Review son mới #son', 'Review son mới'],
    ['a profile link in Persian', 'لینک در بیو 🔗 مانتو تابستونی جدید #مانتو', 'مانتو تابستونی جدید'],
    [
      'a part that is elsewhere, Indonesian',
      'Part 2 ada di profil! Kos-kosan murah di Jogja #kosan',
      'Kos-kosan murah di Jogja',
    ],
    ['a greeting, Italian', 'Ciao a tutti! Oggi vi porto con me a Procida #procida', 'Oggi vi porto con me a Procida'],
    ['a greeting, Russian', 'Привет! Мой новый год #год', 'Мой новый год'],
    ['a greeting, Chinese', '家人们谁懂啊！30平小屋改造前后对比 #改造', '30平小屋改造前后对比'],
    [
      'a remark that has no room beside the rest',
      'Omg?? he actually said yes to my old horse #horse',
      'he actually said yes to my old horse',
    ],
    [
      'a German short form of two letters',
      'Z. B. mit Olivenöl: mein Pizzateig #pizza',
      'Z. B. mit Olivenöl: mein Pizzateig',
    ],
    ['a disclosure of commission', 'I earn a small commission if you buy this! My desk #desk', 'My desk'],
    ['nothing but a link', 'https://maya.com', '2025-03-02'],
    ['nothing but a handle', '@ana on Instagram', '2025-03-02'],
    ['a wall of emoji', '😂😂😂😂😂', '😂'],
  ])('%s', (_odd, text, title) => expect(sized(text, rednote).caption.title).toBe(title));

  it.each<[string, string, string]>([
    ['a link alone', 'https://maya.com 🔥', '2025-03-02'],
    ['an address alone', 'Contact: maya@example.com', '2025-03-02'],
    ['a handle alone', '@ana on Instagram', '2025-03-02'],
    ['a clause that holds a number', 'Order WA 081234567890 ya kak 🍰 brownies lumer', 'brownies lumer'],
    [
      'a link at the end of a sentence',
      'Everything I baked this week is on maya.com',
      'Everything I baked this week is on maya.com',
    ],
  ])('where contacts stay, of %s', (_odd, text, title) => expect(sized(text, shorts).caption.title).toBe(title));

  it('a disclosure that is the whole text is shown once', () => {
    expect(sized('Paid partnership with @nike #ad #fyp', rednote).caption.body).toBe('Paid partnership with nike');
  });
});

describe('disclosures', () => {
  it.each<[string, string, string]>([
    ['Anzeige wegen', 'Mein Sommerkleid 👗 Anzeige wegen Markennennung', 'paid'],
    ['Hebrew, with a brand', 'שיתוף פעולה עם @castro 🧡 הקנייה שלי', 'asked-paid'],
    ['Dutch, with a brand', 'Samenwerking met @hema 🧡 mijn kerst', 'asked-paid'],
    ['Polish without its letters', 'Wspolpraca @rossmann 💚 moja pielęgnacja', 'asked-paid'],
    ['Russian thanks for a present', 'Спасибо бренду @glow.ru за подарок 🎁', 'asked-paid'],
    ['Ukrainian thanks for a present', 'Дякую @glow.ua за подарунок 🎁', 'asked-paid'],
    ['a collaboration that is denied', 'Kolaborasyon? Hindi po 😂 ulam ideas', ''],
    ['a painting that is said to be none of AI', 'this is not AI, I painted it for 40 hours', ''],
  ])('%s', (_odd, text, kind) => expect(kinds(text)).toBe(kind));
});

describe('contacts that are removed on RedNote and stay on YouTube', () => {
  it.each<[string, string, string]>([
    ['a domain in another script', '今日のお店は 例え.jp です', '例え.jp'],
    ['a spelled dot', 'my cakes are on maya dot com, come', 'maya dot com'],
    ['a spelled dot in brackets', 'shop: maya(dot)com', 'maya(dot)com'],
    ['half of a mail address', 'write me maya [at] gmail please', 'maya [at] gmail'],
  ])('%s', (_odd, text, contact) => {
    expect(sized(text, rednote).caption.removed.map((each) => each.text)).toContain(contact);
    const { title, body } = sized(text, shorts).caption;
    expect(`${title} ${body}`).toContain(contact);
  });

  it.each(['the dot com bubble was fun', 'a polka dot com', '楽しかった.また行く'])('no contact in: %s', (text) => {
    expect(sized(text, rednote).caption.removed).toEqual([]);
  });
});

describe('hashtags and words that are reported on RedNote', () => {
  it.each<[string, string, string, string]>([
    ['several words in one hashtag', 'my journey #lipfiller', 'word-restricted', 'lipfiller'],
    ['inside a longer hashtag', 'my journey #ozempicjourney', 'word-restricted', 'ozempic'],
    ['a code behind a colon', 'Código: ANA10 📦 mi ropa', 'word-promotion', 'Código: ANA10'],
    ['a Turkish ending behind an apostrophe', 'yeni kombinim, link bio’da', 'word-contact', 'bio’da'],
    ['a Thai cart', 'รีวิวครีม ตะกร้าหน้าโปรไฟล์เลย', 'word-feature', 'ตะกร้าหน้า'],
  ])('%s', (_odd, text, code, actual) => {
    expect(sized(text, rednote).issues).toContainEqual(expect.objectContaining({ code, actual }));
  });

  it('the name of a town is not read as a hobby', () => {
    expect(sized('My week #reading #uk', rednote).caption.hashtags).toEqual(['英国', 'reading', 'uk']);
    expect(sized('My week #reading #books', rednote).caption.hashtags).toContain('读书');
  });
});
