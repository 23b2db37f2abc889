import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExportError } from '../../src/errors.ts';
import { readExport } from '../../src/exports/index.ts';
import { document, file, photo, readRows, row, video } from './files.ts';

describe('size and depth', () => {
  test('reads ten thousand levels of nesting', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const text = JSON.stringify(document([row()])).replace('"Likes":"12"', `"Likes":${deep}`);
    expect((await readExport([file('user_data.json', text)])).posts.length).toBe(1);
    await expect(readExport([file('user_data.json', deep)])).rejects.toThrow(ExportError);
  });

  test('reads a text of 100 MB', async () => {
    const { posts } = await readRows([
      row({ Title: 'x'.repeat(100_000_000) }),
      row({ Link: `https://${'a.'.repeat(5_000_000)}` }),
    ]);
    expect(posts.length).toBe(2);
  });

  test('reports a million rows of the wrong type as a thousand issues and a count', async () => {
    const text = JSON.stringify(document('ROWS')).replace('"ROWS"', `[${'1,'.repeat(999_999)}1]`);
    const one = await readExport([file('user_data.json', text)]);
    expect(one.posts).toEqual([]);
    expect(one.setAside.length).toBe(1001);
    expect(one.setAside.at(-1)).toEqual({ code: 'rows-unreadable', severity: 'warning', actual: 999_000, limit: null });
  });

  test('assigns fifty thousand keys to fifty thousand posts of one second', async () => {
    const { posts } = await readRows(Array.from({ length: 50_000 }, (_, i) => row({ Link: video(`o${i}`) })));
    expect(new Set(posts.map((post) => post.key)).size).toBe(50_000);
  });

  test('reads a post with a hundred thousand addresses', async () => {
    const { posts } = await readRows([
      row({ Link: Array.from({ length: 100_000 }, (_, i) => photo(`p${i}`)).join('\n') }),
    ]);
    expect(posts[0]?.links.length).toBe(100_000);
  });

  test('reads a value nested ten thousand deep, in any field', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    for (const field of Object.keys({
      ...row(),
      ContentDisclosure: 1,
      AIGeneratedContent: 1,
      CoverImage: 1,
      Location: 1,
    })) {
      const text = JSON.stringify(document([row({ [field]: 'DEEP' }), row({ Link: video('two') })])).replace(
        '"DEEP"',
        deep,
      );
      const one = await readExport([file('user_data.json', text)]);
      expect(one.posts.length + one.setAside.filter((issue) => issue.code === 'row-unreadable').length).toBe(2);
    }
  });

  test.each(['[', '{},', '1,', '\n'])('refuses a large file of only %j before parsing it', async (part) => {
    const bytes = new Uint8Array(Buffer.alloc(48 * 1024 * 1024, part));
    await expect(readExport([file('user_data.json', bytes)])).rejects.toThrow('million parts');
  });

  test.each([0, 1, 2, 3])(
    'parts that stand in every fourth block of 4 KB, from block %i on, are counted',
    async (first) => {
      const bytes = new Uint8Array(Buffer.alloc(80 * 1024 * 1024, 0x20));
      for (let at = first * 4096; at < bytes.length; at += 4 * 4096) bytes.fill(0x5b, at, at + 4096);
      await expect(readExport([file('user_data.json', bytes)])).rejects.toThrow('million parts');
    },
  );

  test.each([
    ['spaces', ' '.repeat(3_000_000)],
    ['colons', ':'.repeat(3_000_000)],
    ['a label', 'a'.repeat(3_000_000)],
    ['buckets', `Link: https://a.example/tos-a-${'v-'.repeat(1_000_000)}`],
    ['hosts', `Link: https://${'a.'.repeat(1_000_000)}`],
    ['slashes', `Link: https://www.tiktok.com/${'@/'.repeat(1_000_000)}`],
    ['expiries', `Link: https://a.example/?${'x-expires=1&'.repeat(300_000)}`],
    ['dates', `Title: 2025-03-02 09:15:04${' '.repeat(3_000_000)}x`],
  ])('reads a line of only %s in linear time', async (_, line) => {
    const one = await readExport([file('Posts.txt', `Date: 2025-03-02 09:15:04 UTC\n${line}\n`)]);
    expect(one.posts.length).toBe(1);
  });

  test('reads a key of ten million letters', async () => {
    const text = JSON.stringify({ ...document([row({ ['k'.repeat(10_000_000)]: 1 })]), ['x'.repeat(10_000_000)]: 1 });
    expect((await readExport([file('user_data.json', text)])).posts.length).toBe(1);
    const partial = JSON.stringify({ ['\u{1f600}'.repeat(1_000_000)]: 1, Activity: {} });
    await expect(readExport([file('user_data.json', partial)])).rejects.toThrow(/^.{50,700}$/u);
  });

  test('reads keys that are properties of JavaScript objects', async () => {
    const text = JSON.stringify(document([row()])).replace(
      '"Likes"',
      '"__proto__":{"Date":"x"},"constructor":1,"toString":2,"Likes"',
    );
    expect((await readExport([file('user_data.json', text)])).posts).toMatchObject([{ likes: 12 }]);
  });
});

/** Any value, in any place, of the sort that exports could one day hold. */
const anything = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      null,
      [],
      {},
      '',
      'N/A',
      'None',
      ' - ',
      0,
      -1,
      true,
      '2025-02-30 00:00:00',
      'https://',
      '\ud800',
    ),
  },
  fc.jsonValue({ maxDepth: 2 }),
  fc.string(),
);

/** A whole export in which some values, at any level, were replaced, and some keys renamed. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null)
    return fc.oneof({ weight: 8, arbitrary: fc.constant(value) }, anything);
  const inner = Array.isArray(value)
    ? fc.tuple(...value.map(mutated))
    : fc
        .tuple(...Object.entries(value).map(([key, child]) => fc.tuple(keyLike(key), mutated(child))))
        .map((pairs) => Object.fromEntries(pairs));
  return fc.oneof({ weight: 12, arbitrary: inner }, anything);
}

function keyLike(key: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(key) },
    fc.constant(key.toLowerCase()),
    fc.constant(key.toUpperCase()),
    fc.string(),
  );
}

const whole = document(
  [row(), row({ Link: `${photo('a')}\n${photo('b')}`, Title: 'x' }), row({ Date: '2025-01-01 00:00:00' })],
  [row({ Link: 'N/A' })],
);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutLink(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !/link/i.test(key)));
}

describe('a mutated export gives a result or an error message', () => {
  /** Reads, and checks what must hold of any result. */
  async function read(name: string, content: Uint8Array): Promise<void> {
    try {
      const one = await readExport([file(name, content)]);
      const keys = [...one.posts, ...one.deleted].map((post) => post.key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d+)?$/);
    } catch (error) {
      expect(error).toBeInstanceOf(ExportError);
      expect((error as Error).message).toMatch(/^.{20,700}$/);
    }
  }

  test('with mutated values and keys', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(whole), (value) =>
        read('user_data.json', new TextEncoder().encode(JSON.stringify(value))),
      ),
      { numRuns: 500 },
    );
  });

  test('reports every lost row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(mutated(row()), anything), { maxLength: 8 }), async (rows) => {
        const distinct = rows.map((one, i) => (isObject(one) ? { Link: video(`o${i}`), ...withoutLink(one) } : one));
        const { posts, setAside } = await readRows(distinct);
        expect(posts.length + setAside.filter((issue) => issue.code === 'row-unreadable').length).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });

  const json = new TextEncoder().encode(JSON.stringify(whole));
  const txt = new TextEncoder().encode(
    `Date: 2025-03-02 09:15:04 UTC\nLink: ${photo('a')}\n${photo('b')}\nLike(s): 12\nWho can view: Everyone\nTitle: Hi\n\nDate: 2025-03-01 09:15:04 UTC\nLink: ${video('b')}\n\n`,
  );
  const edits = fc.array(fc.record({ at: fc.nat(2000), drop: fc.nat(40), add: fc.uint8Array({ maxLength: 6 }) }), {
    maxLength: 4,
  });

  test.each([
    ['user_data.json', json],
    ['Posts.txt', txt],
    ['anything.txt', txt],
  ])('with mutated bytes of %s', async (name, bytes) => {
    await fc.assert(
      fc.asyncProperty(edits, (list) => {
        const edited = list.reduce<Uint8Array>(
          (all, { at, drop, add }) => Buffer.concat([all.subarray(0, at), add, all.subarray(at + drop)]),
          bytes,
        );
        return read(name, edited);
      }),
      { numRuns: 300 },
    );
  });
});
