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

  it('are told with all that a shift explains, where some have the form of a key and none is one', () => {
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

  it('a camera file of after the post is told with its seconds, one of before is used', () => {
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
