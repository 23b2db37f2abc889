import { mkdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOwnSheet, readSheetNow } from '../../src/captions/open-sheet.ts';
import { cellRecordJson, type RecordedCells } from '../../src/captions/own-sheet.ts';
import { blank } from '../../src/captions/source.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { key } from './account.ts';

const files = createFiles();
const joined = { fits: new Map(), refused: new Map(), tiktokIds: new Map(), issues: [] };
const open = (folder: string, saidBefore?: (key: string) => readonly string[]) =>
  openOwnSheet({ folder, posts: [post()], saidBefore }, joined, { files } as Partial<Tools> as Tools);

const nothing = { text: '', personal: false };
const record = (caption: string): string =>
  cellRecordJson(
    new Map<string, RecordedCells>([
      [key, { caption: { text: caption, personal: true }, title: nothing, hashtags: nothing }],
    ]),
  );
/** A folder with these files, from the oldest to the newest. */
function folderOf(written: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.port'));
  for (const [index, [name, text]] of Object.entries(written).entries()) {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), 1000 + index, 1000 + index);
  }
  return folder;
}
const table = `key,caption\n${key},mine\n`;

describe('captions.csv of an account', () => {
  it.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['none', { 'captions.csv': table }, null],
    ['a newer one of Excel', { 'captions.csv': table, 'captions.xlsx': 'PK' }, 'captions.xlsx'],
    ['a newer one of old Excel', { 'captions.csv': table, 'captions.xls': 'PK' }, 'captions.xls'],
    ['a newer one of LibreOffice', { 'captions.csv': table, 'captions.ods': 'PK' }, 'captions.ods'],
    ['a newer one of Numbers', { 'captions.csv': table, 'captions.numbers': 'PK' }, 'captions.numbers'],
    ['an older one', { 'captions.ods': 'PK', 'captions.csv': table }, null],
    ['an older and a newer one', { 'captions.xls': 'PK', 'captions.csv': table, 'captions.ods': 'PK' }, 'captions.ods'],
    ['one and no sheet', { 'captions.ods': 'PK' }, 'captions.ods'],
    ['one of another name', { 'captions.csv': table, 'list.ods': 'PK' }, null],
  ])('with a spreadsheet beside it: %s', async (_name, written, beside) => {
    expect((await open(folderOf(written))).beside).toBe(beside);
  });

  it('with a spreadsheet beside it that was saved at the same time, is taken for the newer one', async () => {
    const folder = folderOf({ 'captions.csv': table, 'captions.ods': 'PK' });
    for (const name of ['captions.csv', 'captions.ods']) utimesSync(join(folder, name), 1000, 1000);
    expect((await open(folder)).beside).toBeNull();
  });

  it('in an old encoding is read with the words of other sources', async () => {
    const folder = folderOf({});
    writeFileSync(join(folder, 'captions.csv'), Buffer.from(`key,caption\n${key},Möwe\n`, 'latin1'));
    const note = { ...blank, source: 'sidecar', origin: 'x', text: 'Möwe' } as const;
    const fits = new Map([[key, [{ fit: { note, by: 'id', seconds: null } as const, layer: {} as never }]]]);
    const tools = { files } as Partial<Tools> as Tools;
    const found = await openOwnSheet({ folder, posts: [post()], saidBefore: undefined }, { ...joined, fits }, tools);
    expect([found.problem, found.found?.rows.get(key)?.caption]).toEqual([null, 'Möwe']);
    expect((await open(folder)).problem).toContain('cannot be told for sure');
  });

  it('whose record cannot be opened has none', async () => {
    const folder = folderOf({ 'captions.csv': table });
    mkdirSync(join(folder, 'captions.json'));
    expect(await open(folder)).toMatchObject({ json: null, kept: new Map(), problem: null });
  });

  it('that is larger than 100 MB is not read, and what is recorded counts', async () => {
    const folder = folderOf({ 'captions.csv': '', 'captions.json': record('mine') });
    truncateSync(join(folder, 'captions.csv'), (100 << 20) + 1);
    const { found, problem, kept, sha256 } = await open(folder);
    expect([found, problem, sha256]).toEqual([null, 'it is larger than 100 MB', null]);
    expect(kept.get(key)?.caption.text).toBe('mine');
  });

  it('is known by its hash when it was read', async () => {
    const [read, same, other] = await Promise.all(
      [table, table, `${table}\n`].map((text) => open(folderOf({ 'captions.csv': text }))),
    );
    expect(read?.sha256).toMatch(/^[\da-f]{64}$/);
    expect(same?.sha256).toBe(read?.sha256);
    expect(other?.sha256).not.toBe(read?.sha256);
    expect(await open(folderOf({ 'captions.csv': '' }))).toMatchObject({ found: null, problem: null, sha256: null });
    expect((await open(folderOf({ 'captions.csv': 'milk\n' }))).sha256).toBeNull();
  });

  it.each<[string, Readonly<Record<string, string>>, string | undefined, boolean]>([
    ['beside it', { 'captions.json': record('a') }, 'a', true],
    ['in its former place', { '.port/captions.json': record('a') }, 'a', false],
    ['in both: that beside it', { '.port/captions.json': record('a'), 'captions.json': record('b') }, 'b', true],
    ['in neither', {}, undefined, false],
  ])('has a record of its cells %s', async (_name, written, caption, isDocument) => {
    const { kept, json } = await open(folderOf(written));
    expect(kept.get(key)?.caption.text).toBe(caption);
    expect(json !== null).toBe(isDocument);
  });

  it('without that record is compared with the delivered texts, with it is not', async () => {
    const lost = { 'captions.csv': `key,caption\n${key},"Mein caf? am See"\n` };
    const said = () => ['Mein café am See'];
    expect((await open(folderOf(lost), said)).problem).toContain('where the package has');
    expect((await open(folderOf({ ...lost, 'captions.json': record('x') }), said)).problem).toBeNull();
  });

  it('that vanishes or cannot be read while it is opened is reported, an error in port itself is thrown', async () => {
    const folder = folderOf({ 'captions.csv': table });
    const failing = (error: Error) =>
      openOwnSheet({ folder, posts: [], saidBefore: undefined }, joined, {
        files: { ...files, readStart: () => Promise.reject(error) },
      } as Partial<Tools> as Tools);
    const gone = Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'read' });
    expect((await failing(gone)).problem).toBe('EIO: i/o error');
    await expect(failing(new TypeError('x is no function'))).rejects.toThrow('x is no function');
  });
});

describe('captions.csv as it stands, for the studio', () => {
  it('has its rows, its hash and the recorded cells', async () => {
    const folder = folderOf({ 'captions.csv': table, 'captions.json': record('was') });
    const { found, problem, sha256, kept, json } = await readSheetNow(folder, files);
    expect([found?.rows.get(key)?.caption, problem, sha256 === null]).toEqual(['mine', null, false]);
    expect([kept.get(key)?.caption.text, json]).toEqual(['was', record('was')]);
  });

  it('is none if there is none, and has a reason if it cannot be read', async () => {
    const folder = folderOf({ 'captions.csv': 'milk\n' });
    expect((await readSheetNow(folder, files)).problem).toBe('it has no columns “key” and “caption” any more');
    rmSync(join(folder, 'captions.csv'));
    expect(await readSheetNow(folder, files)).toMatchObject({ found: null, problem: null, sha256: null, json: null });
  });
});
