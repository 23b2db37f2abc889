import { bluesky } from './bluesky.ts';
import { facebook } from './facebook.ts';
import { lemon8 } from './lemon8.ts';
import { pinterest } from './pinterest.ts';
import { rednote } from './rednote/index.ts';
import { reels } from './reels.ts';
import { shorts } from './shorts.ts';
import { snapchat } from './snapchat.ts';
import type { Target } from './target.ts';
import { threads } from './threads.ts';
import { x } from './x.ts';

/** All platforms. Help, `--to`, `port targets` and the contract suite follow from this list. */
export const targets: readonly Target[] = [
  rednote,
  lemon8,
  shorts,
  reels,
  facebook,
  threads,
  pinterest,
  bluesky,
  snapchat,
  x,
];

/** What `all` means. */
export const targetsOfAll: readonly Target[] = targets.filter(({ isInAll }) => isInAll);

const tagsOfPlatforms: ReadonlySet<string> = new Set(targets.flatMap(({ words }) => words.ownTags ?? []));

/**
 * Whether a hashtag names another platform.
 * @param own the platform's own names, folded
 */
export function namesOtherPlatform(folded: string, own: readonly string[]): boolean {
  return (tagsOfPlatforms.has(folded) || /^lemon8\w/.test(folded)) && !own.includes(folded);
}

/** All words that name a platform, beside `all`. */
export const targetWords: readonly string[] = targets.flatMap(({ name, aliases }) => [name, ...aliases]);

/** A platform by its name or another name for it, in any case; null where there is none. */
export function targetNamed(word: string): Target | null {
  const name = word.toLowerCase();
  return targets.find((target) => target.name === name || target.aliases.includes(name)) ?? null;
}
