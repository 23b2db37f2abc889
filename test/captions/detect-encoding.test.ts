import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { likelihoods } from '../../src/captions/detect-encoding.ts';
import { encodings } from '../../src/captions/encodings.ts';
import { typed } from './typed.ts';

describe('how likely encodings are', () => {
  const texts = typed.map(([language, , captions]) => [language, captions.join('\n')] as const);

  it.each(encodings.map(({ name }) => name))('%s is found for a text that it can store', async (name) => {
    const [, text = ''] = texts.find(([, each]) => iconv.decode(iconv.encode(each, name), name) === each) ?? [];
    expect(text).not.toBe('');
    expect((await likelihoods(iconv.encode(text, name))).get(name)?.confidence).toBeGreaterThan(0);
  });

  it.each([0, 1])(
    'is told from the first part of a long text, which may end within a character: from byte %i',
    async (from) => {
      const long = Buffer.concat([
        Buffer.alloc(from, 'x'),
        iconv.encode('今天去海边散步心情很好'.repeat(10_000), 'gb18030'),
      ]);
      expect((await likelihoods(long)).get('gb18030')).toMatchObject({ language: 'zh' });
    },
  );
});
