import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cellRecordJson, parseSheetRecord } from '../../src/captions/own-sheet.ts';
import { noPast } from '../../src/captions/sheet-past.ts';
import { OutputError } from '../../src/errors.ts';
import { restoredRow, writeSheet, writtenBefore } from '../../src/pipeline/write-sheet.ts';
import { documentHash } from '../../src/state/document-hash.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, realTools, writeExport } from './account-run.ts';

const key = '2025-06-01_10-00-00';
const cell = (text: string) => ({ text, personal: true });
const record = (text: string) => ({
  kept: new Map([[key, { caption: cell(text), title: cell(''), hashtags: cell(''), cover: '', targets: '', fit: '' }]]),
  languages: {},
  past: noPast,
});

/** An account's folder with a sheet and its record, as an earlier run wrote them. */
async function account() {
  const folder = await temporaryFolder();
  const { files, locks } = await realTools();
  const nothing = { sha256: null, json: null, facts: null };
  const first = await writeSheet('before', record('before'), nothing, folder, { files, locks });
  if ('code' in first) throw new Error(first.code);
  const before = { ...first, facts: await files.facts(join(folder, 'captions.csv')) };
  const read = async (name: string) => readFile(join(folder, name), 'utf8').catch(() => null);
  const write = async (
    text: string | null,
    said = record('after'),
    tools: Pick<Tools, 'files' | 'locks'> = { files, locks },
  ) => writeSheet(text, { ...said, past: first.past }, before, folder, tools);
  return { folder, files, locks, before, read, write, past: first.past };
}

describe('writeSheet', () => {
  it('no sheet yet: it is written with its record, which knows its hash', async () => {
    const { read, past } = await account();
    expect(await read('captions.csv')).toBe('before');
    expect(parseSheetRecord(await read('captions.json'))).toMatchObject({ past: { sha256: documentHash('before') } });
    expect(past.sha256).toBe(documentHash('before'));
  });

  it('new text: both documents are replaced, and what they are now is returned for the next write', async () => {
    const { read, write } = await account();
    const done = await write('after');
    expect(await read('captions.csv')).toBe('after');
    expect(done).toMatchObject({ sha256: documentHash('after'), json: await read('captions.json') });
    expect(parseSheetRecord(await read('captions.json')).kept.get(key)?.caption.text).toBe('after');
  });

  it('nothing changed: nothing is written, nor is the lock taken', async () => {
    const { write, before, files } = await account();
    const never = async () => Promise.reject(new Error('not needed'));
    const done = await write(null, record('before'), { files: { ...files, write: never }, locks: { take: never } });
    expect(done).toMatchObject({ sha256: before.sha256, json: before.json });
  });

  it('the sheet is up to date, but not its record: that one is written', async () => {
    const { read, write } = await account();
    await write(null);
    expect(await read('captions.csv')).toBe('before');
    expect(parseSheetRecord(await read('captions.json')).kept.get(key)?.caption.text).toBe('after');
  });

  it('the record in its former place is deleted', async () => {
    const { folder, read, write } = await account();
    await mkdir(join(folder, '.port'), { recursive: true });
    await writeFile(join(folder, '.port/captions.json'), '{}');
    await write('after');
    expect(await read('.port/captions.json')).toBe(null);
  });
});

describe('a sheet that cannot be written: a warning with the reason, and what a person typed stays', () => {
  const refused = (actual: string) => ({ code: 'captions-sheet-unwritten', severity: 'warning', actual, limit: null });

  it.each<[string, (folder: string) => Promise<unknown>]>([
    ['saved by a person', async (folder) => writeFile(join(folder, 'captions.csv'), 'a person typed this')],
    [
      'saved with as many bytes',
      async (folder) =>
        writeFile(join(folder, 'captions.csv'), 'BEFORE').then(async () => utimes(join(folder, 'captions.csv'), 1, 1)),
    ],
    ['deleted', async (folder) => rm(join(folder, 'captions.csv'))],
    [
      'its record changed by the studio',
      async (folder) => writeFile(join(folder, 'captions.json'), cellRecordJson(record('studio').kept)),
    ],
  ])('%s meanwhile', async (_, meanwhile) => {
    const { folder, read, write } = await account();
    await meanwhile(folder);
    const then = [await read('captions.csv'), await read('captions.json')];
    expect(await write('after')).toEqual(refused('it was changed meanwhile'));
    expect([await read('captions.csv'), await read('captions.json')]).toEqual(then);
  });

  it('another port keeps it for longer than this one waits', async () => {
    const { read, write, files } = await account();
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const take = async () => {
        vi.setSystemTime(Date.now() + 60_000);
        throw new OutputError('taken');
      };
      const done = await write('after', record('after'), { files, locks: { take } });
      expect(done).toEqual(refused('another port is writing it'));
    } finally {
      vi.useRealTimers();
    }
    expect(await read('captions.csv')).toBe('before');
  });

  it('a full disk: both documents stay as they were', async () => {
    const { read, write, files, locks, before } = await account();
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
    const failing: typeof files = {
      ...files,
      write: async (path, data) => (path.endsWith('.csv') ? Promise.reject(full) : files.write(path, data)),
    };
    expect(await write('after', record('after'), { files: failing, locks })).toEqual(refused('ENOSPC'));
    expect([await read('captions.csv'), await read('captions.json')]).toEqual(['before', before.json]);
  });

  it('an error that is none of the system is thrown: it is a bug', async () => {
    const { write, files, locks } = await account();
    const failing = { ...files, write: async () => Promise.reject(new TypeError('a bug')) };
    await expect(write('after', record('after'), { files: failing, locks })).rejects.toThrow('a bug');
  });
});

describe('what the sheet says before it is written', () => {
  it('hash and record as they were read, and the text of each cell', async () => {
    const input = await temporaryFolder();
    const out = await temporaryFolder();
    const path = await writeExport(input, [{ Date: '2025-06-01 10:00:00' }]);
    await mkdir(join(out, 'maya'));
    await writeFile(join(out, 'maya/captions.csv'), `key,caption,title\n${key},Hello,\n`);
    const { run } = await openAccountRun({ export: path, out });
    const { sheet } = await run.loadedCaptions.all();
    const { sha256, json, said } = writtenBefore(sheet);
    expect([sha256, json]).toEqual([sheet.read.sha256, sheet.read.json]);
    expect(sha256).toBe(documentHash(`key,caption,title\n${key},Hello,\n`));
    expect([said(key, 'caption'), said(key, 'title'), said('2020-01-01_00-00-00', 'caption')]).toEqual([
      'Hello',
      '',
      undefined,
    ]);
  });

  it('the row of a post that is not in this export gets back what an older copy overwrote', () => {
    expect(restoredRow([key, { caption: 'Hello' }])).toEqual({ key, more: { caption: 'Hello' } });
  });
});
