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
    ['true for false', 'TRUE', 'false'],
  ])('%s', (_name, cell, text) => expect(isReformatted(cell, text)).toBe(false));

  it('handles any text in bounded time, and words are never numbers', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => typeof isReformatted(a, b) === 'boolean'));
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom('x', 'y', 'z', ' ', 'w') }), (cell, text) => {
        expect(isReformatted(cell, text)).toBe(false);
      }),
    );
  });
});
