import type { Issue } from '../model/issue.ts';
import type { Words } from '../targets/target.ts';
import type { CaptionDisclosures } from './words/caption-disclosures.ts';
import type { ContactClause } from './words/contact-clauses.ts';
import type { Removed } from './words/removed.ts';
import type { Beside } from './words/translation.ts';
import { hashtagLine } from './written-caption.ts';

/** The input of all steps of sizing a caption, and where they record removals and issues. */
export interface Sizing {
  readonly rules: Words;
  readonly end: End;
  readonly disclosures: CaptionDisclosures;
  /** The hashtags in the text. */
  readonly found: readonly string[];
  /** Fragments of sentences from which a contact was removed. */
  readonly torn: readonly ContactClause[];
  /** Hashtags that are words of the text. */
  readonly inSentences: readonly string[];
  readonly asThread: boolean;
  readonly removed: Removed[];
  readonly issues: Issue[];
  /** The original of a translation, which gets what room is left. */
  readonly beside?: Beside | null;
}

/** The end of the body. Its length is reserved before the text is cut. */
export interface End {
  readonly place: string | null;
  readonly footer: string;
}

/** What a part of a post has at the end of its title and body. */
export function ending(place: string | null): string {
  return place === null ? '' : ` (${place})`;
}

/** What stands under a body, with the space before it. */
export function under({ place, footer }: End): string {
  return (footer === '' ? '' : `\n\n${footer}`) + ending(place);
}

/** The hashtags as they stand at the end of a body. */
export function tail(hashtags: readonly string[]): string {
  return hashtags.length > 0 ? `\n\n${hashtagLine(hashtags)}` : '';
}

export function cutIssue(code: 'title-cut' | 'body-cut' | 'hashtags-cut', actual: number, limit: number): Issue {
  return { code, severity: 'info', actual, limit };
}
