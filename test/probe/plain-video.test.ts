import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { createFfprobeProgram } from '../../src/tools/ffprobe.ts';
import { readPlainFile } from '../../src/tools/mp4-file.ts';
import { makeMedia, temporaryFolder } from '../media.ts';
import { bundledPair, pairs } from '../programs.ts';

/**
 * The law of probing without a program: it says what ffprobe says, or leaves the file to ffprobe.
 */
const folder = await temporaryFolder();
const signal = new AbortController().signal;

const card = ['-f', 'lavfi', '-i', 'testsrc2=s=144x256:r=30:d=1'];
const tone = ['-f', 'lavfi', '-i', 'sine=r=44100:d=1'];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'];
const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-x265-params', 'log-level=none'];
const aac = ['-c:a', 'aac', '-b:a', '64k'];
const both = [...card, ...tone];

const mutants = Number(process.env['PORT_MUTANTS'] ?? 300);

/** Each by what is odd about it. */
const plain: readonly (readonly [string, readonly string[]])[] = [
  ['phone.mp4', [...both, ...x264, ...aac, '-movflags', '+faststart']],
  ['index at the end.mp4', [...both, ...x264, ...aac]],
  ['no sound.mp4', [...card, ...x264]],
  ['sound first.mp4', [...tone, ...card, '-map', '0:a', '-map', '1:v', ...x264, ...aac]],
  ['MOV.mov', [...both, ...x264, ...aac]],
  ['HEVC.mp4', [...both, ...x265, '-tag:v', 'hvc1', ...aac]],
  ['HEVC of 10 bits.mov', [...both, ...x265, '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1', ...aac]],
  ['hev1.mp4', [...both, ...x265, ...aac]],
  ['baseline.mp4', [...both, ...x264, '-profile:v', 'baseline', ...aac]],
  [
    'main with B frames.mp4',
    [...both, '-c:v', 'libx264', '-profile:v', 'main', '-bf', '3', '-pix_fmt', 'yuv420p', ...aac],
  ],
  ['an odd size.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=146x258:r=30:d=1', ...x264]],
  ['25 frames a second.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=144x256:r=25:d=1', ...x264]],
  ['29.97 frames a second.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=144x256:r=30000/1001:d=1', ...x264]],
  ['mono at 48 kHz.mp4', [...both, ...x264, ...aac, '-ac', '1', '-ar', '48000']],
  ['six channels.mp4', [...both, ...x264, ...aac, '-ac', '6']],
  [
    'BT.709.mp4',
    [...both, ...x264, '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', ...aac],
  ],
  ['full range.mp4', [...both, ...x264, '-pix_fmt', 'yuvj420p', ...aac]],
  [
    'PQ.mp4',
    [...both, ...x265, '-pix_fmt', 'yuv420p10le', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', ...aac],
  ],
  ['a language.mp4', [...both, ...x264, ...aac, '-metadata:s:a', 'language=deu']],
  ['a handler with a name.mp4', [...both, ...x264, ...aac, '-metadata:s:a', 'handler_name=Game sound']],
  ['a date.mp4', [...both, ...x264, ...aac, '-metadata', 'creation_time=2025-03-02T09:15:04Z']],
  ['a comment.mp4', [...both, ...x264, ...aac, '-metadata', 'comment=vid:v1', '-metadata', 'title=Tea']],
  ['picture that starts late.mp4', ['-itsoffset', '0.3', ...card, ...tone, ...x264, ...aac]],
  ['short sound.mp4', [...card, '-f', 'lavfi', '-i', 'sine=d=0.5', ...x264, ...aac]],
];

/** Files that it has to leave to ffprobe. */
const odd: readonly (readonly [string, readonly string[]])[] = [
  ['a place.mp4', [...both, ...x264, ...aac, '-metadata', 'location=+52.5-013.4/']],
  ['fragments.mp4', [...both, ...x264, ...aac, '-movflags', 'frag_keyframe+empty_moov']],
  ['two pictures.mp4', [...both, '-map', '0:v', '-map', '0:v', '-map', '1:a', ...x264, ...aac]],
  ['two sounds.mp4', [...both, '-map', '0:v', '-map', '1:a', '-map', '1:a', ...x264, ...aac]],
  ['wide pixels.mp4', [...both, ...x264, '-aspect', '1', ...aac]],
  ['fields.mp4', [...both, ...x264, '-flags', '+ilme+ildct', '-x264opts', 'tff=1', ...aac]],
  ['4:4:4.mp4', [...both, '-c:v', 'libx264', '-pix_fmt', 'yuv444p', ...aac]],
  ['MPEG-4 picture.mp4', [...both, '-c:v', 'mpeg4', ...aac]],
  ['MP3.mp4', [...both, ...x264, '-c:a', 'libmp3lame']],
  ['a low rate.mp4', [...both, ...x264, ...aac, '-ar', '22050']],
  ['a variable rate.mp4', [...card, '-vf', "setpts='N/30/TB+0.2*floor(N/10)/TB'", '-vsync', 'vfr', ...x264]],
  ['one frame.mp4', [...card, '-frames:v', '1', ...x264]],
  [
    'subtitles.mp4',
    [...both, '-f', 'lavfi', '-i', 'anullsrc', '-t', '1', ...x264, ...aac, '-map', '0', '-map', '1', '-map', '2'],
  ],
  ['another container.mkv', [...both, ...x264, ...aac]],
];

/** Numbers may be rounded; npm's ffprobe of 2018 tells another duration where the tracks are not equally long. */
function differences(mine: unknown, theirs: unknown, at = ''): string[] {
  if (typeof mine === 'object' && typeof theirs === 'object' && mine !== null && theirs !== null) {
    const [one, other] = [new Map(Object.entries(mine)), new Map(Object.entries(theirs))];
    const names = [...new Set([...one.keys(), ...other.keys()])];
    return names.flatMap((name) => differences(one.get(name), other.get(name), `${at}.${name}`));
  }
  const near = at === '.seconds' ? 0.05 : 1e-5;
  const isNear =
    typeof mine === 'number' &&
    typeof theirs === 'number' &&
    Math.abs(mine - theirs) <= near * Math.max(1, at === '.seconds' ? 1 : Math.abs(mine));
  return mine === theirs || isNear ? [] : [`${at}: ${JSON.stringify(mine)}, ffprobe says ${JSON.stringify(theirs)}`];
}

async function plainProbe(path: string): Promise<VideoProbe | null> {
  return (await readPlainFile(path))?.probe ?? null;
}

describe.each(pairs)('says what ffprobe says, or nothing: $name', ({ ffprobe }) => {
  const { probe } = createFfprobeProgram(ffprobe);

  it.each(plain)('%s', async (name, args) => {
    const path = await made(name, args);
    const mine = await plainProbe(path);
    expect(mine).not.toBeNull();
    expect(differences(mine, await probe(path, signal))).toEqual([]);
  });

  it.each(odd)('leaves %s to ffprobe', async (name, args) => {
    expect(await plainProbe(await made(name, args))).toBeNull();
  });

  describe('mutated files', () => {
    const sources: Buffer[] = [];
    beforeAll(async () => {
      for (const [name, args] of plain.slice(0, 8)) sources.push(await readFile(await made(name, args)));
    });

    // One start of ffprobe a bit: with the program that starts fast.
    it.skipIf(ffprobe !== bundledPair.ffprobe).each([
      ['baseline', 'avcC', [...x264, '-profile:v', 'baseline']],
      ['High with B frames', 'avcC', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
      ['Main', 'hvcC', [...x265.slice(0, -1), 'log-level=none:info=0', '-tag:v', 'hvc1']],
      ['Main 10', 'hvcC', [...x265.slice(0, -1), 'log-level=none:info=0', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1']],
    ] as const)(
      'each bit of the parameter sets flipped: %s',
      async (name, box, codec) => {
        const source = await readFile(await made(`flipped ${name}.mp4`, [...card, ...codec]));
        const at = source.indexOf(box) + 4;
        const length = source.readUInt32BE(at - 8) - 8;
        const path = join(folder, 'flipped.mp4');
        const wrong: unknown[] = [];
        for (let bit = 0; bit < length * 8; bit++) {
          const bytes = Buffer.from(source);
          bytes[at + (bit >> 3)] = (bytes[at + (bit >> 3)] ?? 0) ^ (1 << (bit & 7));
          await writeFile(path, bytes);
          const mine = await plainProbe(path);
          if (mine === null) continue;
          const theirs = await probe(path, signal).catch((error: unknown) => String(error));
          const found = typeof theirs === 'string' ? [theirs] : differences(mine, theirs);
          if (found.length > 0) wrong.push({ bit: `${box} + ${bit >> 3}, ${bit & 7}`, found });
        }
        expect(wrong).toEqual([]);
      },
      120_000,
    );

    // Each answer needs a start of ffprobe: CONTRIBUTING names how many are tried after a change of a reader.
    it(`of ${mutants} files`, async () => {
      const random = randomFrom(Number(process.env['PORT_SEED'] ?? 29));
      const path = join(folder, 'mutant.mp4');
      let answers = 0;
      const wrong: unknown[] = [];
      for (let each = 0; each < mutants && wrong.length < 5; each++) {
        const source = sources[each % sources.length] as Buffer;
        const { bytes, changes } = mutant(source, random);
        await writeFile(path, bytes);
        const mine = await plainProbe(path);
        if (mine === null) continue;
        answers++;
        const theirs = await probe(path, signal).catch((error: unknown) => String(error));
        const found = typeof theirs === 'string' ? [theirs] : differences(mine, theirs);
        if (found.length > 0) wrong.push({ each, changes, found });
      }
      expect(wrong).toEqual([]);
      expect(answers).toBeGreaterThan(0);
    }, 600_000);
  });
});

const media = new Map<string, Promise<string>>();
async function made(name: string, args: readonly string[]): Promise<string> {
  const path = media.get(name) ?? makeMedia(folder, name, args);
  media.set(name, path);
  return await path;
}

/** A linear congruential generator (Numerical Recipes), so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One to three changes: in the boxes, where numbers decide, or anywhere; a bit, a byte, a word, or an end. */
function mutant(source: Buffer, random: (below: number) => number): { bytes: Buffer; changes: string[] } {
  const bytes = Buffer.from(source);
  const moov = source.indexOf('moov') - 4;
  const length = source.readUInt32BE(moov);
  const changes: string[] = [];
  for (let change = random(3); change >= 0; change--) {
    const at = random(4) > 0 ? moov + random(length) : random(source.length);
    const how = random(4);
    const before = bytes[at] ?? 0;
    if (how === 2 && at + 4 <= bytes.length) bytes.writeUInt32BE([0, 1, 0xffff_ffff, 0x7fff_ffff][random(4)] ?? 0, at);
    else bytes[at] = how === 0 ? before ^ (1 << random(8)) : how === 1 ? random(256) : before + (random(2) ? 1 : 255);
    changes.push(`${boxAt(source, at)}: ${before} to ${bytes[at]}`);
  }
  return { bytes: random(20) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes, changes };
}

/** Where a byte is, for a person: the name of the box before it, and the distance. */
function boxAt(source: Buffer, at: number): string {
  const names = [...source.toString('latin1', 0, at).matchAll(/[a-z][a-zA-Z0-9]{3}/g)];
  const last = names.at(-1);
  return last ? `${last[0]} + ${at - last.index}` : String(at);
}
