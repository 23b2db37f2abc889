import { describe, expect, it } from 'vitest';
import {
  cellRecordJson,
  cellsOf,
  knownCells,
  parseRecordedCells,
  type RecordedCells,
  readOwnSheet,
  withPast,
} from '../../src/captions/own-sheet.ts';
import type { SheetCells } from '../../src/captions/sheet-cells.ts';
import { noPast, withRevision } from '../../src/captions/sheet-past.ts';
import { post } from '../builders.ts';

const key = '2025-03-02_09-15-04';
const id = ((BigInt(post().time - 4) << 32n) + 5n).toString();
const read = (text: string, known = new Map<string, Record<string, string[]>>()) =>
  readOwnSheet(new TextEncoder().encode(text), known);
const rowOf = async (text: string): Promise<SheetCells | undefined> => {
  const sheet = await read(text);
  if (typeof sheet === 'string') throw new Error(sheet);
  return sheet.rows.get(key);
};
const cell = (text: string) => ({ text, personal: false });
const recorded = (odd: Partial<RecordedCells> = {}): RecordedCells => ({
  ...{ caption: cell('a'), title: cell(''), hashtags: cell('') },
  ...odd,
});
const spanish = { es: { title: { ...cell('T'), of: 'x' }, caption: { ...cell('El mar'), of: 'y' } } };

describe('further columns of captions.csv', () => {
  it.each<[string, string, object]>([
    ['translations', `key,caption,caption_es,title_es\n${key},x,El mar,T\n`, { caption_es: 'El mar', title_es: 'T' }],
    ['translations in other capitals', `key,caption,Caption_ZH-hant\n${key},x,海\n`, { 'caption_zh-Hant': '海' }],
    ['a transcript', `key,caption,Speech\n${key},x,said\n`, { speech: 'said' }],
    ['a translation in a row that is too short', `key,caption,caption_es\n${key},x\n`, { caption_es: '' }],
  ])('%s are read', async (_name, text, more) => expect((await rowOf(text))?.more).toEqual(more));

  it('of other names are none of port', async () => {
    expect(await rowOf(`key,caption,mine\n${key},x,y\n`)).not.toHaveProperty('more');
    const twice = await rowOf(`key,caption,speech,Speech\n${key},x,one,two\n`);
    expect(twice?.more).toEqual({ speech: 'two' });
  });

  it.each<[string, string, string, boolean]>([
    ['different translations', 'El mar', 'La mar', false],
    ['one of them without a translation', 'El mar', ' ', true],
    ['the same translation', 'El mar', 'El mar', true],
  ])('of two rows of a post with %s', async (_name, one, other, isRead) => {
    const sheet = await read(`key,caption,caption_es\n${key},x,${one}\n${key},x,${other}\n`);
    expect(typeof sheet === 'string' ? sheet : 'read').toBe(
      isRead ? 'read' : `two rows of ${key} say different things: keep one`,
    );
  });

  it('have the id of a post’s address', async () => {
    expect((await rowOf(`key,caption,tiktokUrl\n${key},x,https://www.tiktok.com/@maya/video/${id}\n`))?.tiktokId).toBe(
      id,
    );
    expect((await rowOf(`key,caption\n${key},x\n`))?.tiktokId).toBeNull();
  });
});

describe('a sheet that is refused says why', () => {
  it.each<[string, string, string]>([
    ['no caption', 'key,text\n', 'it has no columns “key” and “caption” any more'],
    ['no key', 'post,caption\n', 'it has no columns “key” and “caption” any more'],
    [
      'a missing quotation mark',
      `key,caption\na,"x\n${key},y"\n`,
      `a quotation mark is missing before the row of ${key}`,
    ],
    [
      'a missing quotation mark, before one of several posts of a second',
      `key;caption\na;"x\n${key}-12;y"\n`,
      `a quotation mark is missing before the row of ${key}-12`,
    ],
    [
      'a missing quotation mark, between tabs',
      `key\tcaption\na\t"x\n${key}\ty"\n`,
      `a quotation mark is missing before the row of ${key}`,
    ],
  ])('%s', async (_name, text, why) => expect(await read(text)).toBe(why));

  it.each([`"see\n${key}"`, `"see\n${key} again"`, `"see ${key}, again"`, `"see\n${key}-x, again"`])(
    'not for a caption that names a post: %j',
    async (caption) => expect(typeof (await read(`key,caption\na,${caption}\n`))).toBe('object'),
  );
});

describe('the words that are known of a sheet', () => {
  it('tell its encoding', async () => {
    const latin = Uint8Array.from(Buffer.from(`key,caption\n${key},Möwe\n`, 'latin1'));
    const known = new Map([[key, { caption: ['Möwe'] }]]);
    expect(await readOwnSheet(latin, known)).toMatchObject({ table: { narrow: true, legacy: true } });
    expect(typeof (await readOwnSheet(latin))).toBe('string');
  });

  it('tell whether signs were lost: then the sheet is like one in a narrow encoding', async () => {
    const known = new Map([[key, { caption: ['Sea 🌊'] }]]);
    expect(await read(`key,caption\n${key},Sea ??\n`, known)).toMatchObject({ table: { narrow: true } });
    expect(await read(`key,caption\n${key},Sea 🌊\n`, known)).toMatchObject({ table: { narrow: false } });
  });

  it('are those of translations and transcripts too, with a row or without', () => {
    const kept = new Map([
      [key, recorded({ translations: spanish, speech: cell('said') })],
      ['gone', recorded({ translations: spanish })],
    ]);
    const known = knownCells([post()], kept, () => null);
    const more = { title_es: ['T'], caption_es: ['El mar'] };
    expect(known.get(key)).toMatchObject({ caption: ['a', ''], said: [], ...more, speech: ['said'] });
    expect(known.get('gone')).toEqual({ caption: ['a'], title: [''], hashtags: [''], ...more });
    expect(knownCells([post()], new Map(), () => null).get(key)).not.toHaveProperty('caption_es');
  });

  it('are also those that cells had since the last run and before', () => {
    const known = new Map([[key, { caption: ['a'] }]]);
    const since = new Map([
      [key, { caption: 'b', title: 'T' }],
      ['unknown', { caption: 'x' }],
    ]);
    const past = withRevision({ ...noPast, since }, 'sheet', new Map([[key, { caption: 'c', hashtags: '' }]]));
    expect([...withPast(known, past)]).toEqual([[key, { caption: ['a', 'b', 'c'], title: ['T'] }]]);
    expect([...withPast(known, noPast)]).toEqual([...known]);
    expect([...withPast(known, { ...past, since: new Map() })]).toEqual([[key, { caption: ['a', 'c'] }]]);
    expect([...withPast(known, { ...past, revisions: [] })]).toEqual([[key, { caption: ['a', 'b'], title: ['T'] }]]);
  });
});

it('cells of a caption without hashtags have none', () => {
  const words = { text: 'a', title: null, source: 'sidecar', matchedBy: 'id', seconds: null } as const;
  expect(cellsOf({ ...words, hashtags: null })).toEqual({ caption: 'a', title: '', hashtags: '' });
});

describe('the record of the cells', () => {
  it.each<[string, RecordedCells]>([
    ['words', recorded()],
    ['inherited words', recorded({ caption: { text: 'a', personal: true, inherited: true } })],
    ['choices', recorded({ cover: '1', targets: 'rednote' })],
    ['translations', recorded({ translations: spanish })],
    ['a transcript', recorded({ speech: cell('said') })],
  ])('has %s', (_name, cells) => {
    const rows = new Map([[key, cells]]);
    const found = parseRecordedCells(cellRecordJson(rows));
    expect(found).toEqual(rows);
    expect(Object.keys(found.get(key) ?? {})).toEqual(Object.keys(cells));
  });

  it.each([
    ['translations', { es: 7 }],
    ['speech', 'said'],
  ])('with broken %s has the rest', (part, value) => {
    const json = JSON.stringify({ rows: { [key]: { ...recorded(), [part]: value } } });
    expect([...parseRecordedCells(json)]).toEqual([[key, recorded()]]);
  });
});
