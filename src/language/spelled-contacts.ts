/**
 * Contacts in words: `maya arroba gmail punto com`, “write to me on WhatsApp”, a telephone number of words. Each pattern
 * has what makes it sure, because the same words are honest elsewhere: Portuguese `com` is “with”, Korean `골뱅이` a snail,
 * and people who write in small letters begin sentences with “me”.
 */

/** Words for `@` and `.` in which an address is dictated. */
const at = 'arroba|arobase|klammeraffe|chiocciola|at';
const dot = 'dot|punto|ponto|point|punkt|punt|nokta|titik|chấm';
const domains = 'com|net|org|info|shop|store|site|gg';
/** Not the sign, but a thing: an arroba of potatoes, a snail. */
const article =
  '(?:l[ae]|el|un[ao]?|uma|[ao]|il|the|d(?:er|ie|as|en|em|ie)|ein(?:en?|em|er)?|kein(?:en)?|est[ea]|ess[ea]|questo|quel|cada|mon|mein|mi|meu)';
const mailers = 'gmail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|yandex|naver|qq';

const spelled: readonly RegExp[] = [
  // `maya arroba gmail`; `sígueme en arroba mayaviaja`
  new RegExp(String.raw`(?<!\p{L})(?:${at})\s+(?:${mailers})(?!\p{L})`, 'iu'),
  new RegExp(
    String.raw`(?<!\p{L})(?<!(?:^|[^\p{L}])${article}['’\s]\s{0,2})(?:arroba|arobase|klammeraffe|chiocciola)\s+(?!(?:de|del|da|do|di|des?|y|e|et|und)\s)[a-z]`,
    'iu',
  ),
  // `maya at example dot com`
  new RegExp(String.raw`(?<!\p{L})(?:${at})\s+\S+\s+(?:${dot})\s+(?:${domains}|co|io|me)(?!\p{L})`, 'iu'),
  // `maya [at] example [dot] com`, `example (.) com`
  new RegExp(String.raw`[\p{L}\p{N}]\s?[([{【（]\s?(?:${at}|${dot}|[.点點。])\s?[)\]}】）]\s?[\p{L}\p{N}]`, 'iu'),
  /[a-z0-9]\s?(?:艾特|アットマーク|골뱅이)|(?:艾特|アットマーク|골뱅이)\s?(?:[a-z0-9]|지메일|네이버|ジーメール)/iu,
  /(?<!\p{L})собака\s+(?:gmail|mail|yandex|яндекс|гмаил|джимейл|мейл)|точка\s+(?:ком|ру|com|ru|net)(?!\p{L})/iu,
  // `maya punto com`. A sentence goes on behind the Portuguese “com”.
  /(?<!\p{L})(?:dot|punto|point|punkt|nokta|titik|chấm)\s?com(?!\p{L}|\s+(?:bubble|boom|crash|era))/iu,
  /(?<!\p{L})(?:ponto|punt)\s?com(?=\s*(?:$|[.,;:!?/)\n]|barra\s|ponto\s))/iu,
  new RegExp(
    String.raw`(?<!\p{L})(?<!(?:^|[^\p{L}])${article}\s{1,2})(?!${article}\s)[\p{L}\p{N}-]{1,63}\s(?:${dot})\s(?:net|org|gg)(?=\s*(?:$|[.,;:!?/)\n]))`,
    'iu',
  ),
  /(?:[点點]|ドット|닷|점)\s?com(?![a-z])|[a-z0-9]\s?(?:[点點]|ドット|닷|점)\s?(?:net|org|io|gg|cn|jp|kr)(?![a-z])|ドットコム|닷컴|ดอ[ทต]คอม|دوت\s?كوم/iu,
  // `compra . com`, `compra. com`: with two blanks there was an emoji before the full stop.
  /(?<![\p{L}\p{N}])[a-z0-9-]{2,63}(?:\s[.。．]\s?|[.。．]\s)(?:com|net|org)(?=\s*(?:$|[,;:!?/)\n]))/iu,
  /(?<![\p{L}\p{N}])[a-z0-9-]{2,63}\s[.。．]\scom(?![\p{L}\p{N}])/iu,
  /(?<![\p{L}\p{N}])[a-z0-9-]{2,63}(?:\s[.。．]\s?|[.。．]\s)(?:com|net|org|info|ly|gg|shop|store|site|co|ee)\s?\/\s?[a-z0-9]/iu,
  // `t . me/maya`, `bit . ly`
  /(?<![\p{L}\p{N}])(?:(?:t|wa|m)\s?[.。．]\s?me\s?\/|(?:bit\s?[.。．]\s?ly|linktr\s?[.。．]\s?ee|discord\s?[.。．]\s?gg|goo\s?[.。．]\s?gl|youtu\s?[.。．]\s?be)(?![\p{L}\p{N}]))/iu,
];

/** Of the original: it speaks of an address, or of the dot-com bubble. */
const mentionsAddresses = /dot[\s-]?com|punto\s?com|[点點]com|ドットコム|닷컴|дотком|互联网泡沫|網際網路泡沫/iu;

/** Programs to write to each other in, whose names lead away from the post. */
const messengers: readonly RegExp[] = [
  /(?<!\p{L})(?:what['’]?s[\s-]?app|tele[\s-]gram|wechat|telegram|kakao\s?talk|viber|zalo|snapchat|skype|onlyfans|line\s?id|w[au]t?h?sapp?|guasap)(?!\p{L})|(?<!\p{L})v\s?x\s?[:：]/iu,
  // “We chat for hours” is honest, and so is a row of discord.
  /We Chat(?!\p{L})|(?<!\p{L})(?:(?:add|my|on|via|per|por|en|mi|no|meu|auf|mein|sur|mon|su|lewat)\s+(?:me\s+on\s+|mi\s+)?)(?:we\s?chat|snap\s?chat|discord)(?!\p{L})|(?<!\p{L})(?:(?:no|pelo|meu)\s+zap|(?:chat|via|lewat|por|no)\s+WA)(?!\p{L})/u,
  /(?<![稍略些轻輕细細])微信(?!仰|念|心)|薇信|[vV]信|(?:加|我的?|联系|聯繫|搜)(?:威信|扣扣|绿泡泡|綠泡泡|[qQ][qQ])|(?:威信|扣扣|[qQ][qQ])(?:号|號|群|[:：])/u,
  // `加V`: not a neckline, not vitamin C, not a verified account.
  /加(?:我|个|個)?\s?(?:[vV]\s?[xX]|[vV薇](?![a-zA-Z领領型字形脸臉口认認]|\s?[A-Z](?![a-z]))|微(?=[信聊我：:，,。！!]|$)|[賴赖](?![\p{Script=Han}]))/u,
  /(?<![\p{Script=Katakana}ー])(?:LINE|ライン)(?:の)?ID|公式\s?(?:LINE|ライン)|テレグラム|ワッツアップ|ウィーチャット|カカオトーク/iu,
  /카톡|카카오톡|텔레그램|왓츠앱|위챗|바이버|라인\s?아이디|오픈\s?채팅/u,
  /ไลน์ไอดี|ไอดีไลน์|(?:แอด|ทัก|เพิ่ม)\s?(?:ไลน์|line)|เทเลแกรม|ว[อั][ทต](?:[สซ]์?)?์?แอ[ปพ]|วีแชท/iu,
  /وات\s?[سص]\s?[اآ]ب|(?:تي?لي?|تل)[جغ]رام|سناب\s?شات|فايبر/u,
  /(?<!\p{L})(?:(?:ватс|вотс|вац|воц)\s?апп?|телеграм(?!м)|вайбер)|(?<!\p{L})(?:в|мой|мне\s+в|наш)\s+тг(?!\p{L})/iu,
];

/** How an original says the same, in short or in an older sense: a translator may write it in full. */
const mentionsMessengers =
  /telegr|телегр|телега|电报|電報|전보|برقي|điện báo|โทรเลข|電信|(?<!\p{L})(?:wa|wsp|wpp|whats|zap|wapp?|snap|line|tg|тг|vx|wx|qq|вацап|ватс)(?!\p{L})|微信|[vV]信|ไลน์|ライン|라인|واتس|سناب/iu;

const digitWords = [
  'zero|one|two|three|four|five|six|seven|eight|nine',
  'cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve',
  'um|dois|três|quatro|sete|oito|nove',
  'zéro|un|deux|trois|quatre|cinq|sept|huit|neuf',
  'null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun',
  'due|tre|quattro|cinque|sei|sette|otto',
  'ноль|один|два|три|четыре|пять|шесть|семь|восемь|девять',
  'nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan',
  'không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín',
  'sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz',
  'صفر|واحد|اثنان|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة',
].join('|');
/** From six on it is a number that can be called. */
const spelledNumber = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${digitWords})(?!\p{L})[\s,.·-]*){6}|(?:[零〇一二三四五六七八九幺两][\s-]*){7}|(?:[공영일이삼사오육칠팔구][\s,-]*){8}|(?:(?:ศูนย์|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)[\s,-]*){6}`,
  'iu',
);

/** Letters of one script inside of a word of another, so that it looks like one that it is not. */
const disguised =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]+\p{Script=Latin}|\p{Script=Cyrillic}[a-z]\p{Script=Cyrillic}/iu;

/** As a reader sees it: full width as usual letters, `微 信` and `W h a t s A p p` without their blanks. */
function joined(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=\p{Script=Han})[\s.·*-](?=\p{Script=Han})/gu, '')
    .replace(/(?<!\p{L})(?:\p{L}[ .·*-]){4,40}\p{L}(?!\p{L})/gu, (letters) => letters.replace(/[ .·*-]/g, ''));
}

/**
 * Whether an answer has a contact in words of which the original has none.
 * @param original with all that is behind placeholders
 */
export function addsSpelledContacts(answer: string, original: string): boolean {
  const has = (patterns: readonly RegExp[], text: string) => patterns.some((each) => each.test(text));
  const isIn = (patterns: readonly RegExp[]) => has(patterns, answer) || has(patterns, joined(answer));
  if (disguised.test(answer) && !disguised.test(original)) return true;
  if (isIn(messengers) && !has(messengers, original) && !mentionsMessengers.test(original)) return true;
  if (isIn([spelledNumber]) && !spelledNumber.test(original)) return true;
  return isIn(spelled) && !has(spelled, original) && !mentionsAddresses.test(original);
}
