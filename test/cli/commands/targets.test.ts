import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../src/cli/commands/targets/limits.ts';
import { listTargets as command } from '../../../src/cli/commands/targets/list-targets.ts';
import { UsageError } from '../../../src/errors.ts';
import { targets } from '../../../src/targets/index.ts';

/** How many figures a target's file cites, counted without any code of ours. */
const cited = (target: object) => JSON.stringify(target).split('"confidence":').length - 1;

describe('port targets', () => {
  it.each(targets.map((target) => [target.name, target] as const))('%s: every figure is listed', (_name, target) => {
    const rows = limitsOf(target);
    expect(rows).toHaveLength(cited(target));
    for (const { what, value, kind, confidence, source, date } of rows) {
      expect(what).toMatch(/^[a-z][a-z ,]+$/);
      expect(value).not.toMatch(/undefined|object|NaN|[[\]{}]/);
      expect(['limit', 'advice']).toContain(kind);
      expect('ABCD?').toContain(confidence);
      expect(source).toMatch(/^https:\/\/|^[a-z]/);
      expect(date).toMatch(/^\d{4}-\d\d$/);
    }
  });

  it.each([
    ['shorts', 'duration', 'limit', '180 s'],
    ['shorts', 'duration', 'advice', '60 s'],
    ['shorts', 'title', 'limit', '100 characters'],
    ['shorts', 'body', 'limit', '5000 bytes'],
    ['shorts', 'refused characters', 'limit', '< >'],
    ['rednote', 'size', 'limit', '20 GB'],
    ['rednote', 'photo size', 'limit', '32 MB'],
    ['rednote', 'title', 'limit', '20 half-width units'],
    ['rednote', 'photos', 'limit', '18'],
    ['reels', 'duration, at least', 'limit', '3 s'],
    ['reels', 'photo width', 'limit', '1440 px'],
    ['reels', 'photo width by height', 'limit', '1.91:1'],
  ])('%s: %s, %s: %s', (name, what, kind, value) => {
    const target = targets.find((each) => each.name === name);
    const rows = target ? limitsOf(target).filter((row) => row.what === what && row.kind === kind) : [];
    expect(rows.map((row) => row.value)).toEqual([value]);
  });

  it('as a document, all and one', () => {
    const all = JSON.parse(command(undefined, true));
    expect(all.schemaVersion).toBe(1);
    expect(all.targets.map((each: { name: string }) => each.name)).toEqual(targets.map(({ name }) => name));
    const one = JSON.parse(command('reels', true)).targets;
    expect(one).toHaveLength(1);
    expect(one[0]).toMatchObject({ name: 'reels', title: 'Instagram Reels' });
    expect(Object.keys(one[0].limits[0]).sort()).toEqual(['confidence', 'date', 'kind', 'source', 'value', 'what']);
  });

  it('as a page of 80 columns, but for addresses', () => {
    const lines = command(undefined, false).split('\n');
    expect(lines.filter((line) => line.length > 80 && !line.includes('https://'))).toEqual([]);
    for (const target of targets) expect(lines).toContain(`${target.name}: ${target.title}`);
  });

  it('a platform that is none', () => {
    expect(() => command('tiktok', false)).toThrow(UsageError);
    expect(() => command('tiktok', false)).toThrow(/shorts/);
  });
});
