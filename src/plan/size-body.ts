import { foldTag } from '../targets/tiktok-jargon.ts';
import { count, roomBeside, roomsOf } from './counting.ts';
import { cut } from './cut.ts';
import type { SizedCaption } from './plan.ts';
import { cutIssue, ending, type Sizing, tail, under } from './sizing.ts';
import { leadOf, leadText } from './words/lead.ts';
import { plainLetters } from './words/letters.ts';
import { tagWords } from './words/tags-in-text.ts';
import { intoThread } from './words/thread.ts';
import { bothWhole, fitBeside } from './words/translation.ts';

/**
 * Footer, part number and hashtags are part of the pasted body, so their length is reserved first. Disclosures start
 * the body.
 */
export function sizeBody(
  title: string | null,
  written: string,
  chosen: readonly string[],
  sizing: Sizing,
): Omit<SizedCaption, 'removed'> {
  const { rules, end, disclosures, found, removed, issues, beside = null } = sizing;
  // Disclosures have a place of their own, where they are seen.
  const words = sizing.inSentences.filter((name) => disclosures.discloses(name) === null);
  // `#1#x` without its second sign would be a hashtag of its own.
  const parted = written.replace(/(?<=[#＃]\p{N}{1,9})(?=\p{L})/gu, ' ');
  const { text, hashtags } = rules.tagsInText ? tagWords(parted, chosen, words) : { text: parted, hashtags: chosen };
  const rooms = roomsOf(rules.body);
  const room = roomBeside(under(end) + tail(hashtags), rooms);
  const there = new Set(chosen.map(foldTag));
  const isLost = (name: string) =>
    ['paid', 'ai'].includes(disclosures.discloses(name) ?? '') && !there.has(foldTag(plainLetters(name).text));
  const lost = [...new Map(found.filter(isLost).map((name) => [foldTag(name), name])).values()];
  const maxPosts = sizing.asThread ? (rules.thread?.value ?? 1) : 1;
  const fitAfter = (lead: string): Fitted => {
    const single = beside === null ? cut(lead + text, room) : fitBeside(lead, text, beside, room);
    if (single.rest === '' || maxPosts === 1) return { ...single, text: (single.text + under(end)).trim() };
    const [first, last] = [ending(end.place) + tail(hashtags), under({ ...end, place: null })];
    const whole = lead + (beside === null ? text : bothWhole(text, beside));
    const { posts, rest } = intoThread(whole, { rooms, maxPosts, first, last });
    const [body = '', ...thread] = posts;
    return { text: body + ending(end.place), rest, ...(thread.length > 0 && { thread }) };
  };
  let labels: readonly string[] = [];
  let fitted = fitAfter('');
  // A longer beginning can push another disclosure out of the visible part, so this repeats.
  for (let turn = 0; turn < 3; turn++) {
    const more = leadOf({ title, body: fitted.text, hashtags }, disclosures, turn === 0 ? lost : [], rules).filter(
      (each) => !labels.includes(each),
    );
    if (more.length === 0) break;
    labels = [...labels, ...more];
    fitted = fitAfter(leadText(labels));
  }
  const { thread, rest } = fitted;
  if (thread)
    issues.push({ code: 'body-thread', severity: 'info', actual: thread.length + 1, limit: rules.body.max.value });
  if (rest !== '') {
    issues.push(
      cutIssue(
        'body-cut',
        count(beside === null ? text : `${text}\n\n${beside.text}`, rules.body.unit),
        room[0]?.max ?? 0,
      ),
    );
    removed.push({ text: rest, reason: 'too-long' });
  }
  return { title, body: fitted.text, hashtags, ...(thread && { thread }) };
}

/** A body with all that belongs under it, and the replies in which it goes on. */
interface Fitted {
  readonly text: string;
  readonly thread?: readonly string[];
  /** What does not fit. */
  readonly rest: string;
}
