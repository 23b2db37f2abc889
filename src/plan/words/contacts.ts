import type { ContactKind } from '../../targets/target.ts';
import { otherScripts } from './domains.ts';

/** Top-level domains in the spelled-out forms of an address. */
const tops =
  'com|net|org|info|biz|edu|gov|app|shop|store|online|site|xyz|dev|blog|club|link|bio|gg|ly|ee|eu|uk|de|fr|nl|pl|pt|ru|cn|jp|kr|hk|tw|br|mx|tr|nz|ch|cz|gr|hu|ro|ua|vn|ph|sg';
const domain = String.raw`(?:[A-Za-z0-9-]{1,63}\.){1,8}`;
/** Letters of scripts with spaces between words, so that a name ends where a Chinese or Thai word begins. */
const letter = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\d-`;
const hostname = String.raw`(?!\p{M})(?:[${letter}]{1,63}\.){1,8}[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}][${letter}]{1,62}`;
const address = String.raw`[^\s<>"“”„«»‘’\x60{}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Extended_Pictographic}，。、！？；：…（）【】《》「」『』]`;

/** `https` and `http` also match directly after a letter, because people forget the space. */
export const webAddress = String.raw`https?:\/\/(?=[\p{L}\p{N}[])${address}+`;

/** Top-level domains after names in other scripts. */
const ofForeignNames =
  'com|net|org|jp|cn|kr|tw|hk|th|in|ae|sa|il|shop|store|site|online|info|biz|xyz|club|top|vip|tokyo|app|blog';

const links = [
  String.raw`(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/|[wW]{3}\.)(?=[\p{L}\p{N}[])${address}+`,
  // isDomain in domains.ts checks whether the end is a top-level domain.
  String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}@＠._/-])${hostname}(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}@＠-])(?:[/?#]${address}*)?`,
  String.raw`(?<![\p{L}\p{N}@＠._/-])(?!\p{M})[\p{L}\p{M}\d-]{2,63}\.(?:${otherScripts.join('|')})(?![\p{L}\p{N}])(?:\/${address}*)?`,
  // A domain name in another script. If a sentence precedes it without a space, the two cannot be separated.
  String.raw`(?<![\p{L}\p{N}\p{M}@＠._/-])(?=[^\s.]{0,20}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}])(?!\p{M})[\p{L}\p{M}\d-]{2,20}\.(?:${ofForeignNames})(?![\p{L}\p{N}])(?:\/${address}*)?`,
  // Matches `maya dot com`, `maya(dot)com`; not `the dot com bubble`, `polka dot shop`.
  String.raw`(?<![\p{L}\p{N}@＠._/-])(?!(?:the|an?|that|this|polka|every|each|of|in|and|or|to|for|big|red|blue|black|white|green|yellow|pink)[ \t])[A-Za-z0-9-]{2,63}(?:[ \t]?[([{（【][ \t]?(?:dot|\.)[ \t]?[)\]}）】][ \t]?|[ \t]dot[ \t])(?:com|net|org|co\.uk|io|de|fr|es|it|nl|jp|kr|cn|br|shop|store)(?![\p{L}\p{N}])(?![ \t](?:bubble|era|boom|crash|company|companies|millionaire))(?:\/${address}*)?`,
] as const;

const local = '(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}';
const spelledAt = String.raw`[ \t]?(?:[([{<（【][ \t]?(?:at|a|@)[ \t]?[)\]}>）】]|艾特)[ \t]?`;
const spelledDot = String.raw`(?:[ \t]?[([{（【][ \t]?(?:dot|\.)[ \t]?[)\]}）】][ \t]?|[ \t]dot[ \t])`;
const mailers =
  'gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|proton(?:mail)?|gmx|web|mail|yandex|qq|163|126|foxmail|naver';

const email = `${local}[@＠]${domain}[A-Za-z]{2,24}(?![A-Za-z0-9])`;
/** Common obfuscations of an e-mail address: `maya (at) gmail.com`, `maya at gmail dot com`. */
const spelledEmails = [
  String.raw`${local}${spelledAt}[A-Za-z0-9-]{1,63}(?:(?:${spelledDot}|\.)[A-Za-z0-9-]{1,24}){1,4}(?![A-Za-z0-9])`,
  String.raw`${local}[ \t]at[ \t][A-Za-z0-9-]{1,63}(?:${spelledDot}[A-Za-z0-9-]{1,24}){0,3}${spelledDot}(?:${tops})(?![A-Za-z0-9])`,
  String.raw`${local}[ \t](?:at[ \t]|[@＠][ \t]?)(?:${mailers})\.[a-z]{2,3}(?![A-Za-z0-9])`,
  // `maya [at] gmail`, with an implied `.com`.
  String.raw`${local}${spelledAt}(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|proton(?:mail)?|gmx|qq|naver|yandex)(?![A-Za-z0-9.])`,
];

/**
 * A name of plain letters looks like a sentence, so the text after it decides: `wechat: hello from Shanghai` and `IG:
 * the place to be` are sentences. A digit or punctuation mark inside occurs in names only.
 */
const aloneOrListed = String.raw`(?![\w.@＠-])(?![ \t]{1,3}(?!(?:and|or|for|if|y|o|und|oder|et|ou)\b)[A-Za-z])`;
const oddName = String.raw`(?=[A-Za-z-]{0,30}(?:[\d_]|\.[A-Za-z0-9]))[A-Za-z0-9_][\w.-]`;
const colon = String.raw`[ \t]{0,2}[:：=]{1,2}[ \t]{0,2}`;
const toHandle = String.raw`(?:${colon}|[ \t]{1,2}(?:is|as|es|ist|est|é)[ \t]{1,2}|[ \t]{0,2}[-–—→➡>|]\uFE0F?[ \t]{0,2}|[ \t]{0,2})[@＠][ \t]?[A-Za-z0-9_][\w.-]{1,30}`;
const start = String.raw`(?<![\p{L}\p{N}#＃@＠_./])`;

const messengers = 'whats ?app|we ?chat(?: ?id)?|weixin|telegram|kakao(?: ?talk)?(?: ?id)?|line ?id|skype|viber|zalo';
const messengersOfChina = '微信号?|威信|薇信|[vV]信|加[vVＶ微薇]|扣扣|企鹅号?|卫星号|绿泡泡';
const messengersElsewhere =
  '카톡|카카오톡|(?:แอด|ทัก)?ไลน์(?:ไอดี)?|واتساب|واتس‌?اپ|تيليجرام|تلجرام|تلغرام|تلگرام|ватсап|вотсап|телеграмм?|тг|вайбер';
/** Obfuscations of WeChat against filters: 薇❤, ➕V. */
const disguised = String.raw`(?:[薇威微徽][\u2764\u2665\u{1F493}-\u{1F49F}\u{1F9E1}\u{1FA77}信芯心星]|v[\u2764\u2665\u{1F49A}]|[➕＋+][薇威微徽v])\uFE0F?号?`;
const chats = [
  `${start}(?:${messengers}|tele|tg|line|signal|wa)${toHandle}`,
  String.raw`${start}(?:${messengers})${colon}\+?(?:${oddName}{3,30}|[A-Za-z]{6,30}${aloneOrListed})`,
  String.raw`${start}(?:${messengers})[ \t]{1,2}(?:is[ \t]{1,2})?(?=[A-Za-z])${oddName}{3,30}`,
  String.raw`(?<![A-Za-z])(?:${messengersOfChina})[ \t:：＠@是]{0,4}[A-Za-z0-9][\w-]{4,30}`,
  String.raw`(?<!\p{L}|ไ)(?:${messengersElsewhere})[ \t:：]{0,4}(?:[@＠]|(?=[A-Za-z_.-]{0,30}[\d_]|[A-Za-z]{5}))[A-Za-z0-9_][\w.-]{3,30}`,
  // After a verb, without a space.
  String.raw`(?:แอด|ทัก)(?:ไลน์|ไอจี)(?:ไอดี)?[ \t:：]{0,4}[@＠]?(?=[A-Za-z_.-]{0,30}[\d_]|[A-Za-z]{5})[A-Za-z0-9_][\w.-]{3,30}`,
  String.raw`(?<![A-Za-z])${disguised}[ \t:：＠@]{0,4}[A-Za-z0-9][\w-]{4,30}`,
  String.raw`(?<![\p{L}\p{N}])[v薇威徽]${colon}(?=[A-Za-z_-]{0,30}\d)[A-Za-z0-9][\w-]{4,30}(?![\w-]|[ \t]{1,3}[A-Za-z])`,
  String.raw`(?<![A-Za-z])(?:[vw]x|qq群?)(?:[ \t]{0,2}[:：＠@]{1,2}[ \t]{0,2}|[ \t]{0,2}(?=[A-Za-z_-]{0,30}\d))[A-Za-z0-9][\w-]{4,30}`,
];

const networks =
  'insta(?:gram)?|ig|ins|snap(?:chat)?|tik ?tok|you ?tube|facebook|fb|twitter|threads|discord|pinterest|twitch';
const networksOfChina = '微博|抖音号?|快手号?|公众号|b站|小红书号?|小紅書|インスタ(?:グラム)?|ツイッター';
const networksElsewhere =
  '인스타(?:그램)?|ไอจี|انستا(?:قرام|غرام|جرام)?|اینستا(?:گرام)?|سناب(?:شات)?|инст[аеу]?|инстаграмм?';
const handles = [
  // `Ana x @maya` is a collaboration, not an X handle.
  String.raw`${start}(?:my[ \t])?(?:(?:(?:${networks}|tt|yt|fb|x|小红书|小紅書|rednote|lemon8)[ \t]?[/&+|][ \t]?){0,3}(?:${networks}|tt|yt|sc)${toHandle}|x${colon}[@＠][ \t]?[A-Za-z0-9_][\w.-]{1,30})`,
  `${start}(?:${networks}|yt|tt)${colon}(?:${oddName}{2,30}|[A-Za-z]{3,30}${aloneOrListed})`,
  // `Insta is maya_b`, `mein Insta heißt maya_b`
  String.raw`${start}(?:my[ \t])?(?:${networks}|tt|yt)(?:[ \t]{1,2}(?:account|handle|name|user(?:name)?|page|profile|acc|konto|cuenta|conta|compte|profil))?[ \t]{1,2}(?:is|ist|heißt|es|est|è|é|jest|to|:)[ \t]{1,2}${oddName}{2,30}`,
  String.raw`${start}(?:find|follow|add|dm)[ \t]me[ \t]on[ \t](?:${networks})[ \t]{0,2}(?:at|as|:|-|–|→)?[ \t]{0,2}[@＠]?${oddName}{2,30}`,
  String.raw`(?<!\p{L})(?:${networksElsewhere})[ \t:：]{0,4}[@＠]?[A-Za-z0-9_][\w.-]{3,30}`,
  String.raw`(?:${networksOfChina})[ \t:：＠@]{1,4}[A-Za-z0-9][\w.-]{3,30}`,
  String.raw`(?<![A-Za-z0-9._%+@＠-])[@＠][A-Za-z0-9_][\w.]{1,30}(?:[ \t]{1,2}(?:on|en|auf|sur|no|su|di|op|på|na|в|di)[ \t]{1,2}(?:my[ \t]|the[ \t])?(?:${networks})(?![\p{L}\p{N}])|[ \t]{0,2}[([（【](?:on[ \t])?(?:${networks}|tt|yt)[)\]）】]|[ \t]{0,2}[-–|/][ \t]{0,2}(?:${networks})(?![\p{L}\p{N}]))`,
];

const callers =
  't[eé]l|t[eé]l[eé]phone?|tel[eé]fono|telefone?|phone|mobile|call(?: me)?|llama(?:me)?|ligue|ruf|whats(?: ?app)?|zap|wa|тел|телефон|هاتف|واتساب|โทร|เบอร์|전화|연락처|电话|手机号?|联系方式';
const toNumber = String.raw`(?:[ \t](?:al|no|at|on|au|auf|is|nr|me)\b)?[.:： \t]{0,3}`;
const digits = String.raw`\d(?:[ \t().-]{0,2}\d)`;
/** Counting words after a long number: 13800138000 次 is a count, not a telephone number. */
const counted =
  '次|[个個]|件|人|名|位|元|[块塊]|[万萬]|[亿億]|步|粉|播放|[浏瀏][览覽]|[点點]?[赞讚]|天|米|公里|views?|likes?|follow|steps?|times|people|downloads?|回|円|원|명|번|회';
/** The cheap lookahead comes before the expensive lookbehind. */
const phones = [
  String.raw`(?=[tpmclrwzтهوโเ전연电手联])(?<![\p{L}\p{N}])(?:${callers})${toNumber}[+(]?${digits}{5,14}(?!\p{N})`,
  String.raw`(?=[\d+(])(?<![\p{N}+])\+${digits}{7,14}(?!\p{N})`,
  String.raw`(?=[\d+(])(?<![\p{N}.,+])1[3-9]\d(?:[ -]?\d{4}){2}(?!\p{N})(?!\s?(?:${counted}))`,
  // No North American area code begins with 0 or 1: 100-200-3000 is something else.
  String.raw`(?=[\d+(])(?<![\p{N}.,+-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-.])\d{3}[-.]\d{4}(?![\p{N}-])`,
  String.raw`(?=[\d+(])(?<![\p{N}.,+-])0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}(?![\p{N}-])`,
  String.raw`(?=[\d+(])(?<![\p{N}.,:/+-])0\d(?:[ .-]\d{2}){4}(?![\p{N}.-]\d|\d)`,
  String.raw`(?=[\d+(])(?<![\p{N}.,:/+-])(?:0\d{9,10}|0\d{3} \d{3} \d{2} \d{2}|\(\d{2}\) ?\d{4,5}-\d{4})(?![\p{N}-])`,
];

const labelWords = [
  ...['app', 'chat', 'weixin', 'tele', 'talk', 'kakao', 'line', 'skype', 'viber', 'zalo', 'signal', 'vx', 'wx', 'qq'],
  ...[
    '카톡',
    '카카오',
    'ไลน์',
    'واتساب',
    'تيليجرام',
    'تلجرام',
    'تلغرام',
    'تلگرام',
    'واتس',
    'اینستا',
    'インスタ',
    'ツイッター',
    '小红书',
    '小紅書',
    'ватсап',
    'вотсап',
    'телеграм',
    'тг',
    'вайбер',
  ],
  ...['인스타', 'ไอจี', 'انستا', 'سناب', 'инст'],
  ...[
    'insta',
    'snap',
    'tik',
    'tube',
    'book',
    'twit',
    'threads',
    'discord',
    'pinterest',
    ' dot ',
    'dot)',
    'dot]',
    '(.)',
    '[.]',
    '艾特',
    'at gm',
  ],
  ...[...'微威薇徽扣企绿卫抖快公➕＋'],
];
const shortLabels = /\b(?:ig|ins|wa|tg|tt|yt|sc|fb|[vx][ \t]{0,2}[:：=])|v[信❤♥\ud83d]|b站|\+v/;
/** A domain in a script of its own may follow. */
const otherDomain = /[^\u0000-\u052f]\.(?:[^\u0000-\u052f]|[a-z]{2,6}(?![a-z]))/;
const spelledSigns =
  /[([{<（【][ \t]?(?:at?|@)[ \t]?[)\]}>）】]|[ \t](?:at[ \t]|[@＠][ \t]?)(?:gm|goog|hot|out|live|msn|y|icl|aol|pro|web|mail|qq|1|fox|nav)/;

/** Whether a text may contain anything that `labelled` matches: a fast check for the cost of one pattern. */
export function mayHoldLabels(text: string): boolean {
  const small = text.toLowerCase();
  return (
    labelWords.some((word) => small.includes(word)) ||
    shortLabels.test(small) ||
    spelledSigns.test(small) ||
    otherDomain.test(small)
  );
}

type Patterns = readonly (readonly [ContactKind, string])[];

/**
 * Contacts outside the platform, as patterns with the flags `iu`. A pattern that matches a part of a longer contact
 * comes after the pattern for the longer one. Each pattern has an anchor or guard, so that no text causes slow
 * backtracking.
 */
export const addresses: Patterns = [
  ['link', links[0]],
  ['email', email],
  ['link', links[1]],
];

/** Contacts recognised by a label. Try these before `addresses`. */
export const labelled: Patterns = [
  ...spelledEmails.map((pattern) => ['email', pattern] as const),
  ...chats.map((pattern) => ['messenger', pattern] as const),
  ...handles.map((pattern) => ['handle', pattern] as const),
  ['link', links[2]],
  ['link', links[3]],
  ['link', links[4]],
];

export const phoneNumbers: Patterns = phones.map((pattern) => ['phone', pattern] as const);
