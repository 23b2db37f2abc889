import { describe, expect, it } from 'vitest';
import { issue, joinedCaption } from '../../src/state/schemas.ts';

// The digest of such a value says whether a post is up to date: it has to be the same on both sides.
const same = (value: unknown) => JSON.stringify(value);

describe('a reason that one process gives to another', () => {
  const muted = { code: 'muted', severity: 'warning', actual: null, limit: null };

  it.each([
    ['without numbers', muted],
    ['with numbers', { ...muted, actual: 61, limit: 60 }],
    ['with words', { ...muted, actual: 'hevc', limit: 'h264' }],
    ['that is an error', { ...muted, severity: 'error' }],
    ['that is information', { ...muted, severity: 'info' }],
    ['with a place in the title', { ...muted, place: { part: 'title', at: 3 } }],
    ['with a place in the body', { ...muted, place: { part: 'body', at: 0 } }],
    ['with a place in a hashtag', { ...muted, place: { part: 'hashtag', at: 1 } }],
  ])('%s stays as it is', (_what, value) => {
    expect(same(issue.parse(value))).toBe(same(value));
  });

  it.each([
    ['another severity', { ...muted, severity: 'fatal' }],
    ['no code', { ...muted, code: undefined }],
    ['an object for a number', { ...muted, actual: {} }],
    ['a place in something else', { ...muted, place: { part: 'cover', at: 0 } }],
    ['a place without a number', { ...muted, place: { part: 'body' } }],
  ])('with %s is none', (_what, value) => {
    expect(issue.safeParse(value).success).toBe(false);
  });
});

describe('a caption that one process gives to another', () => {
  const plain = {
    ...{ text: 'Three days', title: null, hashtags: null, source: 'export', matchedBy: null, seconds: null },
  };
  const spanish = { language: 'es', layout: 'first', title: null, text: 'Tres días' };

  it.each<[string, object]>([
    ['of the export', plain],
    ['with a title and hashtags', { ...plain, title: 'Lisbon', hashtags: ['travel'] }],
    ['that was found by its key', { ...plain, source: 'csv', matchedBy: 'key' }],
    ['that was found by its id', { ...plain, source: 'listing', matchedBy: 'id' }],
    ['that was found by its time', { ...plain, source: 'sidecar', matchedBy: 'time', seconds: -2 }],
    ['that a person edited', { ...plain, source: 'edited' }],
    ['that is not there', { ...plain, source: 'none' }],
    ['with a translation', { ...plain, translations: { reels: spanish } }],
    ['with a translation of the title', { ...plain, translations: { reels: { ...spanish, title: 'Lisboa' } } }],
    [
      'with a translation instead of the original text',
      { ...plain, translations: { reels: { ...spanish, layout: 'only' } } },
    ],
    ...['refused', 'failed', 'stale'].map((kind): [string, object] => [
      `with a translation that was ${kind}`,
      { ...plain, translations: { reels: { ...spanish, trouble: { kind, reason: 'x' } } } },
    ]),
  ])('%s stays as it is', (_what, value) => {
    expect(same(joinedCaption.parse(value))).toBe(same(value));
  });

  it.each([
    ['from somewhere else', { ...plain, source: 'page' }],
    ['matched by something else', { ...plain, matchedBy: 'guess' }],
    ['with a translation in another layout', { ...plain, translations: { reels: { ...spanish, layout: 'x' } } }],
    [
      'with a translation in a language with a name of more than 100 characters',
      { ...plain, translations: { reels: { ...spanish, language: 'x'.repeat(101) } } },
    ],
    [
      'with another trouble',
      { ...plain, translations: { reels: { ...spanish, trouble: { kind: 'lost', reason: 'x' } } } },
    ],
  ])('%s is none', (_what, value) => {
    expect(joinedCaption.safeParse(value).success).toBe(false);
  });
});
