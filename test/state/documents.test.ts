import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import {
  describedRows,
  entry,
  fromJson,
  isPlace,
  isPostKey,
  issueRows,
  noneIfTooLarge,
  postDocument,
  readPostText,
  toJson,
} from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { caption, file, entry as rowOf } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../tools/folder.ts';

const key = '2025-03-02_09-15-04';

it.each([
  [key, true],
  [`${key}-2`, true],
  [`${key}-1234567`, true],
  [`${key}-12345678`, false],
  [`${key}-`, false],
  [`${key}-x`, false],
  [`x${key}`, false],
  [`${key}x`, false],
  [`../${key}`, false],
  ['2025-3-2_9-15-4', false],
  ['', false],
])('%j is the key of a post: %s', (text, isKey) => {
  expect(isPostKey(text)).toBe(isKey);
});

it.each([
  [key, 'rednote', true],
  [key, 'youtube-shorts', true],
  [key, '8x', true],
  [key, 'a'.repeat(40), true],
  [key, 'a'.repeat(41), false],
  [key, '-x', false],
  [key, 'Reels', false],
  [key, 'reels/..', false],
  [key, '', false],
  ['x', 'rednote', false],
])('post %s on platform %s has a folder: %s', (post, target, isThere) => {
  expect(isPlace(post, target)).toBe(isThere);
});

describe('a row that is read from a document', () => {
  const delivered = rowOf({ key });
  const video = file(`rednote/${key}/video.mp4`, 'video');

  it.each<[string, object]>([
    ['photos with an original each', { original: originalOf({ photos: [{ path: 'a.jpg', sha256: '1' }] }) }],
    ['a caption in several replies', { caption: caption({ thread: ['one', 'two'] }) }],
    ['a caption in another language', { caption: caption({ language: 'es' }) }],
    ['a caption that was found by its time', { caption: caption({ matchedBy: 'time', seconds: 3 }) }],
    ['words that were taken out', { caption: caption({ removed: [{ text: 'fyp', reason: 'x' }] }) }],
    ['a reason with the unit of its length', { issues: [issueOf({ unit: 'graphemes' })] }],
    ['a reason with numbers', { issues: [issueOf({ actual: 3, limit: 2 })] }],
    ['what was encoded instead of a copy', { files: [{ ...video, insteadOf: 'abc', rendition: 'def' }] }],
    ['a text of a person', { files: [{ ...video, edited: true }] }],
    ['a file of a person', { files: [{ ...video, action: 'own', ours: 'abc' }] }],
    ['a file that was encoded for a reason', { files: [{ ...video, why: [issueOf({})] }] }],
    ['several parts', { parts: [{ caption: caption(), files: ['video.mp4'] }] }],
    ['declarations', { declarations: ['ai'], toDeclare: ['AI-generated'] }],
    ['a cover and a fit that a person chose', { cover: '3.5', fit: 'blur' }],
    ['a file in a folder of its own', { files: [file(`rednote/${key}/part 1/video.mp4`, 'video')] }],
  ])('keeps %s', (_what, odd) => {
    const row = { ...delivered, ...odd };
    expect(entry.parse(row)).toEqual(row);
    expect(postDocument.parse({ schemaVersion: 1, ...row })).toEqual(row);
  });

  it.each<[string, object, object]>([
    ['how the original was found', { original: originalOf({ matchedBy: 'guess' }) }, { original: originalOf({}) }],
    ['what the platform asks', { toDeclare: 'x' }, { toDeclare: [] }],
    ['its link', { linkPath: 7 }, { linkPath: null }],
    ['the cover', { cover: 7 }, { cover: undefined }],
    ['the fit', { fit: 7 }, { fit: undefined }],
  ])('counts although %s was broken', (_what, odd, expected) => {
    expect(entry.parse({ ...delivered, ...odd })).toEqual({ ...delivered, ...expected });
  });

  it.each<[string, string]>([
    ['no name', `rednote/${key}/`],
    ['an empty step', `rednote/${key}//video.mp4`],
    ['a step that stays', `rednote/${key}/./video.mp4`],
    ['a step that leads up', `rednote/${key}/../video.mp4`],
    ['a backslash', `rednote/${key}/a\\b`],
    ['a drive', `rednote/${key}/C:`],
    ['a zero byte', `rednote/${key}/a\0`],
    ['a very long name', `rednote/${key}/${'x'.repeat(4000)}`],
    ['another platform', `reels/${key}/video.mp4`],
    ['another post', `rednote/${key}-2/video.mp4`],
    ['its folder in another one', `x/rednote/${key}/video.mp4`],
  ])('counts for nothing with the path of a file that has %s', (_what, path) => {
    const forged = { ...delivered, files: [video, file(path, 'video')] };
    expect(entry.safeParse(forged).success).toBe(false);
    expect(postDocument.safeParse(forged).success).toBe(false);
  });

  it('has the row of the finished package as before, unless that is forged', () => {
    const failed = { ...delivered, status: 'failed', files: [] };
    expect(postDocument.parse({ ...failed, before: delivered })).toEqual({ ...failed, before: delivered });
    const forged = { ...delivered, files: [file('reels/x/video.mp4', 'video')] };
    expect(postDocument.parse({ ...failed, before: forged })).toEqual({ ...failed, before: undefined });
  });
});

describe('reasons', () => {
  const muted: Issue = { code: 'not-selected', severity: 'info', actual: null, limit: null };
  const describeIt = ({ code }: Issue) => `Because ${code}.`;

  it('are written with their sentence', () => {
    expect(issueRows([muted], describeIt)).toEqual([{ ...muted, message: 'Because not-selected.' }]);
  });

  it('keep a sentence that they have', () => {
    const row = { ...muted, message: 'As it was said then.' };
    expect(describedRows([row, muted], describeIt)).toEqual([row, { ...muted, message: 'Because not-selected.' }]);
  });
});

describe('a document', () => {
  it('is written with its version first, indented, and with a line feed at its end', () => {
    expect(toJson({ posts: 1 })).toBe('{\n  "schemaVersion": 1,\n  "posts": 1\n}\n');
  });

  it.each([null, '', '{', '{"key":"x"}', 'null'])('%j is no row', (text) => {
    expect(fromJson(text, entry)).toBeNull();
  });

  it('is the row that was written', () => {
    expect(fromJson(toJson(rowOf()), entry)).toEqual(rowOf());
  });

  it.each([
    ['is not there', null, null],
    ['is small', '{}', '{}'],
    ['has 5 MB', ' '.repeat(5_000_000), ' '.repeat(5_000_000)],
    ['is larger than any of port', ' '.repeat(5_000_001), null],
  ])('post.json that %s', async (_what, text, read) => {
    const path = join(temporaryFolder(), 'post.json');
    if (text !== null) await writeFile(path, text);
    expect((await readPostText(path, createFiles())) === read).toBe(true);
  });

  it('that a disk refuses to read is not taken for one that is too large', () => {
    const refused = Object.assign(new Error('EACCES'), { code: 'EACCES' });
    expect(() => noneIfTooLarge(refused)).toThrow(refused);
    expect(() => noneIfTooLarge(new Error('EFBIG'))).toThrow('EFBIG');
    expect(noneIfTooLarge(Object.assign(new Error('large'), { code: 'EFBIG' }))).toBeNull();
  });
});

function originalOf(odd: object) {
  return { path: 'originals/a.mp4', sha256: null, source: 'media', matchedBy: 'key', seconds: null, ...odd };
}

function issueOf(odd: object) {
  return { code: 'x', severity: 'warning', actual: 'a', limit: null, message: 'x', ...odd };
}
