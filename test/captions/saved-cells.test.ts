import { describe, expect, it } from 'vitest';
import { type RecordedCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { latestOf, mergeSavedSheet, pastAfterRun, recordedTexts, saidIn } from '../../src/captions/saved-sheet.ts';
import type { OwnSheet } from '../../src/captions/sheet-cells.ts';
import { noPast, type Past, withRevision } from '../../src/captions/sheet-past.ts';

const key = '2025-03-02_09-15-04';
const cell = (text: string, odd: object = {}) => ({ text, personal: false, ...odd });
const rowOf = (odd: Partial<RecordedCells> = {}): RecordedCells => ({
  ...{ caption: cell(''), title: cell(''), hashtags: cell('') },
  ...odd,
});
const spanish = (title: string, caption: string, personal = false) => ({
  es: { title: { ...cell(title, { personal }), of: '' }, caption: { ...cell(caption, { personal }), of: '' } },
});

async function sheetOf(columns: Readonly<Record<string, string>>, row = key): Promise<OwnSheet> {
  const cells = { key: row, ...(columns['caption'] === undefined && { caption: '' }), ...columns };
  const quoted = Object.values(cells).map((text) => `"${text}"`);
  const read = await readOwnSheet(new TextEncoder().encode(`${Object.keys(cells).join()}\n${quoted.join()}\n`));
  if (typeof read === 'string') throw new Error(read);
  return read;
}
const since = (cells: Readonly<Record<string, string>>): Past => ({ ...noPast, since: new Map([[key, cells]]) });
const merged = async (columns: Readonly<Record<string, string>>, kept: RecordedCells, past: Past = noPast) => {
  const sheet = await sheetOf(columns);
  const found = mergeSavedSheet(sheet, 'of somebody', { kept: new Map([[key, kept]]), past });
  return { ...found, row: found.rows.get(key), others: found.past.others.get(key) };
};

describe('what port knows of a cell', () => {
  const kept = new Map([[key, rowOf({ title: cell('kept'), cover: '1.5', translations: spanish('', 'El mar') })]]);
  const latest = latestOf({ kept, past: since({ title: 'now' }) });
  it.each([
    ['what came since the last run', key, 'title', 'now'],
    ['what the last run left', key, 'cover', '1.5'],
    ['a translation', key, 'caption_es', 'El mar'],
    ['nothing in another column', key, 'mine', ''],
    ['nothing of another post', 'other', 'title', ''],
  ])('is %s', (_name, post, column, text) => expect(latest(post, column)).toBe(text));

  it('are all cells of a row by column', () => {
    expect(
      recordedTexts(rowOf({ caption: cell('c'), hashtags: cell('#h'), fit: 'pad', speech: cell('said') })),
    ).toEqual({
      ...{ caption: 'c', title: '', hashtags: '#h', cover: '', targets: '', fit: 'pad', speech: 'said' },
    });
    expect(recordedTexts(rowOf())).toEqual({ caption: '', title: '', hashtags: '', cover: '', targets: '', fit: '' });
    expect(recordedTexts(undefined)).toEqual({});
  });

  it.each<[string, string, string | undefined]>([
    ['of the sheet', 'title', 'in the sheet'],
    ['of a further column of the sheet', 'caption_es', 'La mar'],
    ['of the last run, where the sheet lacks the column', 'cover', '1.5'],
    ['of neither', 'mine', undefined],
  ])('before a run is the text %s', async (_name, column, text) => {
    const { rows } = await sheetOf({ title: 'in the sheet', caption_es: 'La mar' });
    expect(saidIn({ rows }, kept)(key, column)).toBe(text);
  });

  it('before a run is the text of the last one, where the sheet lacks the row or all further columns', async () => {
    const { rows } = await sheetOf({ title: 'in the sheet' });
    const [without, bare] = [saidIn({ rows: new Map() }, kept), saidIn({ rows }, kept)];
    expect([without(key, 'title'), without(key, 'caption_es'), bare(key, 'caption_es')]).toEqual([
      ...['kept', 'El mar', 'El mar'],
    ]);
  });
});

/** Whether a spreadsheet that was opened before has seen the last change of a cell, nobody knows. */
const changed = (past: Past, column: string) => withRevision(past, 'studio', new Map([[key, { [column]: 'older' }]]));

describe('a cell that the sheet changed, perhaps without having seen what it said', () => {
  it.each<[string, RecordedCells, Past, Readonly<Record<string, string>>, string[]]>([
    ['of port: nothing is kept of it', rowOf({ title: cell('old') }), noPast, { title: 'new' }, []],
    ['of a person', rowOf({ title: cell('old', { personal: true }) }), noPast, { title: 'new' }, ['old']],
    [
      'of a source that is gone',
      rowOf({ title: cell('old', { personal: true, inherited: true }) }),
      noPast,
      { title: 'new' },
      [],
    ],
    [
      'of a caption of a person',
      rowOf({ caption: cell('old', { personal: true }) }),
      noPast,
      { caption: 'new' },
      ['old'],
    ],
    [
      'of hashtags of a person',
      rowOf({ hashtags: cell('#old', { personal: true }) }),
      noPast,
      { hashtags: '#new' },
      ['#old'],
    ],
    ['of hashtags of port', rowOf({ hashtags: cell('#old') }), noPast, { hashtags: '#new' }, []],
    ['since the last run', rowOf(), since({ title: 'old' }), { title: 'new' }, ['old']],
    ['a choice, which only persons make', rowOf({ targets: 'shorts' }), noPast, { targets: 'reels' }, ['shorts']],
    ['a transcript of a program', rowOf({ speech: cell('old') }), noPast, { speech: 'new' }, []],
    [
      'a transcript of a person',
      rowOf({ speech: cell('old', { personal: true }) }),
      noPast,
      { speech: 'new' },
      ['old'],
    ],
    ['a translation of a program', rowOf({ translations: spanish('', 'old') }), noPast, { caption_es: 'new' }, []],
    [
      'a translation of a person',
      rowOf({ translations: spanish('', 'old', true) }),
      noPast,
      { caption_es: 'new' },
      ['old'],
    ],
    [
      'a translated title of a person',
      rowOf({ translations: spanish('old', '', true) }),
      noPast,
      { title_es: 'new' },
      ['old'],
    ],
    ['a translated title of a program', rowOf({ translations: spanish('old', '') }), noPast, { title_es: 'new' }, []],
    ['an empty one of a person', rowOf({ title: cell('', { personal: true }) }), noPast, { title: 'new' }, []],
    ['blanks of a person', rowOf({ title: cell(' ', { personal: true }) }), noPast, { title: 'new' }, []],
  ])('%s', async (_name, kept, past, columns, texts) => {
    const [column = '', text] = Object.entries(columns)[0] ?? [];
    const { row, others, restored, past: now } = await merged(columns, kept, changed(past, column));
    const found = row?.more?.[column] ?? Object.entries(row ?? {}).find(([name]) => name === column)?.[1];
    expect([found, now.since.get(key)?.[column], restored.size]).toEqual([text, text, 0]);
    expect((others?.[column] ?? []).map((other) => other.text)).toEqual(texts);
    expect(now.revisions).toMatchObject([{ by: 'studio' }, { by: 'sheet' }]);
  });

  it('which it did see: nothing is kept of it', async () => {
    const { others, past } = await merged({ title: 'new' }, rowOf({ title: cell('old', { personal: true }) }));
    expect([others, past.since.get(key)]).toEqual([undefined, { title: 'new' }]);
  });

  it('in blanks at its ends alone counts, and nothing is kept of it', async () => {
    const { row, others, past } = await merged({ title: ' old ' }, rowOf({ title: cell('old', { personal: true }) }));
    expect([row?.title, others, past.since.get(key)]).toEqual([' old ', undefined, { title: ' old ' }]);
  });

  it('without the blanks at its ends counts', async () => {
    const { row, restored, past } = await merged({ title: 'old' }, rowOf({ title: cell(' old ') }));
    expect([row?.title, restored.size, past.since.get(key)]).toEqual(['old', 0, { title: 'old' }]);
  });

  it('where it saw that: what was kept of it and told is gone; where it may not have, both are kept', async () => {
    const past = {
      ...noPast,
      others: new Map([[key, { title: [{ text: 'a', isTold: true as const }, { text: 'b' }] }]]),
    };
    const kept = rowOf({ title: cell('old', { personal: true }) });
    const textsOf = ({ others }: Awaited<ReturnType<typeof merged>>) => others?.['title']?.map(({ text }) => text);
    expect(textsOf(await merged({ title: 'new' }, kept, past))).toEqual(['b']);
    expect(textsOf(await merged({ title: 'new' }, kept, changed(past, 'title')))).toEqual(['a', 'b', 'old']);
  });

  it('to a text that was kept of it is one that a person chose', async () => {
    const past: Past = {
      ...since({ title: 'a' }),
      others: new Map([[key, { title: [{ text: 'b' }, { text: 'c' }] }]]),
    };
    const { others } = await merged({ title: 'b' }, rowOf(), changed(past, 'title'));
    expect(others?.['title']?.map(({ text }) => text)).toEqual(['c', 'a']);
  });
});

describe('a cell that is shown in another way', () => {
  it.each<[string, RecordedCells, Readonly<Record<string, string>>, boolean, boolean]>([
    ['as a number', rowOf({ title: cell('00123') }), { title: '123' }, false, true],
    ['as another number', rowOf({ title: cell('00123') }), { title: '124' }, false, false],
    ['without its letters, in a narrow encoding', rowOf({ title: cell('Sea 🌊') }), { title: 'Sea ??' }, true, true],
    ['without its letters, in a wide encoding', rowOf({ title: cell('Sea 🌊') }), { title: 'Sea ??' }, false, false],
    ['as nothing', rowOf({ title: cell('0') }), { title: '' }, false, false],
    ['where nothing was', rowOf({ title: cell('') }), { title: '0' }, false, false],
  ])('%s', async (_name, kept, columns, narrow, isRestored) => {
    const sheet = await sheetOf(columns);
    const saved = { ...sheet, table: { ...sheet.table, narrow } };
    const { rows, restored, stale } = mergeSavedSheet(saved, 'of somebody', {
      kept: new Map([[key, kept]]),
      past: noPast,
    });
    expect([restored.get(key), stale]).toEqual([isRestored ? { title: kept.title.text } : undefined, []]);
    expect(rows.get(key)?.title).toBe(isRestored ? kept.title.text : columns['title']);
  });
});

describe('rows and columns', () => {
  it('of a post that port does not know are taken as they are, and not remembered', async () => {
    const sheet = await sheetOf({ title: 'new' }, 'other');
    const { rows, past } = mergeSavedSheet(sheet, 'x', { kept: new Map(), past: noPast });
    expect([rows.get('other')?.title, past.since.size, past.revisions]).toEqual(['new', 0, []]);
  });

  it('of a post that is only known since the last run are remembered', async () => {
    const sheet = await sheetOf({ title: 'new' });
    const { past } = mergeSavedSheet(sheet, 'x', { kept: new Map(), past: since({ title: 'old' }) });
    expect(past.since.get(key)).toEqual({ title: 'new' });
  });

  it('with names of translations that port never wrote are not remembered', async () => {
    const { row, past } = await merged({ caption_es: 'El mar' }, rowOf());
    expect([row?.more, past.since.size]).toEqual([{ caption_es: 'El mar' }, 0]);
    const known = await merged({ caption_es: 'La mar' }, rowOf({ translations: spanish('', 'El mar') }));
    expect(known.past.since.get(key)).toEqual({ caption_es: 'La mar' });
  });

  it('that the sheet lacks have what came since the last run', async () => {
    const { row } = await merged(
      { title: '' },
      rowOf({ speech: cell('old') }),
      since({ cover: '1', speech: 'said', title: '' }),
    );
    expect(row).toMatchObject({ title: '', cover: '1', more: { speech: 'said' } });
    const { row: same } = await merged({ speech: 'said' }, rowOf({ speech: cell('old') }), since({ speech: 'said' }));
    expect(same?.more).toEqual({ speech: 'said' });
  });

  it('that the sheet lacks altogether have nothing else', () => {
    const { rows } = mergeSavedSheet(null, null, { kept: new Map(), past: since({ title: 'T', speech: 'said' }) });
    expect(rows.get(key)).toEqual({
      ...{ caption: null, title: 'T', hashtags: null, cover: null, targets: null, fit: null, tiktokId: null },
      more: { speech: 'said' },
    });
    const words = mergeSavedSheet(null, null, { kept: new Map(), past: since({ title: 'T' }) });
    expect(words.rows.get(key)).not.toHaveProperty('more');
  });

  it('of the sheet that port wrote itself are as they stand', async () => {
    const sheet = await sheetOf({ title: 'as it was written', speech: 'told' });
    const past = { ...since({ title: 'x', cover: '1', speech: 'said' }), sha256: 'own' };
    const found = mergeSavedSheet(sheet, 'own', { kept: new Map([[key, rowOf()]]), past });
    expect(found).toMatchObject({ stale: [], past: { since: past.since, revisions: [] } });
    expect(found.rows.get(key)?.more).toEqual({ speech: 'told' });
    expect([found.restored.size, found.rows.get(key)?.title, found.rows.get(key)?.cover]).toEqual([
      ...[0, 'as it was written', '1'],
    ]);
  });

  it('of a sheet that was to be replaced get back what the last run and edits since then left', async () => {
    const kept = new Map([[key, rowOf({ title: cell('of the run'), caption: cell('c'), speech: cell('said') })]]);
    const past = { ...since({ caption: 'edited' }), sha256: 'new', replaced: 'old' };
    const sheet = await sheetOf({ title: 'before', caption: 'c', speech: 'said' });
    const found = mergeSavedSheet(sheet, 'old', { kept, past });
    expect(found.restored).toEqual(new Map([[key, { title: 'of the run', caption: 'edited' }]]));
    expect(found.rows.get(key)).toMatchObject({ title: 'of the run', caption: 'edited', more: { speech: 'said' } });
    expect([...found.stale].sort()).toEqual([`caption of ${key}`, `title of ${key}`]);
  });

  it('of a sheet of unknown hash are merged, also where port has none', async () => {
    const found = mergeSavedSheet(await sheetOf({ title: 'new' }), null, {
      kept: new Map([[key, rowOf()]]),
      past: noPast,
    });
    expect(found.past.since.get(key)).toEqual({ title: 'new' });
  });
});

describe('after a run', () => {
  const said = (_key: string, column: string) => (column === 'title' ? 'before' : undefined);
  const rows = (texts: Readonly<Record<string, string>>) => [{ key, texts }];

  it('what it changed is a revision, and what came before it is part of the rows', () => {
    const past = pastAfterRun(
      {
        ...since({ title: 'x' }),
        since: new Map([
          [key, { title: 'x' }],
          ['other', { title: 'y' }],
        ]),
      },
      rows({ title: 'after', cover: '1' }),
      said,
    );
    expect([...past.since.keys()]).toEqual(['other']);
    expect(past.revisions).toEqual([
      { by: 'port', cells: new Map([[key, { title: { text: 'before', between: [] } }]]) },
    ]);
  });

  it('that changed nothing there is none', () => {
    expect(pastAfterRun(noPast, rows({ title: 'before', cover: '1' }), said)).toEqual(noPast);
  });
});
