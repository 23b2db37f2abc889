import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { correctDurations } from '../../src/tools/mp4-durations.ts';

function box(type: string, ...content: Buffer[]): Buffer {
  const inside = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + inside.length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, inside]);
}

const words = (...numbers: number[]) => {
  const buffer = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt32BE(number, 4 * index);
  return buffer;
};

/** With the duration that both headers tell, and the one of the edit list. */
function moov(told: number, edited: number): Buffer {
  const trak = box(
    'trak',
    box('tkhd', words(0, 0, 0, 1, 0, told)),
    box('edts', box('elst', words(0, 1, edited, 0, 1))),
  );
  return box('moov', box('mvhd', words(0, 0, 0, 1000, told)), trak);
}

const ftyp = box('ftyp', words(0));
const free = box('free');
const mdat = box('mdat', Buffer.alloc(40));

it.each<[string, Buffer[], Buffer[]]>([
  ['too long: as the edit list says', [ftyp, moov(4020, 4000), mdat], [ftyp, moov(4000, 4000), mdat]],
  ['right: nothing changes', [ftyp, moov(4000, 4000), mdat], [ftyp, moov(4000, 4000), mdat]],
  ['behind a free box', [ftyp, free, moov(4020, 4000), mdat], [ftyp, free, moov(4000, 4000), mdat]],
  [
    'behind eight boxes: too far',
    [...Array<Buffer>(8).fill(free), moov(4020, 4000)],
    [...Array<Buffer>(8).fill(free), moov(4020, 4000)],
  ],
  ['without moov: nothing changes', [ftyp, mdat], [ftyp, mdat]],
  [
    'with a box of no length: nothing changes',
    [ftyp, words(0, 0), moov(4020, 4000)],
    [ftyp, words(0, 0), moov(4020, 4000)],
  ],
  ['an empty file', [], []],
])('durations in a file, %s', async (_name, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'port-durations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'video.mp4');
  writeFileSync(path, Buffer.concat(before));
  await correctDurations(path);
  expect(readFileSync(path).equals(Buffer.concat(after))).toBe(true);
});
