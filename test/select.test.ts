import { describe, expect, it } from 'vitest';
import { checkOptions } from '../src/options.ts';
import { select } from '../src/select.ts';
import { post } from './builders.ts';

const day = (text: string) => Date.parse(`${text}Z`) / 1000;
const posts = [
  post({ key: 'new', time: day('2025-03-03T00:00:00'), likes: 1 }),
  post({ key: 'last-second', time: day('2025-03-02T23:59:59'), likes: 9 }),
  post({ key: 'private', time: day('2025-03-02T12:00:00'), visibility: 'private' }),
  post({ key: 'friends', time: day('2025-03-02T11:00:00'), visibility: 'friends' }),
  post({ key: 'unsaid', time: day('2025-03-02T00:00:00'), visibility: 'unknown', likes: 5 }),
  post({ key: 'old', time: day('2025-03-01T23:59:59') }),
];
const deleted = [post({ key: 'gone', visibility: 'deleted' })];

const chosen = (flags: Record<string, unknown>) => {
  const { selected, held } = select(posts, deleted, checkOptions({ to: 'all', ...flags }));
  expect(selected.length + held.length).toBe(flags['include'] ? posts.length + deleted.length : posts.length);
  return selected.map(({ key }) => key).join(' ');
};

describe('select', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['what everyone could see, or what does not say', {}, 'new last-second unsaid old'],
    ['a day is whole on both ends', { since: '2025-03-02', until: '2025-03-02' }, 'last-second unsaid'],
    [
      'all that is asked for',
      { include: ['private,friends', 'deleted'] },
      'new last-second private friends gone unsaid old',
    ],
    ['by likes', { order: 'likes' }, 'last-second unsaid new old'],
    ['the first two', { limit: '2' }, 'new last-second'],
    ['the most liked', { order: 'likes', limit: '1' }, 'last-second'],
    ['just these', { only: ['old,new', 'nowhere'] }, 'new old'],
    ['a private post is not ported because it is named', { only: ['private'] }, ''],
  ])('%s', (_what, flags, keys) => {
    expect(chosen(flags)).toBe(keys);
  });
});
