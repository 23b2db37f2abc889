/**
 * Who can view a post, in the words of the TikTok app's own privacy menu: English in JSON exports (2025), the account's
 * language in TXT exports. Gathered from the app's menus and help pages, 2026-11. One language a line; alternatives
 * (older wordings, regional and gendered forms) are separated by `|`.
 *
 * A word belongs in the first column only if it means "everyone" and nothing else in every language: an unlisted word
 * only holds a post back, but a wrong word in this column publishes it.
 */
export const audienceWords: readonly (readonly [everyone: string, friends: string, onlyMe: string])[] = [
  /* en */ [
    'everyone|public|anyone',
    'friends|followers|followers that you follow back|followers you follow back|mutual friends',
    'only you|only me|private|just me|just you|no one|nobody',
  ],
  /* es */ [
    'todos|todo el mundo|todas las personas|cualquiera|cualquier persona|todos los usuarios|público',
    'amigos|seguidores|seguidores a los que sigues',
    'solo tú|solo yo|sólo tú|sólo yo|solo tu|únicamente tú|privado|nadie',
  ],
  /* pt */ [
    'todos|todo mundo|toda a gente|qualquer pessoa|qualquer um|todos os usuários|todos os utilizadores|todas as pessoas|público',
    'amigos|seguidores|seguidores que você segue de volta',
    'somente você|só você|apenas você|somente eu|só eu|apenas eu|só tu|apenas tu|somente tu|privado|ninguém',
  ],
  /* fr */ [
    'tout le monde|tous|n’importe qui|tous les utilisateurs|public',
    'amis|ami(e)s|amis (abonnés que vous suivez)|abonnés|followers',
    'toi uniquement|vous uniquement|moi uniquement|uniquement toi|uniquement vous|uniquement moi|vous seul|toi seul|moi seul|seulement moi|seulement vous|seulement toi|privé|personne',
  ],
  /* de */ [
    'alle|jeder|jede person|alle personen|alle nutzer|für alle|jedermann|öffentlich',
    'freunde|freund*innen|follower|freunde (follower, denen du folgst)',
    'nur du|nur ich|nur sie|nur für dich|nur für mich|privat|niemand',
  ],
  /* it */ [
    'tutti|chiunque|tutti gli utenti|pubblico',
    'amici|follower',
    'solo tu|solo io|solo te|solo a te|soltanto tu|privato|nessuno',
  ],
  /* nl */ ['iedereen|openbaar', 'vrienden|volgers', 'alleen jij|alleen ik|alleen jijzelf|privé|niemand'],
  /* sv */ ['alla|offentlig', 'vänner|följare', 'endast du|bara du|endast jag|bara jag|privat|ingen'],
  /* nb, nn */ [
    'alle|offentlig',
    'venner|vener|følgere',
    'bare du|kun du|bare deg|kun deg|bare meg|kun meg|privat|ingen',
  ],
  /* da */ ['alle|offentlig', 'venner|følgere', 'kun dig|kun mig|kun du|bare dig|bare mig|privat|ingen'],
  /* fi */ ['kaikki|julkinen', 'kaverit|ystävät|seuraajat', 'vain sinä|vain minä|yksityinen|ei kukaan'],
  /* is */ ['allir', 'vinir|fylgjendur', 'aðeins þú|bara þú|aðeins ég|bara ég'],
  /* pl */ [
    'wszyscy|każdy|dla wszystkich|publicznie|publiczne',
    'znajomi|przyjaciele|obserwujący',
    'tylko ty|tylko ja|prywatne|prywatny|nikt',
  ],
  /* cs */ [
    'všichni|kdokoli|kdokoliv|veřejné',
    'přátelé|sledující',
    'jenom vy|jen vy|pouze vy|jen ty|pouze ty|jenom ty|jen já|pouze já|soukromé|nikdo',
  ],
  /* sk */ [
    'všetci|ktokoľvek|verejné',
    'priatelia|sledovatelia',
    'iba vy|len vy|iba ty|len ty|iba ja|len ja|súkromné|nikto',
  ],
  /* sl */ ['vsi|javno', 'prijatelji|sledilci', 'samo ti|samo vi|samo jaz|zasebno|nihče'],
  /* hr, bs, sr */ [
    'svi|svatko|javno|сви|јавно',
    'prijatelji|pratitelji|пријатељи|пратиоци',
    'samo ti|samo vi|samo ja|privatno|nitko|niko|само ти|само ви|само ја|приватно|нико',
  ],
  /* mk */ ['сите|јавно', 'пријатели|следбеници', 'само ти|само вие|само јас|приватно'],
  /* hu */ ['mindenki|bárki|nyilvános', 'barátok|ismerősök|követők', 'csak te|csak ön|csak én|csak neked|privát|senki'],
  /* ro */ [
    'toată lumea|toți|oricine|public',
    'prieteni|urmăritori',
    'doar tu|doar eu|numai tu|numai eu|doar dvs|doar dumneavoastră|privat|nimeni',
  ],
  /* el */ ['όλοι|οι πάντες|δημόσιο', 'φίλοι|ακόλουθοι', 'μόνο εσείς|μόνο εσύ|μόνο εγώ|ιδιωτικό|κανείς|κανένας'],
  /* tr */ [
    'herkes|herkese açık|herkes görebilir|tüm kullanıcılar',
    'arkadaşlar|arkadaşların|takipçiler',
    'yalnızca sen|sadece sen|yalnızca siz|sadece siz|yalnızca ben|sadece ben|gizli|özel|hiç kimse|kimse',
  ],
  /* az */ ['hamı|hər kəs', 'dostlar|izləyicilər', 'yalnız siz|yalnız sən|yalnız mən|şəxsi'],
  /* uz */ ['hamma', 'doʻstlar|do‘stlar|obunachilar', 'faqat siz|faqat sen|faqat men'],
  /* kk */ ['барлығы|барлық адам|бәрі', 'достар|жазылушылар', 'тек сіз|тек сен|тек мен|тек өзіңіз'],
  /* ru */ [
    'все|всем|все пользователи|открытый доступ|публично|общедоступно|для всех',
    'друзья|подписчики|для друзей',
    'только вы|только ты|только я|только для вас|только для меня|приватно|никто|личное',
  ],
  /* uk */ [
    'усі|всі|будь-хто|загальнодоступно',
    'друзі|підписники|читачі',
    'тільки ви|лише ви|тільки ти|лише ти|тільки я|лише я|приватно|ніхто',
  ],
  /* bg */ ['всички|публично', 'приятели|последователи', 'само вие|само ти|само аз|частно|никой'],
  /* lt */ ['visi|viešai', 'draugai|sekėjai', 'tik jūs|tik tu|tik aš|privatu|niekas'],
  /* lv */ ['visi|ikviens|publiski', 'draugi|sekotāji', 'tikai jūs|tikai tu|tikai es|privāti|neviens'],
  /* et */ ['kõik|avalik', 'sõbrad|jälgijad', 'ainult sina|ainult teie|ainult mina|privaatne'],
  /* ca */ ['tothom|públic', 'amics|seguidors', 'només tu|només jo|privat|ningú'],
  /* gl, eu */ [
    'calquera persoa|todo o mundo|edonor|guztiak',
    'amizades|lagunak|jarraitzaileak',
    'só ti|só eu|zuk bakarrik|zu bakarrik|nik bakarrik',
  ],
  /* ga, cy */ [
    'gach duine|pawb',
    'cairde|ffrindiau',
    'tusa amháin|tú féin amháin|mise amháin|chi yn unig|ti yn unig|dim ond chi|dim ond fi',
  ],
  /* sq */ ['të gjithë|kushdo', 'miqtë|shokët|ndjekësit', 'vetëm ti|vetëm ju|vetëm unë'],
  /* id */ [
    'semua orang|setiap orang|semua|semua pengguna|publik',
    'teman|pengikut',
    'hanya anda|hanya kamu|hanya saya|hanya aku|pribadi|tidak seorang pun|tidak ada',
  ],
  /* ms */ [
    'semua orang|sesiapa sahaja|umum',
    'rakan|kawan|pengikut',
    'anda sahaja|hanya anda|saya sahaja|hanya saya|peribadi|tiada sesiapa',
  ],
  /* jv */ ['kabeh wong|kabèh wong', 'kanca|pandherek', 'mung sampeyan|mung aku'],
  /* fil, ceb */ [
    'lahat|sinuman|tanan|bisan kinsa',
    'mga kaibigan|kaibigan|mga follower|mga higala',
    'ikaw lang|ako lang|ikaw lamang|ako lamang|ikaw ra|ako ra|pribado|walang sinuman',
  ],
  /* vi */ [
    'mọi người|tất cả mọi người|tất cả|bất kỳ ai|công khai',
    'bạn bè|người theo dõi|follower',
    'chỉ mình bạn|chỉ bạn|chỉ mình tôi|chỉ tôi|riêng tư|không ai',
  ],
  /* sw */ ['kila mtu|watu wote', 'marafiki|wafuasi', 'wewe tu|wewe pekee|mimi tu|mimi pekee'],
  /* ja */ [
    '全員|誰でも|すべてのユーザー|全てのユーザー|すべての人|全ての人|だれでも|みんな|全体公開|全体に公開|公開',
    '友達|友だち|フォロワー|友達のみ|友だちのみ|フォロワーのみ',
    '自分のみ|あなたのみ|自分だけ|あなただけ|本人のみ|非公開',
  ],
  /* ko */ [
    '모든 사람|모두|전체|전체 공개|전체공개|모든사람|모든 사용자|누구나',
    '친구|친구만|팔로워|팔로워만|서로 팔로우한 친구',
    '나만|나만 보기|본인만|회원님만|나에게만|비공개',
  ],
  /* zh-Hans */ [
    '所有人|任何人|公开|每个人|公开可见|所有人可见',
    '好友|朋友|互关好友|互相关注|粉丝|好友可见|粉丝可见',
    '仅自己|只有自己|仅自己可见|仅限自己|仅限你自己|仅限您自己|仅你|仅您|只有你|只有您|只有我|仅我|仅限我|私密',
  ],
  /* zh-Hant */ [
    '所有人|任何人|每個人|公開|大家|公開可見|所有人可見',
    '好友|朋友|互相關注|互相追蹤|粉絲|追蹤者|好友可見|粉絲可見',
    '僅自己|只有自己|僅自己可見|僅限自己|僅限你自己|僅限您自己|僅限你|僅限您|僅你|僅您|只有你|只有您|只有我|僅限我|僅限本人|私密',
  ],
  /* th */ ['ทุกคน|สาธารณะ', 'เพื่อน|ผู้ติดตาม', 'เฉพาะคุณ|คุณเท่านั้น|แค่คุณ|เฉพาะฉัน|ฉันเท่านั้น|ส่วนตัว|ไม่มีใคร'],
  /* km, lo, my */ [
    'អ្នករាល់គ្នា|មនុស្សគ្រប់គ្នា|ທຸກຄົນ|လူတိုင်း|အားလုံး',
    'មិត្តភក្តិ|មិត្ត|ໝູ່|ໝູ່ເພື່ອນ|သူငယ်ချင်းများ',
    'តែអ្នក|អ្នកតែម្នាក់|សម្រាប់តែអ្នក|ສະເພາະທ່ານ|ທ່ານເທົ່ານັ້ນ|သင်သာ|သင်တစ်ဦးတည်း|သင်သာလျှင်',
  ],
  /* ar */ [
    'الجميع|الكل|كل شخص|جميع المستخدمين|أي شخص|عام|للجميع',
    'الأصدقاء|أصدقاء|أصدقاؤك|المتابعون|المتابعين|للأصدقاء',
    'أنت فقط|انت فقط|أنا فقط|انا فقط|لك فقط|خاص|لا أحد|فقط أنت|فقط أنا',
  ],
  /* fa */ [
    'همه|همگان|عمومی|هر کسی',
    'دوستان|دنبال‌کنندگان|دنبال کنندگان',
    'فقط شما|فقط تو|فقط من|تنها شما|خصوصی|هیچ‌کس',
  ],
  /* ur */ ['سبھی|ہر کوئی|سب|عوامی', 'دوست|دوستوں|فالوورز', 'صرف آپ|صرف میں|نجی|کوئی نہیں'],
  /* he */ ['כולם|כל אחד|ציבורי', 'חברים|עוקבים', 'רק את/ה|רק אתה|רק את|רק אתם|רק אני|פרטי|אף אחד'],
  /* hi */ [
    'सभी|सब लोग|सभी लोग|हर कोई|हर कोई व्यक्ति|सार्वजनिक',
    'दोस्त|मित्र|फ़ॉलोअर|फ़ॉलोअर्स|फॉलोअर्स',
    'केवल आप|सिर्फ़ आप|सिर्फ आप|केवल मैं|सिर्फ़ मैं|सिर्फ मैं|निजी|कोई नहीं',
  ],
  /* mr, gu, pa */ [
    'प्रत्येकजण|सर्वजण|દરેક જણ|દરેક વ્યક્તિ|ਹਰ ਕੋਈ|ਸਾਰੇ',
    'मित्र|મિત્રો|ਦੋਸਤ',
    'फक्त तुम्ही|फक्त मी|માત્ર તમે|ફક્ત તમે|માત્ર હું|ਸਿਰਫ਼ ਤੁਸੀਂ|ਸਿਰਫ਼ ਮੈਂ',
  ],
  /* bn */ [
    'সবাই|সকলে|প্রত্যেকে|সর্বজনীন',
    'বন্ধু|বন্ধুরা|বন্ধুগণ|অনুসরণকারীরা',
    'শুধু আপনি|শুধুমাত্র আপনি|কেবল আপনি|শুধু আমি|শুধুমাত্র আমি|ব্যক্তিগত',
  ],
  /* ta */ ['அனைவரும்|எல்லோரும்|எவரும்', 'நண்பர்கள்|பின்தொடர்பவர்கள்', 'நீங்கள் மட்டும்|நான் மட்டும்'],
  /* te */ ['అందరూ|ప్రతి ఒక్కరూ', 'స్నేహితులు|అనుచరులు', 'మీరు మాత్రమే|నేను మాత్రమే'],
  /* kn, ml, si, ne */ [
    'ಎಲ್ಲರೂ|എല്ലാവരും|සැමට|සියල්ලන්ම|सबैजना|सबै जना',
    'ಸ್ನೇಹಿತರು|സുഹൃത്തുക്കൾ|മിത്രങ്ങൾ|මිතුරන්|साथीहरू',
    'ನೀವು ಮಾತ್ರ|ನಾನು ಮಾತ್ರ|നിങ്ങൾ മാത്രം|ഞാൻ മാത്രം|ඔබ පමණි|ඔබ පමණයි|तपाईं मात्र|म मात्र',
  ],
  /* ka, hy */ [
    'ყველა|ნებისმიერი|բոլորը|բոլորին',
    'მეგობრები|მიმდევრები|ընկերները|ընկերներ',
    'მხოლოდ თქვენ|მხოლოდ შენ|მხოლოდ მე|միայն դուք|միայն դու|միայն ես',
  ],
  /* am */ ['ሁሉም ሰው|ሁሉም', 'ጓደኞች', 'እርስዎ ብቻ|አንተ ብቻ|እኔ ብቻ'],
  /* af, zu */ ['almal|wonke umuntu', 'vriende|volgelinge|abangani', 'net jy|net ek|wena kuphela|mina kuphela'],
];
