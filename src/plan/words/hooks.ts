import { profileLinks } from '../../targets/watched-words.ts';
import { disclosuresIn } from './disclosures.ts';
import { addressed, calls, greeting, hooks, part } from './hook-words.ts';

const greetings = `${greeting}(?:[\\s,]+(?:${addressed})){0,3}\\s?$`;

const hook = new RegExp(`^(?:${[...hooks, part, greetings, calls].join('|')})`, 'iu');
const leadsToProfile = profileLinks.map((link) => new RegExp(typeof link === 'string' ? link : link.source, 'giu'));

/** `Link ở bio`: a pointer to the profile with at most one more word. */
function isProfileLink(text: string): boolean {
  return leadsToProfile.some((link) => {
    const rest = text.replace(link, ' ');
    return rest !== text && (rest.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= 1;
  });
}

/** Removes everything but letters from both ends of a clause. */
function bare(clause: string): string {
  return clause.replace(/^[^\p{L}\p{N}@]+/u, '').replace(/[^\p{L}\p{M}\p{N}]+$/u, '');
}

/** Whether a clause is only a hook or a call to action. */
export function isHook(clause: string): boolean {
  // Hooks are anchored at the start and short.
  const text = bare(clause.slice(0, 160));
  return hook.test(text) || /^\d{1,3}$/.test(text) || (text.length < 60 && isProfileLink(text));
}

const earns = /commission|associate|comisi[oó]n|comiss|afiliad|affili|komisi|수수료|アフィリエイト|คอมมิช/iu;

/** Whether a clause is a disclosure (`Paid partnership with …`) and nothing else. */
export function isDisclosureAlone(clause: string): boolean {
  const found = disclosuresIn(clause);
  const [first] = found;
  if (!first) return false;
  // `I earn a small commission if you buy through my link` is only a disclosure, whatever its length.
  if (earns.test(first.text) && clause.length < 140) return true;
  const said = found.reduce((text, { at, end }) => text.slice(0, at) + ' '.repeat(end - at) + text.slice(end), clause);
  // `~ad~ my new mop`
  const behind = behindLabel(clause);
  if (behind > 0 && /\p{L}/u.test(said.slice(behind))) return false;
  const rest = (said.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’_-]*/gu) ?? []).length;
  const unspaced = said.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  const letters = said.replace(/[^\p{L}]/gu, '').length;
  // In Hindi the brand comes first: `nike के साथ पेड पार्टनरशिप`.
  const endsHere = /\p{Script=Devanagari}/u.test(clause) && bare(clause.slice(found.at(-1)?.end)) === '';
  const startsHere = bare(clause.slice(0, first.at)) === '';
  return rest <= (startsHere || endsHere ? 3 : 1) && letters <= 24 && unspaced <= 6;
}

/**
 * The position where a title may begin after a disclosure label (`Anzeige | `), in code units; 0 if there is no label.
 */
export function behindLabel(clause: string): number {
  const end = behindFirstLabel(clause);
  // `Werbung/Anzeige - my car`
  return end === 0 ? 0 : end + behindFirstLabel(clause.slice(end));
}

function behindFirstLabel(clause: string): number {
  const [first] = disclosuresIn(clause);
  // `[광고]` may be part of a title: Korea's rules require it there.
  if (!first || bare(clause.slice(0, first.at)) !== '' || /\p{Script=Hangul}/u.test(first.text)) return 0;
  const { end } = first;
  const sign =
    /^(?:[^\S\n:：]{0,1}[:：\s]?[A-Za-z0-9_.]{2,30}(?=[^\S\n]*[|｜]))?[^\S\n]*(?:[|｜:：/／)\]）】」』>＞*+~～•·＊_^°=;；…»}〕⟩›‖¦\p{So}→⇒]|[–—-]\s|\.{2,}|[.!]\s|\p{Extended_Pictographic}\uFE0F?)+[^\S\n]*/u.exec(
      clause.slice(end),
    );
  if (sign) return end + sign[0].length;
  // `(ad) my mop`, `# ad my mop`, `*gifted my mop`, `AD my mop`
  const isApart =
    /[)\]）】」』>＞}〕»⟩›]$/.test(first.text) ||
    /[#＃.*/／]\s*$/.test(clause.slice(0, first.at)) ||
    /^\p{Lu}{2,}$|^[\p{Lm}\p{So}]/u.test(first.text);
  return isApart ? end + (/^[^\S\n]*/.exec(clause.slice(end))?.[0].length ?? 0) : 0;
}
