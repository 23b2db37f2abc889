import { describe, expect, it } from 'vitest';
import { mergeChoices, noChoices } from '../../src/captions/choices.ts';
import { readFitCell } from '../../src/captions/fit-cell.ts';
import { cellRecordJson, parseRecordedCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { goesNowhere, readTargetsCell } from '../../src/captions/targets-cell.ts';
import { captionsCsv, type SheetRow } from '../../src/deliver/captions-csv.ts';
import { targets } from '../../src/targets/index.ts';

const key = '2025-03-02_09-15-04';

describe('a cell of the column targets', () => {
  const read = (cell: string) => {
    const found = readTargetsCell(cell);
    return found.kind === 'only' ? found.names : found.kind;
  };

  it.each(
    targets.flatMap(({ name, aliases, title }) => [name, title, ...aliases].map((word) => [word, name] as const)),
  )('%s is the platform %s, in any case', (word, name) => {
    for (const cell of [word, word.toUpperCase(), ` ${word.toLowerCase()} `, word.replaceAll(' ', '-')])
      expect([cell, readTargetsCell(cell)]).toEqual([cell, { kind: 'only', names: [name], unknown: [] }]);
  });

  it.each<[string, unknown]>([
    ['', 'everywhere'],
    [' \u00a0', 'everywhere'],
    ['\u200b', 'everywhere'],
    ['All', 'everywhere'],
    ['all, reels', 'everywhere'],
    ['all or nothing', 'unread'],
    ['all, none', []],
    ['shorts,rednote', ['rednote', 'shorts']],
    ['rednote; YouTube Shorts', ['rednote', 'shorts']],
    ['RedNote YouTube Shorts reels', ['rednote', 'shorts', 'reels']],
    ['rednote\nlemon8', ['rednote', 'lemon8']],
    ['rednote，lemon8、reels', ['rednote', 'lemon8', 'reels']],
    ['ｒｅｄｎｏｔｅ', ['rednote']],
    ['“rednote”, reels.', ['rednote', 'reels']],
    ['none', []],
    ['None', []],
    ['-', []],
    ['–', []],
    ['−', []],
    ['--', []],
    ['reels-', ['reels']],
    // Who writes both tried to keep it back.
    ['none, rednote', []],
    // Taken word by word these would deliver where a person did not want it.
    ['-reels', 'unread'],
    ['!reels', 'unread'],
    ['rednote - reels', 'unread'],
    ['- reels', 'unread'],
    ['reels ❌', 'unread'],
    ['not reels', 'unread'],
    ['all but shorts', 'unread'],
    ['lemno8', 'unread'],
    ['facebook, pinterest', ['facebook', 'pinterest']],
    ['tumblr, vk', 'unread'],
    ['?', 'unread'],
    ['#NAME?', 'unread'],
    ['小红书', 'unread'],
    [`rednote${' '.repeat(600)}lemon8`, 'unread'],
  ])('%j', (cell, expected) => expect(read(cell)).toEqual(expected));

  it('names what it does not understand, with the nearest name, and counts the others', () => {
    expect(readTargetsCell('rednote, lemno8, tumblr')).toEqual({
      kind: 'only',
      names: ['rednote'],
      unknown: [
        { word: 'lemno8', hint: 'Did you mean “lemon8”?' },
        { word: 'tumblr', hint: `Write ${targets.map(({ name }) => name).join(', ')} or none.` },
      ],
    });
    expect(readTargetsCell('noen')).toEqual({ kind: 'unread', hint: 'Did you mean “none”?' });
    expect(readTargetsCell('insta')).toEqual({ kind: 'unread', hint: 'Did you mean “instagram”?' });
  });
});

it('at most five words that are not understood are named, and long ones without a guess', () => {
  const long = `${'rednote'.repeat(6)}x`;
  const read = readTargetsCell(`rednote ${long} b c d e f`);
  expect(read.kind === 'only' && read.unknown.map(({ word }) => word)).toEqual([long, 'b', 'c', 'd', 'e']);
  expect(read.kind === 'only' && read.unknown[0]?.hint).toMatch(/^Write rednote, .* or none\.$/);
});

it.each<[string, boolean]>([
  ['', false],
  ['all', false],
  ['rednote', false],
  ['none', true],
  ['rednote, none', true],
  ['not rednote', true],
])('a post with the cell %j goes nowhere: %s', (cell, expected) => expect(goesNowhere(cell)).toBe(expected));

it.each<[string, unknown]>([
  ['', { kind: 'none' }],
  [' CROP ', { kind: 'fit', fit: 'crop' }],
  ['corp', { kind: 'bad', hint: 'Did you mean “crop”?' }],
  ['\u200bｃｒｏｐ', { kind: 'fit', fit: 'crop' }],
  [`crop${'x'.repeat(50)}`, { kind: 'bad', hint: 'Write keep, blur, pad or crop.' }],
  ['stretched', { kind: 'bad', hint: 'Write keep, blur, pad or crop.' }],
])('the cell %j of the column fit', (cell, expected) => expect(readFitCell(cell)).toEqual(expected));

describe('a choice', () => {
  const wide = { narrow: false };
  const none = { cover: null, targets: null, fit: null };
  it.each<[string, string | null, string | undefined, string | undefined]>([
    // [what, in the sheet, as it was recorded, what it comes to]
    ['that was filled in', 'shorts', undefined, 'shorts'],
    ['that was left', 'shorts', 'shorts', 'shorts'],
    ['that was changed', ' reels ', 'shorts', 'reels'],
    ['that was emptied', '', 'shorts', undefined],
    ['whose row or column is gone', null, 'shorts', 'shorts'],
    ['that never was', null, undefined, undefined],
  ])('%s', (_name, cell, before, expected) => {
    const kept = before === undefined ? undefined : { targets: before };
    const merged = mergeChoices({ ...none, targets: cell }, kept, {}, wide);
    expect(merged).toEqual(expected === undefined ? {} : { targets: expected });
    if (cell === null) expect(mergeChoices(null, kept, {}, wide)).toEqual(merged);
  });

  it('is not changed by a spreadsheet that makes numbers or loses letters, and gives way to an option', () => {
    const kept = { cover: 'pictures/Möwe 🌊.jpg', targets: 'rednote 🌊', fit: 'pad' };
    const read = { cover: 'pictures/Möwe ??.jpg', targets: 'rednote ??', fit: 'pad' };
    expect(mergeChoices(read, kept, {}, { narrow: true })).toEqual(kept);
    expect(mergeChoices({ ...none, cover: '1,50' }, { cover: '1.5' }, {}, wide)).toEqual({ cover: '1.5' });
    expect(mergeChoices(read, kept, { cover: '2' }, wide)).toEqual({ ...read, cover: '2' });
  });

  it('is recorded for the next run, and a record of an earlier version has none', () => {
    const cell = { text: '', personal: false };
    const words = { caption: cell, title: cell, hashtags: cell };
    for (const choices of [{ targets: 'none', fit: 'crop' }, { cover: '1' }]) {
      const rows = new Map([[key, { ...words, ...choices }]]);
      expect(parseRecordedCells(cellRecordJson(rows))).toEqual(rows);
    }
  });
});

describe('the columns of captions.csv', () => {
  const empty = { createdAt: '', kind: 'video', sound: '', location: '', likes: '', tiktokUrl: '' };
  const row = (odd: Partial<SheetRow>): SheetRow => ({
    ...{ key, ...empty, caption: '', title: '', hashtags: '', source: 'none', ...noChoices },
    ...odd,
  });
  const readBack = async (text: string) => {
    const sheet = await readOwnSheet(new TextEncoder().encode(text));
    if (typeof sheet === 'string') throw new Error(sheet);
    return sheet;
  };

  it('a dash is written so that no spreadsheet runs it, and read back, in the order cover, targets, fit', async () => {
    const text = captionsCsv([row({ cover: '1.5', targets: '-', fit: 'pad' })], null) ?? '';
    expect(text.split('\r\n')[0]?.endsWith(',source,cover,targets,fit')).toBe(true);
    expect(text.split('\r\n')[1]?.endsWith(",none,1.5,'-,pad")).toBe(true);
    const sheet = await readBack(text);
    expect(sheet.rows.get(key)).toMatchObject({ cover: '1.5', targets: '-', fit: 'pad' });
    expect(captionsCsv([row({ cover: '1.5', targets: '-', fit: 'pad' })], sheet.table)).toBe(null);
  });

  it.each(['key,caption,cover,mine', 'mine,caption,key', 'key;caption;fit;mine'])(
    'are added to a sheet with the header %s, and the column of the person stays',
    async (header) => {
      const delimiter = header.includes(';') ? ';' : ',';
      const cells = header.split(delimiter).map((name) => ({ key, mine: 'note' })[name] ?? '');
      const sheet = await readBack(`${header}\n${cells.join(delimiter)}\n`);
      const again = await readBack(captionsCsv([row({ targets: 'none' })], sheet.table) ?? '');
      expect(again.table.header.slice(-4)).toEqual(['cover', 'targets', 'fit', 'mine']);
      expect(again.table.rows[0]?.slice(-4)).toEqual(['', 'none', '', 'note']);
    },
  );

  it('are found as a person writes their names, if there is one of each', async () => {
    const sheet = await readBack(`key,caption,Targets,FIT,fit\n${key},,none,pad,crop\n`);
    expect(sheet.rows.get(key)).toMatchObject({ targets: 'none', fit: 'crop', cover: null });
    expect(sheet.table.header).toEqual(['key', 'caption', 'targets', 'FIT', 'fit']);
  });

  it('two rows of a post that choose different things are not read, since one may keep it back', async () => {
    const sheet = readOwnSheet(new TextEncoder().encode(`key,caption,targets\n${key},,\n${key},,none\n`));
    expect(await sheet).toContain('say different things');
  });
});
