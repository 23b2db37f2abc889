import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Bytes that begin like a file of this kind and go on at will: enough for whoever looks at content only. */
export function fakeMedia(kind: 'mp4' | 'mov' | 'jpg' | 'webp' | 'png', bytes = 64, seed = 1): Buffer {
  const heads = {
    mp4: '\u0000\u0000\u0000\u0018ftypisom\u0000\u0000\u0002\u0000',
    mov: '\u0000\u0000\u0000\u0014ftypqt  \u0000\u0000\u0002\u0000',
    jpg: '\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000',
    webp: 'RIFF\u0000\u0000\u0000\u0000WEBPVP8 ',
    png: '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR',
  };
  const media = Buffer.alloc(bytes);
  let state = seed * 2654435761;
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    media[at] = state >>> 24;
  }
  media.write(heads[kind], 'latin1');
  return media;
}

const short = resolve(import.meta.dirname, '../../fixtures/export/media/2025-11-23 08.05.41.mp4');

/** A video that plays, unlike that of any other seed: a real one, and behind it a box of so many bytes to be skipped. */
export function playableMp4(bytes: number, seed = 1): Buffer {
  const box = fakeMedia('mp4', Math.max(8, bytes), seed);
  box.writeUInt32BE(box.length);
  box.write('free', 4, 'latin1');
  return Buffer.concat([readFileSync(short), box]);
}
