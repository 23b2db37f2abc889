export type ByteRange =
  | { readonly kind: 'whole' }
  /** Both ends are inclusive. */
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'outside' };

/**
 * Parses a `Range` header. Several ranges, or an invalid header, select the whole file, as RFC 9110 14.2 allows.
 * @param bytes the size of the file
 */
export function byteRange(header: string | undefined, bytes: number): ByteRange {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' };
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? { kind: 'outside' } : { kind: 'part', from: bytes - length, to: bytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return { kind: 'whole' };
  return from >= bytes ? { kind: 'outside' } : { kind: 'part', from, to };
}
