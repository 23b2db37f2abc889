import { expect, it } from 'vitest';
import { renditionsOf, stillDeclared } from '../../src/pipeline/manifest-entry.ts';
import { reels } from '../../src/targets/reels.ts';
import { entry, file } from '../deliver/contact-sheet/entries.ts';

it('a row whose original is gone declares what its files did, and asks for nothing that is known', () => {
  const start = { ...entry({ target: 'reels', declarations: ['branded-asked'], toDeclare: [] }) };
  const previous = entry({ target: 'reels', declarations: ['branded-content', 'ai-generated'] });
  const { declarations, toDeclare } = stillDeclared(start, previous, reels);
  expect(declarations).toEqual(['branded-content', 'ai-generated']);
  expect(toDeclare.join('\n')).toMatch(/Paid partnership label[\s\S]*AI label|AI label[\s\S]*Paid partnership label/);
  expect(stillDeclared(start, null, reels).declarations).toEqual(['branded-asked']);
});

it("a rendition is what port made of the original: no copy, no words, no file of the person's own", () => {
  const actions = ['copy', 'remux', 'transcode', 'slideshow', 'image', 'text', 'own'] as const;
  const files = actions.map((action) => file(`reels/k/${action}.mp4`, 'video', { sha256: action, action }));
  const isRendition = renditionsOf({ rowsOf: () => [entry({ files })] });
  expect(actions.filter((action) => isRendition('k', action))).toEqual(['remux', 'transcode', 'slideshow', 'image']);
});
