import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuesWithin, readCues, spokenText, srtText, tidyCues } from '../../src/text/subtitles.ts';

const two = [
  { from: 0, to: 1500, text: 'Good morning,' },
  { from: 1500, to: 3_725_250, text: 'this is\nthe street.' },
];

describe('readCues', () => {
  it.each([
    [
      'SRT',
      '1\n00:00:00,000 --> 00:00:01,500\nGood morning,\n\n2\n00:00:01,500 --> 01:02:05,250\nthis is\nthe street.\n',
    ],
    [
      'SRT of Windows, with a byte order mark',
      '\ufeff1\r\n00:00:00,000 --> 00:00:01,500\r\nGood morning,\r\n\r\n2\r\n00:00:01,500 --> 01:02:05,250\r\nthis is\r\nthe street.',
    ],
    [
      'WebVTT with notes, names, settings and hours left out',
      'WEBVTT - a title\nKind: captions\n\nNOTE\nnothing\n\nSTYLE\n::cue { color: red }\n\nintro\n00:00.000 --> 00:01.500 align:start position:0%\n<v Maya>Good morning,</v>\n\n00:01.500 --> 01:02:05.250\n<i>this</i> is\nthe <00:00:02.000>street.\n',
    ],
    [
      'SRT without blank lines between',
      '1\n00:00:00,000 --> 00:00:01,500\nGood morning,\n2\n00:00:01,500 --> 01:02:05,250\nthis is\nthe street.\n',
    ],
    [
      'WebVTT without blank lines between',
      'WEBVTT\n00:00.000 --> 00:01.500\nGood morning,\n00:01.500 --> 01:02:05.250\nthis is\nthe street.\n',
    ],
    [
      'the other order of cues',
      '00:00:01,500 --> 01:02:05,250\nthis is\nthe street.\n\n00:00:00,000 --> 00:00:01,500\nGood morning,',
    ],
  ])('%s', (_what, text) => {
    expect(readCues(text)).toEqual(two);
  });

  it('the lines of whisper, among others', () => {
    const printed =
      'Detecting language using up to the first 30 seconds.\nDetected language: English\n[00:00.000 --> 00:01.500]  Good morning,\n[00:00:01.500 --> 00:00:03.000]   the street. [BLANK_AUDIO]\n';
    expect(readCues(printed)).toEqual([
      { from: 0, to: 1500, text: 'Good morning,' },
      { from: 1500, to: 3000, text: 'the street.' },
    ]);
  });

  it.each([
    ['a cue without words', '00:00:00,000 --> 00:00:01,000\n♪ ...\n'],
    ['a cue that ends before it begins', '00:00:02,000 --> 00:00:01,000\nwords\n'],
    ['a text without times', 'Good morning, this is the street.'],
  ])('%s: none', (_what, text) => {
    expect(readCues(text)).toEqual([]);
  });

  it('control characters, directions and arrows are not in a cue', () => {
    const [cue] = readCues(
      '00:00:00,000 --> 00:00:01,000\n\u202eGood\u0000 --> \u200bmorning\u2066 {\\an8}&lt;b&gt;x\n',
    );
    expect(cue?.text).toBe('Good → morning x');
  });
});

describe('cuesWithin', () => {
  const cues = [
    { from: 0, to: 2000, text: 'one' },
    { from: 2000, to: 5000, text: 'two' },
    { from: 9000, to: 9500, text: 'three' },
  ];

  it('a second part has its own times, and a cue across the cut is in both parts', () => {
    expect(cuesWithin(cues, { from: 0, to: 4 })).toEqual([cues[0], { from: 2000, to: 4000, text: 'two' }]);
    expect(cuesWithin(cues, { from: 4, to: 10 })).toEqual([
      { from: 0, to: 1000, text: 'two' },
      { from: 5000, to: 5500, text: 'three' },
    ]);
  });
});

it('a part without length has no cues, though one is across its cut', () => {
  expect(cuesWithin([{ from: 0, to: 10_001, text: 'one' }], { from: 10, to: 10 })).toEqual([]);
});

it('a repeated line is spoken once', () => {
  const said = ['hello', 'hello', 'hello\nthere'].map((text, at) => ({ from: at, to: at + 1, text }));
  expect(spokenText(said)).toBe('hello hello there');
});

it('subtitles that are written, whole or cut, are read as the same cues', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.constantFrom('a', '\n', '<b>', '&amp;', 'lt;', '&lt;', '-->', '{\\i1}', '[_BEG_]', '1', ' '), {
        maxLength: 20,
      })
      .map((parts) => parts.join('')),
    fc.constant('long '.repeat(400)),
  );
  const cue = fc.record({ from: fc.integer({ min: 0, max: 20_000 }), to: fc.integer({ min: 0, max: 20_000 }), text });
  fc.assert(
    fc.property(
      fc.array(cue, { maxLength: 8 }),
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 10, max: 20 }),
      (cues, from, to) => {
        const tidy = tidyCues(cues);
        expect(readCues(srtText(tidy))).toEqual(tidy);
        const part = cuesWithin(tidy, { from, to });
        expect(readCues(srtText(part))).toEqual(part);
      },
    ),
    { numRuns: 500 },
  );
});
