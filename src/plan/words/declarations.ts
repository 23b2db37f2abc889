import type { Post } from '../../model.ts';
import type { Declaration, Declarations } from '../../targets/target.ts';
import { soundOwner } from '../sound-owner.ts';

/**
 * What the creator told TikTok, to be told to the next platform too. Names of ours where TikTok's words are known
 * (`Your Brand`, `Branded Content`); others go on as they are.
 * @param names of the creator, by which a library track is told from an own sound
 */
export function declarationsOf(post: Post, names: readonly string[]): string[] {
  const said = post.disclosure.map((words) => words.trim().toLowerCase().replace(/\s+/g, '-'));
  const ai: Declaration[] = post.aiGenerated ? ['ai-generated'] : [];
  const sound: Declaration[] = soundOwner(post.sound, names) === 'library' ? ['library-sound'] : [];
  return [...new Set([...ai, ...said, ...sound])];
}

/** The same in the words of the platform's form, each once, and what the form asks of every post. */
export function toDeclare(declared: readonly string[], { when, always }: Declarations): string[] {
  const chosen = declared.flatMap((each) => (Object.hasOwn(when, each) ? (when[each as Declaration] ?? []) : []));
  return [...new Set([...chosen, ...Object.values(always)].map(({ value }) => value))];
}
