import { Bits } from './bits.ts';
import { boxesOf, NotPlain, only, u16, u32 } from './strict-boxes.ts';

/** AAC LC, the sound of nearly all phones and apps. */
export interface Sound {
  readonly channels: number;
  readonly sampleRate: number;
}

/** ISO/IEC 14496-3, tables 1.18 and 1.19. */
const sampleRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
const channelCounts = [0, 1, 2, 3, 4, 5, 6, 8];

/**
 * Below this rate, sound may have a second layer that its configuration does not mention (implicit SBR), which only
 * decoding shows.
 */
const lowestRate = 32_000;

const inEntry = new Set(['esds', 'wave', 'chan', 'btrt']);
const inWave = new Set(['frma', 'mp4a', 'esds', '\0\0\0\0']);

/**
 * Parses the sample description of an AAC track.
 * @param body the content of an `mp4a` box
 * @throws NotPlain for everything but AAC LC
 */
export function readSound(body: Buffer): Sound {
  const version = u16(body, 8);
  if (version > 1) throw new NotPlain('a new kind of sound description');
  const boxes = boxesOf(body.subarray(version === 1 ? 44 : 28), inEntry);
  const [wave] = boxes.get('wave') ?? [];
  return readConfig(decoderConfig(only(wave ? boxesOf(wave, inWave) : boxes, 'esds')));
}

/** The AudioSpecificConfig in `esds`: descriptors of a tag, a length and content (ISO/IEC 14496-1, 7.2.6). */
function decoderConfig(esds: Buffer): Buffer {
  if (u32(esds, 0) !== 0) throw new NotPlain('a new kind of esds');
  const stream = descriptor(esds.subarray(4), 3);
  if (stream.length < 3 || ((stream[2] ?? 0) & 0xe0) !== 0) throw new NotPlain('a stream that depends on others');
  const decoder = descriptor(stream.subarray(3), 4);
  if (decoder[0] !== 0x40 || decoder.length < 13) throw new NotPlain('no AAC');
  return descriptor(decoder.subarray(13), 5);
}

function descriptor(bytes: Buffer, tag: number): Buffer {
  if (bytes[0] !== tag) throw new NotPlain('descriptors in another order');
  let length = 0;
  let at = 1;
  for (; at <= 4; at++) {
    const byte = bytes[at] ?? 0;
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  const content = bytes.subarray(at + 1, at + 1 + length);
  if (at > 4 || content.length !== length) throw new NotPlain('a descriptor is short');
  return content;
}

/** ISO/IEC 14496-3, 1.6.2.1. */
function readConfig(config: Buffer): Sound {
  const bits = new Bits(config);
  const [type, rate, channelName] = [bits.u(5), bits.u(4), bits.u(4)];
  const sampleRate = sampleRates[rate];
  const channels = channelCounts[channelName];
  if (type !== 2 || sampleRate === undefined || sampleRate < lowestRate || !channels)
    throw new NotPlain('no plain AAC');
  // Frames of 1024 samples, no core coder, no extension.
  if (bits.u(3) !== 0) throw new NotPlain('an odd kind of AAC');
  // A second layer may be announced here, or be denied.
  const isAnnounced = bits.left >= 17 && bits.u(11) === 0x2b7 && (bits.u(5) !== 5 || bits.flag());
  if (isAnnounced) throw new NotPlain('AAC of two layers');
  return { channels, sampleRate };
}
