import { describe, expect, test } from 'vitest';
import { readExport } from '../../src/exports/index.ts';
import { file, video } from './files.ts';

const posts = `Date: 2025-03-02 09:15:04 UTC\nLink: ${video('a')}\n`;
const login = `https://www.tiktok.com/login/?redirect_url=${encodeURIComponent(video('x'))}`;
const deleted = `Date: 2025-01-20 07:30:00 UTC\nLink: ${login}\n`;

describe('of a TXT export without a file of posts', () => {
  test.each([
    ...['Message List', 'Direct Messages', 'Directe Berichten', 'Direct-Berichten', 'Chat', 'Comments'],
    ...['Watch History', 'Kijkgeschiedenis', 'Cronologia', 'Like List', 'Vind-ik-leuks', 'Favorites', 'Favourites'],
    ...['Followers', 'Block List', 'Searches', 'Logins', 'Purchases', 'Share', 'Hashtags', 'Effects', 'Sounds'],
    ...['Status', 'Settings', 'Go Live', 'Shop', 'Transactions', 'Profile Info', 'Perfil'],
  ])('%s.txt is not opened to look for posts', async (name) => {
    const one = await readExport([
      file('my tiktok.txt', posts),
      { name: `${name}.txt`, bytes: 2e6, read: () => Promise.reject(new Error(`${name} was opened`)) },
    ]);
    expect(one.posts).toMatchObject([{ key: '2025-03-02_09-15-04' }]);
  });

  test.each([
    ...['Watch History', 'Video Browsing History', 'Like List', 'Login History', 'Profile Info', 'Direct Message'],
    ...['Direct Messages', 'Directe Berichten', 'Search History', 'Following', 'Follower 2'],
  ])('%s.txt shows that it is TikTok’s', async (name) => {
    await expect(readExport([file(`${name}.txt`, 'words')])).rejects.toThrow(`it holds only "${name}.txt"`);
  });

  test('files of others are not named in the refusal', async () => {
    const files = ['Notes', 'Following', 'Shopping list'].map((name) => file(`${name}.txt`, 'words'));
    await expect(readExport(files)).rejects.toThrow('it holds only "Following.txt". ');
  });

  test.each(['My Watch History', 'Likes', 'Notes', 'Professor', 'Perfil'])('%s.txt does not', async (name) => {
    await expect(readExport([file(`${name}.txt`, 'words')])).rejects.toThrow('No TikTok export');
  });

  test.each(['Prof', 'Profil', 'Perfil'])('%s.txt with a user name shows that it is TikTok’s', async (name) => {
    await expect(readExport([file(`${name}.txt`, 'Username: maya\n')])).rejects.toThrow(`holds only "${name}.txt"`);
  });
});

test.each([
  ['Recently Deleted Posts', 1],
  ['RecentlyDeletedPosts 2', 1],
  ['recently_deleted_posts (12)', 1],
  ['Recently Deleted Posts 123', 0],
  ['My Recently Deleted Posts', 0],
  ['Deleted Posts', 0],
])('beside posts, %s.txt has %i deleted posts', async (name, count) => {
  const one = await readExport([file('TikTok/Posts/Posts.txt', posts), file(`TikTok/Posts/${name}.txt`, deleted)]);
  expect([one.posts.length, one.deleted.length]).toEqual([1, count]);
});

test.each([
  ['Posts 12', 1],
  ['Posts 123', 0],
  ['My Posts', 0],
  ['Posts of May', 0],
])('beside another file of posts, %s.txt has %i posts', async (name, count) => {
  const more = posts.replace('03-02', '03-01').replace(video('a'), video('b'));
  const one = await readExport([file('TikTok/Posts/Posts.txt', posts), file(`TikTok/Posts/${name}.txt`, more)]);
  expect(one.posts).toHaveLength(1 + count);
});

test.each([
  ['Story 12', 1],
  ['Story 123', 0],
  ['My Story', 0],
])('beside posts, %s.txt has %i stories', async (name, count) => {
  const story = posts.replace('03-02', '03-01');
  const one = await readExport([file('TikTok/Posts/Posts.txt', posts), file(`TikTok/Posts/${name}.txt`, story)]);
  expect(one.setAside.filter(({ code }) => code === 'stories-left')).toHaveLength(count);
});
