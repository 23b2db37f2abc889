import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { checkOptions } from '../src/options.ts';

describe('checkOptions', () => {
  it('a target twice is one, all is all', () => {
    expect(checkOptions({ to: 'reels, reels,shorts' }).to.map(({ name }) => name)).toEqual(['reels', 'shorts']);
    expect(checkOptions({ to: 'rednote,all' }).to).toHaveLength(4);
  });

  it('whatever is written: options, or one sentence', () => {
    const flags = fc.record(
      {
        to: fc.oneof(fc.string(), fc.constant('all')),
        since: fc.string(),
        limit: fc.string(),
        fit: fc.string(),
        include: fc.array(fc.string()),
        jobs: fc.oneof(fc.string(), fc.integer()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(flags, (written) => {
        try {
          checkOptions(written);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as Error).message).toMatch(/See port --help\.$/);
        }
      }),
    );
  });
});
