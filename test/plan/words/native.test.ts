import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { disclosedBy } from '../../../src/plan/words/caption-disclosures.ts';
import { parseWords } from '../../../src/plan/words/parse.ts';
import { topicsFor } from '../../../src/targets/rednote/topics.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import { aboutOf } from '../../../src/targets/topic-meaning.ts';
import { post } from '../../builders.ts';

/** What a native reader expects of a caption with a hook or a disclosure: its title, its hashtags, what it discloses. */
describe('a native reader’s table', () => {
  it.each<[string, string, string, string, string]>([
    [
      'English',
      'Wait for it… 😳 My cat opens the fridge by herself every night #cats #ad',
      'My cat opens the fridge by herself every night',
      'ad cats',
      'paid',
    ],
    [
      'Spanish',
      'Publicidad | Mi tortilla de patatas sale siempre jugosa 🍳 Link en mi bio #recetas #parati',
      'Mi tortilla de patatas sale siempre jugosa 🍳',
      'recetas',
      'paid',
    ],
    [
      'Portuguese',
      'Espera até o final 😱 Bolo de cenoura da minha avó, sem farinha #receita #publi',
      'Bolo de cenoura da minha avó, sem farinha',
      'publi receita',
      'paid',
    ],
    [
      'French',
      'Collaboration commerciale avec @orvelle 🌙 Ma routine du soir en cinq gestes #routine #pourtoi',
      'Ma routine du soir en cinq gestes',
      'routine',
      'paid',
    ],
    [
      'German',
      'Werbung | Linsensuppe wie bei Oma, ca. 20 Min. Kochzeit 🍲 #rezept #fürdich',
      'Linsensuppe wie bei Oma, ca. 20 Min. Kochzeit 🍲',
      'rezept',
      'paid',
    ],
    [
      'Italian',
      'Guarda fino alla fine 👀 Il tiramisù di mia nonna, senza uova #ricette #adv',
      'Il tiramisù di mia nonna, senza uova',
      'adv ricette',
      'paid',
    ],
    [
      'Dutch',
      'Betaalde samenwerking met @molen. Zo bak je brood zonder kneden 🍞 #recept #voorjou',
      'Zo bak je brood zonder kneden 🍞',
      'recept',
      'paid',
    ],
    [
      'Polish',
      'Współpraca reklamowa z @mlyn. Chleb bez zagniatania w godzinę #przepis #dlaciebie',
      'Chleb bez zagniatania w godzinę',
      'przepis',
      'paid',
    ],
    [
      'Turkish',
      'Sonuna kadar izle! Annemin mercimek çorbası tarifi 🍲 #tarif #işbirliği',
      'Annemin mercimek çorbası tarifi 🍲',
      'işbirliği tarif',
      'paid',
    ],
    [
      'Russian',
      'Досмотри до конца 😱 Бабушкин борщ за 40 мин. без мяса #рецепт #реклама',
      'Бабушкин борщ за 40 мин. без мяса',
      'реклама рецепт',
      'paid',
    ],
    [
      'Arabic',
      'انتظر للنهاية 😱 طريقة الكنافة في عشر دقائق #وصفات #إعلان',
      'طريقة الكنافة في عشر دقائق',
      'إعلان وصفات',
      'paid',
    ],
    ['Hindi', 'अंत तक देखें 😱 दस मिनट में पनीर की सब्ज़ी #रेसिपी #विज्ञापन', 'दस मिनट में पनीर की सब्ज़ी', 'विज्ञापन रेसिपी', 'paid'],
    [
      'Indonesian',
      'Tonton sampai habis 😱 Resep sambal matah ala nenek #resep #iklan',
      'Resep sambal matah ala nenek',
      'iklan resep',
      'paid',
    ],
    [
      'Vietnamese',
      'Xem đến cuối 😱 Cách nấu phở bò tại nhà trong một giờ #nauan #quangcao',
      'Cách nấu phở bò tại nhà trong một giờ',
      'quangcao nauan',
      'paid',
    ],
    [
      'Thai',
      'ดูให้จบ 😱 สูตรแกงเขียวหวานของแม่ เปิด 8.00 น. ทุกวัน #สูตรอาหาร #โฆษณา',
      'สูตรแกงเขียวหวานของแม่ เปิด 8.00 น. ทุกวัน',
      'โฆษณา สูตรอาหาร',
      'paid',
    ],
    [
      'Japanese',
      '最後まで見て😱 十分でできる親子丼の作り方 #レシピ #PR',
      '十分でできる親子丼の作り方',
      'PR レシピ',
      'paid',
    ],
    [
      'Korean',
      '끝까지 봐주세요 😱 10분 만에 만드는 김치찌개 #요리 #협찬',
      '10분 만에 만드는 김치찌개',
      '협찬 요리',
      'paid',
    ],
    ['Chinese', '看到最后😱 外婆的红烧肉做法，三步就好 #美食 #广告', '外婆的红烧肉做法，三步就好', '广告 美食', 'paid'],
    [
      'Ukrainian',
      'Додивись до кінця 😱 Бабусин борщ без м’яса #рецепт #реклама',
      'Бабусин борщ без м’яса',
      'реклама рецепт',
      'paid',
    ],
    [
      'Greek',
      'Το γλυκό της γιαγιάς χωρίς ζάχαρη. Έτοιμο σε μία ώρα #συνταγη #διαφήμιση',
      'Το γλυκό της γιαγιάς χωρίς ζάχαρη',
      'διαφήμιση συνταγη',
      'paid',
    ],
  ])('%s', (_language, text, title, hashtags, disclosed) => {
    const caption = { text, title: null, hashtags: null, source: 'csv' } as const;
    const sized = sizeCaption(post(), caption, shorts.words, null).caption;
    expect([sized.title, sized.hashtags.join(' '), disclosedBy(caption, [], '').join(' ')]).toEqual([
      title,
      hashtags,
      disclosed,
    ]);
  });
});

describe('a hashtag of several meanings', () => {
  it.each<[string, string, string, string[]]>([
    ['turkey', 'istanbul travel', '', ['土耳其']],
    ['turkey', 'thanksgiving', 'roast it slowly', ['火鸡']],
    ['turkey', '', '', []],
    ['train', 'gym', '', []],
    ['train', 'interrail europe', '', ['火车旅行']],
    ['single', 'newmusic', '', ['单曲']],
    ['french', 'butter', '', []],
    ['french', 'learnfrench', '', ['法语学习']],
    ['football', 'nfl', '', ['橄榄球']],
    ['dad', 'grief', 'two years without you', []],
    ['dad', 'newborn', '', ['奶爸']],
    ['lagos', '', '', []],
    ['mars', 'space', '', []],
    ['plasticsurgery', '', '', []],
  ])('#%s beside #%s', (hashtag, others, text, topics) => {
    expect(topicsFor(hashtag, aboutOf([hashtag, ...others.split(' ')], text))).toEqual(topics);
  });
});

describe('domains', () => {
  it.each([
    ...[
      'küche-elm.at/rezepte',
      'brotzeit-kiez.berlin',
      'mosswax.studio',
      'пекарня.рф',
      'maya.com',
      'sign.example.org/p',
    ],
  ])('%s is one', (domain) => {
    expect(parseWords(`see ${domain} now`).map(({ kind }) => kind)).toEqual(['text', 'link', 'text']);
  });

  it.each(['I love it.so good', 'node.js fans', 'open readme.md now', 'what a day.life is good', 'Morning.De Lisboa'])(
    '%s has none',
    (text) => {
      expect(parseWords(text).some(({ kind }) => kind === 'link')).toBe(false);
    },
  );
});
