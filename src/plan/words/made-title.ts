import type { Post } from '../../model/post.ts';
import { soundTitle } from '../sound-owner.ts';
import { calm, emoji as emojiPattern } from './calm.ts';
import { cleanText } from './clean.ts';

const oneEmoji = new RegExp(emojiPattern, 'gu');

/**
 * Possible titles for a post without text, best first: its place, its emoji if the text has nothing else, its track,
 * its date. A date fits everywhere.
 */
export function madeTitles(post: Post, text: string): readonly string[] {
  const line = oneLine(text.slice(0, 200).split('\n', 1)[0] ?? '');
  const isEmoji = /\p{Extended_Pictographic}|\p{RI}/u.test(line) && !/\p{L}/u.test(line);
  const emoji = isEmoji ? fewEmoji(line) : '';
  const sound = oneLine(soundTitle(post.sound) ?? '');
  const day = new Date(post.time * 1000).toISOString().slice(0, 10);
  return [oneLine(post.location ?? ''), emoji, sound && `♪ ${sound}`, day].filter(Boolean);
}

/** Keeps one emoji of a run. */
function fewEmoji(line: string): string {
  return (line.match(oneEmoji)?.length ?? 0) > 3 ? calm(line) : line;
}

function oneLine(text: string): string {
  return cleanText(text, []).replace(/\s+/g, ' ').trim();
}
