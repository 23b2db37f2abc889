import { describe, expect, it } from 'vitest';
import { topicLists, topicsFor } from '../../../src/targets/rednote/topics.ts';

const lines = Object.values(topicLists)
  .flatMap((list) => list.split('\n'))
  .filter((line) => line !== '')
  .map((line) => {
    const [spellings = '', topics = '', ...more] = line.split(' = ');
    return { line, spellings: spellings.split(' '), topics: topics.split(' '), more };
  });

describe('the glossary of RedNote topics', () => {
  it('knows at least 400 topics', () => {
    expect(lines.length).toBeGreaterThanOrEqual(400);
  });

  it('has lines in one format', () => {
    for (const { line, spellings, topics, more } of lines) {
      expect(more, line).toEqual([]);
      for (const spelling of spellings) expect(spelling, line).toMatch(/^[a-z0-9]{2,}$/);
      for (const topic of topics) expect(topic, line).toMatch(/^[\p{Script=Han}A-Za-z0-9]+$/u);
      expect([1, 2], line).toContain(topics.length);
    }
  });

  it('has each spelling, and each topic at the start of a line, once', () => {
    const spellings = lines.flatMap((each) => each.spellings);
    expect(spellings.filter((each, index) => spellings.indexOf(each) !== index)).toEqual([]);
    const topics = lines.map((each) => each.topics[0]);
    expect(topics.filter((each, index) => topics.indexOf(each) !== index)).toEqual([]);
  });

  it('is Chinese, except names written in Latin letters in China as well', () => {
    const latin = lines.flatMap(({ topics }) => topics).filter((topic) => !/\p{Script=Han}/u.test(topic));
    expect(latin.length).toBeLessThan(lines.length / 15);
  });

  it.each<[string, string[]]>([
    ['travel', ['旅行']],
    ['Travelling', ['旅行']],
    ['ＴＲＡＶＥＬ', ['旅行']],
    ['ootd', ['OOTD', '穿搭']],
    ['OOTD', ['穿搭']],
    ['skincare', ['护肤']],
    ['mealprep', ['备餐']],
    ['studywithme', ['学习打卡']],
    ['study_with_me', ['学习打卡']],
    ['goldenretriever', ['金毛']],
    ['goldenretrievers', ['金毛']],
    ['otoño', ['秋天']],
    ['café', ['咖啡']],
    ['lisbon', ['里斯本']],
    ['christmas', ['圣诞节']],
    ['constructor', []],
    ['旅行', []],
    ['s', []],
    ['', []],
  ])('%s', (hashtag, expected) => {
    expect(topicsFor(hashtag)).toEqual(expected);
  });
});
