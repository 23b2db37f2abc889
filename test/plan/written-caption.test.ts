import { expect, it } from 'vitest';
import { captionText } from '../../src/plan/written-caption.ts';

const empty = { title: null, body: '', hashtags: [] };
const full = { title: 'A day', body: 'At sea.', hashtags: ['sea', 'sun'] };

it.each<[string, Parameters<typeof captionText>[0], boolean, string]>([
  ['nothing', empty, false, ''],
  ['a title, a text and hashtags', full, false, 'A day\n\nAt sea.\n\n#sea #sun\n'],
  ['hashtags that are picked from a list', full, true, 'A day\n\nAt sea.\n\n#sea\n#sun\n'],
  ['no title', { ...full, title: null }, false, 'At sea.\n\n#sea #sun\n'],
  ['a title alone', { ...empty, title: 'A day' }, false, 'A day\n'],
  [
    'replies',
    { ...full, thread: ['Then home.', 'Good night.'] },
    false,
    'A day\n\nAt sea.\n\n#sea #sun\n\n--- reply: 2 of 3 ---\n\nThen home.\n\n--- reply: 3 of 3 ---\n\nGood night.\n',
  ],
])('caption.txt with %s', (_what, caption, picked, text) => {
  expect(captionText(caption, picked)).toBe(text);
});
