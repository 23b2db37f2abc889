/**
 * Words and hashtags that say that a post is paid, gifted, sponsored or made with a brand, or that AI made it, in the
 * languages of the app's users. Written by hand for this program in 2026-11, after the guides of the FTC (US), ASA (UK),
 * ARPP (FR), Landesmedienanstalten (DE), IAP (IT), UOKiK (PL), KFTC (KR), the Consumer Affairs Agency (JP), SAMR (CN) and
 * the words that TikTok, Instagram and YouTube write themselves.
 */

/**
 * Hashtags that are disclosures by themselves, in the form of `tagSpelling`: lower case, no width variants, accents,
 * underscores.
 */
export const paidTags = `
ad ads adpr adgifted gifted gift_ed giftedad giftedpr gifting prgift prgifted prpackage prpackages prhaul prbox prunboxing prsample prsamples
adpartner adpartnership paidad paidads paidadvert paidadvertisement paidcontent paidcollab paidcollaboration paidpartner paidpartnership
paidpartnerships paidpost paidpromo paidpromotion paidpromote paidsponsorship sponsored sponsoredad sponsoredby sponsoredcontent sponsoredpost
sponsoredvideo sponsor sponsorship spon sponcon advert advertisement advertising advertorial brandpartner brandpartnership brandambassador
brandambassadors affiliate affiliates affiliatelink affiliatelinks affiliatepartner affiliatemarketing commissionsearned commissionearned
commissionable eligibleforcommission spons aff afflink afflinks paidlink paidlinks adaffiliate adgift pressgift pressgifts prsent amazonassociate amazoninfluencer amazoninfluencerprogram brandedcontent sponsoredbybrand partnershipad hostedstay giftedmeal kindlygifted giftedstay giftedexperience giftedproduct giftedproducts presstrip presssample presssamples
werbung anzeige bezahltewerbung bezahltepartnerschaft bezahltekooperation bezahlteanzeige werbeanzeige gesponsert prmuster dauerwerbesendung
rezensionsexemplar produktplatzierung reklame werbepartner
publicidad publi publicidadpagada publipost colaboracionpagada colaboracionremunerada colaboracionpatrocinada contenidopatrocinado
contenidopagado patrocinado patrocinada patrocinio patrocinados postpatrocinado asociacionpagada alianzapagada enlaceafiliado enlacesafiliados
publicidade publieditorial parceriapaga parceriaspagas conteudopago publicidadepaga publicacaopaga recebidos recebidinhos permuta linkdeafiliado afiliado afiliados
publicite sponsorise sponsorisee contenusponsorise partenariat partenariatremunere partenariatpaye collaborationcommerciale collabcommerciale
collaborationremuneree collabremuneree collabsponsorisee produitoffert produitsoffert produitsofferts placementdeproduit placementproduit lienaffilie liensaffilies
pubblicita sponsorizzato sponsorizzata collaborazioneretribuita collaborazionepagata collaborazionecommerciale partnershippagata
partnershipretribuita prodottofornito prodottoofferto prodottifornitida suppliedby contenutosponsorizzato inserzioneapagamento annunciopubblicitario
advertentie reclame gesponsord betaaldesamenwerking betaaldpartnerschap betaaldepartnerschap betaaldepromotie gekregenvan
annons annonslank annonslink annonselink annonselenke annonce annoncelink reklamelink reklamelenke reklamesamarbeid reklamesamarbejde reklam reklamsamarbete betaltsamarbete betaltpartnerskap betaltsamarbeid betaltsamarbejde betaltreklame annonse sponsrad sponset sponsoreret
mainos kaupallinenyhteistyo maksettumainos maksettuyhteistyo saatutuote
reklama wspolpracareklamowa wspołpracareklamowa wspołpracapłatna płatnawspołpraca reklamowawspołpraca materiałreklamowy materiałsponsorowany materialreklamowy materialsponsorowany
reklamasponsorowana płatnepartnerstwo platnepartnerstwo sponsorowane sponsorowany postsponsorowany artykułsponsorowany wspolpracakomercyjna wspołpracakomercyjna wspołpracabarterowa prezentodmarki
placenaspoluprace placenaspolupraca placenareklama placenepartnerstvi sponzorovano
hirdetes reklam fizetetthirdetes fizetettpartnerseg szponzoralt fizetettegyuttmukodes
publicitate reclama sponsorizat parteneriatplatit colaborareplatita
διαφημιση χορηγουμενο χορηγια πληρωμενησυνεργασια
реклама рекламнаяинтеграция рекламныйпост партнерскийматериал партнерскийпост оплаченноепартнерство оплаченноесотрудничество направахрекламы спонсорскийпост
реклами спонсоровано спонсорованийконтент оплаченепартнерство направахреклами платнапартнерство платеносътрудничество рекламнопартньорство
isbirligi işbirligi reklamisbirligi sponsorlu sponsorluicerik ucretliortaklık ucretliortaklik ucretliisbirligi tanıtım reklamicerir reklamtanıtım reklamdır isbirligidir işbirliğidir
اعلان اعلانات اعلانمدفوع اعلانتجاري شراكةمدفوعة دعاية محتوىمدفوع محتوىاعلاني ممول برعاية بيدبارتنرشيب تسويقبالعمولة
تبلیغ تبلیغات اگهی همکاریتبلیغاتی رپورتاژ رپورتاژاگهی اسپانسر
פרסומת ממומן תוכןשיווקי תוכןממומן שיתופפעולהממומן שיתופפעולהבתשלום בחסות
विज्ञापन प्रायोजित पेडपार्टनरशिप पेडप्रमोशन विज्ञापनहै বিজ্ঞাপন স্পন্সরড اشتہار விளம்பரம் ప్రకటన പരസ്യം ಜಾಹೀರಾತು
iklan endorse endorsement endorsed kerjasamaberbayar kolaborasiberbayar kemitraanberbayar disponsori kontenberbayar bersponsor tajaan perkongsianberbayar linkafiliasi afiliasi bayadnapartnership patalastas
โฆษณา สปอนเซอร์ สปอนเซอร์ด จ้างรีวิว ได้รับการสนับสนุน สนับสนุนโดย รีวิวจ้าง ความร่วมมือแบบชำระเงิน
quangcao quảngcao taitro đuợctaitro duoctaitro hoptactraphi hợptactraphi noidungtaitro
광고 협찬 유료광고 유료광고포함 광고포함 협찬광고 제품제공 제품협찬 상품제공 소정의원고료 원고료 체험단 유료파트너십 서포터즈 앰버서더 앰배서더 쿠팡파트너스 파트너스활동 브랜드협찬 협찬받음 제공받음 유가광고
提供 広告 协赞 協賛 タイアップ タイアップ投稿 案件 企業案件 PR案件 PR投稿 PR動画 プロモーション プロモーション投稿 商品提供 サンプル提供 製品提供 衣装提供 モニター モニター投稿 モニター当選 ギフティング ギフテッド アフィリエイト アンバサダー 公式アンバサダー 提供品 献本 ご提供
广告 廣告 推广 推廣 商业推广 商業推廣 品牌推广 品牌合作 商务合作 商業合作 商业合作 付费合作 付費合作 付费推广 赞助 贊助 商单 恰饭 业配 業配 业配文 業配文 工商 工商时间 公关品 公關品 品牌赠送 赠品 品牌邀约 体验邀约 體驗邀約 合作推广 利益相关 有偿推广 种草推广 广告植入
`;

/** Hashtags that may be disclosures: the creator is asked. They are kept and come early. */
export const askedPaidTags = `
collab collaboration collabs brandcollab brandcollabs brandrep hosted complimentary ambassador partner partnership partnered invited pressevent prevent unbezahltewerbung werbungunbezahlt unbezahlteanzeige
werbungwegenmarkennennung werbungdurchmarkennennung markennennung werbungdamarkennennung kooperation zusammenarbeit
colaboracion embajadora embajador anuncio regalodemarca parceria embaixadora embaixador colaboracao anuncio cortesia ambassadrice ambassadeur invitation offert
collaborazione inserzione annuncio omaggio samenwerking gekregen samarbete samarbeid samarbejde yhteistyo wspołpraca wspolpraca barter prezent autopromocja
spoluprace spolupraca egyuttmukodes colaborare συνεργασια сотрудничество коллаборация співпраця амбассадор ortaklık ortaklik تعاون همکاری שיתופפעולה שתפ kerjasama kolaborasi hoptac hợptac
合作 合作款 コラボ 콜라보 공구 공동구매
`;

/**
 * Meanings that depend on the language: `#PR` is public relations in Japan and a personal record elsewhere, `#adv`
 * motorcycling, `#pub` a bar.
 */
export const tagsByLanguage: Readonly<Record<string, 'ja' | 'it' | 'fr' | 'nl' | 'tr'>> = {
  pr: 'ja',
  adv: 'it',
  pub: 'fr',
  gekregen: 'nl',
};

export const aiTags = `
aigenerated aigeneratedart aigeneratedvideo aigeneratedimage aigeneratedmusic aigeneratedcontent aivideo aivideos aivideogenerator aiart aiartist aiartwork aiartcommunity aiimage aiimages aipicture aimade madebyai
madewithai createdwithai createdbyai generatedbyai generatedwithai aicreated aianimation aianimated aimusic aisong aicover aivoice aivoiceover aifilm aifilmmaking aishortfilm aimovie
aimodel aiinfluencer aiphotography aiphoto aigeneration aislop aivfx aiavatar aiclone aigirl aiart community sora sora2 soraai veo3 veo2 googleveo midjourney midjourneyart stablediffusion dalle dalle2 dalle3
runwayml klingai klingaivideo hailuoai pikalabs lumaai nanobanana grokimagine sunoai sunomusic udio deepfake higgsfield higgsfieldai heygen
kigeneriert kierstellt kikunst kibilder kivideo mitkierstellt kiart hechoconia creadoconia generadoporia generadoconia arteconia arteia iagenerativa imagenesia videoconia feitocomia criadocomia geradoporia feitoporia
creeavecia genereparia genereparlia faitaveclia artia imageia videoia fattoconlia creatoconlia generatodallia fattoconai gemaaktmetai skapadmedai lagetmedai lavetmedai tehtytekoalylla wygenerowaneprzezai stworzoneprzezai sztukaai vytvorenopomociai
нейросеть нейросети нейроарт ииарт сгенерированоии созданонейросетью сделанонейросетью генерацияии нейроискусство yapayzekaileyapıldı yapayzekasanatı yapayzekavideo
مصنوعبالذكاءالاصطناعي مولدبالذكاءالاصطناعي تصميمذكاءاصطناعي ساختهشدهباهوشمصنوعی dibuatdenganai buatanai hasilai taoboiai aitaora สร้างด้วยai ภาพai aiสร้าง
ai생성 ai그림 ai영상 ai아트 ai이미지 ai음악 ai커버 인공지능그림 ai그램 aiイラスト ai美女 ai動画 ai生成 aiアート ai画像 ai作成 ai音楽 画像生成ai 生成ai
ai绘画 ai繪圖 ai绘图 ai视频 ai视频制作 ai创作 ai合成 ai动画 ai短片 ai音乐 ai翻唱 ai图片 ai生图 aigc 含ai合成内容 人工智能生成
`;

/** More often the subject of a post than the tool it was made with: the creator is asked. */
export const askedAiTags = `
ai artificialintelligence generativeai genai aitools aitool aifilter aiedit aiediting aieffect aiprompt aiprompts chatgpt openai gemini ia inteligenciaartificial inteligenciartificial intelligenceartificielle intelligenzaartificiale
kunstlicheintelligenz ki kunstmatigeintelligentie sztucznainteligencja искусственныйинтеллект ии yapayzeka ذكاءاصطناعي الذكاءالاصطناعي هوشمصنوعی 인공지능 人工知能 人工智能 trituenhantao ปัญญาประดิษฐ์ kecerdasanbuatan capcutai
`;

/** Partners that are not brands: `#lifepartner`. */
export const otherPartners =
  'life|dance|dancing|gym|workout|training|running|run|travel|business|sparring|study|accountability|perfect|my|best|dream|riding|climbing|hiking|drinking|dinner|date|lab|crime|in|cooking|gaming|duet|tennis|pilates|yoga|swim|adventure|forever|soul|sweet|new|great|good|bad|future|ex|domestic|civil|trading|surf|fishing|lifting|your|our|his|her|the|sexual|romantic|play|team|silent|equal|better|working|birth|ideal|exercise|conversation|language|reading|ttp';

/** Words that disclose if they are set apart: before a separator or colon, in brackets, alone on a line. */
export const paidLabels = [
  'ads?|a d|a\\.d|a\\.d\\.|advert|advertisement|advertorial|sponsored|sponsor|gifted|gifted/ad|ad/gifted|paid ad|paid promo|promoted|aff|aff link|afflink|affiliate|affiliate link|paid link|ad ?- ?gifted|pr ?gift|pr ?sample',
  'anzeige|werbung|reklame|gesponsert|bezahlte anzeige|werbung/anzeige|anzeige/werbung',
  'publicidad|publi|patrocinado|patrocinada|publicidade|publicité|publicite|pub|sponsorisé|sponsorisée|adv|pubblicità|pubblicita|sponsorizzato|advertentie|reclame|gesponsord|spon',
  'annons|reklam|annonse|annonce|annonslänk|annonselenke|reklamelink|mainos|reklama|sponsorowane|hirdetés|reklám|reclamă|publicitate|διαφήμιση|χορηγούμενο|реклама|реклами|işbirliği|iş birliği|tanıtım|sponsorlu',
  'إعلان|اعلان|إعلان مدفوع|دعاية|ممول|تبلیغات|تبلیغ|آگهی|פרסומת|ממומן|विज्ञापन|प्रायोजित|iklan|endorse|โฆษณา|สปอนเซอร์|quảng cáo|tài trợ',
  '광고|협찬|유료광고|유료 광고|광고/협찬|협찬/광고|제품제공|제품 제공|제품협찬|pr|広告|提供|タイアップ|案件|pr案件|プロモーション|协赞|協賛|广告|廣告|推广|推廣|赞助|贊助|业配|業配|工商|商业推广|恰饭|合作推广',
].join('|');

/** Labels that also disclose at the end of a line, after a dash or an emoji. */
export const sureLabels =
  'ads?|advert|gifted|sponsored|anzeige|werbung|publicidad|publi|publicidade|publicité|pubblicità|advertentie|reklame|reklam|annonse|annons|annonce|mainos|reklama|реклама|işbirliği|iş birliği|광고|협찬|広告|廣告|广告|إعلان|اعلان|โฆษณา|פרסומת|iklan|quảng cáo';

/**
 * Phrases that disclose anywhere, as `[stems, pattern]`: the pattern is tried only if one of the stems is in the
 * lower-case text. `_` matches white space.
 */
export type Sayings = readonly (readonly [stems: string, pattern: string])[];

export const paidSayings: Sayings = [
  ['paid', 'paid_(?:partnership|promotion|promo|advert(?:isement)?|collab(?:oration)?|ad|sponsorship|post|content)s?'],
  [
    'gifted',
    '(?:kindly|generously|lovingly|proudly|pr)_gifted|gifted_(?:by|items?|products?|stay|experience|meal|to_me|from)|(?:was|were|been|is)_gifted',
  ],
  ['pr ', 'pr_(?:gifts?|packages?|samples?|products?|box|boxes|haul|unboxing|stay|trip|invite)'],
  [
    'sponsor',
    "(?:kindly_|proudly_)?sponsored_(?:by|post|content|video|ad)|(?:is|was|been|am)_(?:kindly_|proudly_)?sponsored|for_sponsoring|(?:today[’']?s|our|my|video|the)_sponsors?(?:_is)?",
  ],
  ['an ad', '(?:this|it|post|video|reel)_(?:is|was)_an?_(?:paid_)?ad(?:vert(?:isement)?)?'],
  ['partnership', 'in_(?:paid_|proud_)?partnership_with'],
  ['branded|promotional', '(?:branded|promotional)_content'],
  ['associate', '(?:amazon_)?associate_i_earn'],
  ['aff link|paid link', '(?:aff|paid)_links?'],
  [
    'for gifting|for sending|for the gift|for the pr',
    'thank(?:s|_you)_(?:so_much_)?(?:to_)?@[\\w.]{2,30}_for_(?:gifting|sending|the_(?:gift|pr))',
  ],
  ['promoted', 'promoted_(?:post|content|by)'],
  ['affiliate', 'affiliate_(?:links?|partners?|codes?|programme?)|affiliate[- ]?links?'],
  [
    'commission',
    'eligible_for_commissions?|(?:i|we)_(?:may_|might_|will_|can_|could_)?(?:also_)?(?:earn|get|make|receive)_(?:a_)?(?:small_|tiny_)?commissions?|commissions?_(?:earned|eligible|link)|creator_earns_commissions?|earns?_(?:a_)?commissions?|commissionable',
  ],
  ['brand ', 'brand_(?:partner|ambassador)'],
  ['ad/|/ad', '(?:ad/(?:gifted|pr|aff)|(?:gifted|pr)/ad)'],
  [
    'bezahlte',
    '(?<!un)bezahlte[rn]?_(?:partnerschaft|werbung|kooperation|zusammenarbeit|werbepartnerschaft|anzeige|produktplatzierung)',
  ],
  ['gesponser', 'gesponser[td]_(?:von|durch|by|door)|gesponserte[rs]?_(?:beitrag|video|post|inhalt)'],
  [
    'enthält|beinhaltet',
    '(?:enthält|beinhaltet)_(?:bezahlte_|unbezahlte_)?(?:werbung|produktplatzierung|werbelinks|affiliate[- ]?links)',
  ],
  [
    'kooperation mit|partnerschaft mit|zusammenarbeit mit',
    'in_(?:bezahlter_)?(?:kooperation|partnerschaft)_mit|in_bezahlter_zusammenarbeit_mit',
  ],
  ['werbung', 'werbung_(?:für|mit|wegen|da)|werbung_/_anzeige'],
  ['anzeige', 'anzeige_(?:für|in_kooperation|wegen|da_|durch)'],
  [
    'zur verfügung',
    'kostenlos_zur_verfügung_gestellt|zur_verfügung_gestellt_(?:von|bekommen)|von_\\S{2,30}_zur_verfügung_gestellt',
  ],
  [
    'pr-|rezensionsexemplar|dauerwerbesendung|produktplatz',
    'pr-(?:sample|muster|paket|samples)|rezensionsexemplar|dauerwerbesendung|durch_produktplatzierung',
  ],
  [
    'pagad|remunerad|patrocinad|publicitari|comercial',
    '(?:colaboraci[oó]n|asociaci[oó]n|alianza|contenido|publicaci[oó]n|v[ií]deo|post|parceria|colabora[cç][aã]o|conte[uú]do|publica[cç][aã]o|a[cç][aã]o)_(?:pagad[oa]|pag[oa]|remunerad[oa]|patrocinad[oa]|publicit[aá]ri[oa]|comercial)|patrocinad[oa]s?_p(?:or|el[ao])|publicidad[e]?_(?:pagada|paga)',
  ],
  ['publi ', 'publi_(?:com|con|para|da|do|de)_@'],
  ['parceria', 'parceria_(?:paga|remunerada|comercial)|em_parceria_(?:paga_)?com'],
  ['publicidad', 'publicidad_(?:para|con|de_@?)(?=_)|esto_es_publicidad|isto_é_publicidade|publicidade_para'],
  ['afilia', '(?:enlaces?|links?)_(?:de_)?afilia(?:d[oa]s?|ção|cao|ción|cion|zione|t[oi]|si)'],
  ['comisi', '(?:gano|recibo|ganar|recibir|llevo)_(?:una_)?(?:pequeña_)?comisi[oó]n'],
  ['comiss', '(?:ganho|recebo|ganhar)_(?:uma_)?(?:pequena_)?comiss[aã]o'],
  ['regalo d|obsequio|cortes', '(?:regalo|obsequio|cortes[ií]a)_de_(?:la_)?(?:marca|@)'],
  ['recebid', 'recebid[oa]s?_d[aeo]'],
  [
    'commercial|rémunér|remuner|sponsoris|publicitaire',
    '(?:collaboration|partenariat|collab|contenu|publication|vid[ée]o|post)_(?:commerciale?|r[ée]mun[ée]r[ée]e?|sponsoris[ée]e?|pay[ée]e?|publicitaire)|sponsoris[ée]e?s?_par',
  ],
  ['partenariat', '(?:en_)?partenariat_(?:pay[ée]_|r[ée]mun[ée]r[ée]_)?avec'],
  ['offert', 'produits?_offerts?|offert(?:e|s|es)?_par|(?:prodott[oi]_)?offert[oi]_da(?:l|lla|i)?'],
  ['affili', "liens?_(?:d[’']_?)?affili(?:ation|[ée]s?)|link_(?:di_)?affilia(?:zione|to|ti)"],
  ['placement', 'placement_de_produits?'],
  ['une commission|petite commission', '(?:touche|perçois|reçois|gagne)_une_(?:petite_)?commission'],
  [
    'retribuit|sponsorizzat|pagat|pubblicitari|a pagamento',
    '(?:collaborazione|partnership|contenuto|post|video|inserzione|pubblicità)_(?:retribuit[ao]|pagat[ao]|commerciale|sponsorizzat[ao]|a_pagamento|pubblicitari[ao])|sponsorizzat[ao]_da(?:l|lla)?',
  ],
  [
    'fornit|omaggio|regalat',
    'prodott[oi]_(?:fornit[oi]|in_omaggio|omaggio)|fornit[oaie]_da(?:l|lla|i)?|omaggio_d(?:i|al|el|alla|ella)',
  ],
  ['betaald', 'betaalde?_(?:samenwerking|partnerschap|promotie|reclame|advertentie)'],
  ['samenwerking met|gesponsord', 'in_(?:betaalde_)?samenwerking_met|gesponsord_door'],
  ['gekregen|ontvangen', '(?:gekregen|ontvangen)_van_(?:het_merk|@)|(?:gratis|cadeau)_(?:gekregen|ontvangen)'],
  ['bevat', 'bevat_(?:reclame|advertentie|affiliate)'],
  [
    'betal',
    'betalt?_(?:samarbete|samarbeid|samarbejde|partnerskap|partnerskab|annons|annonse|reklame)|betald_(?:annons)',
  ],
  [
    'samar',
    'reklame?samar(?:bete|beid|bejde)|(?:annons|reklame?|annonse)_i_samar(?:bete|beid|bejde)_med|i_(?:betalt_|reklame?)_?samar(?:bete|beid|bejde)_med',
  ],
  ['spons', 'spons(?:rad|rat|et|oreret|reret)_(?:av|af)'],
  ['kaupallinen|maksettu', 'kaupallinen_yhteistyö|maksettu_(?:mainos|yhteistyö|kumppanuus)'],
  [
    'współprac|płatne partnerstwo',
    'płatne_partnerstwo|(?:płatna|reklamowa|komercyjna|barterowa)_współpraca|współprac[aęy]_(?:reklamow|płatn|komercyjn|barterow)\\p{L}+',
  ],
  [
    'materiał|sponsorowan',
    'materiał_(?:reklamowy|sponsorowany)|(?:post|film|wpis)_sponsorowany|sponsorowan[eyo]_przez',
  ],
  ['afiliacyjn|prezent od', 'linki?_afiliacyjn\\p{L}+|prezent_od_(?:marki|@)'],
  ['placen', 'placen[áé]_(?:spoluprác[ea]|reklama|partnerstv[íoi])'],
  ['sponzor', 'sponzorov[aá]n[oaý]|sponzorované'],
  ['fizetett|szponzor', 'fizetett_(?:partnerség|együttműködés|hirdetés|reklám)|szponzorált_(?:tartalom|videó|poszt)'],
  ['parteneriat|sponsorizat', '(?:parteneriat|colaborare)_(?:pl[aă]tit[aă]?|comercial[aă]?)|sponsorizat_de'],
  ['πληρωμ|χορηγ|συνεργασία', 'πληρωμένη_(?:συνεργασία|διαφήμιση|προώθηση)|χορηγούμεν[οη]'],
  [
    'реклам',
    'на_правах_реклами?ы?|рекламн\\p{L}+_(?:интеграци\\p{L}+|публикаци\\p{L}+|запис\\p{L}+|пост\\p{L}*|материал\\p{L}*)|это_реклама|это_рекламный',
  ],
  ['erid', 'erid[ :=]{1,3}[A-Za-z0-9]{6,40}'],
  ['оплач', 'оплач(?:енн(?:ое|ая)|ене)_(?:партн[её]рство|сотрудничество|реклама)'],
  ['спонсор|партн', 'спонсор_(?:видео|ролика|выпуска|поста)|партн[её]рск\\p{L}+_(?:материал|пост|публикация)'],
  ['ücretli|sponsorlu', '(?:ücretli|sponsorlu)_(?:ortaklık|iş ?birliği|içerik|reklam|tanıtım|paylaşım)|sponsorluğunda'],
  [
    'reklam içer|iş birliği|işbirliği|reklamd',
    'reklamdir|reklam_içer\\p{L}+|(?:reklam|marka|ücretli)_iş ?birliği\\p{L}*|iş ?birliğidir|iş ?birliği_içer\\p{L}+',
  ],
  [
    'مدفوع|تجاري|ممول|برعاية|دعائي|علاني',
    'شراكة_مدفوعة|[إا]علان_(?:مدفوع|تجاري|ممول)|(?:محتوى|فيديو|منشور)_(?:مدفوع|[إا]علاني|دعائي|برعاية|ممول)|برعاية',
  ],
  ['تبلیغات|اسپانسر', '(?:محتوای|همکاری)_(?:تبلیغاتی|پولی)|تبلیغات_پولی|اسپانسر_(?:این|ویدیو)|حاوی_تبلیغات'],
  [
    'שיתוף|ממומן|שיווקי|בחסות|שת',
    'שיתוף_פעולה_(?:ממומן|בתשלום|מסחרי)|תוכן_(?:שיווקי|ממומן)|בחסות|שת[״"]פ_(?:ממומן|בתשלום)',
  ],
  ['पेड|सशुल्क|प्रायोजित|sponsor', '(?:पेड|सशुल्क)_(?:पार्टनरशिप|साझेदारी|प्रमोशन)|द्वारा_प्रायोजित|प्रायोजित_(?:वीडियो|पोस्ट)'],
  [
    'berbayar|disponsori|bersponsor|ditaja',
    '(?:kerja ?sama|kolaborasi|kemitraan|konten|video|postingan|perkongsian|iklan)_(?:berbayar|bersponsor)|(?:disponsori|ditaja)_oleh',
  ],
  ['komisi', '(?:dapat|mendapat|menerima)_komisi'],
  [
    'trả phí|tài trợ|tiếp thị',
    '(?:hợp_tác|quan_hệ_đối_tác|nội_dung|quảng_cáo)_(?:có_)?(?:được_)?(?:trả_phí|tài_trợ)|được_tài_trợ|tài_trợ_bởi|liên_kết_tiếp_thị',
  ],
];

/** The same for languages without spaces between words, or with suffixes. */
export const paidSayingsUnspaced: Sayings = [
  [
    'สนับสนุน|สปอนเซอร์|จ้างรีวิว|ค่าตอบแทน|คอมมิชชั่น|โฆษณา',
    'ได้รับ(?:การสนับสนุน|ค่าตอบแทน|สปอนเซอร์)|สนับสนุนโดย|สปอนเซอร์โดย|จ้างรีวิว|ได้(?:รับ)?ค่าคอม(?:มิชชั่น)?|คอนเทนต์โฆษณา|วิดีโอนี้เป็นโฆษณา|เป็นการโฆษณา',
  ],
  [
    '광고|협찬|제공|지원|원고료|파트너|체험단|수수료',
    '유료 ?광고(?: ?포함)?|유료 ?파트너[십쉽]|(?:제품|상품|숙박|식사|음식)(?:을|를)? ?(?:무상 ?|무료 ?)?(?:제공|협찬)|협찬(?: ?받|으로|입니다|이에요|제품)|(?:제품|상품)(?:만|을|를)? ?(?:제공|협찬|지원) ?받|(?:업체|브랜드|회사)(?:로부터|에서)[^.\\n]{0,20}(?:제공|지원|협찬) ?받|(?:원고료|광고료)(?:를|을)? ?(?:지급|제공|받)|소정의 ?(?:원고료|수수료|광고료)|수수료를 ?(?:제공|지급|받)|쿠팡 ?파트너스|광고(?:입니다|예요|이에요|를 포함)|체험단(?:으로|에)',
  ],
  [
    '提供|いただ|頂|プレゼント|ギフト|タイアップ|広告|プロモーション|案件|pr|アフィリエイト|ギフティング|モニター',
    '(?:商品|サンプル|製品|衣装|お品)(?:を)?(?:ご)?提供|ご提供|(?:様|さん|さま)(?:から|より)(?:[^。\\n]{0,12})(?:いただ|頂|提供|プレゼント)|提供[:：]|(?<!(?:友達|友人|母|父|家族|彼氏|彼女|旦那|主人|夫|妻|ママ|パパ|みんな|誕生日|クリスマス)[^。\\n]{0,12})(?:プレゼント|ギフト)(?:を|して|で)?(?:いただ|頂)[いき]|タイアップ|(?:プロモーション|広告)(?:を|が)?含|[PpＰ][RrＲ](?:投稿|案件|動画|です|含む)|企業案件|アフィリエイト|モニター(?:として|で)|ギフティング',
  ],
  [
    '合作|推广|推廣|赞助|贊助|广告|廣告|恰饭|业配|業配|赠|公关品|利益相关',
    '(?:品牌|商业|商業|商務|商务|付费|付費|有偿)(?:合作|推广|推廣|赞助|贊助)|(?:广告|廣告)(?:合作|内容|內容|植入|推广)|(?:由|感[谢謝])[^，。！!\\n]{1,15}(?:赞助|贊助|赠送|贈送|提供)|(?:赞助|贊助)(?:商|播出|内容|內容|拍摄)|[含有](?:广告|廣告|商业推广)|恰饭|业配|業配|本?(?:视频|影片|笔记|本期)(?:为|為|由|含)[^，。\\n]{0,10}(?:广告|廣告|推广|推廣|赞助|贊助|合作)|利益相关|品牌(?:方)?(?:赠送|赠|送的|寄来|寄的)|公关品',
  ],
];

export const askedPaidSayings: Sayings = [
  ['collab', '(?:in_)?collab(?:oration|bing|orating|orated)?_with_@'],
  ['collaboration', '(?:in|en)_collaboration_(?:with|avec)'],
  [
    'for sending|for gifting',
    'thank(?:s|_you)_(?:so_much_)?to_(?:[\\p{L}\\d.&]{2,20}_){1,3}for_(?:sending|gifting)_(?:me|us)',
  ],
  ['hosted by|complimentary', 'hosted_by_@|complimentary_(?:stay|meal|tickets?|products?|dinner|treatment)'],
  ['my pr|pr from', '(?:unboxing|opening)_(?:my|the|this|some)_pr|pr_from'],
  ['kooperation mit|werbung unbezahlt', 'kooperation_mit|werbung_unbezahlt'],
  ['samar', 'i_samar(?:bete|beid|bejde)_med|samar(?:bete|beid|bejde)_med_@'],
  [
    'thank|thx',
    'th(?:anks|ank_you|x)_(?:so_much_|to_){0,2}@[\\w.]{2,30}_for_(?:the|this|my|these)_(?:free|lovely|amazing|gorgeous|beautiful|new)',
  ],
  ['partner|teamed', 'partner(?:ed|ing)_with|teamed_up_with_@'],
  ['colabora', '(?:en|em)_colabora(?:ción|cion|ção|cao)_co[nm]_@'],
  ['collaborazione', 'in_collaborazione_con_@'],
  ['kooperation|zusammenarbeit', 'in_zusammenarbeit_mit_@|unbezahlte_(?:werbung|anzeige|kooperation)'],
  ['unbezahlt', 'unbezahlte_(?:werbung|anzeige|kooperation)'],
  ['при поддержке|сотрудничеств', 'при_поддержке|в_сотрудничестве_с'],
  ['بالتعاون', 'بالتعاون_مع'],
  ['שיתוף', 'שיתוף_פעולה_עם_@'],
  ['samenwerking', 'samenwerking_met_@'],
  ['wspolprac|współprac', 'wsp[oó][lł]prac[aęay]_(?:z_)?@'],
  [
    'спасибо|благодар',
    '(?:спасибо|благодарю|благодарна)_(?:бренду_|магазину_)?@[\\w.]{2,30}_за_(?:подар|посыл)\\p{L}+',
  ],
  ['дякую', 'дякую_(?:бренду_)?@[\\w.]{2,30}_за_подар\\p{L}+'],
  ['bekerja sama', 'bekerja_sama_dengan_@'],
  ['hợp tác', 'hợp_tác_với'],
];

const engines =
  'ai|a\\.i\\.|artificial_intelligence|midjourney|sora|veo_?\\d?|runway|kling|dall-?e|stable_diffusion|grok|chat ?gpt|gemini|suno|udio|hailuo|higgsfield|nano_?banana';

export const aiSayings: Sayings = [
  [
    'made|generated|created|drawn|painted|animated|produced|rendered|imagined|voiced',
    `(?:made|generated|created|drawn|painted|animated|produced|rendered|imagined|voiced)_(?:entirely_|fully_|all_|100%_)?(?:with|by|using|in|via)_(?:an?_|the_)?(?:help_of_)?(?:generative_)?(?:${engines})`,
  ],
  [
    'ai',
    'ai[- ](?:generated|made|created|animation|animated|voice(?:over)?|art|artwork|images?|videos?|film|song|music|cover|avatar|clone|rendition|slop)|(?:voices?|images?|visuals|videos?|music|art|everything|footage|photos?|clips?)_(?:is|are|was|were)_(?:all_|also_|100%_)?ai(?:_too)?|(?:this|it)_is_(?:all_|100%_)?ai',
  ],
  ['made this|generated this|created this|made it', `(?:${engines})_(?:made|generated|created|drew)_(?:this|it)`],
  ['deepfake|deep fake', 'deep ?fakes?'],
  [
    'ki|künstlich',
    '(?:mit|durch|von)_(?:hilfe_(?:von_)?)?(?:einer_)?(?:ki|ai|künstlicher_intelligenz)_(?:erstellt|generiert|erzeugt|gemacht|gezeichnet)|ki[- ]?(?:generiert|erstellt|erzeugt)\\p{L}*|ki[- ](?:bild|video|kunst|stimme|musik)\\p{L}*',
  ],
  [
    ' ia|inteligencia|inteligência|intelligence',
    "(?:hech[oa]s?|cread[oa]s?|generad[oa]s?|realizad[oa]s?|feit[oa]s?|criad[oa]s?|gerad[oa]s?)_(?:con|com|por|pela|mediante|usando)_(?:la_|a_)?(?:ia|inteligencia_artificial|inteligência_artificial)|(?:faite?s?|créée?s?|générée?s?|réalisée?s?)_(?:avec|par|à_l[’']aide_de)_(?:l[’']_?|une_)?(?:ia|intelligence_artificielle)",
  ],
  ["l’ia|l'ia", "(?:faite?s?|créée?s?|générée?s?|réalisée?s?)_(?:avec|par)_l[’']ia"],
  [
    "intelligenza| ai|l'ai|l’ai|l'ia|l’ia| ia",
    "(?:fatt[oaie]|creat[oaie]|generat[oaie]|realizzat[oaie])_(?:con|da|dall[’']|tramite)_?(?:un[’'])?(?:l[’']_?)?(?:ia|ai|intelligenza_artificiale)",
  ],
  [
    ' ai|kunstmatige',
    '(?:gemaakt|gegenereerd)_(?:met|door)_(?:ai|kunstmatige_intelligentie)|(?:skapad|gjord|genererad|laget|lavet|generert|genereret)[et]?_(?:med|av|af)_ai|(?:wygenerowan[eya]|stworzon[eya]|zrobion[eya])_(?:przez|przy_pomocy|z_pomocą)_(?:ai|sztuczn\\p{L}+_inteligencj\\p{L}+)|(?:vytvořen[oaé]|vygenerován[oaé])_(?:pomocí_)?ai',
  ],
  [
    'нейросет|ии|интеллект',
    '(?:сделан[оаы]?|создан[оаы]?|сгенерирован[оаы]?|нарисован[оаы]?|озвучен[оаы]?)_(?:с_помощью_|при_помощи_)?(?:ии|нейросет\\p{L}+|искусственн\\p{L}+_интеллект\\p{L}*)|нейросеть_(?:нарисовала|создала|сгенерировала|сделала)',
  ],
  [
    'ші|штучн|нейромереж',
    '(?:створен[оаиі]|згенерован[оаиі])_(?:за_допомогою_)?(?:ші|штучн\\p{L}+_інтелект\\p{L}*|нейромереж\\p{L}+)',
  ],
  ['yapay zek|ai ile', '(?:yapay_zek[aâ]|ai)_(?:ile|tarafından)_(?:yapıl|oluşturul|üretil|çizil|hazırlan)\\p{L}+'],
  [
    'صطناعي',
    '(?:مصنوع|مصمم|إنشاؤه|انشاء|إنشاء|صنع|مولد|تصميم|رسم|صنعت|أنشئ)\\p{L}*_(?:ب|بواسطة_|باستخدام_)(?:ال)?ذكاء_(?:ال)?[اإ]صطناعي',
  ],
  ['هوش مصنوعی', '(?:ساخته|تولید|ایجاد)(?:_شده)?_(?:با|توسط)_هوش_مصنوعی|با_هوش_مصنوعی_(?:ساخته|تولید|درست)'],
  ['בינה|ai', '(?:נוצר|נעשה)\\p{L}*_(?:באמצעות|על_ידי)_(?:ai|בינה_מלאכותית)'],
  ['ai से|एआई|ai द्वारा', '(?:ai|एआई)_(?:से|द्वारा)_(?:बन|निर्मित|जनरेट)[\\p{L}\\p{M}]*'],
  [
    'dibuat|dihasilkan',
    '(?:dibuat|dihasilkan)_(?:dengan|oleh|pakai|menggunakan)_(?:bantuan_)?(?:ai|kecerdasan_buatan)',
  ],
  ['bởi ai|bằng ai|trí tuệ nhân tạo', '(?:tạo|làm|vẽ)_(?:ra_)?(?:bởi|bằng|từ)_(?:ai|trí_tuệ_nhân_tạo)'],
];

export const aiSayingsUnspaced: Sayings = [
  ['ai|เอไอ|ปัญญา', '(?:สร้าง|ทำ|วาด|เจน)(?:ขึ้น)?(?:ด้วย|โดย|จาก) ?(?:ai|เอไอ|ปัญญาประดิษฐ์)'],
  ['ai|인공지능', '(?:ai|인공지능)(?:로|으로|가|를 ?(?:이용|활용)[\\p{L}]*) ?(?:만든|만들|생성|그린|제작)|ai ?생성'],
  [
    'ai|人工知能|人工智能',
    '(?:ai|人工知能)(?:で|が|による|を使って)?(?:生成|作成|制作|描い|作っ|作りました)|(?:由|用|使用|通过)? ?ai ?(?:生成|合成|制作|製作|绘制|繪製|创作|創作|绘画|生图)|人工智能(?:生成|合成|创作)',
  ],
];
