import { parseDate } from './date.ts';
import { isSchemaWord } from './schema-words.ts';

/** What was seen at one place of a document: types and counts, never a value. */
export interface Shape {
  times: number;
  readonly scalars: Map<string, number>;
  readonly keys: Map<string, Shape>;
  objects: number;
  arrays: number;
  items: number;
  item: Shape | null;
}

/** Documents are about 8 levels deep; hostile ones can be ten thousand. */
const MAX_DEPTH = 24;
const MAX_KEYS = 200;
const MAX_SCALARS = 12;

export function newShape(): Shape {
  return { times: 0, scalars: new Map(), keys: new Map(), objects: 0, arrays: 0, items: 0, item: null };
}

/** Adds a value to a shape. */
export function observe(shape: Shape, value: unknown, depth = 0): void {
  shape.times++;
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) {
    count(shape, depth >= MAX_DEPTH ? 'deeper' : describe(value));
    return;
  }
  if (Array.isArray(value)) {
    shape.arrays++;
    shape.items += value.length;
    for (const item of value) {
      shape.item ??= newShape();
      observe(shape.item, item, depth + 1);
    }
    return;
  }
  shape.objects++;
  for (const [key, child] of Object.entries(value)) {
    const name = blankKey(key);
    const known = shape.keys.get(name);
    if (known === undefined && shape.keys.size >= MAX_KEYS) continue;
    const next = known ?? newShape();
    shape.keys.set(name, next);
    observe(next, child, depth + 1);
  }
}

/** The shape as JSON: leaves give type and length, lists give their length and the shape of their items. */
export function drawShape(shape: Shape, of = shape.times): unknown {
  const forms: unknown[] = [];
  const scalars = [...shape.scalars]
    .map(([name, times]) => (shape.times === times ? name : `${name} x${times}`))
    .join(' | ');
  if (scalars !== '') forms.push(shape.times < of ? `${scalars}; in ${shape.times} of ${of}` : scalars);
  if (shape.arrays > 0) forms.push(shape.item === null ? [] : [`x${shape.items}`, drawShape(shape.item)]);
  if (shape.objects > 0)
    forms.push(Object.fromEntries([...shape.keys].map(([key, child]) => [key, drawShape(child, shape.objects)])));
  return forms.length === 1 ? forms[0] : { either: forms };
}

/** Describes a value by type, length and sort of text. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return typeof value;
  if (value.trim() === '') return `blank(${value.length})`;
  if (parseDate(value) !== null) return 'date';
  const addresses = value.slice(0, 100_000).match(/https?:\/\//gi)?.length ?? 0;
  if (addresses > 0) return addresses === 1 ? 'address' : `${addresses} addresses`;
  return `${/^\d+$/.test(value) ? 'digits' : 'text'}(${rough(value.length)})`;
}

/** Rounds lengths to two digits: precise enough to find a limit, and a list of texts then has few different lengths. */
function rough(length: number): string {
  if (length < 20) return String(length);
  const step = 10 ** Math.floor(Math.log10(length));
  return `about ${Math.round(length / step) * step}`;
}

function count(shape: Shape, name: string): void {
  const key = shape.scalars.has(name) || shape.scalars.size < MAX_SCALARS ? name : 'other lengths';
  shape.scalars.set(key, (shape.scalars.get(key) ?? 0) + 1);
}

/** Keeps keys that consist of TikTok's words. Other keys, for instance of chats, may be people's names. */
function blankKey(key: string): string {
  return isSchemaWord(key) ? key : `*(${key.length})`;
}
