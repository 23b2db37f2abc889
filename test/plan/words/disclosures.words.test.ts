import { describe, expect, it } from 'vitest';
import { brandOfTag, disclosedByTag, disclosuresIn } from '../../../src/plan/words/disclosures.ts';

const found = (text: string) => disclosuresIn(text).map(({ kind, text: words }) => `${kind}: ${words}`);

/** A sentence for each phrase of the lists, in the order of the lists. */
it.each<[string, string[]]>([
  ['this is a paid partnership with them', ['paid: paid partnership']],
  ['the mop was gifted to us', ['paid: was gifted']],
  ['I opened my pr packages today', ['paid: pr packages']],
  ['this post is sponsored by them', ['paid: is sponsored']],
  ['yes, this is an ad', ['paid: this is an ad']],
  ['in partnership with the shop', ['paid: in partnership with']],
  ['some promotional content here', ['paid: promotional content']],
  ['as an associate I earn from it', ['paid: associate I earn']],
  ['see the aff links below', ['paid: aff links']],
  ['a promoted post of mine', ['paid: promoted post']],
  ['with affiliate codes in it', ['paid: affiliate codes']],
  ['we may earn a small commission', ['paid: we may earn a small commission']],
  ['I am a brand ambassador', ['paid: brand ambassador']],
  ['the words ad/gifted are here', ['paid: ad/gifted']],
  ['das ist eine bezahlte Partnerschaft', ['paid: bezahlte Partnerschaft']],
  ['es ist gesponsert von denen', ['paid: gesponsert von']],
  ['das Video enthält Werbung', ['paid: enthält Werbung']],
  ['in Kooperation mit dem Laden', ['paid: in Kooperation mit', 'asked-paid: Kooperation mit']],
  ['das ist Werbung für den Laden', ['paid: Werbung für']],
  ['das ist eine Anzeige für den Laden', ['paid: Anzeige für']],
  ['es wurde kostenlos zur Verfügung gestellt', ['paid: kostenlos zur Verfügung gestellt']],
  ['ein Rezensionsexemplar von denen', ['paid: Rezensionsexemplar']],
  ['es una colaboración pagada con ellos', ['paid: colaboración pagada']],
  ['una publi con @tienda', ['paid: publi con @tienda']],
  ['uma parceria paga com eles', ['paid: parceria paga']],
  ['esto es publicidad', ['paid: esto es publicidad']],
  ['hay enlaces de afiliados', ['paid: enlaces de afiliados']],
  ['gano una pequeña comisión', ['paid: gano una pequeña comisión']],
  ['ganho uma pequena comissão', ['paid: ganho uma pequena comissão']],
  ['es un regalo de la marca', ['paid: regalo de la marca']],
  ['sao recebidos da loja', ['paid: recebidos da']],
  ['en collaboration commerciale', ['paid: collaboration commerciale']],
  ['en partenariat rémunéré avec eux', ['paid: en partenariat rémunéré avec', 'paid: partenariat rémunéré']],
  ['ce sont des produits offerts', ['paid: produits offerts']],
  ['il y a des liens affiliés', ['paid: liens affiliés']],
  ['avec un placement de produit', ['paid: placement de produit']],
  ['je touche une petite commission', ['paid: touche une petite commission']],
  ['una collaborazione retribuita', ['paid: collaborazione retribuita']],
  ['sono prodotti forniti qui', ['paid: prodotti forniti']],
  ['een betaalde samenwerking', ['paid: betaalde samenwerking']],
  ['het is gesponsord door hen', ['paid: gesponsord door']],
  ['dit heb ik gratis gekregen', ['paid: gratis gekregen']],
  ['dit bevat reclame', ['paid: bevat reclame']],
  ['ett betalt samarbete', ['paid: betalt samarbete']],
  ['annons i samarbete med dem', ['paid: annons i samarbete med', 'asked-paid: i samarbete med']],
  ['det er sponset av dem', ['paid: sponset av']],
  ['tämä on kaupallinen yhteistyö', ['paid: kaupallinen yhteistyö']],
  ['to jest płatna współpraca', ['paid: płatna współpraca']],
  ['to jest materiał reklamowy', ['paid: materiał reklamowy']],
  ['tu są linki afiliacyjne', ['paid: linki afiliacyjne']],
  ['je to placená spolupráce', ['paid: placená spolupráce']],
  ['to je sponzorované', ['paid: sponzorované']],
  ['ez fizetett partnerség', ['paid: fizetett partnerség']],
  ['un parteneriat plătit', ['paid: parteneriat plătit']],
  ['είναι πληρωμένη συνεργασία', ['paid: πληρωμένη συνεργασία']],
  ['это рекламная интеграция', ['paid: рекламная интеграция']],
  ['токен erid: 2VtzqwXyz', ['paid: erid: 2VtzqwXyz']],
  ['это оплаченное партнерство', ['paid: оплаченное партнерство']],
  ['вот спонсор видео', ['paid: спонсор видео']],
  ['bu ücretli ortaklık içerir', ['paid: ücretli ortaklık']],
  ['burada reklam içerir', ['paid: reklam içerir']],
  ['هذا شراكة مدفوعة معهم', ['paid: شراكة مدفوعة']],
  ['این محتوای تبلیغاتی است', ['paid: محتوای تبلیغاتی']],
  ['זה שיתוף פעולה ממומן', ['paid: שיתוף פעולה ממומן']],
  ['यह पेड पार्टनरशिप है', ['paid: पेड पार्टनरशिप']],
  ['ini kerja sama berbayar', ['paid: kerja sama berbayar']],
  ['saya dapat komisi', ['paid: dapat komisi']],
  ['đây là nội dung tài trợ', ['paid: nội dung tài trợ']],
  ['ได้รับการสนับสนุนจากร้าน', ['paid: ได้รับการสนับสนุน']],
  ['제품을 제공받아 썼어요', ['paid: 제품을 제공']],
  ['商品をご提供いただきました', ['paid: 商品をご提供']],
  ['本视频含广告内容', ['paid: 本视频含广告']],
  ['a collab with @maya today', ['asked-paid: collab with @maya']],
  ['in collaboration with the shop', ['asked-paid: in collaboration with']],
  ['thank you to Dyson for sending me this', ['asked-paid: thank you to Dyson for sending me']],
  ['it was hosted by @hotel', ['asked-paid: hosted by @hotel']],
  ['I am opening my pr now', ['asked-paid: opening my pr']],
  ['werbung unbezahlt und ehrlich', ['asked-paid: werbung unbezahlt']],
  ['i samarbete med dem', ['asked-paid: i samarbete med']],
  ['thanks to @dyson for the lovely mop', ['asked-paid: thanks to @dyson for the lovely']],
  ['en colaboración con @tienda', ['asked-paid: en colaboración con @tienda']],
  ['in collaborazione con @negozio', ['asked-paid: in collaborazione con @negozio']],
  ['in Zusammenarbeit mit @laden', ['asked-paid: in Zusammenarbeit mit @laden']],
  ['eine unbezahlte Kooperation', ['asked-paid: unbezahlte Kooperation', 'asked-paid: unbezahlte Kooperation']],
  ['видео при поддержке магазина', ['asked-paid: при поддержке']],
  ['بالتعاون مع المتجر', ['asked-paid: بالتعاون مع']],
  ['שיתוף פעולה עם @shop', ['asked-paid: שיתוף פעולה עם @shop']],
  ['een samenwerking met @winkel', ['asked-paid: samenwerking met @winkel']],
  ['to współpraca z @sklep', ['asked-paid: współpraca z @sklep']],
  ['спасибо @shop за подарок', ['asked-paid: спасибо @shop за подарок']],
  ['дякую @shop за подарунок', ['asked-paid: дякую @shop за подарунок']],
  ['bekerja sama dengan @toko', ['asked-paid: bekerja sama dengan @toko']],
  ['video hợp tác với cửa hàng', ['asked-paid: hợp tác với']],
  ['it was made entirely with AI', ['ai: made entirely with AI']],
  ['these are ai-generated images', ['ai: ai-generated']],
  ['Sora made this', ['ai: Sora made this']],
  ['this is a deepfake', ['ai: deepfake']],
  ['das ist mit KI erstellt', ['ai: mit KI erstellt']],
  ['está hecho con IA', ['ai: hecho con IA']],
  ['une image créée avec l’IA', ['ai: créée avec l’IA']],
  ['het is gemaakt met AI', ['ai: gemaakt met AI']],
  ['это сделано нейросетью', ['ai: сделано нейросетью']],
  ['bu yapay zeka ile yapıldı', ['ai: yapay zeka ile yapıldı']],
  ['صورة مصممة بالذكاء الاصطناعي', ['ai: مصممة بالذكاء الاصطناعي']],
  ['ویدیو ساخته شده با هوش مصنوعی', ['ai: ساخته شده با هوش مصنوعی']],
  ['זה נוצר באמצעות AI', ['ai: נוצר באמצעות AI']],
  ['यह AI से बनाया', ['ai: AI से बनाया']],
  ['ini dibuat dengan AI', ['ai: dibuat dengan AI']],
  ['ảnh tạo bởi AI', ['ai: tạo bởi AI']],
  ['ภาพนี้สร้างด้วย AI', ['ai: สร้างด้วย AI']],
  ['이건 AI로 만든 영상', ['ai: AI로 만든']],
  ['これはAIで作りました', ['ai: AIで作りました']],
])('“%s” discloses', (text, words) => {
  expect(found(text)).toEqual(words);
});

/** Alone it is a personal record of an athlete. */
it.each<[string, string[]]>([
  ...['PR', 'PR: 100 kg', 'pr | 100 kg', '[PR] 100 kg', '*PR* 100 kg', '💪 PR: 100 kg'].map(
    (text): [string, string[]] => [text, []],
  ),
  ['PR：新しいリップ', ['paid: PR']],
  ['[PR]新しいリップ', ['paid: [PR]']],
  ['PR package: my mop', ['paid: PR package']],
  ['[PR package] my mop', ['paid: PR package']],
  ['[PR & ad] my mop', ['paid: [PR & ad]']],
])('PR in “%s”', (text, words) => {
  expect(found(text)).toEqual(words);
});

/** Phrases whose distinctive word stands elsewhere than usual, or without a space. */
it.each<[string, string]>([
  ['thank you so much @dyson for gifting it', 'paid: thank you so much @dyson for gifting'],
  ['we teamed up with @dyson', 'asked-paid: teamed up with @dyson'],
  ['è stato fatto con l’AI', 'ai: fatto con l’AI'],
  ['è stato generato dall’IA', 'ai: generato dall’IA'],
  ['il y a des liens d’affiliation', 'paid: liens d’affiliation'],
  ['це створено за допомогою ШІ', 'ai: створено за допомогою ШІ'],
])('“%s” does not disclose yet', (text, words) => {
  expect(found(text)).toEqual([words]);
});

describe('a hashtag discloses with the name of a brand', () => {
  it.each([
    ...[
      'giftedbynike',
      'giftedfromnike',
      'sponsoredbynike',
      'suppliedbynike',
      'paidbynike',
      'iwork4nike',
      'iworkfornike',
    ],
    ...['nikepartner', 'nikepaidpartnership', 'nikeambassador', 'nikeaffiliate', 'nikesponsored', 'NikePartner'],
    ...['나이키협찬', '나이키유료광고', '나이키제품제공', '資生堂pr', '資生堂PR', 'シセイドウ提供', '資生堂タイアップ'],
  ])('#%s', (tag) => {
    expect(disclosedByTag(tag, () => null)).toBe('paid');
  });

  it.each([
    ...['giftedby', 'giftedbyx', 'mygiftedbynike', 'iworkhard', 'notsponsoredbynike', 'nopaidbynike', 'nikepartners2'],
    ...['노협찬', '비협찬', '무제품제공', 'no협찬', '협찬아님나이키', 'nikepr', '資生堂prime', 'ikpartner'],
  ])('not #%s', (tag) => {
    expect(disclosedByTag(tag, () => null)).toBe(null);
  });

  it.each([
    ['nikepartner', 'nike'],
    ['NikePaidPartnership', 'nike'],
    ['adpartner', null],
    ['giftedbynike', null],
    ['sea', null],
  ])('of #%s the brand is %j', (tag, brand) => {
    expect(brandOfTag(tag)).toBe(brand);
  });
});
