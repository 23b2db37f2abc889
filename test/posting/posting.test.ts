import { chmod, mkdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { savePosting } from '../../src/posting/posting.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { cellsIn, codes, dates, first, header, now, openDesk, second, third } from './folder.ts';

/** posting.csv and posting.json on a real disk. */

const { noon, evening, next } = dates;
const plan = [
  { ...first, cells: { planned: noon, note: 'Lisbon 🚢 água' } },
  { ...third, cells: { planned: next, note: 'the second, água' } },
];
const one = `rednote ${first.key}`;
const other = `rednote ${third.key}`;
const planned = { [one]: `${noon} |  |  | Lisbon 🚢 água`, [other]: `${next} |  |  | the second, água` };
const rows = [
  [first.key, 'rednote', noon, '', '', 'Lisbon 🚢 água'],
  [second.key, 'reels', '', '', '', ''],
  [third.key, 'rednote', next, '', '', 'the second, água'],
];
const post = [{ ...first, cells: { posted: evening } }];
const posted = { ...planned, [one]: `${noon} | ${evening} |  | Lisbon 🚢 água` };
/** The sheet as a spreadsheet saves it that shows dates in its own way. */
const german = (text: string) => text.replace(/2026-12-0(\d)T(\d\d):(\d\d):00\+00:00/g, '0$1.12.2026 $2:$3');
const semicolons = (text: string) =>
  text
    .replace(/^\ufeff/, '')
    .replace(/,/g, ';')
    .replace(/"/g, '');

describe('a sheet that is saved without a change by', () => {
  const simple = [
    { ...first, cells: { planned: noon, note: 'água' } },
    { ...third, cells: { planned: next, posted: evening, url: 'https://youtu.be/a', note: 'não' } },
  ];
  it.each<[string, (text: string) => string | Buffer]>([
    ['a German Excel, as Windows-1252', (text) => Buffer.from(semicolons(german(text)), 'latin1')],
    [
      'an American Excel',
      (text) =>
        german(text)
          .replace(/0(\d)\.12\.2026 12:00/g, '12/$1/2026 12:00 PM')
          .replace(/0(\d)\.12\.2026 18:00/g, '12/$1/2026 6:00 PM'),
    ],
    ['a Chinese Excel', (text) => german(text).replace(/0(\d)\.12\.2026/g, '2026/12/$1')],
    ['Excel as Unicode text', (text) => Buffer.from(text.replace(/,/g, '\t'), 'utf16le')],
    ['LibreOffice', (text) => text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n')],
    ['Numbers, with the name of the table', (text) => `Table 1,,,,,\r\n${text.replace(/^\ufeff/, '')}`],
    ['Google Sheets, without a last line break', (text) => text.replace(/^\ufeff/, '').replace(/\r\n$/, '')],
    ['a program that writes dates alone', (text) => text.replace(/T\d\d:00:00\+00:00/g, '')],
    [
      'somebody who sorted it',
      (text) =>
        text
          .split('\r\n')
          .slice(0, 4)
          .map((_, index, all) => all[index === 0 ? 0 : 4 - index])
          .join('\r\n'),
    ],
    ['somebody who deleted all rows', (text) => text.split('\r\n')[0] + '\r\n'],
    ['somebody who deleted a column', (text) => text.replace(/,[^,\r\n]*(?=\r\n)/g, '')],
    ['somebody who renamed a column', (text) => text.replace('planned', 'geplant')],
    ['somebody who emptied the file', () => ''],
    ['somebody who left nothing but a byte order mark', () => '\ufeff'],
  ])('%s changes nothing, and the next change is written', async (_name, saved) => {
    const desk = await openDesk(simple);
    const before = cellsIn(await desk.open());
    await desk.save(saved(await desk.sheet()));
    const opened = await desk.open();
    expect([codes(opened), cellsIn(opened)]).toEqual([[], before]);
    const done = await desk.change(post);
    expect(codes(done)).toEqual([]);
    const after = await desk.open();
    expect(cellsIn(after)).toEqual({ ...before, [one]: `${noon} | ${evening} |  | água` });
    expect(await desk.sheet()).toContain(evening);
    expect(after.isChanged).toBe(false);
  });
});

describe('a sheet keeps', () => {
  it('columns that a person added: without a name, with the name of another one, and cells beyond the header', async () => {
    const desk = await openDesk(plan);
    const added = rows.map((row, index) => [...row, `unnamed ${index}`, 'a', 'b', '', '=SUM(1)', 'beyond']);
    await desk.save([[...header, '', 'by', 'by', '', 'sum'], ...added]);
    await desk.change(post);
    const lines = (await desk.sheet()).split('\r\n');
    expect(lines[0]).toBe('\ufeffkey,target,planned,posted,url,note,,by,by,,sum');
    expect(lines[1]).toBe(`${first.key},rednote,${noon},${evening},,Lisbon 🚢 água,unnamed 0,a,b,,'=SUM(1),beyond`);
    await desk.change([{ ...first, cells: { posted: '' } }]);
    expect((await desk.sheet()).split('\r\n')[1]).toContain(",unnamed 0,a,b,,'=SUM(1),beyond");
  });

  it('no empty columns at its end, which spreadsheets add', async () => {
    const desk = await openDesk(plan);
    await desk.save([[...header, '', ''], ...rows.map((row) => [...row, '', ''])]);
    await desk.change(post);
    expect((await desk.sheet()).split('\r\n')[0]).toBe(`\ufeff${header.join()}`);
  });

  it('its order and delimiter, and rows that a person added, which are reported', async () => {
    const desk = await openDesk(plan);
    const lines = [
      header,
      ...[...rows].reverse(),
      ['my idea', '', '', '', '', 'sunset'],
      ['2030-01-01_00-00-00', 'reels', '', '', '', ''],
    ];
    await desk.save(
      `${lines.map((line) => line.join(';').replace(';the second, água', ';the second, água')).join('\r\n')}\r\n`,
    );
    const done = await desk.change(post);
    expect(done.issues).toMatchObject([{ code: 'posting-strange', actual: '“my idea”', limit: 2 }]);
    const text = await desk.sheet();
    expect(text.split('\r\n').map((line) => line.slice(0, 27))).toEqual(
      [
        '\ufeffkey;target;planned;posted;ur',
        `${third.key};rednote`,
        `${second.key};reels;;;;`.slice(0, 27),
        `${first.key};rednote`,
        'my idea;;;;;sunset',
        '2030-01-01_00-00-00;reels;;',
        '',
      ].map((line) => expect.stringContaining(line.slice(0, 26))),
    );
    expect(codes(await desk.open())).toEqual(['posting-strange']);
  });

  it('notes with formulas, quotation marks and line breaks, as they were typed', async () => {
    for (const note of ['=1+1', '-', "'quoted", 'a "b", c; d', 'two\nlines', '@maya', '\u200d🚢', '+351 21']) {
      const desk = await openDesk([{ ...first, cells: { note } }]);
      expect(cellsIn(await desk.open())).toEqual({ [one]: ` |  |  | ${note}` });
      await desk.save((await desk.sheet()).replace(/\n$/, '\n\r\n'));
      await desk.change(post);
      expect(cellsIn(await desk.open())).toEqual({ [one]: ` | ${evening} |  | ${note}` });
    }
  });

  it('cells that are not understood, which are reported each time until they are', async () => {
    const desk = await openDesk(plan);
    await desk.save([header, [first.key, 'rednote', 'soon', '', 'later', 'Lisbon 🚢 água'], ...rows.slice(1)]);
    for (let round = 0; round < 2; round++) {
      const done = await desk.change(round === 0 ? post : []);
      expect(codes(done)).toEqual(['posting-cell', 'posting-cell']);
      expect(cellsIn(done)).toEqual(posted);
      expect(await desk.sheet()).toContain(`${first.key},rednote,soon,${evening},later,Lisbon 🚢 água`);
    }
    await desk.change([{ ...first, cells: { planned: next, url: 'https://youtu.be/a' } }]);
    expect(await desk.sheet()).toContain(`${first.key},rednote,${next},${evening},https://youtu.be/a,`);
    expect(codes(await desk.open())).toEqual([]);
  });

  it('two rows of one post that say different things, which do nothing', async () => {
    const desk = await openDesk(plan);
    await desk.save([header, ...rows, [first.key, 'RedNote', '', 'x', '', '']]);
    const done = await desk.change([]);
    expect([codes(done), cellsIn(done)]).toEqual([['posting-twice'], planned]);
    expect((await desk.sheet()).match(/2025-01-01_10-00-00,rednote/gi)).toHaveLength(2);
  });

  it('a note that is too long as it is, and tells it', async () => {
    const desk = await openDesk(plan);
    const long = 'a'.repeat(10_001);
    await desk.save([header, [first.key, 'rednote', noon, '', '', long], ...rows.slice(1)]);
    const done = await desk.change(post);
    expect(codes(done)).toEqual(['posting-cell']);
    expect(await desk.sheet()).toContain(long);
    expect(cellsIn(await desk.open())).toEqual(posted);
  });
});

describe('a torn', () => {
  it('sheet, cut at any byte, loses and invents nothing', async () => {
    const desk = await openDesk(plan);
    const whole = await readFile(desk.path('posting.csv'));
    for (let bytes = 0; bytes < whole.length; bytes++) {
      await writeFile(desk.path('posting.csv'), whole.subarray(0, bytes));
      expect([bytes, cellsIn(await desk.open())]).toEqual([bytes, planned]);
    }
  });

  it('sheet whose last column is a date, cut at any byte, loses and invents nothing', async () => {
    const desk = await openDesk(plan);
    await desk.save([
      ['key', 'target', 'note', 'planned'],
      ...rows.map(([key, target, date, , , note]) => [
        key ?? '',
        target ?? '',
        note ?? '',
        (date ?? '').replace('T', ' ').slice(0, 16),
      ]),
    ]);
    const whole = await readFile(desk.path('posting.csv'));
    for (let bytes = 0; bytes < whole.length; bytes++) {
      await writeFile(desk.path('posting.csv'), whole.subarray(0, bytes));
      expect([bytes, cellsIn(await desk.open())]).toEqual([bytes, planned]);
    }
  });

  it('header leaves no column of its own', async () => {
    const desk = await openDesk(plan);
    await desk.save('\ufeffkey,target,plan');
    await desk.change([]);
    expect((await desk.sheet()).split('\r\n')[0]).toBe(`\ufeff${header.join()}`);
  });

  it('posting.json, cut at any byte, is reported, and the sheet counts', async () => {
    const desk = await openDesk(plan);
    const whole = await readFile(desk.path('posting.json'));
    for (let bytes = 0; bytes < whole.length - 1; bytes += 7) {
      await writeFile(desk.path('posting.json'), whole.subarray(0, bytes));
      const opened = await desk.open();
      expect([bytes, cellsIn(opened), codes(opened)]).toEqual([bytes, planned, ['posting-record-broken']]);
    }
    await desk.change(post);
    expect([codes(await desk.open()), cellsIn(await desk.open())]).toEqual([[], posted]);
  });
});

it('the last note of Google Sheets, which writes no last line break, may be emptied', async () => {
  const desk = await openDesk(plan);
  await desk.save((await desk.sheet()).replace(/^\ufeff/, '').replace(/"the second, água"\r\n$/, ''));
  expect(cellsIn(await desk.open())[other]).toBe(`${next} |  |  | `);
});

describe('posting.json', () => {
  it('that is gone leaves what the sheet says', async () => {
    const desk = await openDesk(plan);
    await rm(desk.path('posting.json'));
    const done = await desk.change(post);
    expect([codes(done), cellsIn(await desk.open())]).toEqual([[], posted]);
  });

  it.each<[string, (document: Record<string, unknown>) => unknown]>([
    [
      'a row outside',
      (document) => ({
        ...document,
        rows: [{ key: '../../x', target: '..', planned: '', posted: '', url: '', note: '' }],
      }),
    ],
    [
      '__proto__ as a platform',
      (document) => ({
        ...document,
        rows: [{ key: first.key, target: '__proto__', planned: '', posted: '', url: '', note: '' }],
      }),
    ],
    [
      'a part outside',
      (document) => ({
        ...document,
        rows: [{ ...first, planned: '', posted: '', url: '', note: '', parts: ['../x'] }],
      }),
    ],
    [
      'an unknown column',
      (document) => ({ ...document, changes: [{ ...first, revision: 1, column: '__proto__', before: 'x' }] }),
    ],
    [
      'a change of a date to words',
      (document) => ({ ...document, changes: [{ ...first, revision: 1, column: 'planned', before: 'x' }] }),
    ],
    ['another version', (document) => ({ ...document, schemaVersion: 2 })],
    ['a list', () => []],
    ['a number', () => 7],
  ])('with %s is reported, and the sheet counts', async (_name, forge) => {
    const desk = await openDesk(plan);
    const document = JSON.parse(await readFile(desk.path('posting.json'), 'utf8'));
    await writeFile(desk.path('posting.json'), JSON.stringify(forge(document)));
    const opened = await desk.open();
    expect([codes(opened), cellsIn(opened)]).toEqual([['posting-record-broken'], planned]);
  });

  it('with a zone or dates that are none continues without them', async () => {
    const desk = await openDesk(plan);
    const document = JSON.parse(await readFile(desk.path('posting.json'), 'utf8'));
    const forged = document.rows.map((row: object) => ({ ...row, posted: 'yesterday' }));
    await writeFile(desk.path('posting.json'), JSON.stringify({ ...document, zone: 'Mars', rows: forged }));
    const opened = await desk.open();
    expect([cellsIn(opened), opened.record.zone]).toEqual([planned, null]);
    await expect(desk.change(post)).resolves.toBeDefined();
  });

  it('of more than 100 MB is reported, and the sheet counts', async () => {
    const desk = await openDesk(plan);
    await truncate(desk.path('posting.json'), 101 << 20);
    expect([codes(await desk.open()), cellsIn(await desk.open())]).toEqual([['posting-record-broken'], planned]);
  });
});

describe('a sheet that cannot be', () => {
  it('read is left as it is, port continues, and mended it counts', async () => {
    const desk = await openDesk(plan);
    const broken = '\ufeffkey,caption\r\n"';
    await desk.save(broken);
    const done = await desk.change(post);
    expect([codes(done), cellsIn(done), await desk.sheet()]).toEqual([['posting-unread'], posted, broken]);
    await desk.save([header, [first.key, 'rednote', next, '', '', 'Lisbon 🚢 água'], ...rows.slice(1)]);
    const mended = await desk.change([]);
    expect([codes(mended), cellsIn(mended)[one]]).toEqual([[], `${next} | ${evening} |  | Lisbon 🚢 água`]);
    expect(await desk.sheet()).toContain(`${next},${evening}`);
  });

  it('read since it is far too large is left as it is', async () => {
    const desk = await openDesk(plan);
    await truncate(desk.path('posting.csv'), 101 << 20);
    expect([codes(await desk.change(post)), cellsIn(await desk.open())]).toEqual([['posting-unread'], posted]);
  });

  it('written, since a folder lies in its place, is reported, and written once that is gone', async () => {
    const desk = await openDesk(plan);
    await rm(desk.path('posting.csv'));
    await mkdir(desk.path('posting.csv'));
    const done = await desk.change(post);
    expect([codes(done), cellsIn(await desk.open())]).toEqual([['posting-unwritten'], posted]);
    await rm(desk.path('posting.csv'), { recursive: true });
    await desk.change([]);
    expect(await desk.sheet()).toContain(evening);
  });

  it('written, since a spreadsheet holds it open, is written by the next call, also without a change', async () => {
    const files = createFiles();
    const held = { is: false };
    const write: typeof files.write = async (path, data) => {
      if (held.is && path.endsWith('.csv')) throw Object.assign(new Error('EBUSY: busy'), { code: 'EBUSY' });
      await files.write(path, data);
    };
    const desk = await openDesk(plan, [first, second, third], { ...files, write });
    held.is = true;
    expect(codes(await desk.change(post))).toEqual(['posting-unwritten']);
    expect([cellsIn(await desk.open()), (await desk.sheet()).includes(evening)]).toEqual([posted, false]);
    // The spreadsheet saves what it has: nothing is taken back, and another cell that changed there counts.
    await desk.save((await desk.sheet()).replace(next, evening));
    const saved = await desk.change([]);
    expect(cellsIn(saved)).toEqual({ ...posted, [other]: `${evening} |  |  | the second, água` });
    held.is = false;
    expect(codes(await desk.change([]))).toEqual([]);
    expect(await desk.sheet()).toContain(`${noon},${evening}`);
    expect((await desk.open()).isChanged).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'written in a folder without rights is an error, and nothing changes',
    async () => {
      const desk = await openDesk(plan);
      await chmod(desk.folder, 0o555);
      try {
        await expect(desk.change(post)).rejects.toMatchObject({ code: 'EACCES' });
        expect(cellsIn(await desk.open())).toEqual(planned);
      } finally {
        await chmod(desk.folder, 0o755);
      }
    },
  );
});

describe('a cross under posted', () => {
  it('is the time at which the sheet was saved, and stays that one while the sheet cannot be written', async () => {
    const files = createFiles();
    const held = { is: false };
    const write: typeof files.write = async (path, data) => {
      if (held.is && path.endsWith('.csv')) throw Object.assign(new Error('EBUSY: busy'), { code: 'EBUSY' });
      await files.write(path, data);
    };
    const desk = await openDesk(plan, [first, second, third], { ...files, write });
    held.is = true;
    const crossed = [header, [first.key, 'rednote', noon, 'x', '', 'Lisbon 🚢 água'], ...rows.slice(1)];
    for (const minutes of [50, 30, 10]) {
      await desk.save(crossed);
      await utimes(desk.path('posting.csv'), now / 1000, now / 1000 - minutes * 60);
      const done = await desk.change([]);
      expect(codes(done)).toEqual(['posting-unwritten']);
      expect(cellsIn(done)[one]).toBe(`${noon} | 2026-11-30T09:10:00+00:00 |  | Lisbon 🚢 água`);
    }
    held.is = false;
    await desk.change([]);
    expect(await desk.sheet()).toContain('2026-11-30T09:10:00+00:00');
  });

  it('of a sheet from the future is now', async () => {
    const desk = await openDesk(plan);
    await desk.save([header, [first.key, 'rednote', noon, 'TRUE', '', 'Lisbon 🚢 água'], ...rows.slice(1)]);
    await utimes(desk.path('posting.csv'), now / 1000 + 9999, now / 1000 + 9999);
    expect(cellsIn(await desk.open())[one]).toBe(`${noon} | 2026-11-30T10:00:00+00:00 |  | Lisbon 🚢 água`);
  });
});

describe('uploads', () => {
  it('that vanished keep their rows, and new ones are added at the top', async () => {
    const desk = await openDesk([...plan, ...post], [first, third]);
    await desk.change([], [second]);
    const lines = (await desk.sheet()).split('\r\n').map((line) => line.split(',').slice(0, 2).join());
    expect(lines.slice(1, 4)).toEqual([`${second.key},reels`, `${first.key},rednote`, `${third.key},rednote`]);
    expect(cellsIn(await desk.open([second]))).toEqual(posted);
  });

  it('of a sheet that a person wrote before port had one count', async () => {
    const desk = await openDesk([], []);
    await rm(desk.path('posting.csv'), { force: true });
    await rm(desk.path('posting.json'), { force: true });
    await desk.save(
      'key,target,posted\nnothing\n2025-01-01_10-00-00,rednote,2026-12-01 18:00\n2025-01-02_10-00-00,rednote,',
    );
    const done = await desk.change([], [first, third]);
    expect([codes(done), cellsIn(done)]).toEqual([['posting-strange'], { [one]: ` | ${evening} |  | ` }]);
    expect((await desk.sheet()).split('\r\n')[0]).toBe(`\ufeff${header.join()}`);
  });

  it('that are asked for late are asked for only if a person changed the sheet', async () => {
    const desk = await openDesk(plan);
    let asked = 0;
    const uploads = async () => {
      asked++;
      return [first, second, third];
    };
    const { openPosting } = await import('../../src/posting/posting.ts');
    const open = async () => openPosting(desk.folder, uploads, createFiles(), now);
    expect([cellsIn(await open()), asked]).toEqual([planned, 0]);
    await rm(desk.path('posting.json'));
    expect([cellsIn(await open()), asked]).toEqual([planned, 1]);
  });
});

it('what says the same is not written again', async () => {
  const desk = await openDesk(plan);
  const before = await readFile(desk.path('posting.json'), 'utf8');
  const opened = await desk.open();
  expect(opened.isChanged).toBe(false);
  expect(await savePosting(desk.folder, opened, createFiles())).toEqual([]);
  await desk.change(plan);
  expect(await readFile(desk.path('posting.json'), 'utf8')).toBe(before);
});
