import { readHashtags } from '../../../captions/hashtags-cell.ts';
import { readCaptionText } from '../../../deliver/caption-text.ts';
import type { CountingUnit } from '../../../model/caption.ts';
import type { Issue } from '../../../model/issue.ts';
import type { Post } from '../../../model/post.ts';
import { sizeCaption } from '../../../plan/caption.ts';
import { count } from '../../../plan/counting.ts';
import { judgeOwnWords } from '../../../plan/words/own.ts';
import type { Removed } from '../../../plan/words/removed.ts';
import { hashtagLine } from '../../../plan/written-caption.ts';
import { targets } from '../../../targets/index.ts';
import type { Target } from '../../../targets/target.ts';
import type { PostDetail, WordCells } from '../../studio/api.ts';

/**
 * Plans words in the page with the same code that plans a run. This file and what it imports are a script of their own,
 * loaded after the tables.
 */

export interface Counted {
  readonly count: number;
  readonly max: number;
}

export interface PlannedWords {
  /** null where the platform has no title. */
  readonly title: string | null;
  readonly body: string;
  readonly hashtags: readonly string[];
  /** The length of what was typed, in the platform's counting units. */
  readonly counts: { readonly title: Counted | null; readonly body: Counted; readonly hashtags: Counted };
  readonly warnings: readonly Issue[];
  /** What is left out because of the platform's rules. */
  readonly leftOut: readonly Removed[];
}

export interface PlanOptions {
  readonly tags: readonly string[];
  readonly footer: string;
}

/** Reasons that are shown to the person who types; the others are about white space and look-alikes. */
const shownReasons: readonly Removed['reason'][] = [
  ...(['platform-tag', 'other-platform-tag', 'too-many-hashtags', 'mention', 'link', 'email', 'phone'] as const),
  ...(['messenger', 'handle', 'forbidden-character'] as const),
];

/** The words of a post on a platform, as a run would write them. null for a platform that this page does not know. */
export function planWords(
  facts: PostDetail['facts'],
  cells: WordCells,
  name: string,
  { tags, footer }: PlanOptions,
  parts: number,
): PlannedWords | null {
  const words = targets.find((target) => target.name === name)?.words;
  if (words === undefined) return null;
  const written = cells.hashtags.trim() === '' ? null : readHashtags(cells.hashtags);
  const caption = { text: cells.caption, title: cells.title.trim() || null, hashtags: written, source: 'csv' } as const;
  const { caption: sized, issues } = sizeCaption(asPost(facts), caption, words, parts > 1 ? `1/${parts}` : null, {
    tags,
    footer,
  });
  return {
    title: sized.title,
    body: sized.body,
    hashtags: sized.hashtags,
    counts: {
      title: words.title === null ? null : counted(cells.title.trim() || (sized.title ?? ''), words.title),
      body: counted([cells.caption, hashtagLine(written ?? [])].filter(Boolean).join('\n\n'), words.body),
      hashtags: { count: (written ?? sized.hashtags).length, max: words.maxHashtags.value },
    },
    warnings: issues.filter(isShown),
    leftOut: sized.removed.filter(({ reason }) => shownReasons.includes(reason)),
  };
}

function isShown({ severity, code }: Issue): boolean {
  return severity !== 'info' || code.endsWith('-cut');
}

/** A post with the facts that the planning of words uses. */
function asPost(facts: PostDetail['facts']): Post {
  return {
    ...facts,
    ...{ visibility: 'everyone', links: [], coverLink: null, title: null, likes: null, aiGenerated: false },
    disclosure: [],
  };
}

/** The issues of a person's caption.txt on a platform. */
export function judgeCaptionText(text: string, name: string): readonly Issue[] {
  const target = targetOf(name);
  if (target === null) return [];
  const form = { hasTitle: target.words.title !== null, hasThreads: target.words.thread !== undefined };
  return judgeOwnWords(readCaptionText(text, form), target.words);
}

/** The length of a caption.txt and the platform's limits; null for a platform that this page does not know. */
export function countCaptionText(text: string, name: string): PlannedWords['counts'] | null {
  const words = targetOf(name)?.words;
  if (words === undefined) return null;
  const said = readCaptionText(text, { hasTitle: words.title !== null, hasThreads: words.thread !== undefined });
  return {
    title: words.title === null ? null : counted(said.title ?? '', words.title),
    body: counted([said.body, hashtagLine(said.hashtags)].filter(Boolean).join('\n\n'), words.body),
    hashtags: { count: said.hashtags.length, max: words.maxHashtags.value },
  };
}

function counted(text: string, { max, unit }: { max: { value: number }; unit: CountingUnit }): Counted {
  return { count: count(text, unit), max: max.value };
}

/** What the page shows of a platform besides its words. */
export function platformFacts(
  name: string,
): Pick<Target, 'upload' | 'uploadElsewhere' | 'title'> & { readonly aspect: number } {
  const target = targetOf(name);
  const { uploadElsewhere } = target ?? {};
  const size = target?.cover.size.value ?? { width: 3, height: 4 };
  return {
    upload: target?.upload ?? null,
    ...(uploadElsewhere && { uploadElsewhere }),
    title: target?.title ?? name,
    aspect: size.width / size.height,
  };
}

function targetOf(name: string): Target | null {
  return targets.find((target) => target.name === name) ?? null;
}
