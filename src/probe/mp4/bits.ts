/** Reads bits from the payload of a NAL unit or of a decoder configuration, most significant bit first. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The number of bits that are left. */
  get left(): number {
    return this.#bytes.length * 8 - this.#at;
  }

  /**
   * An unsigned number of up to 32 bits.
   * @throws RangeError past the end
   */
  u(count: number): number {
    if (count > this.left) throw new RangeError('the bits end early');
    let value = 0;
    for (let each = 0; each < count; each++, this.#at++) {
      value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  /** Whether only the end of a parameter set is left: a one, and zeros up to the end of a byte. */
  isAtEnd(): boolean {
    const [at, left] = [this.#at, this.left];
    const isEnd = left >= 1 && left <= 8 && this.u(left) === 2 ** (left - 1);
    this.#at = at;
    return isEnd;
  }

  flag(): boolean {
    return this.u(1) === 1;
  }

  skip(count: number): void {
    if (count > this.left) throw new RangeError('the bits end early');
    this.#at += count;
  }

  /** Exp-Golomb, unsigned (ISO/IEC 14496-10, 9.1): zeros, a one, and as many bits as there were zeros. */
  ue(): number {
    let zeros = 0;
    while (!this.flag()) if (++zeros > 31) throw new RangeError('a number is too long');
    return 2 ** zeros - 1 + this.u(zeros);
  }

  /** Exp-Golomb, signed: 0, 1, -1, 2, -2 ... */
  se(): number {
    const value = this.ue();
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2;
  }
}

/**
 * The payload of a NAL unit without its header and without emulation prevention bytes (ISO/IEC 14496-10, 7.3.1).
 * @param header bytes of the header: 1 for H.264, 2 for HEVC
 */
export function payloadOf(unit: Uint8Array, header: number): Uint8Array {
  const payload = new Uint8Array(Math.max(0, unit.length - header));
  let length = 0;
  let zeros = 0;
  for (const byte of unit.subarray(header)) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    payload[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return payload.subarray(0, length);
}
