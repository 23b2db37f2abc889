import { expect, test } from 'vitest';
import { fieldOf, isBlank, mixtureOf, plainName, readRow } from '../../src/exports/row.ts';
import { photo, video } from './files.ts';

const read = (fields: Record<string, unknown>, deleted = false) => {
  const row = readRow({ date: '2025-03-02 09:15:04', ...fields }, deleted);
  if (typeof row === 'string') throw new Error(row);
  return row;
};

test.each([
  ['Date', 'date'],
  ['datum', 'date'],
  ['Data', 'date'],
  ['Posted Date', 'date'],
  ['PostDate', 'date'],
  ['Link', 'link'],
  ['Video Link', 'link'],
  ['Posted Video Download Link', 'link'],
  ['Posted Photo Download Link', 'link'],
  ['Posted Video Link', 'link'],
  ['VideoDownloadLink', 'link'],
  ['PhotoDownloadLink', 'link'],
  ['Download Link', 'link'],
  ['PostLink', 'link'],
  ['PhotoLink', 'link'],
  ['Like(s)', 'likes'],
  ['Received Likes Num', 'likes'],
  ['ReceivedLikes', 'likes'],
  ['Likes received', 'likes'],
  ['Number of likes', 'likes'],
  ['WhoCanView', 'audience'],
  ['Who can view this post', 'audience'],
  ['Who can watch', 'audience'],
  ['WHO_CAN_SEE', 'audience'],
  ['Sound', 'sound'],
  ['Geluid', 'sound'],
  ['Suono', 'sound'],
  ['Location', 'location'],
  ['Locatie', 'location'],
  ['Posizione', 'location'],
  ['Title', 'title'],
  ['Titel', 'title'],
  ['Titolo', 'title'],
  ['AI-generated content', 'aiGenerated'],
  ['AIGenerated', 'aiGenerated'],
  ['Content disclosure', 'disclosure'],
  ['Cover image', 'cover'],
  ['Alternate text', undefined],
  [`Date${' '.repeat(56)}`, 'date'],
  [`Date${' '.repeat(57)}`, undefined],
])('the key “%s” is read as %s', (key, field) => {
  expect(fieldOf(key)).toBe(field);
});

test('names are compared without case, spaces and punctuation, in any script', () => {
  expect(plainName('Recently_Deleted (Posts) 2')).toBe('recentlydeletedposts2');
  expect(plainName('Дата-Ж:')).toBe('датаж');
});

test.each([
  [null, true],
  [undefined, true],
  ['', true],
  [' \n ', true],
  ['          ', true],
  ['N/A', true],
  ['n/a', true],
  ['None', true],
  ['null', true],
  [' - ', true],
  ['no', false],
  ['N/A x', false],
  ['nothing at all', false],
  [0, false],
  [false, false],
  [[], false],
])('%j is no value: %s', (value, blank) => {
  expect(isBlank(value)).toBe(blank);
});

test.each([
  [{ videos: 1, photos: 0 }, '1 video'],
  [{ videos: 2, photos: 0 }, '2 videos'],
  [{ videos: 0, photos: 1 }, '1 photo'],
  [{ videos: 0, photos: 3 }, '3 photos'],
])('%j is told as %s', (leftOut, told) => {
  expect(mixtureOf(leftOut)).toBe(told);
});

test.each<[string, Record<string, unknown>, object]>([
  ['a title and no address is a photo post', { title: 'Boats' }, { kind: 'photos', title: 'Boats', links: [] }],
  ['no title and no address is a video', {}, { kind: 'video', title: null, links: [] }],
  ['a title with spaces around', { title: '  Boats \n' }, { title: 'Boats' }],
  ['a number as a title', { title: 7 }, { title: null }],
  ['likes with spaces', { likes: ' 12 ' }, { likes: 12 }],
  ['likes of 15 digits', { likes: '123456789012345' }, { likes: 123456789012345 }],
  ['likes of 16 digits', { likes: '1234567890123456' }, { likes: null }],
  ['no likes', { likes: 0 }, { likes: 0 }],
  ['a part of a like', { likes: 1.5 }, { likes: null }],
  ['likes beyond what a number holds', { likes: 2 ** 53 }, { likes: null }],
  ['a cover with spaces around', { cover: ` ${photo('c')} ` }, { coverLink: { url: photo('c') } }],
  ['a cover that is no text', { cover: [photo('c')] }, { coverLink: null }],
  ['addresses in a list with one that is no text', { link: [photo('a'), 7, photo('b')] }, { kind: 'photos' }],
  ['an address with spaces around', { link: ` ${video('a')} ` }, { kind: 'video', links: [{ url: video('a') }] }],
])('%s', (_, fields, post) => {
  expect(read(fields).post).toMatchObject(post);
});

test('a key begins as the time in UTC', () => {
  expect(read({ date: '2025-03-02T01:02:03+02:00' }).post).toMatchObject({ key: '2025-03-01_23-02-03' });
});

test.each<[string, Record<string, unknown>, object]>([
  ['an AI label of true', { aiGenerated: true }, { aiGenerated: true }],
  ['an AI label of false', { aiGenerated: false }, { aiGenerated: false }],
  ['an AI label of Yes', { aiGenerated: ' Yes ' }, { aiGenerated: true }],
  ['an AI label of No', { aiGenerated: 'No' }, { aiGenerated: false }],
  ['an empty AI label', { aiGenerated: {} }, { aiGenerated: false }],
  [
    'an AI label in unknown words',
    { aiGenerated: 'Zabbel' },
    { aiGenerated: false, unreadDisclosure: ['AI-generated content: Zabbel'] },
  ],
  [
    'an AI label as a record',
    { aiGenerated: { level: 2 } },
    { aiGenerated: false, unreadDisclosure: ['AI-generated content: {"level":2}'] },
  ],
  ['a disclosure twice', { disclosure: 'Your Brand, your brand' }, { disclosure: ['Your Brand'] }],
  ['a disclosure of No', { disclosure: 'No' }, { disclosure: [] }],
  [
    'disclosures in a list',
    { disclosure: ['Your Brand', 7, 'Branded Content'] },
    { disclosure: ['Your Brand', 'Branded Content'] },
  ],
  ['an empty list of disclosures', { disclosure: [] }, { disclosure: [] }],
  ['a disclosure in unknown words', { disclosure: 'Zabbel' }, { disclosure: ['Zabbel'], unreadDisclosure: ['Zabbel'] }],
])('%s', (_, fields, disclosed) => {
  const { aiGenerated, disclosure, unreadDisclosure } = read(fields).post;
  expect({ aiGenerated, disclosure, unreadDisclosure }).toEqual({
    aiGenerated: false,
    disclosure: [],
    unreadDisclosure: undefined,
    ...disclosed,
  });
});

test('of unread disclosures twenty are kept, each with 120 letters', () => {
  const unread = Array.from({ length: 21 }, (_, at) => `${at} ${'🎈'.repeat(130)}`);
  const kept = read({ unread }).post.unreadDisclosure;
  expect(kept).toHaveLength(20);
  expect(kept?.[19]).toBe(`19 ${'🎈'.repeat(117)}`);
});

test('of an unknown audience 60 letters are kept', () => {
  expect(read({ audience: ` ${'🎈'.repeat(70)} ` })).toMatchObject({
    post: { visibility: 'private', audience: '🎈'.repeat(60) },
    remarks: [{ code: 'visibility-unread', what: '🎈'.repeat(60) }],
  });
});

test('a deleted post is deleted, whatever its audience', () => {
  expect(read({ audience: 'Zibbel' }, true)).toMatchObject({ post: { visibility: 'deleted' }, remarks: [] });
});

test.each<[string, unknown, string]>([
  ['null', null, 'it has no date'],
  ['an empty list', [], 'it has no date'],
  ['an empty record', {}, 'it has no date'],
  ['words', 'yesterday', 'its date cannot be read'],
])('a date that is %s', (_, date, reason) => {
  expect(readRow({ date }, false)).toBe(reason);
});
