import type { Caption, Issue, Post } from '../model.ts';
import type { TextRule, Words } from '../targets/target.ts';
import { count } from './counting.ts';
import { cut } from './cut.ts';
import { takeHashtags } from './hashtags.ts';
import type { SizedCaption } from './plan.ts';

export interface CaptionDecision {
  readonly caption: SizedCaption;
  readonly issues: readonly Issue[];
}

type Removed = SizedCaption['removed'][number];

/**
 * Sizes a post's words for a platform. What does not fit the title begins the body, what does not fit the body or the
 * number of hashtags is listed under `removed`: nothing is lost in silence. Words never reject a post.
 * @param place `1/2` for a part of a post, which its words then end with
 */
export function sizeCaption(post: Post, caption: Caption | null, rules: Words, place: string | null): CaptionDecision {
  const issues: Issue[] = [];
  const removed: Removed[] = [];
  if (caption === null) issues.push({ code: 'no-words', severity: 'warning', actual: null, limit: null });

  const { text, hashtags: all } = takeHashtags(allowed(caption?.text ?? '', rules, removed));
  const hashtags = fittingHashtags(all, place, rules);
  for (const name of all.slice(hashtags.length)) removed.push({ text: `#${name}`, reason: 'too-many-hashtags' });
  if (hashtags.length < all.length) issues.push(cutIssue('hashtags-cut', all.length, hashtags.length));

  const title = rules.title && sizeTitle(text, madeTitle(post, rules), rules.title, issues);
  const wanted = title?.whole ? text.slice(title.used.length).trimStart() : text;
  const body = sizeBody(wanted, place, hashtags, rules.body, issues, removed);
  return { caption: { title: title?.text ?? null, body, hashtags, removed }, issues };
}

/** As many as the platform takes, and fewer where they alone are longer than its body. */
function fittingHashtags(all: readonly string[], place: string | null, { body, maxHashtags }: Words): string[] {
  const hashtags = all.slice(0, maxHashtags.value);
  while (hashtags.length > 0 && count(ending(place) + tail(hashtags), body.unit) > body.max.value) hashtags.pop();
  return hashtags;
}

/** The place, else the day. */
function madeTitle(post: Post, rules: Words): string {
  const place = allowed(post.location ?? '', rules, [])
    .replace(/\s+/g, ' ')
    .trim();
  return place === '' ? new Date(post.time * 1000).toISOString().slice(0, 10) : place;
}

/** The first line that says something; else what is `made` of the post. `whole`: all of the line went into the title. */
function sizeTitle(text: string, made: string, rule: TextRule, issues: Issue[]) {
  const [used = ''] = text.split('\n', 1);
  if (used === '') {
    issues.push({ code: 'title-made', severity: 'info', actual: made, limit: null });
    return { text: cut(made, { max: rule.max.value, unit: rule.unit }).text, used, whole: true };
  }
  const fitted = cut(used, { max: rule.max.value, unit: rule.unit });
  if (fitted.rest === '') return { text: fitted.text, used, whole: true };
  issues.push(cutIssue('title-cut', count(used, rule.unit), rule.max.value));
  return { text: fitted.text, used, whole: false };
}

/** The part's place and the hashtags are pasted into the body too, so they take their room first. */
function sizeBody(
  text: string,
  place: string | null,
  hashtags: readonly string[],
  rule: TextRule,
  issues: Issue[],
  removed: Removed[],
): string {
  const room = Math.max(0, rule.max.value - count(ending(place) + tail(hashtags), rule.unit));
  const fitted = cut(text, { max: room, unit: rule.unit });
  if (fitted.rest !== '') {
    issues.push(cutIssue('body-cut', count(text, rule.unit), room));
    removed.push({ text: fitted.rest, reason: 'too-long' });
  }
  return (fitted.text + ending(place)).trim();
}

function ending(place: string | null): string {
  return place === null ? '' : ` (${place})`;
}

function tail(hashtags: readonly string[]): string {
  return hashtags.length > 0 ? `\n\n${hashtagLine(hashtags)}` : '';
}

/** `#one #two`, as it is pasted. */
export function hashtagLine(hashtags: readonly string[]): string {
  return hashtags.map((name) => `#${name}`).join(' ');
}

/** Title, empty line, body, empty line, hashtags; what is missing leaves no gap. */
export function captionText({ title, body, hashtags }: SizedCaption): string {
  const blocks = [title ?? '', body, hashtagLine(hashtags)].filter((block) => block !== '');
  return blocks.length > 0 ? `${blocks.join('\n\n')}\n` : '';
}

/** Control characters but tab and line break, and marks that turn the direction of what follows: nobody sees what they do. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Without the characters that the platform refuses; each is listed once. */
function allowed(text: string, { forbidden }: Words, removed: Removed[]): string {
  let rest = text.replace(unprintable, '');
  if (rest !== text) removed.push({ text: '', reason: 'control-character' });
  for (const character of forbidden?.value ?? '') {
    if (!rest.includes(character)) continue;
    removed.push({ text: character, reason: 'forbidden-character' });
    rest = rest.replaceAll(character, '');
  }
  return rest;
}

function cutIssue(code: 'title-cut' | 'body-cut' | 'hashtags-cut', actual: number, limit: number): Issue {
  return { code, severity: 'info', actual, limit };
}
