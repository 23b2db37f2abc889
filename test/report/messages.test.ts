import { describe, expect, it } from 'vitest';
import type { Issue, IssueCode } from '../../src/model/issue.ts';
import { message } from '../../src/report/messages.ts';
import { carried } from './carried.ts';

const codes = Object.entries(carried).map(([code, [actual, limit]]) => ({ code: code as IssueCode, actual, limit }));
const said = (issue: Omit<Issue, 'severity'>) => message({ ...issue, severity: 'error' });

describe('message', () => {
  it.each(codes)('$code: a sentence, with what it carries', (issue) => {
    const sentence = said(issue);
    expect(sentence).toMatch(/^[\p{L}\d].{8,}$/u);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\(\)| {2}/);
    if (issue.code !== 'entry-skipped') expect(sentence).toMatch(/[.”]$/);
  });

  it.each(codes)('$code: never “undefined”, though nothing is carried', ({ code }) => {
    expect(said({ code, actual: null, limit: null })).not.toMatch(/undefined|null|NaN/);
  });

  it('no two codes say the same', () => {
    expect(new Set(codes.map(said)).size).toBe(codes.length);
  });

  it.each([
    [400_000_000, 300_000_000, 'It has 400 MB; the limit is 300 MB.'],
    [33_333_333, 32_000_000, 'It has 33.4 MB; the limit is 32 MB.'],
    [300_000_001, 300_000_000, 'It has 300.1 MB; the limit is 300 MB.'],
  ])('%d bytes, and at most %d', (actual, limit, expected) => {
    expect(said({ code: 'bytes', actual, limit })).toBe(expected);
  });

  it.each<[IssueCode, Issue['actual'], RegExp]>([
    ['several-files-fit', '2 files (a, b)', /Keep the right one there/],
    ['rows-unreadable', 1, /^1 more row of the export was /],
    ['rows-unreadable', 2, /^2 more rows of the export were /],
    ['captions-unread-more', 1, / 1 more file\.$/],
  ])('%s, %s', (code, actual, expected) => {
    expect(said({ code, actual, limit: null })).toMatch(expected);
  });

  it.each([
    ['自分のみ', /^Held back: the export says “自分のみ” of who could see it.*--include private,friends/],
    ['', /^Held back: the export does not say who could see it.*--include private,friends/],
  ])('a post held for words that are not known: “%s”', (actual, expected) => {
    expect(said({ code: 'visibility', actual, limit: 'private,friends' })).toMatch(expected);
  });

  it('a list that did not come is not said to be incomplete', () => {
    expect(said({ code: 'listing-failed', actual: 'no network', limit: null })).toMatch(
      /could not be fetched \(no network\)/,
    );
  });

  it('a list that came in part is not said to be missing', () => {
    expect(said({ code: 'listing-failed', actual: '1 line was broken', limit: 3 })).toMatch(
      /out of date or incomplete/,
    );
  });

  it.each<[IssueCode, RegExp]>([
    ['duration', /185 s.*180 s/],
    ['visibility', /--include private/],
    ['link-expired', /2025-12-01.*new export/],
    ['video-codec', /vp9.*h264/],
    ['photo-missing', /2 of 9/],
    ['several-files-fit', /2025-03-02_09-15-04\.mp4/],
  ])('%s carries what it knows', (code, expected) => {
    const [actual, limit] = carried[code];
    expect(said({ code, actual, limit })).toMatch(expected);
  });
});
