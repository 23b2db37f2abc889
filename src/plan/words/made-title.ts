import type { Post } from '../../model.ts';
import { soundTitle } from '../sound-owner.ts';
import { cleanText } from './clean.ts';

/**
 * What a post without words may honestly be called: its place, the emoji that are all of its words, the track that it
 * plays, else its day.
 */
export function madeTitle(post: Post, text: string): string {
  const place = oneLine(post.location ?? '');
  if (place !== '') return place;
  const line = oneLine(text.slice(0, 200).split('\n', 1)[0] ?? '');
  if (/\p{Extended_Pictographic}|\p{RI}/u.test(line)) return line;
  const sound = oneLine(soundTitle(post.sound) ?? '');
  return sound === '' ? new Date(post.time * 1000).toISOString().slice(0, 10) : `♪ ${sound}`;
}

function oneLine(text: string): string {
  return cleanText(text, []).replace(/\s+/g, ' ').trim();
}
