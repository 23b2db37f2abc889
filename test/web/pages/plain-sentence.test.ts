import { expect, it } from 'vitest';
import { firstSentence, plainSentence } from '../../../src/web/pages/studio/plain-sentence.ts';

it.each([
  ['an option', 'Held back (private). Add --include private to port it too.', 'Held back (private).'],
  ['an option alone', 'Add --include private.', 'Add --include private.'],
  [
    'none',
    'Its link ended on 2025-12-14. Ask for a new export.',
    'Its link ended on 2025-12-14. Ask for a new export.',
  ],
  ['a dash', 'Two -- or three.', 'Two -- or three.'],
])('a message with %s', (_what, message, plain) => expect(plainSentence(message)).toBe(plain));

it.each([
  ['two', 'Its link ended on December 11, 2025. Ask TikTok for a new export.', 'Its link ended on December 11, 2025.'],
  ['a file name', 'Damaged (media/2025-11-24_10.00.00.mp4). Give another.', 'Damaged (media/2025-11-24_10.00.00.mp4).'],
  ['a host', 'Its link works only there (www.tiktok.com).', 'Its link works only there (www.tiktok.com).'],
  ['Chinese ones', '链接已失效。请重新导出。', '链接已失效。'],
])('the first sentence of a text with %s', (_what, text, first) => expect(firstSentence(text)).toBe(first));
