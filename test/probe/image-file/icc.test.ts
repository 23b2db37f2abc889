import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { foreignProfile } from '../../../src/probe/image-file/icc.ts';

type Primaries = readonly (readonly [number, number, number])[];
const srgb: Primaries = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
];
const displayP3: Primaries = [
  [0.5151, 0.2412, -0.0011],
  [0.292, 0.6922, 0.0419],
  [0.1571, 0.0666, 0.7841],
];
const adobe: Primaries = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
];

const fixed = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), index * 4);
  return bytes;
};
const words = (...values: readonly number[]) => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
};
const head = (type: string) => Buffer.from(`${type}\0\0\0\0`);
const count = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const gamma = (value: number) => Buffer.concat([head('curv'), count(1), words(Math.round(value * 256))]);
const linear = Buffer.concat([head('curv'), count(0)]);
const curve = (entries: number) => {
  const at = (x: number) => Math.round((x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4) * 65_535);
  return Buffer.concat([
    head('curv'),
    count(entries),
    words(...Array.from({ length: entries }, (_, i) => at(i / (entries - 1)))),
  ]);
};
const parametric = Buffer.concat([head('para'), words(3, 0), fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]);
const oldName = (text: string) => Buffer.concat([head('desc'), count(text.length + 1), Buffer.from(`${text}\0`)]);
const newName = (text: string) =>
  Buffer.concat([
    head('mluc'),
    count(1),
    count(12),
    Buffer.from('enUS'),
    count(text.length * 2),
    count(28),
    Buffer.from(text, 'utf16le').swap16(),
  ]);

function profile(
  name: Buffer,
  {
    primaries = srgb,
    tone = parametric,
    space = 'RGB ',
  }: { primaries?: Primaries | null; tone?: Buffer; space?: string } = {},
): Buffer {
  const colours = (primaries ?? []).map(
    (xyz, index) => [`${'rgb'[index]}XYZ`, Buffer.concat([head('XYZ '), fixed(...xyz)])] as const,
  );
  const tones = (space === 'GRAY' ? ['kTRC'] : ['rTRC', 'gTRC', 'bTRC']).map((tag) => [tag, tone] as const);
  const tags = [['desc', name] as const, ...colours, ...(primaries || space === 'GRAY' ? tones : [])];
  const table: Buffer[] = [count(tags.length)];
  let at = 132 + tags.length * 12;
  for (const [tag, data] of tags) {
    table.push(Buffer.from(tag), count(at), count(data.length));
    at += data.length;
  }
  const header = Buffer.alloc(128);
  header.write(space, 16);
  header.write('acsp', 36);
  return Buffer.concat([header, ...table, ...tags.map(([, data]) => data)]);
}

describe('foreignProfile', () => {
  it.each<[string, Buffer, string | null]>([
    ['sRGB of 1998', profile(oldName('sRGB IEC61966-2.1'), { tone: curve(1024) }), null],
    ['sRGB of version 4', profile(newName('sRGB built-in')), null],
    ['a tiny sRGB', profile(oldName('c2'), { tone: curve(26) }), null],
    ['without a name', profile(oldName('')), null],
    ['with a gamma of 2.2', profile(newName('uRGB'), { tone: gamma(2.2) }), null],
    ['tables, judged by name', profile(newName('sRGB v4 ICC preference'), { primaries: null }), null],
    ['tables of something else', profile(newName('Printer'), { primaries: null }), 'Printer'],
    ['Display P3', profile(newName('Display P3'), { primaries: displayP3 }), 'Display P3'],
    ['Display P3 named sRGB', profile(newName('sRGB'), { primaries: displayP3 }), 'sRGB'],
    ['Adobe RGB', profile(oldName('Adobe RGB (1998)'), { primaries: adobe, tone: gamma(2.2) }), 'Adobe RGB (1998)'],
    ['linear', profile(oldName('Linear'), { tone: linear }), 'Linear'],
    ['a gamma of 1.8', profile(oldName('Apple'), { tone: gamma(1.8) }), 'Apple'],
    ['grey at 2.2', profile(oldName('Gray Gamma 2.2'), { primaries: null, space: 'GRAY', tone: gamma(2.2) }), null],
    [
      'grey of a printer',
      profile(oldName('Dot Gain 20%'), { primaries: null, space: 'GRAY', tone: gamma(1.6) }),
      'Dot Gain 20%',
    ],
    ['CMYK', profile(oldName('FOGRA39'), { primaries: null, space: 'CMYK' }), 'FOGRA39'],
    ['a name with terminal escape codes', profile(oldName('P3\u001b[31m\n'), { primaries: displayP3 }), 'P3[31m'],
    ['a name without a terminator', profile(oldName('x'.repeat(5000)), { primaries: displayP3 }), 'x'.repeat(60)],
    ['no profile', Buffer.from('text'), 'of an unreadable profile'],
  ])('%s', (_name, icc, expected) => {
    expect(foreignProfile(icc)).toBe(expected);
  });

  it.each([
    ['srgb', null],
    ['p3', 'sP3C'],
  ])("sharp's own %s", async (name, expected) => {
    const picture = sharp({ create: { width: 4, height: 4, channels: 3, background: '#888' } });
    const { icc } = await sharp(await picture.withIccProfile(name).jpeg().toBuffer()).metadata();
    expect(icc && foreignProfile(icc)).toBe(expected);
  });

  it('changed or truncated at random: a name or null, never an error', () => {
    const whole = [
      profile(newName('Display P3'), { primaries: displayP3 }),
      profile(oldName('c2'), { tone: curve(26) }),
    ];
    const change = fc.record({ at: fc.nat(700), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.array(change), fc.nat(800), (icc, changes, length) => {
        const odd = Buffer.from(icc.subarray(0, length));
        for (const { at, to } of changes) if (at < odd.length) odd[at] = to;
        const name = foreignProfile(odd);
        if (name !== null) expect(name).toMatch(/^[^\p{Cc}]{1,60}$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
