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
 * What the creator told TikTok, and tells in words and hashtags, to be told to the next platform too. Names of ours where
 * TikTok's words are known (`Your Brand`, `Branded Content`); others go on as they are.
 * @param names of the creator, by which a library track is told from an own sound
 * @param disclosed by the words of the post
 */
export function declarationsOf(post: Post, names: readonly string[], disclosed: readonly Disclosed[] = []): string[] {
  const told = post.disclosure.map((words) => words.trim().toLowerCase().replace(/\s+/g, '-'));
  const ai: Declaration[] = post.aiGenerated ? ['ai-generated'] : [];
  const words = disclosed.map((each) => declarationFor[each]);
  const sound: Declaration[] = soundOwner(post.sound, names) === 'library' ? ['library-sound'] : [];
  return withoutKnownQuestions([...ai, ...told, ...unread(post, told), ...words, ...sound]);
}

/** Each declaration once. What is known need not be asked. */
export function withoutKnownQuestions(declarations: readonly string[]): string[] {
  const all = new Set(declarations);
  if (all.has('ai-generated')) all.delete('ai-asked');
  if (all.has('branded-content') || all.has('your-brand')) all.delete('branded-asked');
  return [...all];
}

/** What the export says in a language that nobody here reads is asked for. */
function unread({ unreadDisclosure = [] }: Post, told: readonly string[]): Declaration[] {
  const isAi = (words: string) => /^AI-generated content:/.test(words);
  const isForeign = told.some((each) => each !== 'your-brand' && each !== 'branded-content');
  const isPaid = isForeign || unreadDisclosure.some((words) => !isAi(words));
  return [
    ...(isPaid ? (['branded-asked'] as const) : []),
    ...(unreadDisclosure.some(isAi) ? (['ai-asked'] as const) : []),
  ];
}

/** The same in the words of the platform's form, each once, and what the form asks of every post. */
export function toDeclare(declared: readonly string[], { when, always, paidAndAi }: Declarations): string[] {
  const isPaid = declared.includes('branded-content') || declared.includes('your-brand');
  const both = isPaid && declared.includes('ai-generated') ? paidAndAi : undefined;
  const isTold = (each: string) =>
    both !== undefined && ['branded-content', 'your-brand', 'ai-generated'].includes(each);
  const single = declared.filter((each) => !isTold(each));
  const chosen = single.flatMap((each) => (Object.hasOwn(when, each) ? (when[each as Declaration] ?? []) : []));
  return [...new Set([...(both ? [both] : []), ...chosen, ...Object.values(always)].map(({ value }) => value))];
}
