import { expect, it } from 'vitest';
import { otherKinds } from '../../src/originals/other-kinds.ts';

const names = (name: string) => otherKinds([{ name }]).map((each) => each.name);

it('the file itself is reported, under the name of a video and of a photo', () => {
  const file = { name: 'x/a.rm', bytes: 7 };
  expect(otherKinds([file]).map((each) => [each.file, each.name])).toEqual([
    [file, 'x/a.mp4'],
    [file, 'x/a.jpg'],
  ]);
});

it.each<[string, string[]]>([
  ['a.abcdefgh', ['a.mp4', 'a.jpg']],
  ['a.abcdefghi', ['a.abcdefghi.mp4', 'a.abcdefghi.jpg']],
  ['a.part 1', ['a.part 1.mp4', 'a.part 1.jpg']],
  ['a.txt.rm', ['a.txt.mp4', 'a.txt.jpg']],
  ['a.txt2', ['a.mp4', 'a.jpg']],
  ['atxt', ['atxt.mp4', 'atxt.jpg']],
  ['mp3', ['mp3.mp4', 'mp3.jpg']],
  ['a.z1', ['a.mp4', 'a.jpg']],
  ['__MACOSX/a.rm', []],
])('%s is compared as %j', (name, expected) => {
  expect(names(name)).toEqual(expected);
});

it.each<[string, string]>([
  ['a.abcdefghi', 'Its name does not say what it is: add the right ending (.mp4, say) and run port again.'],
  ['a.RM', 'port does not open .rm files. Save it as MP4, give it with --media and run port again.'],
  ['a.heic', 'It is a picture (.heic), and the post is a video.'],
  ['a.MOV', 'It is a video (.mov), and the post is made of photos.'],
])('why %s is not taken', (name, why) => {
  expect(otherKinds([{ name }])[0]?.why).toBe(why);
});
