import { expect, it } from 'vitest';
import { readSidecarOf, sidecarNames } from '../../src/originals/sidecar.ts';
import { zip } from './world.ts';

const ids = ['7477122334455667788', '7477122334455667789'];
const note = (id = ids[0]) => JSON.stringify({ id, timestamp: 1_740_906_904, extractor: 'TikTok', uploader: 'maya' });

it.each<[string, string, object | null]>([
  ['of one post', note(), { tiktokId: ids[0], time: 1_740_906_904, uploader: 'maya' }],
  ['of several posts', ids.map(note).join('\n'), null],
  ['of no post', '{"a":1}', null],
  ['that is no JSON', '{', null],
])('a sidecar %s', async (_name, text, expected) => {
  const [file] = zip({ 'x.info.json': text }).files;
  const found = file === undefined ? null : await readSidecarOf(file);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

it('has the name of its file with or without the ending of that, in the same folder', () => {
  expect(sidecarNames('x.y/a')).toEqual(['x.y/a.info.json', 'x.y/a.json', 'x.y/a.json']);
  expect(sidecarNames('x.y/a b.mp4')).toEqual(['x.y/a b.info.json', 'x.y/a b.mp4.json', 'x.y/a b.json']);
});
