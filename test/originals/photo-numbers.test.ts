import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../src/originals/candidates.ts';
import type { Sidecar } from '../../src/originals/sidecar.ts';
import { fakeMedia } from '../servers/media.ts';
import { get } from './looks.ts';
import { folderOf, link, photos } from './world.ts';

const time = Date.UTC(2025, 2, 2, 9, 15, 4) / 1000;
const key = '2025-03-02_09-15-04';
const id = '7477122334455667788';
const posts = new Map([[key, time]]);

interface Given {
  readonly sidecars?: Readonly<Record<string, Partial<Sidecar>>>;
  readonly watermarked?: (name: string) => boolean;
}

function candidates(names: readonly string[], { sidecars = {}, watermarked = () => false }: Given = {}) {
  const read = new Map(Object.entries(sidecars)) as ReadonlyMap<string, Sidecar>;
  return candidatesOf(
    names.map((name) => ({ name })),
    read,
    posts,
    watermarked,
  );
}

/** The photos of each post, as `index=name`. */
const grouped = (names: readonly string[], given: Given = {}) =>
  candidates(names, given).map(({ files }) => [...files].map(([index, { name }]) => `${index}=${name}`).join(' '));

describe('the number of a photo', () => {
  /** Of the name with another that has the number 1, so that it is at its number. */
  const numberOf = (name: string) => {
    const [photos, ...more] = candidates([name, `${id}_1.jpg`]);
    expect(more).toEqual([]);
    return 1 + ([...(photos?.files ?? [])].find(([, file]) => file.name === name)?.[0] ?? Number.NaN);
  };

  it.each<[string, number]>([
    [`${id}_7.jpg`, 7],
    [`${id} - 007.jpg`, 7],
    [`${id}_index_7.jpg`, 7],
    [`${id}_image_7.jpg`, 7],
    [`${id}_img7.jpg`, 7],
    [`${id}_photo-7.jpg`, 7],
    [`${id} Slide 7.jpg`, 7],
    [`${id}_p7.jpg`, 7],
    [`${id} no. 7.jpg`, 7],
    [`${id} (7).jpg`, 7],
    [`${id}_7 of 9.jpg`, 7],
    [`${id}_7_0.jpg`, 7],
    [`5 ${id} 7.jpg`, 7],
    [`5 7 ${id}.jpg`, 7],
    [`7 x ${id}.jpg`, 7],
    [`7 ${id} harbour 5.jpg`, 7],
    [`7 ${id}_2025.jpg`, 7],
    [`7 ${id}.1080.jpg`, 7],
    [`2025 7 ${id}.jpg`, 7],
    [`${id}_120.jpg`, 120],
  ])('in %s is %i: after the id, else the last one before it', (name, number) => {
    expect(numberOf(name)).toBe(number);
  });

  it.each([
    ['20250302_091504 2.jpg', '20250302_091504 3.jpg'],
    ['2 20250302_091504.jpg', '3 20250302_091504.jpg'],
    ['2025-03-02 09.15 2.jpg', '2025-03-02 09.15 3.jpg'],
    ['2 2025-03-02 09.15.jpg', '3 2025-03-02 09.15.jpg'],
    [`${key}/x 2 y.jpg`, `${key}/x 3 y.jpg`],
    [`${key}/2025 2.jpg`, `${key}/2025 3.jpg`],
    [`${key}/002.jpg`, `${key}/003.jpg`],
    ['harbour/x2.jpg', 'harbour/x3.jpg'],
  ])('beside a time, or alone in a folder: %s is the second', (second, third) => {
    expect(grouped([third, second])).toEqual([`1=${second} 2=${third}`]);
  });
});

describe('photos of one post', () => {
  it('are counted from 0 where one has the number 0, else from 1', () => {
    expect(grouped([`${id}_0.jpg`, `${id}_1.jpg`])).toEqual([`0=${id}_0.jpg 1=${id}_1.jpg`]);
    expect(grouped([`${id}_1.jpg`, `${id}_2.jpg`])).toEqual([`0=${id}_1.jpg 1=${id}_2.jpg`]);
  });

  it('are in the order of their numbers, whatever their names', () => {
    expect(grouped([`a ${id}_2.jpg`, `b ${id}_1.jpg`])).toEqual([`0=b ${id}_1.jpg 1=a ${id}_2.jpg`]);
  });

  it('are in the order of their names unless each has a number', () => {
    expect(grouped([`${id}_9.jpg`, `${id}_b.jpg`, `${id}_3.jpg`])).toEqual([
      `0=${id}_3.jpg 1=${id}_9.jpg 2=${id}_b.jpg`,
    ]);
  });

  it('are those with the same id in the name, in one folder', () => {
    const other = '7477122334455667799';
    expect(grouped([`a/${id}_1.jpg`, `a/${id}_2.jpg`, `b/${id}_1.jpg`, `a/${other}_1.jpg`])).toEqual([
      `0=a/${id}_1.jpg 1=a/${id}_2.jpg`,
      `0=a/${other}_1.jpg`,
      `0=b/${id}_1.jpg`,
    ]);
    expect(grouped([`a/b/${id}_1.jpg`, `ab/${id}_2.jpg`])).toHaveLength(2);
  });

  it('are those with the same id, else the same time, in their sidecars', () => {
    const notes = (...each: readonly Partial<Sidecar>[]) =>
      Object.fromEntries(each.map((note, index) => [`x${index + 1}.jpg`, note]));
    const names = ['x1.jpg', 'x2.jpg', 'x3.jpg'];
    const sidecars = notes({ tiktokId: id, time: 1 }, { tiktokId: id, time: 2 }, { tiktokId: '9', time: 2 });
    expect(grouped(names, { sidecars })).toEqual(['0=x1.jpg 1=x2.jpg', '0=x3.jpg']);
    const times = notes({ tiktokId: null, time }, { tiktokId: null, time }, { tiktokId: null, time: time + 1 });
    expect(grouped(names, { sidecars: times })).toEqual(['0=x1.jpg 1=x2.jpg', '0=x3.jpg']);
  });

  it('known by their sidecars are in the order of the numbers in their names: 2 before 10', () => {
    const names = ['harbour_1.jpg', 'harbour_2.jpg', 'harbour_10.jpg'];
    const sidecars = Object.fromEntries(names.map((name) => [name, { tiktokId: id, time }]));
    const same = ['x1.jpg', 'x01.jpg'];
    const both = { sidecars: Object.fromEntries(same.map((name) => [name, { tiktokId: id, time }])) };
    expect(grouped(same, both)).toEqual(['0=x01.jpg 1=x1.jpg']);
    expect(grouped([...same].reverse(), both)).toEqual(['0=x01.jpg 1=x1.jpg']);
    expect(grouped([...names].sort(), { sidecars })).toEqual([
      names.map((name, index) => `${index}=${name}`).join(' '),
    ]);
  });

  it('have a watermark where one of them does, by its own name or its sidecar', () => {
    const marks = (names: readonly string[], given: Given) =>
      candidates(names, given).map(({ watermarked }) => watermarked);
    const watermarked = (name: string) => name.includes('wm');
    expect(marks([`${id}_1.jpg`, `${id}_2_wm.jpg`, `${id}_3.jpg`], { watermarked })).toEqual([true]);
    expect(marks([`wm/${id}_1.jpg`, 'wm/a.mp4', 'x_wm.mp4'], { watermarked })).toEqual([false, true, false]);
    expect(marks(['a.mp4', 'b.mp4'], { sidecars: { 'b.mp4': { watermarked: true } } })).toEqual([false, true]);
  });
});

describe('what identifies a file', () => {
  it('is what its name says, else what the name of its folder says', () => {
    const facts = (name: string) =>
      candidates([name]).map(({ tiktokIds, nameTimes, nameMinutes }) => [tiktokIds, nameTimes, nameMinutes]);
    expect(facts(`${id}/2025-03-02 09.15.04.mp4`)).toEqual([[[], [time], []]]);
    expect(facts(`${id}/2025-03-02 09.15.mp4`)).toEqual([[[], [], [time - 4]]]);
    expect(facts(`2025-03-02 09.15.04/${id}.mp4`)).toEqual([[[id], [], []]]);
    expect(facts(`${id} 2025-03-02 09.15.04 2025-03-02 09.15/x.mp4`)).toEqual([[[id], [time], [time - 4]]]);
    expect(facts(`${id}/deep/x.mp4`)).toEqual([[[], [], []]]);
  });

  it('is its sidecar rather than the name of its folder', () => {
    const sidecars = { [`${id}/x.mp4`]: { tiktokId: '9', time: null } };
    expect(candidates([`${id}/x.mp4`], { sidecars })).toMatchObject([{ tiktokIds: [] }]);
  });

  it.each<[string, object]>([
    [`${key}.mp4`, { key, isKeyForm: true, tiktokIds: [], nameTimes: [time] }],
    [`${key}/1.jpg`, { key, isKeyForm: true }],
    [`${key}.jpg`, { key, isKeyForm: true }],
    ['2025-03-02_09-15-05.mp4', { key: null, isKeyForm: true }],
    [`${key}-1.mp4`, { key: null, isKeyForm: false }],
    [`x${key}.mp4`, { key: null, isKeyForm: false }],
    [`${key}x/1.jpg`, { key: null, isKeyForm: false }],
    ['2025-03-02_09-15-05/x.mp4', { key: null, isKeyForm: true }],
  ])('%s: the key of a post, or a name of that form', (name, expected) => {
    expect(candidates([name])).toMatchObject([expected]);
  });

  it('a name that port gave is never taken for a time in the form of a key', () => {
    const files = [`${key}.mp4`, '20250302_091504.mp4'].map((name) => ({ name, keptBy: {} }));
    const found = candidatesOf(files, new Map(), posts, () => false);
    expect(found.map(({ key: own, isUniqueKey, isKeyForm }) => [own, isUniqueKey, isKeyForm])).toEqual([
      [key, true, false],
      [null, false, false],
    ]);
  });

  it('is not the time of posting in a name that a camera gave', () => {
    expect(candidates(['VID_20250302_091504.mp4', '20250302_091504.mp4']).map(({ isCamera }) => isCamera)).toEqual([
      false,
      true,
    ]);
  });
});

describe('the one photo of a post of one link', () => {
  const taken = `${(BigInt(time - 4) << 32n) | 77n}`;
  const jpg = fakeMedia('jpg', 700);
  const dead = link('http://127.0.0.1:1/');

  it.each([`7 beaches ${taken}.jpg`, `${taken}_3.jpg`, `2 ${taken}.jpg`])(
    'is %s, whatever the number',
    async (name) => {
      const { original, issues } = await get(photos([dead]), {
        media: [await folderOf({ [name]: jpg })],
        offline: true,
      });
      expect(issues).toEqual([]);
      expect(original?.files.map(({ path }) => basename(path))).toEqual([name]);
    },
  );

  it('keeps its number where the post has several', async () => {
    const media = [await folderOf({ [`${taken}_2.jpg`]: jpg })];
    const { issues } = await get(photos([dead, dead]), { media, offline: true });
    expect(issues.filter(({ code }) => code === 'photo-missing').map(({ actual }) => actual)).toEqual([1]);
  });

  it('is the first of two that lie there', async () => {
    const media = [await folderOf({ [`${taken}_1.jpg`]: jpg, [`${taken}_2.jpg`]: fakeMedia('jpg', 900) })];
    const { original } = await get(photos([dead]), { media, offline: true });
    expect(original?.files.map(({ path }) => basename(path))).toEqual([`${taken}_1.jpg`, `${taken}_2.jpg`]);
  });
});
