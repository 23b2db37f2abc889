import { join } from 'node:path';

/** Paths that lead out, and values that no reader expects in their place. */
export const plantedOf = (place: string): readonly unknown[] => [
  ...['../../outside/secret.mp4', '../../outside', '../../../made-outside', '../../made-outside/video.mp4', '..'],
  ...[join(place, 'outside/secret.mp4'), join(place, 'outside'), '/etc/passwd', 'C:\\Windows\\x', '\\\\host\\share\\x'],
  ...[
    '//host.invalid/share/x',
    'file:///etc/passwd',
    'rednote/../../../outside/secret.mp4',
    './../../outside/post.json',
  ],
  ...['a\u0000b', '', '.', '__proto__', 'constructor', '-i', 'x'.repeat(5000), '\ud800', 'CON', '\u202e4pm'],
  ...[null, true, -1, 0, 1e308, 2 ** 53, [], {}, [[]], { length: 1e9 }, { __proto__: null, toString: 1 }],
];

/** JSON with some of its values and names, most of all its texts, replaced by planted ones; also JSON in a text of it. */
export function planted(value: unknown, values: readonly unknown[], next: (below: number) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => planted(item, values, next));
  if (typeof value === 'object' && value !== null) {
    const nameOf = (name: string) => (next(40) === 0 ? String(values[next(texts)]) : name);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [nameOf(name), planted(item, values, next)]));
  }
  if (typeof value === 'string' && value.startsWith('{') && next(3) > 0)
    return JSON.stringify(planted(JSON.parse(value), values, next));
  return next(typeof value === 'string' ? 5 : 15) === 0 ? values[next(values.length)] : value;
}

/** So many of the planted values, the first ones, are texts. */
const texts = plantedOf('').filter((value) => typeof value === 'string').length;
