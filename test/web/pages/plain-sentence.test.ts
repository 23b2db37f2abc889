import { expect, it } from 'vitest';
import { plainSentence } from '../../../src/web/pages/studio/plain-sentence.ts';

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
