/**
 * Words that several platforms discourage, in the languages that creators use most: from reports by creators and the
 * platforms' rules, read 2026-11. Case is ignored; where a word is usually harmless, the pattern includes the context
 * in which it counts.
 */

const before = String.raw`(?<![\p{L}\p{M}\p{N}])`;
const after = String.raw`(?![\p{L}\p{M}\p{N}])`;

function words(...patterns: readonly string[]): RegExp {
  return new RegExp(
    `${before}(?:${patterns.join('|')})${after}`.replaceAll(' ?', String.raw`\s?`).replaceAll(' ', String.raw`\s+`),
    'iu',
  );
}

/** Features that only TikTok has: its shop and cart, stitches and duets, coins, its page. */
export const tiktokFeatures: readonly (string | RegExp)[] = [
  words(
    String.raw`tik ?tok shops?|(?:orange|yellow) (?:cart|basket|bag|shopping cart)s?|(?:yellow|orange) shopping bag|(?:tap|click|hit|check) (?:the )?(?:cart|basket)|showcase(?: tab)?(?= on my)`,
    String.raw`stitch (?:this|with|me|if|it|incoming|@\S+)|stitched|duet (?:this|with|me|if|it|@\S+)|dueted|#?duet chain|stitch(?:es)?(?= and duets?)|duets?(?= and stitch)|use this (?:sound|filter|effect|template)|green ?screen (?:effect|filter)`,
    String.raw`carrito (?:naranja|amarillo)|cesta naranja|haz(?:me)? (?:un )?d[uú]o|hacer d[uú]o|carrinho (?:laranja|amarelo)|sacolinha|faz(?:er)? dueto|panier (?:orange|jaune)|fais(?:ons|tes)? (?:un )?duo|orangen? warenkorb|oranger? einkaufswagen|gelber? warenkorb|carrello (?:arancione|giallo)|oranje winkelmandje|pomarańczowy koszyk|turuncu sepet|sarı sepet|оранжевая корзин\p{L}+|ж[её]лт\p{L}+ корзин\p{L}+|сделай(?:те)? дуэт`,
    String.raw`keranjang (?:kuning|oranye|orange|oren)|keranjang kuningnya|beg kuning|troli kuning|giỏ (?:hàng )?(?:màu )?(?:cam|vàng)|giỏ hàng (?:góc|bên|dưới)|yellow basket`,
  ),
  /ตะกร้า(?:ส้ม|สีส้ม|เหลือง|สีเหลือง)|ตะกร้า(?:หน้า|ด้าน|ใน)|ปักตะกร้า|กดตะกร้า|السلة (?:البرتقالية|الصفراء)|عربة التسوق البرتقالية|سبد (?:نارنجی|زرد)|小黄车|小黃車|黄色い?(?:カート|バッグ)|オレンジの?カート|デュエットし|ステッチし|노란 ?(?:장바구니|바구니)|주황 ?장바구니|이어찍기|듀엣(?:해|하)/u,
];

/** `Part 3 is on my page`, which does not hold elsewhere. */
export const elsewhere: readonly (string | RegExp)[] = [
  words(
    String.raw`(?:is|it['’]?s|are|on|over on|go to|more on|part \d+ (?:is )?on|full (?:video|recipe) on) my (?:page|tik ?tok page|fyp|account)`,
    String.raw`en mi p[aá]gina|na minha página|sur ma page|auf meiner seite|sulla mia pagina|op mijn pagina|na moim profilu|у меня на странице|di halaman ku|ở trang của mình`,
  ),
];

/** Pointers to the link in a profile. */
export const profileLinks: readonly (string | RegExp)[] = [
  words(
    String.raw`link ?in ?(?:my |the |our )?bio|linkinbio|(?:it['’]?s |all |everything |recipe |code |shop |details |links? )?(?:in|on|via|from|through|thru|check|see|click|visit|hit) (?:my |the |our )?bio|bio link|link in (?:my |the |our )?(?:profile|comments)|(?:in|on) my profile`,
    String.raw`(?:link|enlace|todo|info) (?:en|de|a) (?:mi |la |el |nuestra )?(?:bio(?:graf[ií]a)?|perfil)|en (?:mi|la|nuestra) bio(?:graf[ií]a)?|en mi perfil|(?:link|tudo) n[ao] (?:minha |meu |nossa )?(?:bio|perfil)|n[ao] (?:minha |meu )?bio|no meu perfil`,
    String.raw`(?:lien |tout est )?(?:en|dans (?:ma|la|notre)) bio|lien (?:en|dans (?:mon|le)) profil|(?:link )?in (?:der|meiner|unserer) bio|in meinem profil|link im profil|(?:link )?(?:in|nella(?: mia)?) bio|nel mio profilo|link nel profilo|(?:link )?in (?:mijn|de|onze) bio`,
    String.raw`länk(?:en)? i (?:min )?bio(?:n)?|i min bio|link i (?:min )?bio|linkki biossa|biossa|link w (?:moim )?(?:bio|profilu)|w bio|odkaz v biu|v biu|link a bióban|link în bio|λινκ στο bio|στο bio`,
    String.raw`bio(?:m|mu|)?['’]?(?:da|daki|deki)(?: link)?|profilim(?:de|deki)(?: link)?|link biyografide|ссылк\p{L}+ в (?:моей? |моём )?(?:профиле|шапке(?: профиля)?|био|описании)|в шапке(?: профиля)?|посилання (?:в|у) (?:профілі|шапці|біо)|link di (?:bio|profil)|cek bio|di bio(?: aku| saya)?|link ở (?:bio|trang cá nhân)|trong bio|ở bio|nasa bio`,
  ),
  /プロフ(?:ィール)?(?:欄)?(?:の|に|から|へ|を|にある)?(?:リンク|URL|ＵＲＬ)|プロフ(?:ィール)?(?:欄)?(?:から|へ|に(?:て|リンク|載|貼)|見て)|ハイライト(?:から|に)リンク|프로필 ?(?:에 ?있는 ?)?링크|프로필(?:에서| 상단| 확인)|(?:ลิงก์?|ลิ้งค์?|ลิงค์)(?:อยู่)?(?:ที่|ใน|หน้า)?(?:ไบโอ|โปรไฟล์|หน้าโปรไฟล์|bio)|หน้าไบโอ|ใน ?ไบโอ|(?:الرابط|رابط|اللينك|لينك) (?:في|ب)\s?(?:ال)?(?:بايو|بروفايل|صفحتي)|بالبايو|في البايو|لینک (?:در|تو) (?:بیو|پروفایل)|در بیو|(?:קישור|לינק) ב(?:ביו|פרופיל)|(?:बायो|bio) (?:में|मे)|(?:主页|主頁|简介|簡介)(?:有|里|裡|看|链接|鏈接|連結)|看(?:我)?(?:主页|主頁|简介|簡介)/iu,
];

/** Discounts and promotion codes. */
export const promoCodes: readonly (string | RegExp)[] = [
  /\d{1,3}\s?[%％]\s?(?:off|rabatt|nachlass|de (?:descuento|réduction|remise|dto|desconto|sconto)|dto|descuento|desconto|sconto|réduction|remise|korting|rabat|zniżki|taniej|sleva|zľava|indirim|скидк\p{L}+|знижк\p{L}+|έκπτωση|할인|オフ|引き|割引|diskon|potongan|giảm|خصم|تخفیف|הנחה|छूट|ลด|折扣)/iu,
  /(?:скидк\p{L}{1,2}|знижк\p{L}{1,2}|diskon|giảm(?:\s+giá)?|ลด|خصم|تخفیف|indirim|%|sleva|छूट)\s?(?:до\s|hingga\s|s\/d\s|đến\s|tới\s|:\s?)?\d{1,3}\s?[%％]/iu,
  words(
    String.raw`(?:promo|discount|coupon|voucher|referral|creator) codes?|(?:use|with|enter) (?:my |the )?code|codes? (?=[A-Za-z]*\d)[A-Za-z0-9]{3,16}|coupons?|vouchers?`,
    String.raw`(?:c[oó]digo|cupón|cupom|cup[oó]n):? (?:de )?(?:descuento|desconto|promo\p{L}*|(?=[A-Za-z]*\d)[A-Za-z0-9]{3,16})|code promo|code (?:de )?réduction|avec le code|mit (?:dem |meinem )?code|rabattcode|gutschein(?:code)?|codice sconto|con il codice|kortingscode|rabattkod|rabatkode|kod (?:rabatowy|promocyjny)|slevový kód|indirim kodu|промокод\p{L}*|по коду|kode (?:promo|voucher|diskon)|mã (?:giảm giá|khuyến mãi)`,
  ),
  /(?:割引|クーポン)コード|クーポン|할인 ?코드|쿠폰|โค้ด(?:ส่วนลด|ลด)|كود (?:خصم|الخصم)|کد تخفیف|קוד (?:הנחה|קופון)|优惠(?:码|券)|優惠(?:碼|券)|折扣码|折扣碼/u,
];

const ills =
  'hair loss|acne|cancer|eczema|psoriasis|diabetes|depression|anxiety|adhd|insomnia|arthritis|asthma|pcos|infertility|migraines?|obesity|wrinkles|cellulite|dark spots|pain|back pain|bloating|ibs|allerg(?:y|ies)|autism|dementia|flu|covid|everything|anything|any disease|disease';

/** Health claims. */
export const healthClaims: readonly (string | RegExp)[] = [
  words(
    String.raw`cures?(?= (?:for|my|your|the|all|any|a|${ills}))|cured (?:my|me|his|her|their)|miracle (?:cure|product|cream|pill)s?|(?:treats?|heals?|reverses?|fixes) (?:my |your )?(?:${ills})|heals? you|clinically proven|(?:doctor|dermatologist|scientifically)[- ](?:approved|proven)|fda[- ]approved|(?:zero|no|without) side[- ]effects|side[- ]effect free|(?:lose|lost|drop|dropped|shed) \d{1,3} ?(?:kg|kgs|kilos?|lbs?|pounds|st|stone)(?: in \d+ \p{L}+)?|burns? (?:belly )?fat(?: fast)?|melts? fat|detox(?:es)? your|boosts? (?:your )?immun\p{L}+|anti[- ]cancer|regrows? (?:your )?hair|weight[- ]loss (?:pill|tea|drug|jab)s?|money[- ]back(?: guarantee)?|your money back`,
    String.raw`cura (?:el|la|los|las|tu|para|o|a|os|as|seu|contra)|curar (?:el|la|o|a)|sin efectos secundarios|sem efeitos colaterais|(?:adelgaza|baja|bajar|pierde|perder|perdi|emagre[cç]\p{L}+|perca) \d{1,3} ?(?:kg|kilos|quilos)|cl[ií]nicamente (?:probado|testado|comprovado)|quema grasa|queima gordura|milagros[oa]|milagre`,
    String.raw`guéri(?:t|r|ssent)|sans effets? secondaires?|(?:perdre|perdez|perdu) \d{1,3} ?(?:kg|kilos)|brûle(?:r)? (?:les )?graisses?|cliniquement prouvé|remède miracle|heilt|heilmittel|ohne nebenwirkungen|\d{1,3} ?(?:kg|kilo) (?:abnehmen|abgenommen)|klinisch (?:bewiesen|getestet|bewezen)|wundermittel|fettverbrenner|guarisce|senza effetti collaterali|(?:perdere|perdi|perso) \d{1,3} ?(?:kg|chili)|brucia grassi|geneest|zonder bijwerkingen|\d{1,3} ?kilo afvallen`,
    String.raw`leczy|bez skutków ubocznych|schudnij \d{1,3} ?kg|léčí|bez vedlejších účinků|botar|utan biverkningar|uten bivirkninger|(?:вы|из)?лечит\p{L}{0,2}|излечивает|без побочных(?: эффектов)?|похуде(?:ть|й|йте|ла|л) на \d{1,3} ?кг|минус \d{1,3} ?кг|лікує|без побічних|tedavi eder|iyileştirir|yan etkisi(?:z| yok)|\d{1,3} kilo (?:ver|verdim|verdiren)\p{L}*|menyembuhkan|tanpa efek samping|(?:turun|menurunkan) \d{1,3} ?kg|chữa (?:khỏi|dứt|bệnh)|trị (?:dứt|khỏi|bệnh)|không tác dụng phụ|giảm \d{1,3} ?kg|θεραπεύει|χωρίς παρενέργειες`,
  ),
  /副作用(?:なし|ゼロ|がない|无|沒有|没有)|(?:无|無|零)副作用|(?:必ず|絶対)(?:痩|治|効)|が治(?:る|り|った)|\d{1,2}(?:kg|キロ)(?:痩|減量|落と)|完治|부작용 ?(?:없|제로|0)|완치|치료(?:됩|돼|된다|해 ?줍|효과)|\d{1,2}(?:kg|키로|킬로) ?(?:감량|빠졌|빼)|(?:รักษา|หาย)ขาด|ไม่มีผลข้างเคียง|ลด(?:น้ำหนัก)? ?\d{1,2} ?(?:กก|กิโล|โล)|ยาวิเศษ|بدون (?:آثار|أعراض) جانبية|(?:يعالج|يشفي|علاج نهائي)|(?:خسارة|تخسيس|نزل(?:ت)?) \d{1,3} ?(?:كيلو|كجم)|بدون عوارض|درمان (?:قطعی|کامل)|מרפא|ללא תופעות לוואי|बिना (?:किसी )?साइड इफेक्ट|(?:जड़ से|पक्का) इलाज|\d{1,3} किलो (?:वजन )?(?:कम|घटा)|[瘦减減掉]\d{1,3}(?:斤|公斤|kg)|\d{1,2}天[瘦减減]\d{1,3}/iu,
];

/** Promises that nobody can keep. */
export const guarantees: readonly (string | RegExp)[] = [
  words(
    String.raw`guarante(?:e|es|ed)|#1 (?:in|brand|product|choice)|number (?:one|1) (?:in|brand|product)|(?:the )?(?:world|country)['’]?s (?:best|first|leading)|best in the (?:world|country)|the (?:absolute )?cheapest|lowest price(?:s)?(?: ever)?|cheapest|unbeatable|never fails|works (?:every time|for everyone)|permanent(?:ly)? (?:results?|removes?)|instant results`,
    String.raw`garantizad[oa]s?|garant[ií]a total|el mejor del mundo|la mejor del mundo|el más barato|garantid[oa]s?|o melhor do mundo|mais barato do|garantie?s? (?:à vie|100|à 100)|résultats? garantis?|le meilleur du monde|la meilleure du monde|le moins cher|garantiert|(?:der|die|das) beste der welt|am billigsten|garantit[oa]|il migliore (?:al|del) mondo|gegarandeerd|de beste ter wereld|gwarantowan\p{L}+|najlepsz\p{L}+ na świecie|garanterat|zaručen\p{L}+|garantált|garantat|garantili|dünyanın en iyi\p{L}*|гарантир\p{L}+|со? 100 ?% гарантией|лучш\p{L}+ в мире|самый дешёвый|гарантован\p{L}+|dijamin|garansi (?:uang|100)\p{L}*|terbaik di dunia|termurah|cam kết|đảm bảo (?:100|hiệu quả|trắng|giảm)|tốt nhất thế giới|rẻ nhất|εγγυημέν\p{L}+`,
  ),
  /(?:世界|日本|地球)一|絶対(?:に)?(?:買|効|痩|損|儲)|最安値|無条件|무조건 (?:효과|성공|사|빠)|(?:세계|국내|업계) ?(?:최고|1위|최초)|최저가|보장(?:합|됩|해)|การันตี|ดีที่สุดในโลก|ถูกที่สุด|อันดับ ?1|مضمون(?:ة)?|الأفضل في العالم|الأرخص|تضمینی|بهترین (?:در )?دنیا|מובטח|הכי (?:טוב|זול) בעולם|गारंटी|दुनिया का सबसे/u,
];

/** Promises of earnings. */
export const moneyClaims: readonly (string | RegExp)[] = [
  words(
    String.raw`get rich(?: quick)?|passive income|(?:double|triple) your money|risk[- ]free (?:profit|investment|returns?)|(?:make|earn|made|earned) [$€£]\d[\d,.]*k? (?:a|per|in|in a|every|in one) (?:day|week|month|hour)|guaranteed (?:profit|returns?|income)|financial freedom|easy money|quit your (?:9[- ]?to[- ]?5|job)`,
    String.raw`dinero fácil|ingresos pasivos|hazte rico|gana \d+ (?:euros|dólares)|renda passiva|dinheiro fácil|fique rico|revenus? passifs?|argent facile|devenir riche|passives einkommen|schnell reich|soldi facili|reddito passivo|snel rijk|łatwe pieniądze|лёгкие деньги|легкие деньги|пассивный доход|kolay para|pasif gelir|cuan cepat|uang gampang|thu nhập thụ động|kiếm tiền dễ`,
  ),
  /不労所得|簡単に稼|誰でも稼|수익 ?보장|불로소득|รายได้เสริมง่าย|รวยเร็ว|ربح سريع|دخل سلبي|درآمد غیرفعال|घर बैठे कमा/u,
];

/** Requests for something in exchange. */
export const exchange: readonly (string | RegExp)[] = [
  words(
    String.raw`follow (?:for|4) follow|f4f|like (?:for|4) like|l4l|follow back|giveaways?|give ?away|free (?:gift|gifts|iphone|money)|like and (?:share|follow) to win|enter to win`,
    String.raw`sorteos?|sorteio|concours|gewinnspiel|verlosung|giveaway|winactie|rozdanie|розыгрыш|çekiliş|bagi-bagi hadiah|seguime y te sigo|sigo de volta`,
  ),
  /懸賞|プレゼント企画|フォロバ|相互フォロー|맞팔|선팔하면|이벤트 참여|แจกฟรี|ฟอลกลับ|سحب على|متابعة مقابل/u,
];

/**
 * Subjects that may not be promoted on RedNote since 2026-02-10: drugs, supplements, medical devices, aesthetic
 * medicine (医美). From announcements of that day, read 2026-11.
 */
export const restricted: readonly (string | RegExp)[] = [
  // Inside longer hashtags too.
  /botox|(?:lip|dermal|cheek|jaw)[\s_]?fillers?|ozempic|wegovy|mounjaro|semaglutide|tirzepatide|rhinoplasty|nosejob|plasticsurgery|liposuction|breastaug|boobjob|multivitamin|(?<=weightloss|hair|gym|vitamin|health|diet)supplements?|preworkout/iu,
  words(
    String.raw`botox|(?:lip|dermal|face|cheek|jaw|tear trough) fillers?|fillers?(?= (?:appointment|journey|update|before))|hyaluronic injections?|ozempic|wegovy|mounjaro|semaglutide|tirzepatide|plastic surgery|rhinoplasty|nose job|liposuction|lipo|bbl|boob job|breast augmentation|facelift|eyelid surgery|thread lift|microneedling pen|skin boosters?|rejuran|profhilo|(?:dietary |food |weight[- ]loss |hair |sleep )?supplements?|vitamin gummies|multivitamins?|collagen (?:powder|drink|supplement)s?|protein powder|pre[- ]?workout(?= (?:supplement|powder|drink))|creatine|fat burners?|melatonin|cbd(?: oil)?|glutathione (?:drip|pills?|injection)s?|iv drip|accutane|isotretinoin|tretinoin|minoxidil|finasteride|antibiotics?|painkillers?|prescription (?:drug|med)s?|diet pills?`,
    String.raw`b[oó]tox|cirugía (?:estética|plástica)|suplementos?(?: alimenticios| alimentares)?|cirurgia plástica|harmonização facial|preenchimento labial|chirurgie esthétique|compléments? alimentaires?|injections? d['’]acide|schönheits(?:op|operation|chirurgie)|nahrungsergänzung(?:smittel)?|lippenunterspritzung|chirurgia (?:estetica|plastica)|integrator[ei] alimentar[ei]|voedingssupplement(?:en)?|suplement(?:y|ów) diety|operacja plastyczna|ботокс\p{L}*|филлер\p{L}*|ринопластик\p{L}+|пластическ\p{L}+ (?:операци|хирурги)\p{L}+|бад(?:ы|ов)?|estetik (?:ameliyat|operasyon)\p{L}*|dolgu|takviye edici gıda|suplemen(?: kesihatan)?|obat (?:pelangsing|diet)|filler|phẫu thuật thẩm mỹ|nâng mũi|thực phẩm chức năng|tiêm filler`,
  ),
  /医美|醫美|整形|整容|玻尿酸注射|打(?:玻尿酸|水光针|瘦脸针)|水光针|瘦脸针|肉毒|隆鼻|双眼皮手术|抽脂|热玛吉|超声炮|司美格鲁肽|保健品|膳食补充|减肥药|処方薬|美容整形|ヒアルロン酸注射|ボトックス|サプリ(?:メント)?|보톡스|필러|성형(?:수술)?|건강기능식품|영양제|위고비|โบท็อก(?:ซ์|ส์)|ฟิลเลอร์|ศัลยกรรม|อาหารเสริม|ยาลดน้ำหนัก|بوتوكس|فيلر|عملية تجميل|مكملات(?: غذائية)?|بوتاکس|ژل لب|جراحی زیبایی|מילוי שפתיים|בוטוקס|सप्लीमेंट/u,
];
