import { encodings } from './encodings.ts';

/** How well bytes fit an encoding, and the probable language. */
export interface Likelihood {
  /** 0 to 1; comparable only with other encodings for the same bytes. */
  readonly confidence: number;
  /** ISO 639-1, if detected. */
  readonly language: string | null;
}

/** The encodings as jschardet names them in its option. */
const asked = [
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => `windows-${page}`),
  ...['cp874', 'gb18030', 'big5hkscs', 'cp932', 'shift_jis_2004', 'cp949', 'euc-kr', 'euc-jis-2004'],
  ...['mac-roman', 'mac-latin2', 'mac-cyrillic', 'mac-greek', 'mac-turkish'],
  ...['cp437', 'cp737', 'cp775', 'cp850', 'cp852', 'cp857', 'cp858', 'cp862', 'cp866', 'koi8-r', 'koi8-u'],
  ...[2, 5, 6, 7, 8, 9, 13, 15].map((part) => `iso-8859-${part}`),
];

/**
 * Asks jschardet (4.x, a port of Python's chardet 7) for the likelihood of each encoding. Its models take 0.1 s to
 * load, so they are loaded only for bytes that are not UTF-8. It looks at the first 200,000 bytes.
 * @returns the likelihoods by the names of `encodings`; an impossible encoding is absent
 */
export async function likelihoods(bytes: Uint8Array): Promise<ReadonlyMap<string, Likelihood>> {
  const { detectAll } = await import('jschardet');
  const names = new Map(encodings.flatMap(({ name, detected }) => detected.map((each) => [each, name] as const)));
  const found = new Map<string, Likelihood>();
  const results = detectAll(bytes, { minimumThreshold: 0, detectEncodings: asked });
  for (const { encoding, confidence, language } of results) {
    const name = names.get((encoding ?? '').toLowerCase().replace(/[-_]/g, ''));
    if (name !== undefined && confidence > (found.get(name)?.confidence ?? 0))
      found.set(name, { confidence, language: language ?? null });
  }
  return found;
}
