import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSheetRecord } from '../../src/captions/own-sheet.ts';
import { noPast } from '../../src/captions/sheet-past.ts';
import { isRecordAsRead, writeCaptions } from '../../src/deliver/write-captions.ts';
import { documentHash } from '../../src/state/document-hash.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';

const cell = (text: string) => ({ text, personal: true });
const record = (text: string) => ({
  kept: new Map([['k', { caption: cell(text), title: cell(''), hashtags: cell(''), cover: '', targets: '', fit: '' }]]),
  languages: {},
  past: noPast,
});
const busy = Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'open' });

/** An account's folder. @param isRefused whether a path cannot be written, with the error */
function account(isRefused: (path: string) => Error | null = () => null) {
  const folder = temporaryFolder();
  const disk = createFiles();
  const files: typeof disk = {
    ...disk,
    async write(path, data) {
      const error = isRefused(path);
      if (error) throw error;
      await disk.write(path, data);
    },
  };
  const text = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  return { folder, files, text };
}
const nothing = { sha256: null, json: null };

describe('captions.csv and captions.json', () => {
  it('are written together, with the hash of the sheet and of the one before', async () => {
    const { folder, files, text } = account();
    const first = await writeCaptions(folder, 'a', record('x'), nothing, files);
    expect([text('captions.csv'), text('captions.json'), first.sha256]).toEqual(['a', first.json, documentHash('a')]);
    expect(parseSheetRecord(first.json).past).toMatchObject({ sha256: documentHash('a'), replaced: null });
    const second = await writeCaptions(folder, 'b', { ...record('x'), past: first.past }, first, files);
    expect(second.past).toMatchObject({ sha256: documentHash('b'), replaced: documentHash('a') });
    expect(parseSheetRecord(text('captions.json')).past).toEqual(second.past);
  });

  it('without new text: the sheet stays, and the record follows it', async () => {
    const { folder, files, text } = account();
    const { sha256, past } = await writeCaptions(folder, null, record('x'), { ...nothing, sha256: 'before' }, files);
    expect([sha256, past.sha256, past.replaced, text('captions.csv')]).toEqual(['before', 'before', null, null]);
    expect(parseSheetRecord(text('captions.json')).kept.get('k')?.caption.text).toBe('x');
  });

  it('the same text again: what it replaced is still remembered', async () => {
    const { folder, files } = account();
    const past = { ...noPast, sha256: documentHash('b'), replaced: documentHash('a') };
    const before = { sha256: documentHash('b'), json: null };
    expect((await writeCaptions(folder, 'b', { ...record('x'), past }, before, files)).past).toEqual(past);
  });

  it.each<[string, string | null]>([
    ['is gone again', null],
    ['is as before', 'what it said'],
  ])('if the sheet cannot be written, a record that was not there or was %s', async (_name, json) => {
    const { folder, files, text } = account((path) => (path.endsWith('.csv') ? busy : null));
    if (json !== null) writeFileSync(join(folder, 'captions.json'), json);
    await expect(writeCaptions(folder, 'a', record('x'), { sha256: null, json }, files)).rejects.toBe(busy);
    expect([text('captions.json'), text('captions.csv')]).toEqual([json, null]);
  });

  const [full, bug] = [Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' }), new TypeError('a bug')];
  it.each<[string, Error, Error]>([
    ['of a full disk, and tells of the sheet', full, busy],
    ['of a bug, and tells of it', bug, bug],
  ])('a record that cannot be put back stays the new one because %s', async (_name, second, expected) => {
    let isSheetRefused = false;
    const { folder, files, text } = account((path) => {
      if (path.endsWith('.csv')) isSheetRefused = true;
      return isSheetRefused ? (path.endsWith('.csv') ? busy : second) : null;
    });
    writeFileSync(join(folder, 'captions.json'), 'before');
    await expect(writeCaptions(folder, 'a', record('x'), { sha256: null, json: 'before' }, files)).rejects.toBe(
      expected,
    );
    expect(parseSheetRecord(text('captions.json')).kept.get('k')?.caption.text).toBe('x');
  });

  it('a bug while the sheet is written leaves the new record', async () => {
    const { folder, files, text } = account((path) => (path.endsWith('.csv') ? new TypeError('a bug') : null));
    await expect(writeCaptions(folder, 'a', record('x'), nothing, files)).rejects.toThrow('a bug');
    expect(text('captions.json')).not.toBeNull();
  });
});

it.each<[string, string | null, string | null, boolean]>([
  ['the same', 'x', 'x', true],
  ['none, as before', null, null, true],
  ['another one', 'x', 'y', false],
  ['a new one', null, '{}', false],
  ['a new one of some kilobytes', null, 'x'.repeat(5000), false],
  ['one that grew to some kilobytes', 'x', 'x'.repeat(5000), false],
  ['one that is gone', 'x', null, false],
  ['one of some kilobytes, as before', 'x'.repeat(5000), 'x'.repeat(5000), true],
])('a record is as it was read: %s', async (_name, json, there, expected) => {
  const { folder, files } = account();
  if (there !== null) writeFileSync(join(folder, 'captions.json'), there);
  expect(await isRecordAsRead(folder, { json }, files)).toBe(expected);
});
