import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editCaptions, merged, readCaptionsSheet } from '../../src/deliver/edit-captions.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { temporaryFolder } from '../media.ts';

const tools = { files: createFiles(), locks: createLocks() };
const [one, other] = ['2025-12-06_17-42-30', '2025-11-23_08-05-12'];
const empty = { caption: '', title: '', hashtags: '', cover: '', targets: '', fit: '' };

describe('three texts of a cell', () => {
  it.each<[string, string, string | null, string, string, boolean]>([
    ['changed here alone', 'a', 'a', 'b', 'b', false],
    ['changed there alone', 'c', 'a', 'a', 'c', false],
    ['changed alike', 'b', 'a', 'b', 'b', false],
    ['changed differently', 'c', 'a', 'b', 'c', true],
    ['changed here, with blanks lost there', 'a', 'a ', 'b', 'b', false],
    ['changed here, with blanks added there', 'a ', 'a', 'b', 'b', false],
    ['set without having been seen', 'c', null, 'b', 'b', false],
    ['emptied here', 'a', 'a', '', '', false],
  ])('%s', (_what, now, seen, wanted, expected, isConflict) => {
    const { cells, conflicts } = merged({ ...empty, title: now }, [{ column: 'title', seen, wanted }]);
    expect(cells.title).toBe(expected);
    expect(conflicts).toEqual(isConflict ? [{ column: 'title', theirs: now, ours: wanted }] : []);
  });
});

const titled = (title: string) => ({
  ...{ caption: { text: '', personal: false }, hashtags: { text: '', personal: false } },
  title: { text: title, personal: true },
});

describe('captions.csv', () => {
  const sheet = async (text: string | Uint8Array, kept: object = {}) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'captions.csv'), text);
    await writeFile(join(folder, 'captions.json'), JSON.stringify({ schemaVersion: 1, rows: kept }));
    return { folder, read: async () => readFile(join(folder, 'captions.csv'), 'utf8') };
  };

  it('many edits at a time are all there afterwards', async () => {
    const { folder } = await sheet(`key,caption,title\r\n${one},,\r\n${other},,\r\n`);
    const edits = [one, other].flatMap((key) =>
      (['caption', 'title', 'hashtags'] as const).map(async (column) =>
        editCaptions(folder, key, [{ column, seen: '', wanted: `${column} ${key}` }], tools),
      ),
    );
    await Promise.all(edits);
    const found = await readCaptionsSheet(folder, tools.files);
    for (const key of [one, other])
      expect(found.of(key)).toMatchObject({
        caption: `caption ${key}`,
        title: `title ${key}`,
        hashtags: `hashtags ${key}`,
      });
  });

  it('emoji that a spreadsheet lost in other rows come back when it is written in Unicode', async () => {
    const cell = (text: string) => ({ text, personal: false });
    const words = (text: string) => ({ caption: cell(text), title: cell(''), hashtags: cell('') });
    const latin = Buffer.from(`key;caption;title\r\n${other};Low tide ??;\r\n${one};Caf\u00e9;\r\n`, 'latin1');
    const { folder, read } = await sheet(latin, { [other]: words('Low tide 🌊'), [one]: words('Café') });
    await editCaptions(folder, one, [{ column: 'title', seen: '', wanted: 'Néw' }], tools);
    expect(await read()).toContain('Low tide 🌊');
    expect(await read()).toContain('Café;Néw');
  });

  it('what port alone fills in is read by the key of its row', async () => {
    const { folder } = await sheet(`mine,key,caption,kind,sound\r\nx, ${one} ,,video,Waves\r\ny,${other},,photos,\r\n`);
    const { fact } = await readCaptionsSheet(folder, tools.files);
    expect([fact(one, 'sound'), fact(other, 'kind'), fact(other, 'sound'), fact(one, 'location')]).toEqual([
      ...['Waves', 'photos', '', ''],
    ]);
  });

  it('a row that is missing is added', async () => {
    const { folder, read } = await sheet(`key,caption\r\n${other},x\r\n`);
    await editCaptions(folder, one, [{ column: 'caption', seen: '', wanted: 'y' }], tools);
    expect(await read()).toMatch(new RegExp(`\r\n${one},2025-12-06T17:42:30Z,[^\r]*,y,`));
    expect(await read()).toMatch(new RegExp(`\r\n${other},`));
  });

  it('a sheet that cannot be written leaves the record as it was, and nothing counts as saved', async () => {
    const { folder, read } = await sheet(`key,caption,title\r\n${one},,old\r\n`, { [one]: titled('old') });
    const before = await readFile(join(folder, 'captions.json'), 'utf8');
    const busy: typeof tools.files = {
      ...tools.files,
      async write(path, data) {
        if (path.endsWith('.csv')) throw Object.assign(new Error('busy'), { code: 'EBUSY', syscall: 'open' });
        await tools.files.write(path, data);
      },
    };
    const edits = [{ column: 'title', seen: 'old', wanted: 'new' }] as const;
    await expect(editCaptions(folder, one, edits, { ...tools, files: busy })).rejects.toThrow('busy');
    expect(await readFile(join(folder, 'captions.json'), 'utf8')).toBe(before);
    await editCaptions(folder, one, edits, tools);
    expect(await read()).toContain(`${one},,,,,,,,new,`);
  });

  it('a conflict keeps what was wanted until somebody decides, and no other text', async () => {
    const { folder } = await sheet(`key,caption,title\r\n${one},,theirs\r\n`, { [one]: titled('seen') });
    const edit = async (seen: string, wanted: string, decided: readonly string[] = []) =>
      editCaptions(
        folder,
        one,
        [{ column: 'title', seen, wanted }],
        tools,
        decided.map((text) => ({ column: 'title', text })),
      );
    const conflicts = async () => (await readCaptionsSheet(folder, tools.files)).conflictsOf(one);
    expect((await edit('seen', 'ours')).conflicts).toEqual([{ column: 'title', theirs: 'theirs', ours: 'ours' }]);
    await edit('seen', 'ours, longer', ['ours']);
    expect(await conflicts()).toEqual([{ column: 'title', theirs: 'theirs', ours: 'ours, longer' }]);
    await edit('theirs', 'another');
    expect((await conflicts()).map(({ ours }) => ours)).toEqual(['ours, longer']);
    await edit('another', 'another', ['ours, longer']);
    expect(await conflicts()).toEqual([]);
    await edit('seen', '');
    expect(await conflicts()).toEqual([{ column: 'title', theirs: 'another', ours: '' }]);
  });

  it('a text that a spreadsheet overwrote, and that is replaced here too, is not kept besides', async () => {
    const { folder } = await sheet(`key,caption,title\r\n${one},,\r\n`, { [one]: titled('') });
    await editCaptions(folder, one, [{ column: 'title', seen: '', wanted: 'First' }], tools);
    const path = join(folder, 'captions.csv');
    await writeFile(path, (await readFile(path, 'utf8')).replace('First', 'By spreadsheet'));
    await editCaptions(folder, one, [{ column: 'title', seen: 'First', wanted: 'By hand' }], tools);
    const found = await readCaptionsSheet(folder, tools.files);
    expect(found.of(one).title).toBe('By spreadsheet');
    expect(found.conflictsOf(one)).toEqual([{ column: 'title', theirs: 'By spreadsheet', ours: 'By hand' }]);
  });

  it('nothing to change writes nothing', async () => {
    const text = `key,caption\r\n${one},x\r\n`;
    const { folder, read } = await sheet(text);
    const { isChanged } = await editCaptions(folder, one, [{ column: 'caption', seen: 'x', wanted: 'x' }], tools);
    expect([isChanged, await read()]).toEqual([false, text]);
  });

  it('a sheet that cannot be read is reported with the reason, and stays', async () => {
    const { folder, read } = await sheet('one,two\r\n1,2\r\n');
    const edit = editCaptions(folder, one, [{ column: 'title', seen: '', wanted: 'x' }], tools);
    await expect(edit).rejects.toThrow(/^captions.csv cannot be read: .*key.*\. Mend it, and try again\.$/);
    const { problem, found, of, fact } = await readCaptionsSheet(folder, tools.files);
    expect([problem?.includes('key'), found, of(one), fact(one, 'kind')]).toEqual([true, null, empty, '']);
    expect(await read()).toBe('one,two\r\n1,2\r\n');
  });

  it('a folder without a sheet gets one', async () => {
    const folder = await temporaryFolder();
    const { cells, isChanged } = await editCaptions(folder, one, [{ column: 'fit', seen: '', wanted: 'crop' }], tools);
    expect([cells, isChanged]).toEqual([{ ...empty, fit: 'crop' }, true]);
    expect((await readCaptionsSheet(folder, tools.files)).of(one)).toEqual(cells);
  });

  it('cells that the sheet lacks are those of the record', async () => {
    const cell = (text: string) => ({ text, personal: true });
    const row = {
      caption: cell('c'),
      title: cell('t'),
      hashtags: cell('#h'),
      cover: '0:02',
      targets: 'reels',
      fit: 'pad',
    };
    const { folder } = await sheet(`key,caption\r\n${one},c\r\n`, { [one]: row, [other]: row });
    const { of } = await readCaptionsSheet(folder, tools.files);
    const expected = { caption: 'c', title: 't', hashtags: '#h', cover: '0:02', targets: 'reels', fit: 'pad' };
    expect([of(one), of(other)]).toEqual([expected, expected]);
    expect(of('2024-01-01_00-00-00')).toEqual(empty);
  });

  it('a text that a spreadsheet took for a number is seen as it was typed, and another number as it is', async () => {
    const { folder } = await sheet(`key,caption,title\r\n${one},,123\r\n${other},,124\r\n`, {
      ...{ [one]: titled('00123'), [other]: titled('00123') },
    });
    const { of } = await readCaptionsSheet(folder, tools.files);
    expect([of(one).title, of(other).title]).toEqual(['00123', '124']);
    const edit = [{ column: 'title', seen: '00123', wanted: '00124' }] as const;
    expect(await editCaptions(folder, one, edit, tools)).toMatchObject({ isChanged: true, conflicts: [] });
  });

  it('a number that a person writes in another way is what they wrote, also when it is edited once more', async () => {
    const { folder, read } = await sheet(`key,caption,title\r\n${one},,00123\r\n`, { [one]: titled('00123') });
    const edit = async (seen: string, wanted: string) =>
      editCaptions(folder, one, [{ column: 'title', seen, wanted }], tools);
    await edit('00123', '123');
    expect((await readCaptionsSheet(folder, tools.files)).of(one).title).toBe('123');
    expect((await edit('123', '124')).conflicts).toEqual([]);
    expect(await read()).toContain(',124,');
  });

  it('what a spreadsheet lost in the same row and in others comes back with an edit', async () => {
    const { folder, read } = await sheet(`key,caption,title\r\n${one},old,123\r\n${other},,123\r\n`, {
      ...{ [one]: titled('00123'), [other]: titled('00123') },
    });
    await editCaptions(folder, one, [{ column: 'caption', seen: null, wanted: 'new' }], tools);
    const rows = (await read()).split('\r\n').map((line) => line.split(','));
    expect(rows.slice(1, 3).map((cells) => [cells[0], cells[7], cells[8]])).toEqual([
      ...[
        [one, 'new', '00123'],
        [other, '', '00123'],
      ],
    ]);
  });

  it('a kept text that a person takes for the cell is no longer kept besides, one that they only saw is', async () => {
    const { folder } = await sheet(`key,caption,title\r\n${one},,theirs\r\n`, { [one]: titled('seen') });
    const edit = async (seen: string | null, wanted: string) =>
      editCaptions(folder, one, [{ column: 'title', seen, wanted }], tools);
    const kept = async () => (await readCaptionsSheet(folder, tools.files)).conflictsOf(one).map(({ ours }) => ours);
    await edit('seen', 'ours');
    await edit('ours', 'ours');
    expect(await kept()).toEqual(['ours']);
    await edit(null, 'ours');
    expect(await kept()).toEqual([]);
  });

  it('a conflict alone leaves the sheet as it is', async () => {
    const text = `key,caption,title\r\n${one},,theirs\r\n`;
    const { folder, read } = await sheet(text, { [one]: titled('seen') });
    const edited = await editCaptions(folder, one, [{ column: 'title', seen: 'seen', wanted: 'ours' }], tools);
    expect(edited).toEqual({
      ...{ cells: { ...empty, title: 'theirs' }, isChanged: false },
      conflicts: [{ column: 'title', theirs: 'theirs', ours: 'ours' }],
    });
    expect((await read()).split('\r\n')[1]).toMatch(/,theirs,/);
  });

  it.each([
    ['once', 1, 4],
    ['all the time', 99, 10],
  ])(
    'a sheet that a spreadsheet saves %s while it is changed is read again, at most five times',
    async (_name, saves, looks) => {
      const { folder, read } = await sheet(`key,caption,title\r\n${one},,old\r\n`, { [one]: titled('old') });
      let looked = 0;
      const facts: typeof tools.files.facts = async (path) => {
        looked++;
        // The second look of each attempt is right before the sheet is written.
        const isBeforeWrite = looked % 2 === 0;
        if (isBeforeWrite && looked / 2 <= saves)
          await writeFile(path, `key,caption,title\r\n${one},saved ${looked / 2} times,old\r\n`);
        return tools.files.facts(path);
      };
      const files = { ...tools.files, facts };
      await editCaptions(folder, one, [{ column: 'title', seen: 'old', wanted: 'new' }], { ...tools, files });
      expect(await read()).toMatch(saves === 1 ? /,saved 1 times,new,/ : /,new,/);
      expect(looked).toBe(looks);
    },
  );
});
