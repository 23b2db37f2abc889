import { otherScriptDomains, topLevelDomains } from './top-level-domains.ts';

const all = new Set(topLevelDomains.split(/\s+/).filter(Boolean));

/** Top-level domains in scripts other than Latin, Cyrillic and Greek. */
export const otherScripts: readonly string[] = otherScriptDomains.split(/\s+/).filter(Boolean);

/** Whether it is a top-level domain in Latin letters, in any case. */
export function isTopLevel(label: string): boolean {
  return all.has(label.toLowerCase());
}

/** Top-level domains that are also short words or file extensions: after a missing space they begin a sentence. */
const smallWords = new Set(
  'is it me in to so no at be am do my us as la by id an we he if or se si al et ve ne de le il na sa va je ai au ma mu ni pm ps py sh so cc md rs zip mov here now how new one you get got here today ist war wow yes mm hm th st er el es em um ms mr da per uno sur tel ac ad re py pl cat ml'.split(
    ' ',
  ),
);
/** Everyday words: a domain only if something else indicates it. */
const everyday = new Set(
  'best book books buy cafe call camp care cars case cash center city coffee cool dad dance date day deal diet dog drive eat family fan farm fashion fish fit fly food football forum free fun fund game games garden gift gifts gives glass gold golf green guide guru hair health help home homes horse hot house ice joy jot kid kids kitchen land life lighting like live living loan lol love luxe luxury makeup man market me meet memorial men menu mobile moe mom money music name news open ooo party pay pet phone photo photos pics pictures pink pizza place play plus poker pub quest racing red rent repair report rest review reviews rich rip rocks room rugby run safe sale save school science search sex show silk singles ski skin sky smile social song soy space star stream study style sucks support surf talk tax taxi tea team tennis theater tickets tips tires top tours town toys trade training travel trust tube vacations vet video vip vision vote voyage watch weather wed wedding weibo win wine work works world yoga zero zone author band bar beauty beer bet bike black blue boo boutique build business camera career cheap click clothing coach college community computer construction cooking country courses cricket crs dating design diamonds digital direct dish download earth education energy exchange express fail faith final fire fitness flights florist flowers food foo frontier fyi gal gallery gop got gripe group hiking hockey holiday homegoods hospital hosting itv jetzt juegos lifestyle lighting limo link map maison management mattel media moda monster motorcycles movie ninja navy organic origins page partners parts party passagens photography piano pin plumbing prime productions promo properties protection racing read recipes rehab restaurant sarl secure select sew shia shoes shopping shouji site skin soccer sport spot store storage studio systems tatar tattoo thai tienda tools total tours trading tunes university uno ventures versicherung villas vodka wang wiki winners wtf yachts you zuerich bharti ar it at es be ch fi no dk ie za th id pk lt lv ee si sk hr rs bg ge az sa ae eg ke gh to tv co cl pe ec cr do gt hn pa py uy bo ve'.split(
    ' ',
  ),
);
/** Everyday words that are more often domains. */
const usual = new Set(
  'shop store online site app blog club link bio studio design art photography co tv at ch no dk ie es it be fi gallery boutique agency media page world'.split(
    ' ',
  ),
);

/** Extensions of files: only a path shows that it is a domain. */
const ofFiles = new Set('py sh md rs zip mov ps cc pl'.split(' '));

const pointers =
  /(?:[:：→⇒➜👉👇🔗🌐🛒🛍📩💻|([（【«“"'‘]\uFE0F?|(?<!\p{L})(?:at|on|via|visit|see|from|web|website|site|page|shop|store|link|url|www|auf|bei|unter|über|en|sur|chez|su|da|em|no|na|op|på|w|pod|на|у|по|di|ke|từ|tại|ở|على|في|در|का|में|https?))[^\S\n]{0,2}$/iu;

/**
 * Whether something that looks like a domain is one: `brotzeit-kiez.berlin`, `küche.at/rezepte`; not `love it.so good`,
 * `node.js`, `readme.md`.
 * @param link the candidate with its path
 * @param before the text before it
 * @param after the text after it
 */
export function isDomain(link: string, before: string, after: string): boolean {
  const host = /^[^/?#]*/.exec(link)?.[0] ?? '';
  const hasPath = /^\/[\p{L}\p{N}@_~%-]/u.test(link.slice(host.length));
  const labels = host.toLowerCase().split('.');
  const top = labels.at(-1) ?? '';
  const name = labels.at(-2) ?? '';
  if (!all.has(top) && !/^xn--[a-z0-9-]+$/.test(top)) return false;
  if (!/[\p{L}]/u.test(name) && !hasPath) return false;
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) return false;
  const isSmall = smallWords.has(top);
  const isEveryday = everyday.has(top) && !usual.has(top);
  if (!isSmall && !isEveryday) return true;
  if (name.length < 2 && !hasPath) return false;
  const isFormed = hasPath || /[-\d]/.test(name) || labels.length > 2 || pointers.test(before);
  if (isFormed) return hasPath || !ofFiles.has(top);
  // A domain usually ends a phrase; a sentence after a missing space continues.
  return !isSmall && !/^[^\S\n]*[\p{L}\p{N}]/u.test(after);
}
