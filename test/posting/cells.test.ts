import { describe, expect, it } from 'vitest';
import { type CellColumn, readCell } from '../../src/posting/cells.ts';

const context = { zone: 'Europe/Lisbon', saved: Date.parse('2026-11-30T10:00:00Z') };
const noon = '2026-12-01T12:00:00+00:00';

describe('readCell', () => {
  it.each<[string, CellColumn, string, string | RegExp, string[]?]>([
    ['nothing', 'planned', '', ''],
    ['blanks', 'planned', '  ', ''],
    ['our own form', 'planned', noon, noon],
    ['another offset stays', 'planned', '2026-12-01T12:00:00+08:00', '2026-12-01T12:00:00+08:00'],
    ['an offset without colon', 'planned', '2026-12-01T12:00+0800', '2026-12-01T12:00:00+08:00'],
    ['UTC becomes local', 'planned', '2026-07-01T12:00:00Z', '2026-07-01T13:00:00+01:00'],
    ['without offset, in summer', 'planned', '2026-07-01 12:00', '2026-07-01T12:00:00+01:00'],
    ['without a time', 'planned', '2026-12-01', noon],
    ['one digit', 'planned', '2026-12-1 9:05', '2026-12-01T09:05:00+00:00'],
    ['full-width digits', 'planned', '２０２６-１２-０１ １２:００', noon],
    ['German', 'planned', '01.12.2026 12:00', noon],
    ['German, short year', 'planned', '1.12.26 12:00', noon],
    ['American, only one order is a date', 'planned', '12/13/2026 6:00 PM', '2026-12-13T18:00:00+00:00'],
    ['British, only one order is a date', 'planned', '13/12/2026 18:00:00', '2026-12-13T18:00:00+00:00'],
    ['either order', 'planned', '01/12/2026 12:00', /day and month/],
    ['either order, one of them is the earlier value', 'planned', '01/12/2026 12:00', noon, [noon]],
    ['the earlier value in another country', 'planned', '12/1/2026 12:00 PM', noon, [noon]],
    ['both orders are the same', 'planned', '12/12/2026 12:00', '2026-12-12T12:00:00+00:00'],
    ['midnight by twelve hours', 'planned', '12/13/2026 12:15 AM', '2026-12-13T00:15:00+00:00'],
    ['clocks skip it', 'planned', '2027-03-28 01:30', /no date/],
    ['no such day', 'planned', '2026-02-30 12:00', /no date/],
    ['no such hour', 'planned', '2026-12-01 24:00', /no date/],
    ['a word', 'planned', 'soon', /no date/],
    ['a serial number of Excel', 'planned', '46357.5', /no date/],
    ['a cross', 'posted', 'x', '2026-11-30T10:00:00+00:00'],
    ['TRUE', 'posted', 'TRUE', '2026-11-30T10:00:00+00:00'],
    ['a tick', 'posted', '✓', '2026-11-30T10:00:00+00:00'],
    ['no', 'posted', 'no', ''],
    ['a cross under planned', 'planned', 'x', /no date/],
    ['a link', 'url', ' https://youtu.be/abc?t=1 ', 'https://youtu.be/abc?t=1'],
    ['a link without its beginning', 'url', 'xhslink.com/a/b', 'https://xhslink.com/a/b'],
    ['what an app shares', 'url', '看我的笔记 http://xhslink.com/o/7Qw，复制本条信息', 'http://xhslink.com/o/7Qw'],
    ['a script', 'url', 'javascript:alert(1)', /no web address/],
    ['a name and password', 'url', 'https://maya:secret@example.com/', /no web address/],
    ['words', 'url', 'later', /no web address/],
    ['a note keeps its breaks', 'note', 'a\nb', 'a\nb'],
  ])('%s: %s %s', (_name, column, text, expected, earlier = []) => {
    const read = readCell(column, text, context, earlier);
    if (typeof expected === 'string') expect(read).toEqual({ value: expected });
    else expect(read).toEqual({ why: expect.stringMatching(expected) });
  });
});
