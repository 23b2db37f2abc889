import { expect, test } from 'vitest';
import { readExport } from '../../src/exports/index.ts';
import { accountIn } from '../../src/exports/profile-text.ts';
import { file, video } from './files.ts';

const photo = 'https://p16-sign-sg.tiktokcdn.com/tos-alisg-avt-0068/abc.jpeg?x-expires=1&x-signature=a';

test.each([
  ['the first line', 'Username: maya\nEmail: m@example.org\n', 'maya'],
  [
    'behind photo and video',
    `Profile Photo: ${photo}\nProfile Video: None\nUsername: maya\nTelephone Number: +15550100\n`,
    'maya',
  ],
  ['in Dutch', `Profielfoto: ${photo}\nProfielvideo: Geen\nGebruikersnaam: maya\n`, 'maya'],
  ['in Japanese, with wide colons', `プロフィール写真：${photo}\nユーザー名：maya\n`, 'maya'],
  ['in Dutch, behind another name', 'Bijnaam: zeemeeuw\nGebruikersnaam: maya\n', 'maya'],
  ['in Swedish, behind another name, without capitals', 'Smeknamn: trut\nanvändarnamn: maya\n', 'maya'],
  ['in Chinese, behind another name', '昵称：海鸥\n用户名：maya\n', 'maya'],
  ['in Ukrainian, with an apostrophe of a phone', 'Псевдонім: чайка\nІм’я користувача: maya\n', 'maya'],
  ['in Arabic, with marks of direction', `\u200fصورة: ${photo}\n\u200fاسم المستخدم\u200f: \u200emaya\u200e\n`, 'maya'],
  [
    'under no known label, before the telephone',
    `A: ${photo}\nB: zilch\nC: maya.x\nD: +1 555 0100\nE: m@example.org\n`,
    'maya.x',
  ],
  [
    'under no known label, before the e-mail address',
    `A: ${photo}\nB: zilch\nC: maya.x\nD: N/A\nE: m@example.org\n`,
    'maya.x',
  ],
  ['under no known label, with hidden digits', 'A: zilch\nC: maya.x\nD: +1******00\nE: N/A\n', 'maya.x'],
  ['under no known label, with nothing around', `A: ${photo}\nB: None\nC: maya.x\n`, 'maya.x'],
  [
    'under no known label, with a sentence that holds an e-mail address',
    'A: zilch\nB: one\nC: maya.x\nE: to mail@example.org now\n',
    'zilch',
  ],
  ['before an e-mail address of several letters', 'A: x y\nB: 1 2\nC: maya.x\nE: mail@mail.example.org\n', 'maya.x'],
  ['before a telephone number in brackets', 'A: zilch\nC: maya.x\nD: (030) 123456\n', 'maya.x'],
  ['with an at sign', 'Username: @maya\n', 'maya'],
  ['that is not told', 'Username: N/A\nEmail: m@example.org\n', null],
  ['that is a sentence', 'Username: hello there\n', null],
  ['in a profile that is empty', 'You have no data in this section\n', null],
])('a user name %s', (_, text, account) => {
  expect(accountIn(text)).toBe(account);
});

const posts = `Date: 2025-03-02 09:15:04 UTC\nLink: ${video('a')}\n\n`;

test('a profile in another ZIP names the account of the posts', async () => {
  const one = await readExport([
    file('a.zip/TikTok/Posts/Posts.txt', posts),
    file('b.zip/TikTok/Profile and Settings/Profile Info.txt', 'Username: maya\n'),
  ]);
  expect(one.account).toBe('maya');
});

test('a profile without posts reports whose export it is', async () => {
  await expect(readExport([file('Profile Info.txt', 'Username: maya\n')])).rejects.toMatchObject({
    name: 'NoPostsError',
    account: 'maya',
  });
});

test('a TXT export of a second app is reported and ignored', async () => {
  const one = await readExport([
    file('TikTok/Posts/Posts.txt', posts),
    file('TikTok/Profile and Settings/Profile Info.txt', 'Username: maya\n'),
    file('Lemon8/Posts/Posts.txt', 'You have no data in this section\n'),
    file('Lemon8/Profile and Settings/Profile Info.txt', 'Username: maya_lemon\n'),
  ]);
  expect([one.account, one.posts.length]).toEqual(['maya', 1]);
  expect(one.setAside).toMatchObject([{ code: 'other-app', limit: 'Lemon8' }]);
});

test('stories in TXT are counted', async () => {
  const one = await readExport([file('TikTok/Posts/Posts.txt', posts), file('TikTok/Posts/Story.txt', posts)]);
  expect([one.posts.length, one.setAside]).toMatchObject([1, [{ code: 'stories-left', actual: '1 story' }]]);
});
