import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/config/options.ts';
import { UsageError } from '../../src/errors.ts';

const written = (odd: Record<string, unknown> = {}) => ({ to: 'rednote', ...odd });

function sentence(options: Record<string, unknown>): string {
  try {
    checkOptions(options);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'taken';
}

/** Whatever other platforms there are. */
const theFour = ['rednote', 'lemon8', 'shorts', 'reels'];

describe('checkOptions', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['what is not said', {}, { out: 'ported', fit: 'blur', order: 'newest', offline: false, include: [], only: [] }],
    ['nobody says it: what is held back is fetched too', {}, { heldOriginals: true, strict: false }],
    ['the first second of a day', { since: '1970-01-02' }, { since: 86_400 }],
    [
      'hashtags with and without their sign',
      { tags: 'travel, #Slow_food ＃旅行' },
      { tags: ['travel', 'Slow_food', '旅行'] },
    ],
    ['no hashtags', {}, { tags: [] }],
    ['a day that ends a day later', { until: '1970-01-02' }, { until: 2 * 86_400 }],
    ['the 29th of February of a leap year', { since: '2024-02-29' }, { since: 1_709_164_800 }],
    ['lists in lists', { only: ['a, b', 'c,,'] }, { only: ['a', 'b', 'c'] }],
    [
      'a post that is included',
      { include: ['2025-03-02_09-15-04,private'] },
      { include: ['2025-03-02_09-15-04', 'private'] },
    ],
    ['visibilities', { include: ['private,friends', ' deleted '] }, { include: ['private', 'friends', 'deleted'] }],
    ['a limit', { limit: '5' }, { limit: 5 }],
    ['jobs', { jobs: '2' }, { jobs: 2 }],
    ['a moment', { cover: '2.5' }, { cover: 2.5 }],
    ['the very start', { cover: '0' }, { cover: 0 }],
  ])('%s', (_name, odd, expected) => {
    expect(checkOptions(written(odd))).toMatchObject(expected);
  });

  it.each([
    ['rednote', ['rednote']],
    ['shorts, rednote', ['shorts', 'rednote']],
    ['rednote,rednote,', ['rednote']],
    ['all', theFour],
    ['reels,ALL', theFour],
  ])('--to %s', (to, expected) => {
    expect(checkOptions({ to }).to.map(({ name }) => name)).toEqual(expected);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no target', { to: undefined }, '--to'],
    ['an empty target', { to: '' }, '--to'],
    ['only commas', { to: ' , ,' }, '--to'],
    ['a platform that is none', { to: 'rednote,tiktok' }, '--to'],
    ['a platform that is none beside all', { to: 'all,tiktok' }, '--to'],
    ['an empty folder', { out: '' }, '--out'],
    ['an empty account', { account: '' }, '--account'],
    ['a day that is none', { since: '2025-02-30' }, '--since'],
    ['the 29th of February of another year', { since: '2025-02-29' }, '--since'],
    ['a month 13', { until: '2025-13-01' }, '--until'],
    ['a day in words', { since: 'yesterday' }, '--since'],
    ['a day with a time', { until: '2025-03-02T10:00:00Z' }, '--until'],
    ['an empty day', { since: '' }, '--since'],
    ['a visibility that is none', { include: ['public'] }, '--include'],
    ['an order that is none', { order: 'oldest' }, '--order'],
    ['a fit that is none', { fit: 'stretch' }, '--fit'],
    ['a moment before the start', { cover: '-1' }, '--cover'],
    ['a moment in words', { cover: 'start' }, '--cover'],
    ['a moment as a clock shows it', { cover: '0:05' }, '--cover'],
    ['an empty moment', { cover: '' }, '--cover'],
    ['a hashtag with a sign in it', { tags: 'rock&roll' }, '--tags'],
    ['a hashtag that is a number', { tags: 'travel,123' }, '--tags'],
    ['a limit of nothing', { limit: '0' }, '--limit'],
    ['a negative limit', { limit: '-1' }, '--limit'],
    ['half a post', { limit: '1.5' }, '--limit'],
    ['a limit in hexadecimal', { limit: '0x10' }, '--limit'],
    ['jobs in words', { jobs: 'many' }, '--jobs'],
    ['jobs for a hundred machines', { jobs: '100000' }, '--jobs takes a whole number from 1 to 256'],
    ['a limit of more than anybody has', { limit: '100000000' }, '--limit'],
    ['more hashtags than anybody reads', { tags: 'x '.repeat(101) }, '--tags takes at most 100'],
    ['a thousand and one tables', { captions: Array(1001).fill('a.csv') }, '--captions takes at most 1000'],
    ['a thousand and one folders', { media: Array(1001).fill('a') }, '--media takes at most 1000'],
    ['a number where words belong', { account: 5 }, '--account'],
    ['a word where yes or no belongs', { offline: 'false' }, '--offline'],
    ['a word where a list belongs', { allowHost: 'localhost' }, '--allow-host'],
    ['a number in a list', { only: [5] }, '--only'],
  ])('%s: one sentence that names the flag', (_odd, odd, flag) => {
    const said = sentence(written(odd));
    expect(said).toContain(flag);
    expect(said).toMatch(/[^.]\. See port --help\.$/);
    expect(said).not.toMatch(/\n|undefined|Invalid/);
  });

  it('whatever is written, it is taken or a UsageError', () => {
    const anything = fc.oneof(fc.string(), fc.anything(), fc.array(fc.string()));
    const names = [
      'out',
      'account',
      'include',
      'since',
      'until',
      'only',
      'order',
      'limit',
      'fit',
      'cover',
      'jobs',
      'offline',
    ];
    fc.assert(
      fc.property(fc.oneof(fc.constant('all'), anything), fc.constantFrom(...names), anything, (to, name, value) => {
        expect(sentence({ to, [name]: value })).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
