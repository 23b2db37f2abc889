import type { Caption } from '../model/caption.ts';
import { foldTag } from '../targets/tiktok-jargon.ts';
import { aboutOf } from '../targets/topic-meaning.ts';
import { fitsInto, roomsOf } from './counting.ts';
import { cutIssue, type Sizing, tail, under } from './sizing.ts';
import { cleanText } from './words/clean.ts';
import { chooseTags, keepTags } from './words/tags.ts';

/**
 * Chooses the hashtags.
 * @param found the hashtags in the text. Hashtags that a person wrote for the post replace them, except disclosures.
 */
export function sizeHashtags(
  found: readonly string[],
  caption: Caption | null,
  added: readonly string[],
  { rules, end, disclosures, removed, issues }: Sizing,
): readonly string[] {
  const written = caption?.hashtags ?? null;
  const rooms = roomsOf(rules.body);
  const fits = (hashtags: readonly string[]) => fitsInto(under(end) + tail(hashtags), rooms);
  const about = rules.topicsFor && aboutOf([...found, ...added], `${caption?.title ?? ''} ${caption?.text ?? ''}`);
  const place = { rules, fits, discloses: disclosures.discloses, ...(about && { about }) };
  const law = found.filter((name) => ['paid', 'ai'].includes(disclosures.discloses(name) ?? ''));
  const kept = new Set((written ?? []).map((each) => foldTag(each.replace(/^[#＃]+/, ''))));
  const chosen =
    written === null
      ? chooseTags({ written: found, added }, place)
      : keepTags(
          {
            written: [
              ...law.filter((name) => !kept.has(foldTag(name))),
              ...written.map((each) => cleanText(each, removed)),
            ],
            added,
          },
          place,
        );
  removed.push(...chosen.removed);
  if (written !== null) {
    const there = new Set(chosen.hashtags);
    const replaced = found.filter((name) => !there.delete(name));
    if (replaced.length > 0) removed.push({ text: replaced.map((name) => `#${name}`).join(' '), reason: 'replaced' });
  }
  if (chosen.kept < chosen.wanted) issues.push(cutIssue('hashtags-cut', chosen.wanted, chosen.kept));
  return chosen.hashtags;
}
