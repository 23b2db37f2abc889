import type { Post } from '../../model.ts';
import { soundTitle } from '../sound-owner.ts';
import { cleanText } from './clean.ts';

/**
 * What a post without words may honestly be called, the best first: its place, the emoji that are all of its words, the
 * track that it plays, its day, which fits everywhere.
 */
export function madeTitles(post: Post, text: string): readonly string[] {
  const line = oneLine(text.slice(0, 200).split('\n', 1)[0] ?? '');
  const emoji = /\p{Extended_Pictographic}|\p{RI}/u.test(line) ? line : '';
  const sound = oneLine(soundTitle(post.sound) ?? '');
  const day = new Date(post.time * 1000).toISOString().slice(0, 10);
  return [oneLine(post.location ?? ''), emoji, sound && `♪ ${sound}`, day].filter(Boolean);
}

function oneLine(text: string): string {
  return cleanText(text, []).replace(/\s+/g, ' ').trim();
}
