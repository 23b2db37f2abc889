import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/exports/json.ts';

describe('reports a syntax error by line and column', () => {
  test.each([
    ['a comma too many', '{\n  "a": [1,\n  ]\n}', 3, 3],
    ['a comma too few', '{"a": 1 "b": 2}', 1, 9],
    ['a comma before the end', '{"a": 1,}', 1, 9],
    ['no colon', '{"a" 1}', 1, 6],
    ['single quotes', "{'a': 1}", 1, 2],
    ['a comment', '{\n// hi\n}', 2, 1],
    ['a line break in a text', '["a\nb"]', 1, 4],
    ['an unknown escape', '["\\x"]', 1, 3],
    ['an escape of two digits only', '["\\u12"]', 1, 3],
    ['a fault behind every known escape', '["\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9", x]', 1, 34],
    ['a number with a leading zero', '[01]', 1, 3],
    ['NaN', '[NaN]', 1, 2],
    ['cut off', '{"a": [1', 1, 9],
    ['cut off behind a name', '{"a"', 1, 5],
    ['cut off behind a colon', '{"a":', 1, 6],
    ['cut off behind a comma', '[1,', 1, 4],
    ['a comma alone in a list', '[,]', 1, 2],
    ['a comma alone in a record', '{,}', 1, 2],
    ['a record that ends as a list', '{"a": 1]', 1, 8],
    ['a list that ends as a record', '[1}', 1, 3],
    ['a record that ends behind a comma', '{"a": {}, }', 1, 11],
    ['a fault behind empty ones', '[[], {}, [ ], { }, x]', 1, 20],
    ['a fault behind all kinds of values', '[true, false, null, -1.5e+3, 0, "", x]', 1, 37],
    ['a number that ends in a point', '[1.]', 1, 3],
    ['a plus sign', '[+1]', 1, 2],
    ['a word cut short', '[tru]', 1, 2],
    ['a name that is a number', '{1: 2}', 1, 2],
    ['a tab in a text', '["a\tb"]', 1, 4],
    ['a tab in a name', '{"a\tb": 1}', 1, 4],
    ['the third of three lines', '{\n"a":\n }', 3, 2],
    ['cut off in a text', '{"a": "b', 1, 9],
    ['two documents', '{} {}', 1, 4],
    ['nothing at all', '', 1, 1],
    ['a web page', '<html>', 1, 1],
  ])('%s', (_, text, line, column) => {
    expect(parseJson(text)).toMatchObject({ fault: { line, column } });
  });

  test('reports a truncated file', () => {
    expect(parseJson('{"a": [1')).toMatchObject({ fault: { problem: 'the file ends too early' } });
  });

  test.each([
    ['{"a" 1}', 'expected ":"'],
    ['{"a": 1, "b" 2}', 'expected ":"'],
    ['{"a": 1, b: 2}', 'expected a name in double quotes'],
    ['{"a": 1, "b": 2,}', 'expected a name in double quotes'],
    ['{"a": 1 "b": 2}', 'expected "," or "}"'],
    ['[1 2]', 'expected "," or "]"'],
    ['{} {}', 'expected the end of the file'],
    ['{a: 1}', 'expected a name in double quotes'],
    ['[x]', 'expected a value'],
    ['["\\x"]', 'expected a closing double quote, or a known escape'],
    ['{"\\x": 1}', 'expected a closing double quote, or a known escape'],
    ['["a', 'the file ends too early'],
    ['{"a', 'the file ends too early'],
    ['', 'the file ends too early'],
  ])('%s: %s', (text, problem) => {
    expect(parseJson(text)).toMatchObject({ fault: { problem } });
  });

  test('reports an error below ten thousand levels', () => {
    expect(parseJson(`${'['.repeat(10_000)}x`)).toMatchObject({ fault: { column: 10_001 } });
  });
});

test('every text that JSON.parse refuses gets a position inside the text', () => {
  const edit = fc.record({
    at: fc.nat(200),
    drop: fc.nat(3),
    add: fc.constantFrom('', ',', '"', '}', ']', '\\', '0', '\n', '{', ':'),
  });
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), edit, (json, { at, drop, add }) => {
      const text = json.slice(0, at) + add + json.slice(at + drop);
      const parsed = parseJson(text);
      if ('value' in parsed) return;
      expect(parsed.fault.problem).not.toContain('SyntaxError');
      expect(parsed.fault.column).toBeGreaterThan(0);
      expect(parsed.fault.column).toBeLessThanOrEqual(text.length + 1);
    }),
    { numRuns: 500 },
  );
});
