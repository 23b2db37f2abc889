import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../src/captions/decode.ts';
import { fileKind, spreadsheetName } from '../../src/captions/file-kind.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const pk = 'PK\u0003\u0004';

describe('a file that is no table', () => {
  it.each<[string, string, string | null]>([
    ['OpenDocument', `${pk}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`, 'a file of LibreOffice (ods)'],
    ['Numbers by its document', `${pk}Index/Document.iwa`, 'a file of Numbers'],
    ['Numbers by its tables', `${pk}Index/Tables/DataList.iwa`, 'a file of Numbers'],
    ['Numbers by its calculations', `${pk}Index/CalculationEngine.iwa`, 'a file of Numbers'],
    ['Numbers by its metadata', `${pk}Index/Metadata.iwa`, 'a file of Numbers'],
    ['Numbers by its preview', `${pk}preview.jpg`, 'a file of Numbers'],
    ['Word', `${pk}[Content_Types].xml word/document.xml`, 'a file of Word (docx)'],
    ['Excel by its sheets', `${pk}xl/workbook.xml`, 'a file of Excel (xlsx)'],
    ['Excel by its types', `${pk}[Content_Types].xml`, 'a file of Excel (xlsx)'],
    ['Excel by its relations', `${pk}_rels/.rels`, 'a file of Excel (xlsx)'],
    ['Excel by its properties', `${pk}docProps/app.xml`, 'a file of Excel (xlsx)'],
    ['a name far behind the beginning', `${pk}${'x'.repeat(40_000)}xl/`, 'a file of Excel (xlsx)'],
    ['a name near the end', `${pk}${'x'.repeat(200_000)}xl/${'x'.repeat(40_000)}`, 'a file of Excel (xlsx)'],
    ['a name in the middle alone', `${pk}${'x'.repeat(100_000)}xl/${'x'.repeat(100_000)}`, 'a ZIP'],
    ['another ZIP', `${pk}video.mp4`, 'a ZIP'],
    ['old Excel', '\u00d0\u00cf\u0011\u00e0\u00a1', 'a file of Excel (xls)'],
    ['PDF', '%PDF-1.7', 'a PDF'],
    ['RTF', '{\\rtf1', 'a document (rtf)'],
    ['XML', '<?xml version="1.0"?>', 'XML of a spreadsheet'],
    ['a workbook of XML', '<Workbook xmlns="x">', 'XML of a spreadsheet'],
    ['XML behind a mark and blanks', '\u00ef\u00bb\u00bf \r\n<?XML ?>', 'XML of a spreadsheet'],
    ['a page', '<!DOCTYPE html>', 'a page of HTML'],
    ['a page without a type', '\n<HTML>', 'a page of HTML'],
    ['a table of a page', '<table><tr>', 'a page of HTML'],
    ['a table of words', 'key,caption\n', null],
    ['words about a page', 'see <html>', null],
    ['the name of a ZIP', `x${pk}xl/`, null],
    ['words about a PDF', 'a %PDF', null],
    ['nothing', '', null],
  ])('%s', (_name, text, kind) => expect(fileKind(bytes(text))).toBe(kind));

  it('is named in the message, which says what to save instead', async () => {
    expect(await decodeTable(bytes(`${pk}xl/workbook.xml`))).toMatch(/^it is a file of Excel \(xlsx\) .*CSV UTF-8/);
  });

  it.each<[string, boolean]>([
    ['a.xlsx', true],
    ['a.XLS', true],
    ['a.xlsm', true],
    ['a.ods', true],
    ['a.numbers', true],
    ['a.xlsx.csv', false],
    ['xlsx', false],
    ['a.csv', false],
  ])('the name %s is that of a spreadsheet: %s', (name, expected) => {
    expect(spreadsheetName.test(name)).toBe(expected);
  });
});
