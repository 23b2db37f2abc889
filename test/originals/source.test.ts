import { expect, it } from 'vitest';
import { isAllowedHost } from '../../src/originals/source.ts';

it.each<[string, string, boolean]>([
  ['[fe80::1]', '[fe80::1]:8443', true],
  ['[fe80::1]', '[FE80::1]', true],
  ['a.example', 'a.example:8443.example', false],
  ['a.example', 'b.a.example', false],
])('the host %s is allowed by --allow-host %s: %s', (host, allowed, expected) => {
  expect(isAllowedHost({ host }, [allowed])).toBe(expected);
});
