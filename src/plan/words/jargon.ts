/**
 * Hashtags that mean something on TikTok only. Its community writes them in hope of the "For You" page; elsewhere they
 * tell readers that a post is second-hand. House rule, after lists of popular hashtags, read 2026-11.
 */
const tiktokOnly = [
  /^f+y+p+/,
  /^(the)?fory(ou|o|u)r?(p|s|age|official|l|viral|feed|challenge)*$/,
  /^(fy|4u|4you|4youpage|foru|foryour?p?|foryous?|fory|fypage|onmyfyp|goviralfyp)$/,
  /^(x+y+z+[abc]+|xyzabc|xyzcba|zyxcba|abcxyz)$/,
  /tik ?tok|tictok|titkok|抖音|틱톡|тикток|ติ๊กต๊อก|تيك_?توك|टिकटॉक/,
  /^(stitch|duet)(this|with|withme|me|ed|video|challenge)?$/,
  // Communities; not Vladivostok and Białystok.
  /^[a-z]{3,}(?<!vos|lys)tok$/,
  /^capcut|^ib_?capcut|^viacapcut/,
  // "For You" in other languages.
  /^(parati|parat[iy]+|paratipagina|pourtoi|pourtoipage|perte|pertee|neiperte|fürdich|fuerdich|voorjou|dlaciebie|senin_?için|untukmu|untukkamu|foruntukmu|рек|реки|рекомендации|врек|хочуврек|おすすめ|おすすめのりたい|おすすめにのりたい|추천|추천떠라|추천떠|فوريو|اكسبلور_فوريو|viralfyp|(ขึ้น)?(หน้า)?ฟีด[ดシ゚]*)$/,
  /^(greenscreen(video)?|blowthisup|dontletthisflop|letsblowthisup|longervideos|lipsync_?tok|tiktoker|ttshop)$/,
];

/**
 * Communities that are called after TikTok, and what the same people call it elsewhere. Others of this form
 * (`#slowtok`) are dropped.
 */
const communities: Readonly<Record<string, string>> = {
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

/** The names of platforms as hashtags. A target says which of them are its own (`ownTags`). */
const platforms =
  /^(insta|instagram|reels|instareels?|igreels?|reelsinstagram|reelsvideo|instareelsvideo|explorepage|youtube|shorts|ytshorts?|youtubeshorts?|shortsvideo|shortsfeed|shortsyoutube|youtuber|rednote|redbook|littleredbook|xiaohongshu|xhs|小红书|小紅書|lemon8\w*|lemonate|hellolemon8)$/;

/** Tags that fit any post tell nobody anything: the first to go where there is no room. */
const anyPost =
  /^(viral\w*|trend(ing|y)?\w*|explore\w*|love|instagood|like4like|likeforlike|follow\w*|f4f|l4l|video|videos|new|funny|cute|beautiful|happy|photooftheday|picoftheday|life|vibes?|mood|content|creator|contentcreator|relatable|aesthetic|keşfet\w*|اكسبلور|เปิดการมองเห็น)$/;

/** As hashtags are compared: without case and width, and without the dot that Turkish keeps on a small `İ`. */
export function foldTag(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/i\u0307/g, 'i');
}

/** As `foldTag`, and without accents and underscores: how hashtags are looked up. */
export function tagSpelling(name: string): string {
  return foldTag(name)
    .normalize('NFD')
    .replace(/[\p{M}_]/gu, '')
    .normalize('NFC');
}

export function isTikTokOnly(folded: string): boolean {
  return tiktokOnly.some((pattern) => pattern.test(folded));
}

/** The word for a community that is called after TikTok; undefined for any other tag. */
export function communityWord(folded: string): string | undefined {
  return Object.hasOwn(communities, folded) ? communities[folded] : undefined;
}

/** @param own the platform's own names, folded */
export function namesOtherPlatform(folded: string, own: readonly string[]): boolean {
  return platforms.test(folded) && !own.includes(folded);
}

export function fitsAnyPost(folded: string): boolean {
  return anyPost.test(folded);
}
