import { describe, expect, it } from 'vitest';
import type { VideoProbe, VideoStream } from '../../src/model/probe.ts';
import { byPackets } from '../../src/tools/by-packets.ts';
import { packetReader } from '../../src/tools/packet-times.ts';
import { audioStream, videoProbe } from '../builders.ts';

function timesOf(lines: readonly string[], mayJump = false) {
  const reader = packetReader(mayJump);
  for (const line of lines) reader.take(line);
  return reader.times();
}
const first = (lines: readonly string[], mayJump = false) => timesOf(lines, mayJump).streams.get(0);

/** Lines of one stream, ten a second. */
function packets(stream: number, from: number, count: number, duration = '0.1'): string[] {
  return Array.from({ length: count }, (_, at) => `${stream}|${from + at / 10}|${from + at / 10}|${duration}|K_`);
}

describe('the times of a stream', () => {
  it('are those of presentation, in whatever order the packets come', () => {
    const lines = ['0|0.0|-0.2|0.1|K_', '0|0.3|-0.1|0.1|__', '0|0.1|0.0|0.1|__', '0|0.2|0.1|0.1|__'];
    const { end, ...found } = first(lines) ?? { end: 0 };
    expect(found).toEqual({
      ...{ packets: 4, start: 0, last: 0.3, firstKey: 0, beforeKey: 0, decodeTimeOnly: 0 },
      longestGap: 0.3,
    });
    expect(end).toBeCloseTo(0.4, 6);
  });

  it.each<[string, string[], number]>([
    ['the end of the last packet', packets(0, 0, 3), 0.3],
    ['a usual step after the last, where packets have no length', ['0|0|0|N/A|K_', '0|2|2|N/A|__', '0|1|1|N/A|__'], 3],
    ['a second at most after the last', ['0|0|0|N/A|K_', '0|9|9|N/A|__'], 10],
    ['a frame of a 25th for a single packet without length', ['0|5|5|N/A|K_'], 5.04],
    ['the latest end of any packet', ['0|0|0|3|K_', '0|1|1|0.1|__'], 3],
  ])('end at %s', (_odd, lines, end) => {
    expect(first(lines)?.end).toBeCloseTo(end, 6);
  });

  it.each<[string, string[], number | null, number]>([
    ['none', ['0|0|0|1|__', '0|1|1|1|__'], null, 2],
    ['the first', ['0|3|3|1|K_', '0|4|4|1|K_'], 3, 0],
    ['the third', ['0|0|0|1|__', '0|1|1|1|__', '0|2|2|1|K_', '0|3|3|1|__'], 2, 2],
    ['a hidden one', ['0|0|0|1|KD', '0|1|1|1|__'], 0, 0],
    ['without flags', ['0|0|0|1', '0|1|1|1|K'], 1, 1],
  ])('with a key frame: %s', (_odd, lines, firstKey, beforeKey) => {
    expect(first(lines)).toMatchObject({ firstKey, beforeKey });
  });

  it('do not have the packets that an edit list hides, nor streams of those alone', () => {
    const times = timesOf(['0|0|0|1|KD', '0|1|1|1|K_', '1|0|0|9|_D']);
    expect([...times.streams.keys()]).toEqual([0]);
    expect(times.streams.get(0)).toMatchObject({ packets: 1, start: 1, last: 1, end: 2 });
  });

  it('count packets that only say when they are decoded', () => {
    expect(first(['0|N/A|0|1|K_', '0|1|1|1|__', '0|N/A|2|1|__'])).toMatchObject({
      packets: 3,
      decodeTimeOnly: 2,
      last: 2,
    });
    expect(first(['0|1|N/A|1|K_'])).toMatchObject({ packets: 1, decodeTimeOnly: 0, start: 1 });
  });

  it.each(['', '|0|0|1|K_', 'x|0|0|1|K_', '0.5|0|0|1|K_', '0|N/A|N/A|1|K_', '0'])(
    'do not come of the line "%s"',
    (line) => {
      expect(timesOf([line]).streams.size).toBe(0);
    },
  );
});

describe('timestamps that jump', () => {
  const two = (next: number) => [`0|${next}|${next}|1|K_`, `0|${next + 1}|${next + 1}|1|__`];
  it.each<[string, number, boolean]>([
    ['ten seconds forwards, as in a pause of a stream', 12, false],
    ['more than that', 12.1, true],
    ['less than a tenth of a second backwards', 1.92, false],
    ['more than a tenth of a second backwards', 1.8, true],
    ['not at all', 2, false],
  ])('%s', (_odd, next, jumps) => {
    const times = timesOf([...two(0), ...two(next)], true);
    expect(times.jumps).toBe(jumps);
    expect(times.streams.get(0)?.end).toBeCloseTo(jumps ? 4 : next + 2, 6);
  });

  it('jump for all streams at once, and count on from where they were', () => {
    const lines = ['0|5|5|1|K_', '1|5|5|1|K_', '0|100|100|1|K_', '1|100|100|1|K_', '0|3|3|1|K_', '1|3|3|1|K_'];
    const times = timesOf(lines, true);
    for (const stream of [0, 1]) expect(times.streams.get(stream)).toMatchObject({ start: 5, last: 7, end: 8 });
    expect(timesOf(lines).streams.get(1)).toMatchObject({ start: 3, last: 100, end: 101 });
  });
});

/** A probe of ten frames a second of which the header says how long it is. */
function headed(seconds: number, odd: Partial<VideoProbe> = {}, video: Partial<VideoStream> = {}): VideoProbe {
  return videoProbe(
    { container: 'other', format: 'matroska', seconds, audio: [], ...odd },
    { fps: 10, seconds, ...video },
  );
}

describe('a header compared with the packets', () => {
  it.each<[string, number, number, boolean]>([
    ['a tenth of a second more is right', 4.1, 4.1, false],
    ['more is right too, but the file breaks off', 4.2, 4.2, true],
    ['less is not right', 3.95, 4, false],
    ['nothing', 0, 4, false],
  ])('%s', (_odd, header, seconds, breaksOff) => {
    const found = byPackets(headed(header), timesOf(packets(0, 0, 40)));
    expect(found?.seconds).toBeCloseTo(seconds, 6);
    expect(found).toMatchObject({ breaksOff, jumps: false });
    if (breaksOff) expect(found?.video?.seconds).toBe(header);
  });

  it('a still that is shown as long as one before does not break off', () => {
    const slides = ['0|0|0|0.1|K_', '0|5|5|0.1|K_'];
    expect(byPackets(headed(10), timesOf(slides))).toMatchObject({ seconds: 10, breaksOff: false });
    expect(byPackets(headed(10.1), timesOf(slides))).toMatchObject({ seconds: 10.1, breaksOff: true });
  });

  it('nor does one with sound that ends before, in a file whose clock begins late', () => {
    const lines = ['0|5|5|0.1|K_', '0|10|10|0.1|__', ...packets(1, 5, 10)];
    const audio = [audioStream({ index: 1 })];
    expect(byPackets(headed(10, { clock: 5, audio }), timesOf(lines))).toMatchObject({ breaksOff: false });
    expect(byPackets(headed(10.1, { clock: 5, audio }), timesOf(lines))).toMatchObject({ breaksOff: true });
  });

  it('where timestamps jump, the packets count', () => {
    const joined = [...packets(0, 50, 20), ...packets(0, 0, 20)];
    const found = byPackets(headed(60, { format: 'mpegts', clock: 50 }), timesOf(joined, true));
    expect(found).toMatchObject({ jumps: true, breaksOff: false });
    expect(found?.seconds).toBeCloseTo(4, 6);
  });

  it('times count from where the clock of the file begins', () => {
    const late = headed(0, { clock: 2, audio: [audioStream({ index: 1 })] });
    const found = byPackets(late, timesOf([...packets(0, 3, 20), ...packets(1, 2.5, 30)]));
    expect(found?.seconds).toBeCloseTo(3.5, 6);
    expect(found?.video).toMatchObject({ startsAt: 1, keyFrameAt: null });
    expect(found?.video?.seconds).toBeCloseTo(3, 6);
    expect(found?.audio[0]?.startsAt).toBe(0.5);
    const early = byPackets(
      headed(0, { clock: 4, audio: [audioStream({ index: 1 })] }),
      timesOf([...packets(0, 3, 20), ...packets(1, 3, 20)]),
    );
    expect([early?.video?.startsAt, early?.audio[0]?.startsAt]).toEqual([0, 0]);
  });

  it('only the picture and the first sound make it longer; another track shows that it is whole', () => {
    const audio = [audioStream({ index: 1 }), audioStream({ index: 2, ordinal: 1, startsAt: 7 })];
    const all = [...packets(0, 0, 20), ...packets(1, 0, 30), ...packets(2, 0, 90)];
    expect(byPackets(headed(0, { audio }), timesOf(all))?.seconds).toBeCloseTo(3, 6);
    expect(byPackets(headed(9, { audio }), timesOf(all))).toMatchObject({ breaksOff: false });
    expect(byPackets(headed(9, { audio }), timesOf(all.slice(0, 50)))).toMatchObject({ breaksOff: true, seconds: 9 });
    expect(byPackets(headed(9, { audio }), timesOf(all.slice(0, 50)))?.audio[1]?.startsAt).toBe(7);
  });

  it('without any packets the header alone counts, for a picture that has a length there', () => {
    expect(byPackets(headed(0), timesOf([]))).toBeNull();
    expect(byPackets(headed(5), timesOf([]))).toMatchObject({ seconds: 5, video: { seconds: 5, fps: 10 } });
    expect(byPackets(headed(0, { video: null, audio: [audioStream()] }), timesOf([]))).toMatchObject({ seconds: 0 });
  });

  it('a picture of a single packet is one, of several at the same time is none', () => {
    expect(byPackets(headed(0), timesOf(['0|0|0|N/A|K_']))?.seconds).toBeCloseTo(0.04, 6);
    expect(byPackets(headed(5), timesOf(['0|1|1|N/A|K_', '0|1|1|N/A|K_']))).toBeNull();
  });

  it('a length in the header of the picture as good as right stays', () => {
    const one = byPackets(headed(4, {}, { seconds: 4.1 }), timesOf(packets(0, 0, 40)));
    expect(one?.video?.seconds).toBe(4.1);
    const other = byPackets(headed(4, {}, { seconds: 4.2 }), timesOf(packets(0, 0, 40)));
    expect(other?.video?.seconds).toBeCloseTo(4, 6);
    const none = byPackets(headed(4, {}, { seconds: null }), timesOf(packets(0, 0, 40)));
    expect(none?.video?.seconds).toBeCloseTo(4, 6);
  });
});

describe('the frame rate', () => {
  it.each<[string, string, number, number, string[], number]>([
    ['as good as right in the header stays', 'matroska', 10.3, 10.3, packets(0, 0, 40), 10.3],
    ['false in the header of Matroska is counted', 'matroska', 10.4, 10.4, packets(0, 0, 40), 10],
    ['false in the header of FLV is counted', 'flv', 60, 60, packets(0, 0, 40), 10],
    ['in other containers is that of the stream', 'avi', 60, 60, packets(0, 0, 40), 60],
    ['that is nowhere is counted', 'avi', 0, 0, packets(0, 0, 40), 10],
    ['of a single frame is not counted', 'matroska', 60, 60, packets(0, 0, 1), 60],
  ])('%s', (_odd, format, fps, baseFps, lines, expected) => {
    const found = byPackets(headed(4, { format }, { fps, baseFps }), timesOf(lines));
    expect(found?.video).toMatchObject({ fps: expected, baseFps: baseFps === 0 ? expected : baseFps });
  });

  it('is rounded to a thousandth', () => {
    const lines = ['0|0|0|0.033|K_', '0|0.0333|0.0333|0.0334|__', '0|0.0667|0.0667|0.0334|__'];
    expect(byPackets(headed(0, {}, { fps: 0 }), timesOf(lines))?.video?.fps).toBe(29.97);
  });
});

it('a key frame that comes late is told by the clock of the file', () => {
  const lines = packets(0, 2, 40).map((line, at) => (at < 5 ? line.replace('K_', '__') : line));
  expect(byPackets(headed(4, { clock: 2 }), timesOf(lines))?.video?.keyFrameAt).toBeCloseTo(0.5, 6);
  const never = lines.map((line) => line.replace('K_', '__'));
  expect(byPackets(headed(4, { clock: 2 }), timesOf(never))?.video?.keyFrameAt).toBeNull();
});
