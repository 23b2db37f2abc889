/** A stretch of an image file. All stretches in their order are the file. */
export interface Segment {
  /**
   * `picture`: needed to show the image as it is, its colour profile included. `exif`, `xmp`, `iptc`: what they are called.
   * `text`: any other words or blocks beside the picture. `behind`: what follows the end of the image.
   */
  readonly kind: 'picture' | 'exif' | 'xmp' | 'iptc' | 'text' | 'behind';
  /** As it is written into a file that holds the picture alone. */
  readonly bytes: Uint8Array;
  /** What it carries, without its own header; empty for `picture`. */
  readonly data: Uint8Array;
}

/** No camera and no editor writes more; a file made of a million empty ones is not walked to its end. */
export const maxSegments = 50_000;

const nothing = new Uint8Array();

export function pictureSegment(bytes: Uint8Array): Segment {
  return { kind: 'picture', bytes, data: nothing };
}

export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end);
}

/** For numbers of several bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
