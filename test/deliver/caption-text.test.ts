import { describe, expect, it } from 'vitest';
import { readCaptionText } from '../../src/deliver/caption-text.ts';

describe('readCaptionText', () => {
  it.each<[string, boolean, { title: string | null; body: string; hashtags: string[] }]>([
    ['Title\n\nBody\n\n#a #b\n', true, { title: 'Title', body: 'Body', hashtags: ['a', 'b'] }],
    ['Title\r\n\r\nBody', true, { title: 'Title', body: 'Body', hashtags: [] }],
    ['Body\n\nmore\n\n#a', false, { title: null, body: 'Body\n\nmore', hashtags: ['a'] }],
    ['#a', true, { title: '', body: '', hashtags: ['a'] }],
    ['', false, { title: null, body: '', hashtags: [] }],
  ])('%j', (text, hasTitle, expected) => {
    expect(readCaptionText(text, hasTitle)).toEqual(expected);
  });
});
