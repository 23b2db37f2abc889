/**
 * Hashtags with a meaning on TikTok only. People use them to reach the "For You" page; elsewhere they show that a post
 * is second-hand. House rule, from lists of popular hashtags, read 2026-11.
 */
export const tiktokOnly = [
  /^f+y+p+/,
  /^(the)?fory(ou|o|u)r?(p|s|age|official|l|viral|feed|challenge)*$/,
  /^(fy|4u|4you|4youpage|foru|foryour?p?|foryous?|fory|fypage|onmyfyp|goviralfyp)$/,
  /^(x+y+z+[abc]+|xyzabc|xyzcba|zyxcba|abcxyz)$/,
  /tik ?tok|tictok|titkok|抖音|틱톡|тикток|ติ๊กต๊อก|تيك_?توك|टिकटॉक/,
  /^(stitch|duet)(this|with|withme|me|ed|video|challenge)?$/,
  // Communities, but not Vladivostok or Białystok.
  /^[a-z]{3,}(?<!vos|lys)tok$/,
  /^capcut|^ib_?capcut|^viacapcut/,
  // "For You" in other languages.
  /^(parati|parat[iy]+|paratipagina|pourtoi|pourtoipage|perte|pertee|neiperte|fürdich|fuerdich|voorjou|dlaciebie|senin_?için|untukmu|untukkamu|foruntukmu|рек|реки|рекомендации|врек|хочуврек|おすすめ|おすすめのりたい|おすすめにのりたい|추천|추천떠라|추천떠|فوريو|اكسبلور_فوريو|viralfyp|(ขึ้น)?(หน้า)?ฟีด[ดシ゚]*)$/,
  // Hashtags to be shown, by country: addressed to its staff, its home page, its trends.
  /^(masuk_?(beranda|fyp)\w*|beranda(tiktok|fyp)?|fypdong\w*|tembusfyp\w*|naikfyp\w*|berandaku|lewatberanda|viraldong\w*)$/,
  /^(xu_?h[uư][oớ]ng\w*|l[eê]nxu_?h[uư][oớ]ng\w*|đềxuất|dexuat|lênđềxuất|viralvn)$/u,
  /^((อย่า)?(ปิด|เปิด|ปิดกั้น)การมองเห็น.*|อย่าปิดกั้น.*|(ขึ้น|ดัน|ลง)(หน้า)?ฟีด.*|(หน้า)?ฟีด[ดシ゚]*|เทรนด์?วันนี้|ดันฟีด.*|ติดเทรนด์?.*|ช่วยดัน.*)$/u,
  /^(運営さん(大好き|ありがとう|いつもありがとう|お願い|見て).*|運営(大好き|さん)|バズりたい|バズれ|伸びろ|伸びてくれ|おすすめ(のり|乗り|に).*|レコメンド|バズ(らせて|って)?)$/u,
  /^((за|по)?(лети|летай|пади|падай)?в?реки|рекомендаци[ия]?\w*|врекомендаци[ия]|хочув(топ|рек\p{L}*)|за(лети|летай)\p{L}*|залетитврек\p{L}*|попадиврек\p{L}*|втоп|реккк+|глобальныерекомендации|рекомендації|врек\p{L}*)$/u,
  /^(الشعب_?الصيني.*|مالي_?خلق_?احط_?هاشتاقات?.*|هاشتاق_?\p{L}*فوريو|فور_?يو\p{L}*|فوريوو*|اكسبلورر*|تيك_?توك.*|ترند_?تيك_?توك|fypシ.*)$/u,
  /^(p(a|á)ra_?ti(i+|pagina|página|oficial|_.*)?|paravoc[eê]\w*|vaiprafy|vaiprofy|foryoubr|fybr|praticafyp|ponmeen\w*|enlapagina\w*|sacameenparati|pourtoi+|pourtoi(fyp|page|tiktok|viral)|metsmoi\w*fyp|f[uü](e)?rdich(seite|page|fyp|foryou)\w*|perte+|nei(per)?te+|nelperte|voorjou(pagina|page)?|dlaciebie+|proteb[ea]|přoteb[ea]|dladziebie|neked|neked(page)?|pentrutine|γιασενα|γιαεσένα|senin_?i[cç]in|öneçıkar|onecikar|kesfetteyiz|fördig|fordig|tildig|sinulle|parasayo|kwako)$/u,
  /^(فالو|فور_یو|اکسپلور|اکسپلورر*|תעלו|פוריו|עבורך|(for|फॉर)_?(यू|यूपेज)|फॉरयू\p{L}*|ফরইউ\p{L}*|फॉर_?यू\p{L}*)$/u,
  /^(틱톡.*|추천(떠.*|영상|떡상)?|떡상.*|알고리즘.*추천|fyp추천)$/u,
  // Its shop and campaigns, whose names mean nothing elsewhere.
  /^(tts(delight|finds?|haul|deals?|shop|live|accelerator|fashion|beauty|\w*day)\w*|(tiktok|tt)_?shop\w*|spotlightfinds|dealsforyou(days)?|shopwithme_?tts|creatorsearchinsights\w*|csi_?incentive|longervideos|newyearnewaura|myfavthings_?tts|supersunday_?tts|payday_?tts|mallbrand\w*|tokopediaxtiktok\w*|racuntiktok|keranjangkuning|giohangtiktok|gióhàngtiktok|ตะกร้าtiktok|tiktokuni|tiktokป้ายยา)$/u,
  /^(greenscreen(video)?|blowthisup|dontletthisflop|letsblowthisup|longervideos|lipsync_?tok|tiktoker|ttshop)$/,
];

/** Communities named after TikTok, and their names elsewhere. Others of this form (`#slowtok`) are dropped. */
export const communities: Readonly<Record<string, string>> = {
  booktok: 'books',
  cleantok: 'cleaning',
  foodtok: 'food',
  cooktok: 'cooking',
  fashiontok: 'fashion',
  beautytok: 'beauty',
  makeuptok: 'makeup',
  skintok: 'skincare',
  hairtok: 'hair',
  nailtok: 'nails',
  perfumetok: 'perfume',
  gymtok: 'gym',
  fittok: 'fitness',
  runtok: 'running',
  traveltok: 'travel',
  plantok: 'planner',
  planttok: 'plants',
  gardentok: 'gardening',
  hometok: 'home',
  diytok: 'diy',
  crafttok: 'crafts',
  arttok: 'art',
  dogtok: 'dogs',
  cattok: 'cats',
  pettok: 'pets',
  momtok: 'momlife',
  dadtok: 'dadlife',
  studytok: 'study',
  techtok: 'tech',
  cartok: 'cars',
  musictok: 'music',
  moviestok: 'movies',
  filmtok: 'movies',
  gametok: 'gaming',
  moneytok: 'money',
  careertok: 'career',
  weddingtok: 'wedding',
  teachertok: 'teacher',
  coffeetok: 'coffee',
  teatok: 'tea',
  baketok: 'baking',
  dogsoftiktok: 'dogs',
  catsoftiktok: 'cats',
  petsoftiktok: 'pets',
  horsesoftiktok: 'horses',
  tiktokfood: 'food',
  tiktokfashion: 'fashion',
  tiktoktravel: 'travel',
  tiktokmademebuyit: 'favorites',
};

/** Generic hashtags that fit any post: dropped first if there is no room. */
export const anyPost =
  /^(viral\w*|trend(ing|y)?\w*|explore\w*|love|instagood|like4like|likeforlike|follow\w*|f4f|l4l|video|videos|new|funny|cute|beautiful|happy|photooftheday|picoftheday|life|vibes?|mood|content|creator|contentcreator|relatable|aesthetic|keşfet\w*|kesfet\w*)$/;
