/** Recognises office files by their magic bytes, and ZIP files by the names in them, which are stored uncompressed. */

const zip = 'PK\u0003\u0004';
const inZip: readonly (readonly [RegExp, string])[] = [
  [/application\/vnd\.oasis\.opendocument/, 'a file of LibreOffice (ods)'],
  [/Index\/(?:Document|Tables|CalculationEngine|Metadata)|Document\.iwa|preview\.jpg/, 'a file of Numbers'],
  [/word\//, 'a file of Word (docx)'],
  [/xl\/|\[Content_Types\]\.xml|_rels\/|docProps\//, 'a file of Excel (xlsx)'],
];

/** The kind of a binary file that was expected to be text, for messages; null if it may be text. */
export function fileKind(bytes: Uint8Array): string | null {
  const start = latin1(bytes.subarray(0, 64));
  if (start.startsWith(zip)) {
    const both = latin1(bytes.subarray(0, 65_536)) + latin1(bytes.subarray(-65_536));
    return inZip.find(([pattern]) => pattern.test(both))?.[1] ?? 'a ZIP';
  }
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'a file of Excel (xls)';
  if (start.startsWith('%PDF')) return 'a PDF';
  if (start.startsWith('{\\rtf')) return 'a document (rtf)';
  const text = start.replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '').toLowerCase();
  if (text.startsWith('<?xml') || text.startsWith('<workbook')) return 'XML of a spreadsheet';
  if (text.startsWith('<!doctype') || text.startsWith('<html') || text.startsWith('<table')) return 'a page of HTML';
  return null;
}

/** File names of spreadsheets. */
export const spreadsheetName = /\.(?:xlsx?|xlsm|ods|numbers)$/i;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
