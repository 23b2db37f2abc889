import { describe, expect, test } from 'vitest';
import { readExport } from '../../src/exports/index.ts';
import { document, file, photo, readDocument, readFixture, readRows, row, video } from './files.ts';

const text = JSON.stringify(document([row()]));

describe('recognises generations by content', () => {
  test.each([
    ['A', 2, 0],
    ['B', 2, 0],
    ['C', 1, 0],
    ['D', 2, 1],
    ['E', 3, 0],
  ])('%s', async (generation, posts, deleted) => {
    const one = await readFixture(`generation-${generation.toLowerCase()}.json`);
    expect(one).toMatchObject({ format: 'tiktok-json', generation, account: 'maya', setAside: [] });
    expect([one.posts.length, one.deleted.length]).toEqual([posts, deleted]);
  });

  test.each<[string, unknown, string]>([
    ['likes as numbers', [{ Date: '2021-03-02 09:15:04', Likes: 7 }], 'A'],
    ['addresses under VideoLink', [{ Date: '2021-03-02 09:15:04', VideoLink: '', Likes: '7' }], 'A'],
    ['addresses under Link, likes as text', [{ Date: '2022-03-02 09:15:04', Link: '', Likes: '7' }], 'B'],
    ['a first row that is none', [null, { Date: '2021-03-02 09:15:04', Likes: 7 }], 'A'],
    ['no rows', [], 'B'],
    ['null for rows', null, 'B'],
  ])('Video.Videos with %s', async (_, VideoList, generation) => {
    const one = await readDocument({ Video: { Videos: { VideoList } } });
    expect([one.generation, one.account]).toEqual([generation, null]);
  });

  test.each([
    ['Post alone', { Post: {} }, 'D'],
    ['Post beside Profile And Settings', { Post: {}, 'Profile And Settings': {} }, 'E'],
    ['Post beside Your Activity', { Post: {}, 'Your Activity': {} }, 'E'],
    ['Post with stories', { Post: { Story: {} } }, 'E'],
    ['Video with deleted posts', { Video: { RecentlyDeletedPosts: {} } }, 'C'],
    ['Post beside Video', { Post: {}, Video: {} }, 'D'],
  ])('%s', async (_, value, generation) => {
    expect((await readDocument(value)).generation).toBe(generation);
  });

  test.each([
    [
      'Profile And Settings.Profile Info',
      { 'Profile And Settings': { 'Profile Info': { ProfileMap: { userName: ' maya ' } } } },
    ],
    ['Profile.Profile Info', { Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } } }],
    ['Profile.Profile Information', { Profile: { 'Profile Information': { ProfileMap: { userName: 'maya' } } } }],
    [
      'the newer of two places',
      {
        Profile: { 'Profile Information': { ProfileMap: { userName: 'old' } } },
        'Profile And Settings': { 'Profile Info': { ProfileMap: { userName: 'maya' } } },
      },
    ],
  ])('the account name in %s', async (_, profile) => {
    expect((await readDocument({ Post: {}, ...profile })).account).toBe('maya');
  });

  test.each([
    ['Posts', 'VideoList'],
    ['Posts', 'PostList'],
    ['Posts', 'PhotoList'],
    ['Post', 'VideoList'],
    ['Post', 'PostList'],
    ['Post', 'PhotoList'],
    ['Posted Videos', 'VideoList'],
  ])('rows in Post.%s.%s, and their name in an issue', async (part, list) => {
    const one = await readDocument({ Post: { [part]: { [list]: [row(), null] } } });
    expect(one.posts).toHaveLength(1);
    expect(one.setAside).toMatchObject([{ actual: `row 2 of Post.${part}.${list}: it is no record` }]);
  });

  test('deleted rows, and their name in an issue', async () => {
    const rows = { PostList: [row(), null] };
    const late = await readDocument({ Post: { 'Recently Deleted Posts': rows } });
    const early = await readDocument({
      Video: { RecentlyDeletedPosts: rows, Videos: { VideoList: [row({ Link: video('two') }), 7] } },
    });
    expect([late.deleted.length, early.deleted.length, early.posts.length]).toEqual([1, 1, 1]);
    expect(late.setAside).toMatchObject([{ actual: 'row 2 of Post.Recently Deleted Posts.PostList: it is no record' }]);
    expect(early.setAside).toMatchObject([
      { actual: 'row 2 of Video.Videos.VideoList: it is no record' },
      { actual: 'row 2 of Video.RecentlyDeletedPosts.PostList: it is no record' },
    ]);
  });

  test.each(
    'Post Video Activity YourActivity Profile ProfileAndSettings DirectMessage DirectMessages Comment Comments AppSettings AdsAndData AdInterests LikesAndFavorites TikTokLive TikTokShop TikTokShopping Shopping IncomeWallet IncomeWalletTransactions LocationReview OffTikTokActivity'.split(
      ' ',
    ),
  )('a document with only %s is TikTok’s', async (part) => {
    const read = readDocument({ [part]: null, other: 1 });
    if (part === 'Post' || part === 'Video') expect((await read).posts).toEqual([]);
    else await expect(read).rejects.toThrow(`holds only "${part}", "other". Ask TikTok`);
  });

  test('reads every field of a post', async () => {
    const [post] = (await readFixture('generation-e.json')).posts;
    expect(post).toMatchObject({
      key: '2025-11-20_10-00-00',
      time: Date.UTC(2025, 10, 20, 10) / 1000,
      kind: 'photos',
      visibility: 'everyone',
      title: 'Three boats',
      sound: null,
      location: null,
      likes: 40,
      aiGenerated: false,
      disclosure: [],
    });
    expect(post?.links.map((link) => link.expiresAt)).toEqual([1764593351, 1764593351, 1764593351]);
    expect(post?.coverLink?.url).toContain('cover');
  });

  test('reads exports of 2021: likes as numbers, addresses under VideoLink', async () => {
    const { posts } = await readFixture('generation-a.json');
    expect(posts.map(({ likes, visibility, links }) => [likes, visibility, links[0]?.kind])).toEqual([
      [7, 'unknown', 'media'],
      [3, 'unknown', 'page'],
    ]);
  });
});

describe('a photo post', () => {
  test.each([
    ['separated by line breaks', [photo('a'), photo('b')].join('\n'), 2],
    ['separated by Windows line breaks', [photo('a'), photo('b')].join('\r\n'), 2],
    ['separated by spaces', [photo('a'), photo('b'), photo('c')].join('  '), 3],
    ['in a list', [photo('a'), photo('b')], 2],
    ['of one photo', photo('a'), 1],
    ['of hosts never seen', 'https://a.example/1 https://b.example/2', 2],
  ])('%s', async (_, Link, count) => {
    const [post] = (await readRows([row({ Link })])).posts;
    expect([post?.kind, post?.links.length]).toEqual(['photos', count]);
  });

  test('reads several copies of one video as a video', async () => {
    const [post] = (await readRows([row({ Link: `${video('a')} ${video('b')}` })])).posts;
    expect([post?.kind, post?.links.length]).toEqual(['video', 1]);
  });

  test('reports an invalid address and keeps the photos beside it', async () => {
    const one = await readRows([row({ Link: `${photo('a')} nonsense ${photo('b')}` })]);
    expect(one.posts[0]?.links.length).toBe(2);
    expect(one.setAside).toMatchObject([
      { code: 'link-unreadable', actual: 'row 1 of Post.Posts.VideoList: address 2' },
    ]);
  });
});

describe('tolerates unusual values', () => {
  test.each([
    ['null', null],
    ['an empty list', []],
    ['an empty object', {}],
    ['empty text', ''],
  ])('a list of posts that is %s is empty', async (_, rows) => {
    expect(await readRows(rows)).toMatchObject({ posts: [], setAside: [] });
  });

  test.each([
    ['Post is null', { Profile: {}, Post: null }],
    ['Post is a list', { Profile: {}, Post: [] }],
    ['Posts is missing', { Profile: {}, Post: {} }],
    ['Posts is null', { Profile: {}, Post: { Posts: null } }],
  ])('%s', async (_, value) => {
    expect((await readDocument(value)).posts).toEqual([]);
  });

  test.each([
    ['keys in lower case', { date: '2025-03-02 09:15:04', link: video('one'), whocanview: 'Everyone' }],
    ['keys in upper case', { DATE: '2025-03-02 09:15:04', LINK: video('one'), WHO_CAN_VIEW: 'Everyone' }],
    ['an unknown key', row({ NewField: { deep: [1] } })],
    ['an empty Link beside a VideoLink', row({ Link: '', VideoLink: video('one') })],
  ])('%s', async (_, one) => {
    expect((await readRows([one])).posts).toMatchObject([
      { key: '2025-03-02_09-15-04', visibility: 'everyone', links: [{ kind: 'media' }] },
    ]);
  });

  test.each(['', 'N/A', 'None', ' - ', null, [], {}, 7])('%j as a text becomes null', async (nothing) => {
    const [post] = (await readRows([row({ Sound: nothing, Title: nothing, Location: nothing })])).posts;
    expect(post).toMatchObject({ sound: null, title: null, location: null });
  });

  test.each([
    ['12', 12],
    [12, 12],
    ['N/A', null],
    [-1, null],
    ['1e3', null],
    [null, null],
  ])('likes of %j', async (Likes, likes) => {
    expect((await readRows([row({ Likes })])).posts[0]?.likes).toBe(likes);
  });

  test.each([
    ['Everyone', 'everyone'],
    ['everyone ', 'everyone'],
    ['Only You', 'private'],
    ['Friends', 'friends'],
    ['', 'unknown'],
    ['N/A', 'unknown'],
    ['Close friends of tomorrow', 'private'],
    [{}, 'unknown'],
    [7, 'private'],
  ])('who can view: %j', async (WhoCanView, visibility) => {
    expect((await readRows([row({ WhoCanView })])).posts[0]?.visibility).toBe(visibility);
  });

  test('holds and reports a post with an unknown audience', async () => {
    expect((await readRows([row({ WhoCanView: 'Club' })])).setAside).toMatchObject([
      { code: 'visibility-unread', actual: 'row 1 of Post.Posts.VideoList: Club' },
    ]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['says nothing', { WhoCanView: '' }, 'nothing, though it says so of others'],
    ['says null', { WhoCanView: null }, 'nothing, though it says so of others'],
    ['says N/A', { WhoCanView: 'N/A' }, 'nothing, though it says so of others'],
    ['has no such key', { WhoCanView: undefined }, 'nothing, though it says so of others'],
    ['has it twice', { whoCanView: 'Only You' }, 'Everyone / Only You'],
    ['has it twice, once as a record', { whoCanView: { toString: 1 } }, 'not a text'],
    [
      'has it under a new key in new words',
      { WhoCanView: undefined, Audience: 'Club' },
      'nothing, though it says so of others',
    ],
  ])('holds a post whose row %s, if other rows have an audience', async (_, odd, told) => {
    const { posts, setAside } = await readRows([
      row({ Date: '2025-03-03 09:15:04', Link: video('two') }),
      row(odd),
      row({ Date: '2025-03-01 09:15:04', Link: video('three'), WhoCanView: 'Friends' }),
    ]);
    expect(posts.map(({ visibility }) => visibility)).toEqual(['everyone', 'private', 'friends']);
    expect(setAside).toMatchObject([
      { code: 'visibility-unread', actual: `row 2 of Post.Posts.VideoList: ${told}`, limit: 1 },
    ]);
  });

  test('of audiences in unknown words fifty are told apart, the rest is counted with the last', async () => {
    const rows = Array.from({ length: 53 }, (_, at) =>
      row({
        Date: `2025-03-02 09:${59 - at}:00`.replace(/:(\d):/, ':0$1:'),
        WhoCanView: `Club ${Math.max(0, at - 1)}`,
      }),
    );
    const { setAside } = await readRows(rows);
    expect(setAside).toHaveLength(50);
    expect([setAside[0]?.limit, setAside[1]?.limit, setAside[49]?.limit]).toEqual([2, 1, 3]);
    expect(setAside[0]?.actual).toBe('row 1 of Post.Posts.VideoList: Club 0');
  });

  test.each([
    ['an empty audience under a second key', { whoCanView: '' }],
    ['no audience under a second key', { whoCanView: null }],
    ['an address under a second key', { VideoLink: video('two') }],
    ['likes under a second key', { ReceivedLikes: '7' }],
  ])('%s changes nothing', async (_, more) => {
    expect(await readRows([row(more)])).toEqual(await readRows([row()]));
  });

  test('an audience under two keys that agree counts once', async () => {
    expect((await readRows([row({ whoCanView: 'Everyone' })])).posts[0]?.visibility).toBe('everyone');
  });

  test.each<[Record<string, unknown>, string]>([
    [{ PrivacySetting: 'Only You' }, 'private'],
    [{ Audience: 'Friends' }, 'friends'],
    [{ Audience: 'Everyone' }, 'everyone'],
    [{ AllowComments: 'Friends', Title: 'Friends' }, 'unknown'],
  ])('%j, in a row without WhoCanView: %s', async (more, visibility) => {
    expect((await readRows([row({ WhoCanView: undefined, ...more })])).posts[0]?.visibility).toBe(visibility);
  });

  test('reads disclosures and the AI label', async () => {
    const [post] = (await readFixture('generation-d.json')).posts;
    expect(post).toMatchObject({ disclosure: ['Your Brand', 'Branded Content'], aiGenerated: true });
  });

  test.each([
    ['a byte-order mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16', Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    [
      'Windows line breaks',
      new TextEncoder().encode(JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n')),
    ],
  ])('reads a file with %s', async (_, bytes) => {
    expect((await readExport([file('user_data.json', bytes)])).posts.length).toBe(1);
  });

  test.each([
    'user_data.json',
    'user_data_tiktok (1).json',
    'maya.json',
    'TikTok/User_Data_TikTok.JSON',
    'old\\user_data.json',
  ])('reads a file named %s', async (name) => {
    expect((await readExport([file(name, text)])).posts.length).toBe(1);
  });

  test('treats a missing, blank or numeric user name as none', async () => {
    for (const name of [null, '', 'N/A', 7]) {
      expect((await readDocument(document([row()], [], name))).account).toBeNull();
    }
  });
});

describe('an unreadable row becomes an issue with its number', () => {
  test.each([
    ['null', null, 'it is no record'],
    ['a number', 7, 'it is no record'],
    ['a list', [], 'it is no record'],
    ['an empty object', {}, 'it has no date'],
    ['no date', row({ Date: 'N/A' }), 'it has no date'],
    ['an impossible date', row({ Date: '2025-02-30 00:00:00' }), 'its date cannot be read'],
    ['a date of another kind', row({ Date: { seconds: 1 } }), 'its date cannot be read'],
  ])('%s', async (_, bad, reason) => {
    const one = await readRows([row(), bad, row({ Link: video('two') })]);
    expect(one.posts.length).toBe(2);
    expect(one.setAside).toEqual([
      { code: 'row-unreadable', severity: 'warning', actual: `row 2 of Post.Posts.VideoList: ${reason}`, limit: null },
    ]);
  });

  test('reports a list of posts that is text', async () => {
    expect((await readRows('hello')).setAside).toMatchObject([{ code: 'row-unreadable' }]);
  });

  test('reads a list stored as an object with numeric keys', async () => {
    expect((await readRows({ 0: row(), 1: row({ Link: video('two') }) })).posts.length).toBe(2);
  });
});

describe('refuses documents without posts with a message', () => {
  const reading = (value: unknown) => readDocument(value);
  const watched = { VideoList: [row()] };

  test.each([
    ['watch history of generation A-D', { Activity: { 'Video Browsing History': watched } }],
    ['watch history of generation E', { 'Your Activity': { 'Watch History': watched } }],
    [
      'likes',
      { Activity: { 'Like List': { ItemFavoriteList: [row()] }, 'Favorite Videos': { FavoriteVideoList: [row()] } } },
    ],
    ['favourites', { 'Likes and Favorites': { 'Favorite Videos': watched, Posts: watched } }],
    ['messages', { 'Direct Messages': { Posts: watched } }],
  ])('%s never becomes posts', async (_, value) => {
    await expect(reading(value)).rejects.toThrow(
      /No posts in this export: .* holds only .*choose "All data" or tick "Posts"/,
    );
  });

  test('names the parts that a partial export contains', async () => {
    await expect(reading({ Activity: {}, Comment: {} })).rejects.toThrow('holds only "Activity", "Comment"');
  });

  test.each([
    ['another program', { name: 'x', version: 1 }],
    ['a list', [row()]],
    ['null', null],
    ['a lone VideoList', { VideoList: [row()] }],
  ])('refuses a document of %s', async (_, value) => {
    await expect(reading(value)).rejects.toThrow('No TikTok export was found here');
  });

  test('reports invalid JSON by line and column', async () => {
    await expect(readExport([file('user_data.json', '{\n"Post": {,}')])).rejects.toThrow(
      '"user_data.json" is not valid JSON: line 2, column 10: expected a name in double quotes.',
    );
  });

  test('refuses an empty archive', async () => {
    await expect(readExport([])).rejects.toThrow('No TikTok export was found here');
  });
});

describe('several files in one archive', () => {
  test('reads a copy of the same export once', async () => {
    const one = await readExport([file('user_data_tiktok.json', text), file('user_data_tiktok (1).json', text)]);
    expect(one.posts.length).toBe(1);
  });

  test('merges a copy of an export without an account name', async () => {
    const nameless = JSON.stringify(document([row()], [], null));
    const other = JSON.stringify(document([row({ Link: video('two') })], [], null));
    expect(
      (await readExport([file('user_data.json', nameless), file('user_data (1).json', nameless)])).posts.length,
    ).toBe(1);
    await expect(readExport([file('user_data.json', nameless), file('user_data (1).json', other)])).rejects.toThrow(
      'give port each one on its own',
    );
  });

  test('reports a broken copy and reads the intact one', async () => {
    const one = await readExport([file('user_data (1).json', '{'), file('user_data.json', text)]);
    expect(one.posts.length).toBe(1);
    expect(one.setAside).toMatchObject([{ code: 'entry-skipped' }]);
  });

  test('refuses exports of two accounts', async () => {
    const other = JSON.stringify(document([row()], [], 'tom'));
    await expect(readExport([file('user_data.json', text), file('b/user_data.json', other)])).rejects.toThrow(
      '(maya, tom)',
    );
  });

  test.each([
    ['two named accounts', 'tom', '(maya, tom): give port each one on its own.'],
    [
      'a named one and one without a name',
      null,
      '(maya, one without a name): give port each one on its own. If they are of one account, name it with --account.',
    ],
  ])('the refusal of %s names them, and --account where it helps', async (_, account, told) => {
    const other = JSON.stringify(document([row({ Date: '2025-03-05 00:00:00', Link: video('two') })], [], account));
    const files = [file('user_data.json', text), file('b/user_data.json', other)];
    const message = await readExport(files).catch((error: Error) => error.message);
    expect(message).toMatch(new RegExp(`${told.replace(/[().]/g, '\\$&')}$`));
  });

  describe('a file under a name that is not usual', () => {
    const rowsOf = (account: string | null) => JSON.stringify(document([row()], [], account));
    const profile = JSON.stringify({ Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } } });
    test.each<[string, Record<string, string>, boolean]>([
      ['posts without a name', { 'user_data.json': rowsOf(null) }, true],
      ['posts with a name', { 'user_data.json': rowsOf('maya') }, false],
      [
        'posts without a name and posts with one',
        { 'user_data.json': rowsOf('maya'), 'user_data (1).json': rowsOf(null) },
        false,
      ],
      [
        'posts without a name and a profile',
        { 'user_data.json': rowsOf(null), 'user_data_profile.json': profile },
        false,
      ],
      ['nothing', {}, true],
    ])('beside %s is opened only if it may say more', async (_, usual, isOpened) => {
      let opened = 0;
      const other = file('others.json', rowsOf('maya'));
      const watched = {
        ...other,
        read: (maxBytes: number) => {
          opened++;
          return other.read(maxBytes);
        },
      };
      const files = Object.entries(usual).map(([name, content]) => file(name, content));
      await readExport([...files, watched]);
      expect(opened > 0).toBe(isOpened);
    });
  });

  test('ignores macOS resource forks and sidecars of yt-dlp', async () => {
    const poison = { name: '__MACOSX/._user_data.json', bytes: 1, read: () => Promise.reject(new Error('read')) };
    const sidecar = { name: 'video.info.json', bytes: 1, read: () => Promise.reject(new Error('read')) };
    expect((await readExport([poison, sidecar, file('maya.json', text)])).posts.length).toBe(1);
  });
});

describe('parts of one export in one folder', () => {
  const part = (account: string | null, ...rows: unknown[]) => {
    const { Profile, ...rest } = document(rows, [], account);
    return JSON.stringify(account === null ? rest : { Profile, ...rest });
  };
  const profile = JSON.stringify({ 'Profile And Settings': { 'Profile Info': { ProfileMap: { userName: 'maya' } } } });
  const other = row({ Date: '2025-03-05 00:00:00' });
  const two = row({ Link: video('two') });

  test.each([
    ['numbered', ['06_posts_p01_of_02.json', '06_posts_p02_of_02.json']],
    ['numbered otherwise', ['posts part 1.json', 'posts part 2.json']],
    ['with numbers alone', ['posts_1.json', 'posts_2.json']],
  ])('joins %s, with the profile in another file', async (_, [one = '', another = '']) => {
    const files = [file(one, part(null, row())), file(another, part(null, two)), file('profile.json', profile)];
    for (const order of [files, files.toReversed()]) {
      const read = await readExport(order);
      expect([read.account, read.posts.length]).toEqual(['maya', 2]);
    }
  });

  test('does not join numbered parts of two accounts', async () => {
    const parts = [file('posts part 1.json', part('maya', row())), file('posts part 2.json', part('tom', two))];
    await expect(readExport(parts)).rejects.toThrow('(maya, tom)');
  });

  test('joins numbered parts of which one has the account name, in any case', async () => {
    const parts = [file('posts part 1.json', part('maya', row())), file('posts part 2.json', part('Maya', two))];
    expect((await readExport(parts)).posts.length).toBe(2);
  });

  test('two exports without names and addresses are one only if they list the same posts', async () => {
    const bare = row({ Link: 'N/A' });
    const later = row({ Link: 'N/A', Date: '2025-03-04 00:00:00' });
    const both = (...second: unknown[]) =>
      readExport([file('user_data.json', part(null, bare, later)), file('user_data (1).json', part(null, ...second))]);
    expect((await both(bare, later)).posts.length).toBe(2);
    await expect(both(bare)).rejects.toThrow('give port each one on its own');
    await expect(both(bare, row({ Link: 'N/A', Date: '2025-03-05 00:00:00' }))).rejects.toThrow('each one on its own');
  });

  test('joins numbered parts without an account name', async () => {
    const read = await readExport([file('p1of2.json', part(null, row())), file('p2of2.json', part(null, two))]);
    expect([read.account, read.posts.length]).toEqual([null, 2]);
  });

  test('merges two exports without an account name that share a post', async () => {
    const read = await readExport([file('a.json', part(null, row())), file('b.json', part(null, row(), other))]);
    expect(read.posts.length).toBe(2);
  });

  test('does not join a second download of another account', async () => {
    const files = [
      file('user_data_tiktok.json', part(null, row())),
      file('user_data_tiktok (1).json', part(null, other)),
    ];
    await expect(readExport([...files, file('profile.json', profile)])).rejects.toThrow('--account');
    expect((await readExport(files, 'maya')).posts.length).toBe(2);
  });

  test('takes the user name from a profile beside the posts', async () => {
    const read = await readExport([file('user_data_tiktok.json', part(null, row())), file('profile.json', profile)]);
    expect(read.account).toBe('maya');
  });
});

describe('a second app in the same ZIP', () => {
  const lemon = (more: object) =>
    JSON.stringify({ Profile: { 'Profile Information': { ProfileMap: { userName: 'maya_lemon' } } }, ...more });
  test.each([
    ['without posts', {}],
    ['with an empty list', { Post: { Posts: { VideoList: null } } }],
    ['with posts', { Post: { Posts: { PostList: [row({ Link: photo('x') })] } } }],
  ])('%s is reported and ignored', async (_, more) => {
    const one = await readExport([file('user_data_lemon8.json', lemon(more)), file('user_data_tiktok.json', text)]);
    expect([one.account, one.posts.length]).toEqual(['maya', 1]);
    expect(one.setAside).toMatchObject([{ code: 'other-app', actual: 'user_data_lemon8.json', limit: 'Lemon8' }]);
  });

  test('data of another app alone is refused as no TikTok export', async () => {
    await expect(readExport([file('user_data_lemon8.json', lemon({}))])).rejects.toThrow('only data of Lemon8');
  });

  test('an empty export of an unknown app does not block the other', async () => {
    const one = await readExport([
      file('user_data_new.json', lemon({ Post: {} })),
      file('user_data_tiktok.json', text),
    ]);
    expect(one.account).toBe('maya');
    expect(one.setAside).toMatchObject([{ code: 'entry-skipped' }]);
  });
});

describe('content that is reported but not ported', () => {
  test.each([
    ['a list', { StoryList: [row(), row({ Link: photo('s') })] }, '2 stories'],
    ['a list of its own', [row()], '1 story'],
    ['lists by day', { '2025-03-02': { Items: [row()] }, '2025-03-03': { Items: [row(), row()] } }, '3 stories'],
  ])('counts stories in %s', async (_, Story, actual) => {
    const value = document([row()]);
    const one = await readDocument({ ...value, Post: { ...(value['Post'] as object), Story } });
    expect(one.posts.length).toBe(1);
    expect(one.setAside).toMatchObject([{ code: 'stories-left', actual }]);
  });

  test.each([{}, null, [], { StoryList: null }, ''])('counts no story in %j', async (Story) => {
    const value = document([row()]);
    expect((await readDocument({ ...value, Post: { ...(value['Post'] as object), Story } })).setAside).toEqual([]);
  });

  test.each([
    ['a video, then photos', [video('v'), photo('a'), photo('b')], 'video', 1, { videos: 0, photos: 2 }],
    ['a video among photos', [photo('a'), video('v'), photo('b')], 'photos', 2, { videos: 1, photos: 0 }],
  ])('%s', async (_, links, kind, count, leftOut) => {
    const one = await readRows([row({ Link: links.join('\n') })]);
    expect(one.posts.map((post) => [post.kind, post.links.length, post.leftOut])).toEqual([[kind, count, leftOut]]);
    expect(one.setAside).toMatchObject([{ code: 'mixed-post' }]);
  });
});

describe('key names of the Data Portability API', () => {
  test('reads a post with these keys', async () => {
    const { Link, Likes, ...rest } = row();
    const portable = {
      ...rest,
      'Posted Video Download Link': Link,
      'Received Likes num': Likes,
      'Number of Collections': '2',
    };
    expect((await readRows([portable])).posts).toMatchObject([{ likes: 12, links: [{ kind: 'media' }] }]);
  });

  test.each([
    ['Post twice', { Post: { VideoList: [row()] } }],
    ['a list of another name', { Posts: { PostList: [row()] } }],
  ])('%s', async (_, Post) => {
    expect((await readDocument({ Post })).posts.length).toBe(1);
  });
});

test('reports a web page instead of JSON', async () => {
  await expect(readExport([file('user_data.json', '<!DOCTYPE html><html>')])).rejects.toThrow('is a web page');
});
