import { expect, it } from 'vitest';
import { joinLayers } from '../../src/captions/join.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import { parseLink } from '../../src/exports/link.ts';
import { post } from '../builders.ts';

/** An id has the second of its upload in its upper half. */
const id = ((BigInt(post().time - 4) << 32n) + 5n).toString();
/** Of another day than the post, so that only the link says whose it is. */
const odd = '7000000000000000001';
const page = parseLink(`https://www.tiktokv.com/share/video/${odd}/`);
const note = (odd: Partial<Note>): Note => ({ ...blank, source: 'sidecar', origin: 'x', ...odd });
const layer = (name: string, ...notes: Note[]) => ({ name, notes, isGiven: false, isShiftGiven: false });

it.each([
  [
    'the id in the link of a post',
    odd,
    page === null ? [] : [page],
    [layer('sidecars', note({ tiktokId: odd, text: 'x' }))],
  ],
  [
    'an id that a more trusted layer found by time',
    id,
    [],
    [
      layer('sheet', note({ tiktokId: id, time: post().time, text: 'x' })),
      layer('sidecars', note({ tiktokId: id, text: 'x' })),
    ],
  ],
])('%s joins notes that have no time', (_, found, links, layers) => {
  const one = post({ links });
  const { fits, tiktokIds } = joinLayers([one], layers, new Map());
  expect(fits.get(one.key)?.map(({ layer }) => layer.name)).toEqual(layers.map(({ name }) => name));
  expect(tiktokIds.get(one.key)).toBe(found);
});

it.each<[string, number, boolean, unknown]>([
  ['one that fits no post', 5000, false, [{ code: 'captions-left', severity: 'info', actual: 1, limit: 'x' }]],
  [
    'one that fits no post, which a person gave',
    5000,
    true,
    [{ code: 'captions-left', severity: 'warning', actual: 1, limit: 'x' }],
  ],
  ['one that fits', 3, true, []],
])('of notes, %s is told of', (_, after, isGiven, issues) => {
  const one = post();
  const { fits, ...joined } = joinLayers(
    [one],
    [{ ...layer('x', note({ time: one.time + after, tiktokId: null, text: 'a' })), isGiven }],
    new Map(),
  );
  expect(joined.issues).toEqual(issues);
  expect([fits.size, joined.refused.size]).toEqual([issues === undefined || joined.issues.length === 0 ? 1 : 0, 0]);
});

it('notes whose times may be shifted are counted apart from those that fit no post', () => {
  const posts = [0, 3600, 7200].map((after, at) => post({ key: `p${at}`, time: post().time + after }));
  const at = (after: number) => note({ time: post().time + after, text: `at ${after}` });
  const { issues, fits } = joinLayers(posts, [layer('x', at(0), at(3600), at(500_000))], new Map());
  expect(fits.size).toBe(0);
  expect(issues).toEqual([
    { code: 'captions-unclear', severity: 'warning', actual: 2, limit: 'x' },
    { code: 'captions-left', severity: 'info', actual: 1, limit: 'x' },
  ]);
});

it('known lengths tell two posts of one time apart, a post without notes has none, and layers add up', () => {
  const posts = [post({ key: 'a' }), post({ key: 'b' }), post({ key: 'c', time: post().time + 500_000 })];
  const of = (text: string, seconds: number) => note({ time: post().time, text, seconds });
  const layers = [layer('one', of('short', 9), of('long', 30)), layer('none'), layer('two', of('short again', 9))];
  const doubtful = joinLayers(posts, layers, new Map());
  expect([...doubtful.refused]).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
  const { fits, refused } = joinLayers(
    posts,
    layers,
    new Map([
      ['a', 30],
      ['b', 9],
    ]),
  );
  const told = [...fits].map(([key, all]) => [key, ...all.map(({ fit }) => fit.note.text)]);
  expect(told).toEqual([
    ['a', 'long'],
    ['b', 'short', 'short again'],
  ]);
  expect(refused.size).toBe(0);
});
