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
