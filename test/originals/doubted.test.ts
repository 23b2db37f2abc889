import { describe, expect, it } from 'vitest';
import type { Candidate, PostToMatch } from '../../src/originals/evidence.ts';
import { match } from '../../src/originals/match.ts';

type Named = Candidate & { readonly name: string };

const start = 1_740_906_904;
const idAt = (time: number, rest = 7) => String((BigInt(time) << 32n) | BigInt(rest));

function wanted(key: string, time: number, odd: Partial<PostToMatch> = {}): PostToMatch {
  return { key, time: start + time, kind: 'video', tiktokId: null, ...odd };
}

function file(name: string, odd: Partial<Candidate> = {}): Named {
  return { name, kind: 'video', key: null, sidecar: null, tiktokIds: [], nameTimes: [], fileTime: null, ...odd };
}
const dated = (name: string, time: number, odd: Partial<Candidate> = {}) =>
  file(name, { nameTimes: [start + time], ...odd });
const withId = (name: string, time: number) => file(name, { tiktokIds: [idAt(start + time)] });

/** `post: file by how` for each that was matched, `post: count?` for each refused one. */
function outcome(posts: readonly PostToMatch[], files: readonly Named[]): string[] {
  const { fits, refused } = match(posts, files);
  return [
    ...[...fits].map(([key, { candidate, by, seconds }]) => `${key}: ${candidate.name} by ${by} ${seconds ?? '-'}`),
    ...[...refused].map(
      ([key, { candidates, posts: rivals }]) => `${key}: ${candidates.length} files, ${rivals} posts?`,
    ),
  ].sort();
}

describe('files whose time may be of another zone', () => {
  const hours = (count: number) => count * 3600;
  const posts = [0, 1, 2, 3].map((hour) => wanted(`p${hour}`, hours(hour)));

  it('are told as unclear by their names, and are not used', () => {
    const files = [1, 2, 3].map((hour) => dated(`f${hour}`, hours(hour)));
    const { fits, unclear, doubted, shift } = match(posts, files);
    expect([fits.size, shift.shift]).toEqual([0, null]);
    expect(unclear.map(({ name }) => name)).toEqual(['f1', 'f2', 'f3']);
    expect([...doubted].map(({ name }) => name)).toEqual(['f1', 'f2', 'f3']);
  });

  it('are reported with all that a shift explains, where some have the form of a key and none is one', () => {
    const seven = [0, 1813, 3600, 5400, 7222, 9000, 10_800].map((time, index) => wanted(`p${index}`, time));
    const files = [7200, 9004, 10_800, 14_422, 16_200].map((time, index) =>
      dated(`f${index}`, time, { isKeyForm: index === 1 || index === 4 }),
    );
    const { fits, shift, unclear } = match(seven, files);
    expect([fits.size, shift.shift, shift.fitting]).toEqual([0, -7200, 5]);
    expect(unclear.map(({ name }) => name)).toEqual(['f1', 'f2']);
  });

  it('are not told as unclear if only the time in the file is doubted', () => {
    const files = [1, 2, 3].map((hour) => file(`f${hour}`, { fileTime: start + hours(hour) }));
    const { fits, unclear, doubted } = match(posts, files);
    expect([fits.size, unclear.length, doubted.size]).toEqual([0, 0, 3]);
  });

  it('are used if an id says the time as well, or a sidecar', () => {
    const files = [
      dated('f1', hours(1), { tiktokIds: [idAt(start + hours(1) - 5)] }),
      dated('f2', hours(2), { sidecar: { tiktokId: null, time: start + hours(2) } }),
    ];
    const { unclear } = match(posts, files);
    expect(unclear).toEqual([]);
    expect(outcome(posts, files)).toEqual(['p1: f1 by id 5', 'p2: f2 by sidecar 0']);
  });

  it('a camera file of after the post is reported with its seconds, one of before is used', () => {
    const camera = (time: number) => dated('x', time, { isCamera: true });
    const post = [wanted('a', 0)];
    expect(match(post, [camera(-3)]).fits.get('a')?.seconds).toBe(3);
    expect(match(post, [camera(2)]).fits.get('a')?.seconds).toBe(2);
    const late = match(post, [camera(3)]);
    expect([late.fits.size, late.recordedAfter.get('a')?.seconds]).toEqual([0, 3]);
    const other = match(post, [camera(3), withId('y', -4)]);
    expect([other.fits.get('a')?.candidate.name, other.recordedAfter.size]).toEqual(['y', 0]);
  });
});

describe('files of cameras beside those of downloaders', () => {
  const times = [0, 3600, 9000, 10_800, 16_200, 19_800];
  const posts = times.map((time, index) => wanted(`p${index}`, time));
  const downloaded = times.map((time, index) => dated(`d${index}`, time));
  const filmed = (shift: number) => times.map((time, index) => dated(`c${index}`, time + shift, { isCamera: true }));
  const used = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'].map((post, index) => `${post}: d${index} by name-time 0`);

  it('whose clock is an hour ahead: their shift is reported, and the downloaded files are used', () => {
    const files = [...downloaded, ...filmed(3600)];
    expect(outcome(posts, files)).toEqual(used);
    expect(match(posts, files).shift).toMatchObject({ shift: -3600, fitting: 6 });
  });

  it.each<[string, number, number, object]>([
    ['the downloader', 6, 5, { shift: 7200, fitting: 6 }],
    ['the camera', 5, 6, { shift: -3600, fitting: 6 }],
  ])('both shifted, more files of %s: its shift is reported', (_name, ofDownloader, ofCamera, expected) => {
    const shifted = times.map((time, index) => dated(`d${index}`, time - 7200));
    const { shift } = match(posts, [...shifted.slice(0, ofDownloader), ...filmed(3600).slice(0, ofCamera)]);
    expect(shift).toMatchObject(expected);
  });
});

describe('what counts for a shift', () => {
  const times = [0, 3600, 9000, 10_800, 16_200, 19_800];
  const posts = times.map((time, index) => wanted(`p${index}`, time));

  it('is not the name of a file whose id is that of a foreign post', () => {
    const foreign = times.map((time, index) =>
      dated(`x${index}`, time + 7200, { tiktokIds: [idAt(start - 9e6, index)] }),
    );
    const files = [dated('d0', 0), dated('d1', 3600), dated('d2', 9000), ...foreign];
    expect(match(posts, files).shift.shift).toBeNull();
    expect(outcome(posts, files)).toEqual([0, 1, 2].map((each) => `p${each}: d${each} by name-time 0`));
  });

  it('is the time in a file, whether a camera named it or somebody else: it is one clock', () => {
    const files = times.map((time, index) => file(`f${index}`, { fileTime: start + time, isCamera: index === 0 }));
    expect(outcome(posts, files)).toHaveLength(6);
  });

  it('is nothing that is only as good as the shift that the user gave', () => {
    const files = [1, 2, 3].map((hour) => dated(`f${hour}`, hour * 3600));
    const hourly = [0, 1, 2, 3].map((hour) => wanted(`p${hour}`, hour * 3600));
    expect([match(hourly, files).fits.size, match(hourly, files, true).fits.size]).toEqual([0, 3]);
  });
});

describe('a time in the file', () => {
  it('with --media-shift, which is for names only, may still be of another zone', () => {
    const posts = [0, 1, 2, 3].map((hour) => wanted(`p${hour}`, hour * 3600));
    const files = [1, 2, 3].map((hour) => file(`f${hour}`, { fileTime: start + hour * 3600 }));
    expect(match(posts, files, true).fits.size).toBe(0);
  });

  it('that is of another zone tells no shift of the names', () => {
    const times = [0, 3600, 9000, 10_800, 16_200, 19_800];
    const posts = times.map((time, index) => wanted(`p${index}`, time));
    const files = times.map((time, index) => file(`f${index}`, { fileTime: start + time + 3600 }));
    const { fits, shift } = match(posts, files);
    expect([fits.size, shift.shift]).toEqual([0, null]);
  });
});
