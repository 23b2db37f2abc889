import type { Post } from '../../model/post.ts';
import type { Declaration, Declarations } from '../../targets/target.ts';
import { soundOwner } from '../sound-owner.ts';
import type { Disclosed } from './disclosures.ts';

const declarationFor: Readonly<Record<Disclosed, Declaration>> = {
  paid: 'branded-content',
  ai: 'ai-generated',
  'asked-paid': 'branded-asked',
  'asked-ai': 'ai-asked',
};

/**
 * What the creator disclosed to TikTok or in words and hashtags, and has to disclose to the next platform too. Known
 * words of TikTok (`Your Brand`, `Branded Content`) get our names; others stay unchanged.
 * @param names names of the creator, which distinguish a library track from an own sound
 * @param disclosed disclosures in the text of the post
 */
export function declarationsOf(post: Post, names: readonly string[], disclosed: readonly Disclosed[] = []): string[] {
  const known = post.disclosure.map((words) => words.trim().toLowerCase().replace(/\s+/g, '-'));
  const ai: Declaration[] = post.aiGenerated ? ['ai-generated'] : [];
  const words = disclosed.map((each) => declarationFor[each]);
  const sound: Declaration[] = soundOwner(post.sound, names) === 'library' ? ['library-sound'] : [];
  return withoutKnownQuestions([...ai, ...known, ...unread(post, known), ...words, ...sound]);
}

/** Removes duplicates, and questions that a known declaration answers. */
export function withoutKnownQuestions(declarations: readonly string[]): string[] {
  const all = new Set(declarations);
  if (all.has('ai-generated')) all.delete('ai-asked');
  if (all.has('branded-content') || all.has('your-brand')) all.delete('branded-asked');
  return [...all];
}

/** Disclosures of the export in an unknown language: the creator is asked. */
function unread({ unreadDisclosure = [] }: Post, known: readonly string[]): Declaration[] {
  const isAi = (words: string) => /^AI-generated content:/.test(words);
  const isForeign = known.some((each) => each !== 'your-brand' && each !== 'branded-content');
  const isPaid = isForeign || unreadDisclosure.some((words) => !isAi(words));
  return [
    ...(isPaid ? (['branded-asked'] as const) : []),
    ...(unreadDisclosure.some(isAi) ? (['ai-asked'] as const) : []),
  ];
}

/** The instructions in the words of the platform's form, each once, including those for every post. */
export function toDeclare(declared: readonly string[], { when, always, paidAndAi }: Declarations): string[] {
  const isPaid = declared.includes('branded-content') || declared.includes('your-brand');
  const both = isPaid && declared.includes('ai-generated') ? paidAndAi : undefined;
  const isTold = (each: string) =>
    both !== undefined && ['branded-content', 'your-brand', 'ai-generated'].includes(each);
  const single = declared.filter((each) => !isTold(each));
  const chosen = single.flatMap((each) => (Object.hasOwn(when, each) ? (when[each as Declaration] ?? []) : []));
  return [...new Set([...(both ? [both] : []), ...chosen, ...Object.values(always)].map(({ value }) => value))];
}
