import { describe, expect, test } from 'vitest';
import { readExport } from '../../src/exports/index.ts';
import { file, photo, readFixture, video } from './files.ts';

describe('five layouts in three known languages and one unknown', () => {
  test.each([
    [
      'txt-2020',
      null,
      [
        ['2020-05-02_08-00-00', 'video', 'unknown'],
        ['2020-05-01_08-00-00', 'video', 'unknown'],
      ],
    ],
    [
      'txt-2023',
      null,
      [
        ['2023-05-02_08-00-00', 'video', 'unknown'],
        ['2023-05-01_08-00-00', 'video', 'unknown'],
      ],
    ],
    ['txt-2024', 'maya', [['2024-12-02_08-00-00', 'video', 'everyone']]],
    [
      'txt-2025',
      'maya',
      [
        ['2025-03-02_09-15-04', 'photos', 'everyone'],
        ['2025-02-14_18-00-00', 'video', 'private'],
      ],
    ],
    [
      'txt-dutch',
      'maya',
      [
        ['2025-03-02_09-15-04', 'video', 'private'],
        ['2025-03-01_09-15-04', 'photos', 'everyone'],
      ],
    ],
    ['txt-italian', null, [['2025-03-02_09-15-04', 'video', 'everyone']]],
    // Labels that nobody knows; the app's Finnish word for everyone is known.
    ['txt-unknown', null, [['2025-03-02_09-15-04', 'photos', 'everyone']]],
    ['txt-empty', null, []],
  ])('%s', async (name, account, posts) => {
    const one = await readFixture(name);
    expect(one).toMatchObject({ format: 'tiktok-txt', generation: null, account, setAside: [] });
    expect(one.posts.map(({ key, kind, visibility }) => [key, kind, visibility])).toEqual(posts);
  });

  test('reads every field of a block of 2025', async () => {
    const one = await readFixture('txt-2025');
    expect(one.posts[0]).toMatchObject({
      likes: 12,
      title: 'Harbour in the morning',
      sound: 'original sound - maya',
      disclosure: ['Your Brand'],
    });
    expect(one.posts[0]?.links.map((link) => link.expiresAt)).toEqual([1741252504, 1741252504]);
    expect(one.deleted).toMatchObject([
      { key: '2025-01-20_07-30-00', visibility: 'deleted', links: [{ kind: 'login' }] },
    ]);
  });

  test('keeps the id in a page link of 2020', async () => {
    expect((await readFixture('txt-2020')).posts[0]?.links).toMatchObject([
      { kind: 'page', tiktokId: '6822000000000000002' },
    ]);
  });

  test('a Dutch title and likes', async () => {
    expect((await readFixture('txt-dutch')).posts[1]).toMatchObject({ title: 'Haven', likes: 6 });
  });
});

const block = (date: string, link: string, rest = '') => `Date: ${date}\nLink: ${link}\n${rest}\n`;
const lone = (text: string, name = 'Posts.txt') => readExport([file(name, text)]);

describe('structure', () => {
  test.each([
    ['Windows line breaks', block('2025-03-02 09:15:04 UTC', video('a')).replaceAll('\n', '\r\n')],
    ['a byte-order mark', `\ufeff${block('2025-03-02 09:15:04 UTC', video('a'))}`],
    ['no empty line at the end', block('2025-03-02 09:15:04 UTC', video('a')).trimEnd()],
    ['a heading', `My posts\n\n${block('2025-03-02 09:15:04 UTC', video('a'))}`],
    ['a wide colon', `\u65e5\u4ed8\uff1a2025-03-02 09:15:04 UTC\n\u30ea\u30f3\u30af\uff1a${video('a')}\n`],
  ])('%s', async (_, text) => {
    expect((await lone(text)).posts.map((post) => post.key)).toEqual(['2025-03-02_09-15-04']);
  });

  test('reads blocks without empty lines between them', async () => {
    const text =
      `${block('2025-03-02 09:15:04 UTC', video('a'))}${block('2025-03-01 09:15:04 UTC', video('b'))}`.replaceAll(
        '\n\n',
        '\n',
      );
    expect((await lone(text)).posts.length).toBe(2);
  });

  test.each([
    ['the first block', `${block('yesterday', video('b'))}${block('2025-03-02 09:15:04 UTC', video('a'))}`, 1],
    [
      'a block behind a line of spaces',
      `${block('2025-03-02 09:15:04 UTC', video('a')).trimEnd()}\n  \n${block('yesterday', video('b'))}`,
      2,
    ],
    ['the only block', block('yesterday', video('b')), 1],
  ])('reports %s with a broken date', async (_, text, number) => {
    expect((await lone(text)).setAside).toMatchObject([
      { code: 'row-unreadable', actual: `row ${number} of "Posts.txt": its date cannot be read` },
    ]);
  });

  test('a line within a post that begins like a date is no new post', async () => {
    const one = await lone(
      block('2025-03-02 09:15:04 UTC', photo('a'), 'Title: Save the\nDate: tomorrow\nSound: N/A\n'),
    );
    expect([one.posts.length, one.setAside]).toEqual([1, []]);
  });

  test('an address behind a cover is no photo, nor is one behind an empty line', async () => {
    const read = async (rest: string) => (await lone(block('2025-03-02 09:15:04 UTC', photo('a'), rest))).posts[0];
    const cover = await read(`Cover image: ${photo('c')}\n${photo('d')}\nCover: ${photo('e')}\n`);
    expect([cover?.links.length, cover?.coverLink?.url]).toEqual([1, photo('c')]);
    expect((await read(`${photo('b')}\n`))?.links.length).toBe(2);
  });

  test('reads a title of several lines', async () => {
    const { posts } = await lone(
      block('2025-03-02 09:15:04 UTC', photo('a'), 'Title: First\nsecond line\nSound: N/A\n'),
    );
    expect(posts[0]?.title).toBe('First\nsecond line');
  });

  test('does not count a cover as a photo', async () => {
    const [post] = (await lone(block('2025-03-02 09:15:04 UTC', photo('a'), `Cover image: ${photo('cover')}\n`))).posts;
    expect([post?.links.length, post?.coverLink === null]).toEqual([1, false]);
  });

  test('reports a block with a broken date with its number', async () => {
    const one = await lone(
      `${block('2025-03-02 09:15:04 UTC', video('a'))}${block('yesterday', video('b'))}${block('2025-03-01 09:15:04 UTC', video('c'))}`,
    );
    expect(one.posts.length).toBe(2);
    expect(one.setAside).toMatchObject([
      { code: 'row-unreadable', actual: 'row 2 of "Posts.txt": its date cannot be read' },
    ]);
  });

  test('reads a post without address', async () => {
    expect((await lone(block('2025-03-02 09:15:04 UTC', 'N/A'))).posts).toMatchObject([{ kind: 'video', links: [] }]);
  });
});

describe('audience in a language with unknown labels', () => {
  const lines = (...more: string[]) => `Aika: 2025-03-02 09:15:04 UTC\nOsoite: ${video('a')}\n${more.join('\n')}\n\n`;
  const of = async (text: string) => {
    const { posts } = await lone(text);
    return posts.map(({ visibility, audience }) => (audience === undefined ? visibility : `held: ${audience}`));
  };

  test.each([
    ['a known word for everyone', ['Tykk: 5', 'Kuka: Kaikki'], 'everyone'],
    ['a known word for only me', ['Tykk: 5', '閲覧: 自分のみ'], 'private'],
    ['a known word for friends', ['Tykk: 5', 'Kuka: Kaverit'], 'friends'],
    ['a word that nobody knows', ['Tykk: 5', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['no such line at all (2020, 2023)', [], 'unknown'],
    ['likes and nothing else', ['Tykk: 5'], 'unknown'],
    ['no line of likes', ['Kuka: Vain sinä', 'Kommentit: Joo'], 'private'],
    ['no line of likes, a word that nobody knows', ['Kuka: Zibbel', 'Kommentit: Joo'], 'held: Zibbel'],
    ['likes that are not told', ['Tykk: N/A', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['likes with separators', ['Tykk: 1.234', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['likes cut short', ['Tykk: 1,2K', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['likes in Arabic digits', ['Tykk: ١٢٣', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['another count behind the likes', ['Tykk: 5', 'Katselut: 10', 'Kuka: Vain sinä'], 'private'],
    ['a cover before the likes', [`Kansi: ${photo('c')}`, 'Tykk: 5', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['another date behind the likes', ['Tykk: 5', 'Muutettu: 2025-03-03 09:15:04 UTC', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['a line without a label before it', ['Tykk: 5', 'zibbel', 'Kuka: Vain sinä'], 'private'],
    ['wide colons', ['いいね：5', '閲覧できる人：自分のみ'], 'private'],
    [
      'marks of direction',
      ['\u200fإعجابات\u200f: \u200e5', '\u202bمن يمكنه المشاهدة\u202c: \u200fأنت فقط\u200f'],
      'private',
    ],
    ['a mark before the label, a word that nobody knows', ['\u200fא: 5', '\u200fב: \u200fזיבל\u200f'], 'held: זיבל'],
    ['letters in another case', ['Beğeni: 5', 'Kim: YALNIZCA SEN'], 'private'],
    ['everyone and only me', ['Tykk: 5', 'Who can view: Everyone', 'Who can view: Only you'], 'private'],
    ['only me and everyone', ['Tykk: 5', 'Who can view: Only you', 'Who can view: Everyone'], 'private'],
    [
      '“everyone” only as the answer to another question',
      ['Tykk: 5', 'Kuka: Zibbel', 'Kommentit: Kaikki'],
      'held: Zibbel',
    ],
    ['everyone and friends', ['Tykk: 5', 'Who can view: Everyone', 'Who can view: Friends'], 'friends'],
    ['a title that says everyone before only me', ['Tykk: 5', 'Otsikko: Kaikki', 'Kuka: Vain sinä'], 'private'],
    ['a title that says friends before only me', ['Tykk: 5', 'Otsikko: Kaverit', 'Kuka: Vain sinä'], 'private'],
    [
      'a title that says everyone before a word that nobody knows',
      ['Tykk: 5', 'Otsikko: Kaikki', 'Kuka: Zibbel', 'Kommentit: Joo'],
      'held: Zibbel',
    ],
    ['a title and the word, both everyone', ['Tykk: 5', 'Otsikko: Kaikki', 'Kuka: Kaikki'], 'everyone'],
    [
      'the audience behind the permissions, a title in its place',
      ['Tykk: 5', 'Otsikko: Kaikki', 'Kommentit: Joo', 'Kuka: Vain sinä'],
      'private',
    ],
    ['a known title before the word', ['Tykk: 5', 'Titel: Aamu', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['a known sound before the word', ['Tykk: 5', 'Geluid: a - b', 'Kuka: Vain sinä'], 'private'],
    ['likes cut short with a word', ['Tykk: 1,2 Tsd.', 'Kuka: Zibbel'], 'held: Zibbel'],
    ['likes with a word', ['Tykk: 5 Likes', 'Kuka: Kaikki', 'Kommentit: Joo'], 'everyone'],
    ['likes with a word and nothing else', ['Tykk: 5 Likes'], 'held: 5 Likes'],
    [
      'permissions, a sound and a place that nobody knows behind everyone',
      ['Tykk: 5', 'Kuka: Kaikki', 'Xa: zu', 'Xb: zi', 'Xc: zi', 'Xd: zu', 'Ääni: a - maya', 'Paikka: Turku'],
      'everyone',
    ],
  ])('%s', async (_, more, expected) => {
    expect(await of(lines(...more))).toEqual([expected]);
  });

  test('holds a post without the audience line if other posts have it', async () => {
    expect(await of(lines('Tykk: 5', 'Kuka: Kaikki') + lines('Tykk: 5').replace('03-02', '03-01'))).toEqual([
      'everyone',
      'held: ',
    ]);
  });

  test('a known label in one post is that of all, so that one without it is held', async () => {
    const two = lines('Tykk: 5', 'Who can view: Everyone') + lines('Tykk: 5', 'Kuka: Kaikki').replace('03-02', '03-01');
    expect(await of(two)).toEqual(['everyone', 'held: ']);
  });

  test('finds the audience line although one post has an extra line', async () => {
    const usual = ['2', '3', '4']
      .map((day) => lines('Tykk: 5', 'Kuka: Kaikki').replace('03-02', `02-0${day}`))
      .join('');
    expect(await of(lines('Tykk: 5', 'Paikka: Kaikki', 'Kuka: Vain sinä') + usual)).toEqual([
      ...['private', 'everyone', 'everyone', 'everyone'],
    ]);
  });

  test('a known label with an unknown or empty word holds the post, and the issue quotes the word', async () => {
    const english = (word: string) =>
      block('2025-03-02 09:15:04 UTC', video('a'), `Like(s): 5\nWho can view: ${word}\n`);
    const held = await lone(english('Subscribers'));
    expect(held.posts).toMatchObject([{ visibility: 'private', audience: 'Subscribers' }]);
    expect(held.setAside).toMatchObject([
      { code: 'visibility-unread', actual: 'row 1 of "Posts.txt": Subscribers', limit: 1 },
    ]);
    expect(await of(english('N/A'))).toEqual(['held: ']);
  });
});

describe('disclosures in a language with unknown labels', () => {
  const permissions = (word: string, yes: string, no: string) => [
    ...['comments', 'stitches', 'duets', 'stickers'].map((each) => `${word} ${each}: ${no}`),
    `${word} sharing to story: ${yes}`,
  ];
  const post = (...more: string[]) => `Aika: 2025-03-02 09:15:04 UTC\nOsoite: ${video('a')}\n${more.join('\n')}\n\n`;
  const told = async (...more: string[]) => {
    const { posts } = await lone(post('Tykk: 5', 'Kuka: Kaikki', ...more));
    return posts.map(({ aiGenerated, disclosure, unreadDisclosure = [] }) => [
      ...(aiGenerated ? ['made with AI'] : []),
      ...disclosure,
      ...unreadDisclosure.map((each) => `unread: ${each}`),
    ])[0];
  };
  const finnish = permissions('Salli', 'Joo', 'Ei');
  const sound = 'Ääni: alkuperäinen ääni - maya';

  test.each<[string, string[], string[]]>([
    ['nothing', [...finnish, sound, 'Lisää oma: N/A'], []],
    ['a known value', [...finnish, 'Zibbel: Deine Marke', sound], ['Your Brand']],
    [
      'two known values',
      [...finnish, 'Zibbel: Votre marque, Contenu de marque', sound],
      ['Your Brand', 'Branded Content'],
    ],
    ['Japanese values', ['いいえ：はい', '商品：自社ブランド、ブランドコンテンツ'], ['Your Brand', 'Branded Content']],
    ['a value that nobody knows', [...finnish, 'Zibbel: Zabbel', sound], ['unread: Zibbel: Zabbel']],
    [
      'one of two values that is known',
      [...finnish, 'Zibbel: Je merk, Zabbel', sound],
      ['unread: Zibbel: Je merk, Zabbel'],
    ],
    [
      'a known label with a value that nobody knows',
      [...finnish, 'Offenlegung: Zabbel', sound],
      ['Zabbel', 'unread: Zabbel'],
    ],
    ['made with AI', [...finnish, 'KI-generierter Inhalt: Ja', sound], ['made with AI']],
    ['made with AI, Russian', [...permissions('Разрешить', 'Да', 'Нет'), 'Создано ИИ: Да', sound], ['made with AI']],
    ['not made with AI', [...finnish, 'Contenuto IA: No', sound], []],
    [
      'an answer about AI that nobody knows',
      [...finnish, 'AI-sisältö: Zabbel', sound],
      ['unread: AI-generated content: Zabbel'],
    ],
    ['a sixth answer that is no permission', [...finnish, 'Zibbel: Joo', sound], ['unread: Zibbel: Joo']],
    ['a sixth permission', [...finnish, 'Salli uudelleenkäyttö: Joo', sound], []],
    [
      'a sound without an author, and a place',
      [...finnish, 'Zibbel: Zabbel', 'Paikka: N/A'],
      ['unread: Zibbel: Zabbel'],
    ],
    [
      'yes and no that nobody knows',
      [...permissions('Xyzz', 'zu', 'zi'), 'Zibbel: Zabbel', sound],
      ['unread: Zibbel: Zabbel'],
    ],
    ['a title behind the sound', [...finnish, sound, 'Otsikko: Aamu'], []],
    ['a sound before everything else', [sound, ...finnish, 'Zibbel: Zabbel'], []],
    ['no permissions, as before 2024', [sound, 'Paikka: Turku'], []],
  ])('%s', async (_, more, expected) => {
    expect(await told(...more)).toEqual(expected);
  });

  test('an unknown line among English ones is kept as a possible disclosure', async () => {
    const rest = [
      'Who can view: Everyone',
      ...permissions('Allow', 'Yes', 'No'),
      'Paid partnership: Acme',
      'Sound: x - y',
    ];
    const { posts } = await lone(block('2025-03-02 09:15:04 UTC', video('a'), rest.join('\n')));
    expect(posts).toMatchObject([{ disclosure: [], unreadDisclosure: ['Paid partnership: Acme'] }]);
  });

  test('current English exports have no unread disclosure', async () => {
    const { posts } = await readFixture('txt-2025');
    expect(posts.every((each) => each.unreadDisclosure === undefined)).toBe(true);
  });
});

test.each([
  ['captions.csv', /"captions\.csv" is a table and no export: name the ZIP.* captions, add it with --captions\./],
  ['a/b/c/captions.ods', /^"captions\.ods" is a table /],
  ['captions.TSV', /"captions\.TSV" is a table .* has your captions, add it with --captions\./],
  ['captions.xls', /"captions\.xls" is a table .* save it as CSV \(UTF-8\)/],
  ['captions.numbers', /"captions\.numbers" is a table .* save it as CSV \(UTF-8\)/],
  ['captions.csv.bak', /^No TikTok export was found here/],
  ['captions_csv', /^No TikTok export was found here/],
  ['captions.csv.xlsx', /save it as CSV \(UTF-8\), add it with --captions\./],
  ['a/captions.xlsx', /"captions\.xlsx" is a table .* captions, save it as CSV \(UTF-8\), add it with --captions\./],
])('%s instead of an export is reported by its actual type', async (name, sentence) => {
  await expect(lone('key,caption\n', name)).rejects.toThrow(sentence);
});

describe('a cover', () => {
  test.each(['Cover image', 'Omslagafbeelding', 'Titelbild', 'カバー画像'])(
    'with the label “%s” is not a photo',
    async (label) => {
      const [post] = (
        await lone(
          `Datum: 2025-03-02 09:15:04 UTC\nLink: ${photo('a')}\n${photo('b')}\nMag: 5\nWie: Iedereen\n${label}: ${photo('cover')}\n`,
        )
      ).posts;
      expect([post?.links.length, post?.coverLink?.url]).toEqual([2, photo('cover')]);
    },
  );
});

describe('names', () => {
  test.each(['Posts.txt', 'Post.txt', 'posts (1).txt', 'Videos.txt', 'Berichten.txt', 'my tiktok.txt'])(
    '%s is read',
    async (name) => {
      expect((await lone(block('2025-03-02 09:15:04 UTC', video('a')), name)).posts.length).toBe(1);
    },
  );

  test.each([
    'Videos.txt',
    'Video.txt',
    'posts copy 2.txt',
    'Posts Kopie.txt',
    'Post - copia.txt',
    'Pubblicazioni.txt',
  ])('%s is read, even if it has only pages', async (name) => {
    expect((await lone(block('2025-03-02 09:15:04 UTC', page), name)).posts).toHaveLength(1);
  });

  test.each(['Story.txt', 'Stories 2.txt', 'Verhalen.txt', 'Storie.txt', 'Historias.txt', 'Histoire.txt'])(
    'posts in %s are counted as stories',
    async (name) => {
      const one = await readExport([
        file('TikTok/Posts/Posts.txt', block('2025-03-02 09:15:04 UTC', video('a'))),
        file(`TikTok/Posts/${name}`, block('2025-03-02 09:15:04 UTC', video('b')).repeat(2)),
      ]);
      expect([one.posts.length, one.setAside]).toMatchObject([1, [{ code: 'stories-left', actual: '2 stories' }]]);
    },
  );

  test('a file with most addresses behind a login has deleted posts, whatever its name', async () => {
    const login = `https://www.tiktok.com/login/?redirect_url=${encodeURIComponent(video('x'))}`;
    const two = block('2025-03-02 09:15:04 UTC', login) + block('2025-03-01 09:15:04 UTC', login);
    expect((await lone(two + block('2025-02-01 09:15:04 UTC', video('a')), 'Renamed.txt')).deleted).toHaveLength(3);
    expect((await lone(two + block('2025-02-01 09:15:04 UTC', video('a')).repeat(3), 'Posts.txt')).deleted).toEqual([]);
  });

  test('two accounts in two folders are told by their profiles', async () => {
    const folder = (name: string, account: string, object: string) => [
      file(`${name}/TikTok/Posts/Posts.txt`, block('2025-03-02 09:15:04 UTC', video(object))),
      file(`${name}/TikTok/Profile/Profile Info.txt`, `Username: ${account}\n`),
    ];
    await expect(readExport([...folder('a', 'maya', 'x'), ...folder('b', 'tom', 'y')])).rejects.toThrow('(maya, tom)');
    const same = await readExport([...folder('a', 'maya', 'x'), ...folder('b', 'Maya', 'x')]);
    expect([same.account?.toLowerCase(), same.posts.length]).toEqual(['maya', 1]);
  });

  const page = 'https://www.tiktokv.com/share/video/7000000000000000009/';
  test.each(['Watch History.txt', 'Like List.txt', 'Favorite Videos.txt', 'Renamed.txt'])(
    '%s with pages of others is refused',
    async (name) => {
      await expect(lone(block('2025-03-02 09:15:04 UTC', page), name)).rejects.toThrow(
        /No posts in this export|No TikTok export/,
      );
    },
  );

  test.each([
    [2, '"Following 1.txt", "Following 2.txt". '],
    [8, '"Following 7.txt", "Following 8.txt". '],
    [9, '"Following 7.txt", "Following 8.txt" and more. '],
  ])('%i files without posts are named, eight at most', async (count, told) => {
    const others = Array.from({ length: count }, (_, at) => file(`Following ${at + 1}.txt`, 'Username: anna'));
    await expect(readExport(others)).rejects.toThrow(told);
  });

  test('does not read messages, although they may contain addresses', async () => {
    const messages = {
      name: 'TikTok/Directe berichten/Directe berichten.txt',
      bytes: 9,
      read: () => Promise.reject(new Error('read')),
    };
    await expect(readExport([messages])).rejects.toThrow('it holds only "Directe berichten.txt"');
  });

  test('a damaged profile or list of deleted posts does not lose the posts', async () => {
    const { ExportError } = await import('../../src/errors.ts');
    const broken = (name: string) => ({
      name,
      bytes: 9,
      read: () => Promise.reject(new ExportError(`${name} is damaged`)),
    });
    const one = await readExport([
      file('TikTok/Posts/Posts.txt', block('2025-03-02 09:15:04 UTC', video('a'))),
      broken('TikTok/Posts/Recently Deleted Posts.txt'),
      broken('TikTok/Profile and Settings/Profile Info.txt'),
    ]);
    expect(one.posts.length).toBe(1);
    expect(one.setAside.map((issue) => issue.code)).toEqual(['entry-skipped', 'entry-skipped']);
  });
});

test('a table beside other files is not taken for what was meant', async () => {
  await expect(readExport([file('captions.csv', 'a'), file('a.json', '{}')])).rejects.toThrow('No TikTok export');
});

test('of files with unusual names a hundred are opened', async () => {
  const posts = block('2025-03-02 09:15:04 UTC', video('a'));
  const all = (count: number) => [
    ...Array.from({ length: count }, (_, at) => file(`n${at}.txt`, 'words')),
    file('my tiktok.txt', posts),
  ];
  expect((await readExport(all(99))).posts).toHaveLength(1);
  await expect(readExport(all(100))).rejects.toThrow('No TikTok export');
});
