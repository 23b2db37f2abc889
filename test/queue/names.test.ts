import { describe, expect, it } from 'vitest';
import { jobId, redisKey, splitJobId } from '../../src/queue/bullmq/names.ts';

describe('names in Redis', () => {
  it('all keys are in one hash slot of a cluster', () => {
    expect(redisKey('turn')).toBe('{port}:turn');
  });

  it.each<[string, unknown, readonly [string, string]]>([
    ['a job of a post', jobId('0123456789abcdef', '2025-03-02_09-15-04'), ['0123456789abcdef', '2025-03-02_09-15-04']],
    ['a number behind the second', 'f-2025-03-02_09-15-04-2', ['f', '2025-03-02_09-15-04-2']],
    ['the name that its run has for it', '{port}:posts:f-2025-03-02_09-15-04', ['f', '2025-03-02_09-15-04']],
    ['no id', undefined, ['', '']],
    ['a number', 5, ['', '']],
    ['an id of somebody else', '{port}:posts:17', ['', '']],
    ['an empty one', '', ['', '']],
  ])('run and key of %s', (_, id, parts) => {
    expect(splitJobId(id)).toEqual(parts);
  });
});
