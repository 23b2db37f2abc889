import { namesOtherPlatform } from '../../targets/index.ts';
import { communityWord, fitsAnyPost, foldTag, isTikTokOnly } from '../../targets/tiktok-jargon.ts';
import { brandOfTag, disclosedByTag, type Language } from './disclosures.ts';
import { plainLetters } from './letters.ts';

/** Words that occur in hashtags. */
const words = new Set(
  `a about after all and animal anniversary apartment apple art asia at autumn baby back bag bake baking bath beach beauty bed best big bike birthday black blue boat body book books box boy bread breakfast bride budget build burger business by cafe cake camp camping candle car care cat cats chair challenge check cheese chef chicken child chocolate christmas city clean cleaning clothes club coast coffee cold color comedy cook cooking cookie couple craft crochet cup curly cute cycling dad daily dance date day days decor design desk dessert diary diet dinner diy dog dogs dress drink drive easy eat edit egg epic evening every exam eye face fall family farm fashion fast father fish fit fitness flat flight floor flower flowers food foods for forest free friend friends fruit fun funny game games garden gift girl girls glow gold good grand green guide guitar gym hack hacks hair hand hands happy hat health healthy heart high hike hiking hill history holiday home horse hot hotel house how ice idea ideas in indie inside interior island it jewelry job journal journey joy juice jump just kid kids kit kitchen knit lake land language late latte learn leg lesson library life lift light lip list little live living local long look love lunch made make makeup man map marathon market math meal meat men mind mini mini mom money mood moon more morning mother motivation mountain movie music my nail nails nature new news night north note notes ocean of office oil old on one outdoor outfit outside paint painting paper parent parents park part party pasta pen pet pets photo photography piano picnic pie pink pizza place plan planner plant plants play poem pottery power prep pumpkin puppy quick quiet rain rainy read reading real recipe recipes red reading rescue restaurant review rice ride river road rock room routine run running sale salad school science sea season self sew sewing shirt shoe shoes shop shopping short show simple sing singer single skin skincare sky sleep slow small snack snow sofa solo song soup space sport spring star stitch story street student studio study style summer sun sunday sunrise sunset surf sushi sweet swim tea teacher team tech the thing things thrift time tiny tip tips to today toddler tour town toy trail train training travel tree trend trip tutorial under up update van vegan video view vintage vlog walk wall wash watch water wave weather wedding week weekend west what white wild window wine winter with woman women wood work working workout world write writing year yoga you your`.split(
    /\s+/,
  ),
);

/** `slowliving` as `slow living`; null if a part of it is not a known word. */
function takenApart(name: string): string | null {
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= name.length; end++) {
    let found: readonly string[] | null = null;
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const word = name.slice(start, end);
      if (before && words.has(word) && (found === null || before.length + 1 < found.length)) found = [...before, word];
    }
    best[end] = found;
  }
  return best[name.length]?.join(' ') ?? null;
}

/** A hashtag as readable text: `LegDay`, `leg_day` and `legday` become `Leg day`. */
export function spoken(hashtag: string): string {
  const apart = hashtag
    .replace(/_+/g, ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu}|\d{2})/gu, ' ')
    .replace(/(?<=\d)(?=\p{Lu}\p{Ll})/gu, ' ')
    .trim();
  const isOneWord = /^[a-z]{4,40}$/i.test(apart) && !(/[A-Z]{2}/.test(apart) && apart !== apart.toUpperCase());
  const said = isOneWord ? (takenApart(apart.toLowerCase()) ?? apart) : apart;
  const [first = '', ...others] = said;
  return first.toUpperCase() + others.join('');
}

/**
 * A title from disclosures, for a post without other text: the paying brand or the AI; empty if neither is named.
 * @param phrases disclosing phrases
 */
export function titleOfDisclosures(
  hashtags: readonly string[],
  phrases: readonly { readonly text: string }[],
  language: () => Language,
): string {
  const names = hashtags.map((written) => plainLetters(written).text);
  const brand =
    names.map(brandOfTag).find((each) => each !== null) ??
    phrases.map(({ text }) => /[@＠]([A-Za-z0-9_.]{2,30})/.exec(text)?.[1]).find((each) => each !== undefined);
  if (brand) return spoken(brand);
  const made = names.find((name) => disclosedByTag(name, language)?.endsWith('ai'));
  return made === undefined ? '' : spoken(made.replace(/^ai(?=\p{L}{3})/iu, 'AI '));
}

/** A title for a post with hashtags only; empty if none of them describes its subject. */
export function titleOfTags(hashtags: readonly string[], ownTags: readonly string[], language: () => Language): string {
  for (const written of hashtags) {
    const name = plainLetters(written).text;
    const folded = foldTag(name);
    const word = communityWord(folded);
    if (word !== undefined) return spoken(word);
    const isAboutIt = !(
      isTikTokOnly(folded) ||
      fitsAnyPost(folded) ||
      namesOtherPlatform(folded, []) ||
      ownTags.includes(folded) ||
      disclosedByTag(name, language)
    );
    if (isAboutIt) return spoken(name);
  }
  return '';
}
