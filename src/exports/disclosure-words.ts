/**
 * Words of the app's menus for content disclosure, by language. Apart from English they are translations made in
 * 2026-11; no export with them has been seen. A disclosure in other words is never dropped: the post gets a warning
 * that quotes it.
 */

/** Promotion of one's own brand: TikTok's `Your Brand`. */
export const ownBrand =
  'your brand|tu marca|su marca|sua marca|a sua marca|a tua marca|votre marque|ta marque|deine marke|ihre marke|eigene marke|il tuo brand|il tuo marchio|la tua marca|je merk|jouw merk|uw merk|ditt varumärke|dit brand|dit varemærke|merkevaren din|ditt merke|brändisi|twoja marka|vaše značka|vaša značka|tvoje značka|az ön márkája|a te márkád|saját márka|brandul tău|marca ta|το brand σας|η επωνυμία σας|markanız|markan|senin markan|ваш бренд|твой бренд|ваш бренд|твій бренд|merek anda|brand anda|jenama anda|thương hiệu của bạn|แบรนด์ของคุณ|自社ブランド|あなたのブランド|自分のブランド|내 브랜드|본인 브랜드|본인의 브랜드|你的品牌|您的品牌|علامتك التجارية|המותג שלך|आपका ब्रांड|iyong brand';

/** Paid promotion for somebody else: TikTok's `Branded Content`. */
export const branded =
  'branded content|contenido de marca|contenido patrocinado|conteúdo de marca|conteúdo patrocinado|contenu de marque|contenu sponsorisé|contenu commercial|markeninhalte|markeninhalt|gesponserter inhalt|contenuto brandizzato|contenuti brandizzati|contenuto sponsorizzato|contenuti di marca|merkcontent|branded inhoud|merkinhoud|gesponsorde inhoud|varumärkesinnehåll|varumärkt innehåll|brandet indhold|merket innhold|merkevareinnhold|brändisisältö|brändätty sisältö|kaupallinen yhteistyö|treści markowe|treści brandowane|treści sponsorowane|značkový obsah|brandovaný obsah|sponzorovaný obsah|márkázott tartalom|conținut de brand|conținut de marcă|επώνυμο περιεχόμενο|markalı içerik|marka içeriği|брендированный контент|брендований контент|рекламный контент|konten bermerek|konten merek|kandungan berjenama|nội dung có thương hiệu|nội dung được tài trợ|nội dung thương hiệu|เนื้อหาที่มีแบรนด์|เนื้อหาเกี่ยวกับแบรนด์|ブランドコンテンツ|ブランドコンテンツ（タイアップ）|브랜드 콘텐츠|브랜디드 콘텐츠|品牌内容|品牌內容|推广内容|المحتوى ذو العلامة التجارية|محتوى العلامة التجارية|محتوى ذو علامة تجارية|תוכן ממותג|ब्रांडेड कॉन्टेंट';

/** Translations of `Yes` and `No`, the values of permissions. */
export const yes =
  'yes|sí|si|sim|oui|ja|sì|tak|ano|áno|igen|da|ναι|evet|да|так|ya|có|ใช่|はい|예|네|是|نعم|כן|हां|हाँ|oo|joo|kyllä|jah|jā|taip';
export const no =
  'no|não|non|nein|nee|nej|nei|nie|ne|nem|nu|όχι|hayır|нет|ні|не|tidak|không|ไม่|ไม่ใช่|いいえ|아니요|아니오|否|不|لا|לא|नहीं|hindi|ei|nē';

/**
 * Words for artificial intelligence in a label: `AI-generated content`, `KI-generierter Inhalt`, `Contenu généré par
 * l’IA`.
 */
export const artificial =
  /(?<![\p{L}\p{N}])(?:ai|ki|ia|ии|ші)(?![a-zа-яіїєα-ω])|artifici|künstlich|kunstmatig|konstgjord|kunstig|tekoäly|sztuczn|uměl(?:á|ou|é)|umel(?:á|ou|é)|mesterséges|τεχνητ|yapay|искусственн|штучн|kecerdasan|trí tuệ|ปัญญาประดิษฐ์|人工|인공|الاصطناعي|בינה מלאכותית/iu;

/** Words for disclosure in a label. */
export const disclosing =
  /disclos|offenleg|divulga|divulgu|revelaci|openbaarmak|informativa|ujawni|раскры|розкри|açıklama|ifşa|pengungkapan|tiết lộ|開示|披露|공개|الإفصاح|גילוי|upplysning|oplysning|opplysning|zveřejn/iu;
