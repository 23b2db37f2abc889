import { describe, expect, it } from 'vitest';
import type { Candidate, PostToMatch } from '../../src/originals/evidence.ts';
import { match } from '../../src/originals/match.ts';

type Named = Candidate & { readonly name: string };

const start = 1_740_906_904;
const hour = 3600;

function wanted(key: string, time: number): PostToMatch {
  return { key, time: start + time, kind: 'video', tiktokId: null };
}

function dated(name: string, time: number, odd: Partial<Candidate> = {}): Named {
  const facts = { key: null, sidecar: null, tiktokIds: [], fileTime: null };
  return { name, kind: 'video', nameTimes: [start + time], ...facts, ...odd };
}

/** A file whose name has the form of a key: that of the post of its time, if there is one. */
function keyForm(posts: readonly PostToMatch[], name: string, time: number): Named {
  const key = posts.find((post) => post.time === start + time)?.key ?? null;
  return dated(name, time, { key, isKeyForm: true });
}

const found = (posts: readonly PostToMatch[], files: readonly Named[]) => {
  const { fits, unclear, doubted, shift, refused, recordedAfter } = match(posts, files);
  return {
    fits: [...fits].map(([key, { candidate, by }]) => `${key}: ${candidate.name} by ${by}`).sort(),
    unclear: unclear.map(({ name }) => name).sort(),
    doubted: [...doubted].map(({ name }) => name).sort(),
    refused: [...refused].map(([key, { candidates, posts: rivals }]) => `${key}: ${candidates.length} of ${rivals}`),
    late: [...recordedAfter].map(([key, { candidate }]) => `${key}: ${candidate.name}`),
    shift: shift.shift,
  };
};

describe('names in the form of keys that are local times', () => {
  const irregular = [
    100, 5003, 11_111, 17_777, 25_001, 31_313, 40_404, 50_505, 61_616, 109_111, 113_333, 116_777, 121_212,
  ];
  const hourly = [30, 31, 32, 33].map((each) => each * hour);
  const posts = [...irregular, ...hourly].map((time) => wanted(`p${time}`, time));
  const downloaded = irregular.map((time) => dated(`d${time}`, time));

  it('are not used as times either, though all other files are named in UTC', () => {
    const local = hourly.map((time) => keyForm(posts, `f${time}`, time + hour));
    const { fits, doubted, shift } = found(posts, [...downloaded, ...local]);
    expect(fits).toEqual(irregular.map((time) => `p${time}: d${time} by name-time`).sort());
    expect([doubted, shift]).toEqual([local.slice(0, 3).map(({ name }) => name), -hour]);
  });

  it('are told as unclear where several shifts explain them', () => {
    const regular = [0, 1, 2, 3, 4, 5].map((each) => wanted(`p${each}`, each * hour));
    const local = [4, 5, 6, 7].map((each) => keyForm(regular, `f${each}`, each * hour));
    expect(found(regular, local)).toEqual({
      ...{ fits: [], unclear: ['f4', 'f5'], doubted: ['f4', 'f5'] },
      ...{ refused: [], late: [], shift: null },
    });
  });

  it('are not told as shifted for a single one that matches no post, if the other names are not', () => {
    const some = [0, 10_800, 18_000, 36_000, 57_600, 61_200, 75_600, 100_800].map((time) => wanted(`p${time}`, time));
    const files = [dated('a', 7200), dated('b', 57_600), dated('c', 75_600)];
    const { fits, shift } = found(some, [...files, keyForm(some, 'd', 61_200), keyForm(some, 'e', 108_003)]);
    expect([fits, shift]).toEqual([['p61200: d by key'], null]);
  });

  it('are keys where each is the key of a post, and nothing is unclear', () => {
    const files = posts.map(({ time }) => keyForm(posts, `f${time - start}`, time - start));
    const { fits, unclear } = found(posts, files);
    expect([fits.length, unclear]).toEqual([posts.length, []]);
  });
});

describe('a file whose name contradicts is not used by the time in it', () => {
  it('if the time in the name may be of another zone', () => {
    const posts = [0, 1, 2, 3].map((each) => wanted(`p${each}`, each * hour));
    const other = wanted('other', 5000);
    const files = [1, 2, 3].map((each) => dated(`f${each}`, each * hour));
    const odd = { ...dated('f1', hour), fileTime: start + 5000 };
    expect(found([...posts, other], [odd, ...files.slice(1)])).toMatchObject({ fits: [], unclear: ['f1', 'f2', 'f3'] });
    expect(found([other], [{ ...odd, nameTimes: [] }]).fits).toEqual(['other: f1 by file-time']);
  });

  it('if a camera recorded it after the post', () => {
    const camera = dated('x', 5, { isCamera: true, fileTime: start - 1 });
    expect(found([wanted('a', 0)], [camera])).toMatchObject({ fits: [], late: ['a: x'] });
  });
});

it('of posts and files in a chain, each post is told its own files, and how many posts these match', () => {
  const posts = [wanted('a', 0), wanted('b', 20), wanted('c', 40)];
  const files = [dated('x', 10), dated('y', 30)];
  expect(found(posts, files)).toMatchObject({ refused: ['a: 1 of 2', 'b: 2 of 3', 'c: 1 of 2'], late: [] });
});
