import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReformatted } from '../../src/captions/number-cells.ts';

/** What LibreOffice 7.4 saved of a CSV that it had opened: in English as it opens files unasked, then in US English, German and British English with “detect special numbers”. */
const saved: readonly (readonly [text: string, ...cells: string[]])[] = [
  ['00123', '123'],
  ['50%', '50%', '50.00%', '0.5'],
  ['100 %', '100%'],
  ['1/2', '1/2', '01/02/2026', '02/01/2026'],
  ['1e5', '100000'],
  ['1E-3', '0.001'],
  ['123456789012345678', '1.23456789012346E+017'],
  ['0.1234567890123456789', '0.123456789012346'],
  ['12:30', '12:30:00 PM'],
  ['1:05:09', '01:05:09 AM'],
  ['7 pm', '07:00:00 PM'],
  ['7:30 pm', '07:30:00 PM'],
  ['true', 'TRUE'],
  ['$5', '5'],
  ['€5', '5'],
  ['1,000', '1000', '1'],
  ['1.000', '1', '1000'],
  ['5.0', '5'],
  ['.5', '0.5'],
  ['12.30', '12.3'],
  [' 42', '42'],
  ['00', '0'],
  ['0%', '0.00%'],
  ['(5)', '-5'],
  ['1 1/2', '1.5'],
  ['May 2024', '05/01/2024'],
  ['March 5', '03/05/2026', '03/01/2005'],
  ['5 May', '05/05/2026'],
  ['Jan 1', '01/01/2026', '01/01/2001'],
  ['3/4/2024', '03/04/2024', '04/03/2024'],
  ['10.10.2024', '10/10/2024'],
  ['1.5.', '05/01/2026'],
  ['13/5', '05/13/2026'],
  ['5-6', '06/05/2026'],
  ['24/7', '07/24/2026'],
  ['9/11', '09/11/2026', '11/09/2026'],
];

describe('cells reformatted by a spreadsheet', () => {
  it.each(saved)('%s', (text, ...cells) => {
    for (const cell of cells) expect([cell, isReformatted(cell, text)]).toEqual([cell, true]);
  });
  // As Excel shows it, so it saves it.
  it.each([
    ['123456789012345678', '1.23457E+17'],
    ['123456789012345678', '123456789012345000'],
    ['1/2', '02-Jan'],
    ['1/2', '01. Feb'],
    ['May 2024', 'May-24'],
    ['12.5%', '12.50%'],
    [' TRUE', 'true'],
    ['false', 'FALSE'],
    ['+5', '5'],
    ['£5', '5'],
    ['5 €', '5'],
    ['-$5', '-5'],
    ['¥ 5', '5'],
    ['(1,000)', '-1000'],
    ['1,000,000', '1000000'],
    ['1.000.000', '1000000'],
    ['1.000,5', '1000.5'],
    ['1,5', '1.5'],
    ['5.', '5'],
    ['-.5', '-0.5'],
    ['2 3/4', '2.75'],
    ['12 am', '00:00:00'],
    ['12 pm', '12:00:00 PM'],
    ['12:00 a.m.', '0:00'],
    ['7p.m.', '19:00'],
    ['Dec 31', '31-Dec'],
    ['31 Dezember', '31-Dec'],
    ['ene 5', '05-Jan'],
    ['févr 5', '05-Feb'],
    ['Mär 5', '05-Mar'],
    ['Mrz 5', '05-Mar'],
    ['avr 5', '05-Apr'],
    ['mai 5', '05-May'],
    ['juin 5', '05-Jun'],
    ['Juni 5', '05-Jun'],
    ['junio 5', '05-Jun'],
    ['juillet 5', '05-Jul'],
    ['Juli 5', '05-Jul'],
    ['août 5', '05-Aug'],
    ['ago 5', '05-Aug'],
    ['sept 5', '05-Sep'],
    ['Okt 5', '05-Oct'],
    ['nov 5', '05-Nov'],
    ['déc 5', '05-Dec'],
    ['dic 5', '05-Dec'],
    ['5 May 24', '05/05/2024'],
    ['May 5 2024', '05/05/2024'],
    ['5/6/49', '05/06/2049'],
    ['5/6/50', '05/06/1950'],
    ['2024-05-06', '05/06/2024'],
    ['.25', '0.25'],
    ['-1.5e2', '-150'],
  ])('%s in Excel: %s', (text, cell) => expect(isReformatted(cell, text)).toBe(true));
});

describe('cells that a person wrote', () => {
  it.each([
    ['another number', '124', '00123'],
    ['a number, and more than any number', '124', '1e309'],
    ['a nearby number', '50.5%', '50%'],
    ['a word beside it', '123 boats', '00123'],
    ['another day', '01/03/2026', '1/2'],
    ['the numbers turned round', '2/1', '1/2'],
    ['another year', '03/04/2025', '3/4/2024'],
    ['another hour', '12:31', '12:30'],
    ['words for a number', 'half', '1/2'],
    ['a number for words', '123', 'one two three'],
    ['nothing', '', '0'],
    ['nothing for nothing written', '0', ''],
    ['a day that is none', '45/45', '1/2'],
    ['a month that is the middle of a word', '04/05/2026', 'Capri 5'],
    ['another one', '11/05/2026', 'Renova 5'],
    ['a month that is the end of a word', '01/05/2026', 'Trojan 5'],
    ['true for false', 'TRUE', 'false'],
    ['a word for true', 'yes', 'true'],
    ['a per cent sign behind words', '0.5', 'x50%'],
    ['a per cent sign before words', '0.5', '50% off'],
    ['a line before it', '0.5', 'a\n50%'],
    ['a number of words in brackets', '-5', '(five)'],
    ['a number in one bracket', '-5', '(5'],
    ['a fraction of another', '0.25', '1/2'],
    ['a fraction with another whole', '2.5', '1 1/2'],
    ['a fraction by zero', 'Infinity', '1/0'],
    ['a number of another sign', '-5', '5'],
    ['a number of six digits rounded too far', '123457', '123400'],
    ['a date of four parts', '01/02/2026', '1/2/3/4'],
    ['a day of a month that is none', '01/13/2026', '13/13'],
    ['two months', '05/06/2026', 'May June'],
    ['a year of three digits', '01/02/2026', '1/2/202'],
    ['a year of the century before', '05/01/1924', 'May 2024'],
    ['the same month of another year', 'May-25', 'May 2024'],
    ['the same month of another year, for what may be a day', 'May-25', 'May 24'],
    ['a day for a whole month', '25 May', 'May 2024'],
    ['a date without its year', '5 May', 'May 5 2024'],
    ['an hour of the other half of the day', '07:00:00 AM', '7 pm'],
    ['noon for midnight', '12:00 PM', '12 am'],
    ['an hour without half or minutes', '7:00', '7'],
    ['seconds that differ', '01:05:10 AM', '1:05:09'],
    ['a time for a long text', '12:30', `12:30${' '.repeat(400)}`],
    ['a number in another notation', '16', '0x10'],
    ['a long cell for a time', `12:30${' '.repeat(400)}`, '12:30'],
  ])('%s', (_name, cell, text) => expect(isReformatted(cell, text)).toBe(false));

  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  it.each(names.map((name, index) => [name, `${String(index + 1).padStart(2, '0')}/05/2026`]))(
    '%s as a part of a word is no month',
    (name, cell) => {
      expect(isReformatted(cell, `${name} 5`)).toBe(true);
      expect(isReformatted(cell, `x${name} 5`)).toBe(false);
    },
  );

  it.each([
    ['juniper 5', '06/05/2026'],
    ['junge 5', '06/05/2026'],
  ])('%s, which begins like a month', (text, cell) => expect(isReformatted(cell, text)).toBe(false));

  it('handles any text in bounded time, and words are never numbers', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => typeof isReformatted(a, b) === 'boolean'));
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom('x', 'y', 'z', ' ', 'w') }), (cell, text) => {
        expect(isReformatted(cell, text)).toBe(false);
      }),
    );
  });
});
