/** An encoding in which spreadsheets save CSV files. */
export interface Encoding {
  /** The name in iconv-lite. */
  readonly name: string;
  /** The names that jschardet 4 returns, lower case without hyphens and underscores. */
  readonly detected: readonly string[];
  /**
   * How common the encoding is for CSV files, 0 to 1: the default of Excel for Windows (depends on the country) is 1,
   * "CSV (Macintosh)" and "CSV (MS-DOS)" are lower, encodings that only LibreOffice offers lowest.
   */
  readonly usual: number;
  /** One byte per character: no emoji, and most scripts are missing. */
  readonly narrow: boolean;
}

const narrow = (usual: number, name: string, ...detected: string[]): Encoding => ({
  name,
  detected: detected.length > 0 ? detected : [name.replace(/-/g, '')],
  usual,
  narrow: true,
});
const wide = (usual: number, name: string, ...detected: string[]): Encoding => ({
  name,
  detected,
  usual,
  narrow: false,
});

/**
 * All encodings that are tried. Their tables were compared with Python's codecs (2026-11): only a few rare characters
 * differ. Node's TextDecoder is not used, because in Node 20 and 22 its windows-1252 is ISO 8859-1.
 */
export const encodings: readonly Encoding[] = [
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257].map((page) => narrow(1, `windows-${page}`)),
  narrow(1, 'windows-1258', 'cp1258'),
  narrow(1, 'windows-874', 'cp874'),
  wide(1, 'gb18030', 'gb18030'),
  wide(1, 'big5', 'big5'),
  wide(1, 'shift_jis', 'cp932', 'shiftjis'),
  wide(1, 'cp949', 'cp949', 'euckr'),
  narrow(0.6, 'macintosh', 'macroman'),
  narrow(0.6, 'maccenteuro', 'maclatin2'),
  narrow(0.6, 'maccyrillic'),
  narrow(0.6, 'macgreek'),
  narrow(0.6, 'macturkish'),
  narrow(0.4, 'cp437'),
  narrow(0.4, 'cp737'),
  narrow(0.4, 'cp775'),
  narrow(0.4, 'cp850', 'cp850', 'cp858'),
  narrow(0.4, 'cp852'),
  narrow(0.4, 'cp857'),
  narrow(0.4, 'cp862'),
  narrow(0.4, 'cp866', 'ibm866'),
  wide(0.4, 'euc-jp', 'eucjp'),
  narrow(0.4, 'koi8-r', 'koi8r'),
  narrow(0.4, 'koi8-u', 'koi8u'),
  ...[2, 5, 6, 7, 8, 9, 13, 15].map((part) => narrow(0.2, `iso-8859-${part}`)),
];
