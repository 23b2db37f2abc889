/** A byte range of an image file. All segments in order make up the file. */
export interface Segment {
  /**
   * `picture`: needed to display the image correctly, including its colour profile. `exif`, `xmp`, `iptc`: metadata in
   * these formats. `text`: other metadata. `behind`: data after the end of the image.
   */
  readonly kind: 'picture' | 'exif' | 'xmp' | 'iptc' | 'text' | 'behind';
  /** As written to a file with the picture alone. */
  readonly bytes: Uint8Array;
  /** Its content without header; empty for `picture`. */
  readonly data: Uint8Array;
}

/** More segments than any camera or editor writes; limits the work for a file made of a million empty ones. */
export const maxSegments = 50_000;

const nothing = new Uint8Array();

export function pictureSegment(bytes: Uint8Array): Segment {
  return { kind: 'picture', bytes, data: nothing };
}

export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end);
}

/** For reading numbers of several bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
