import { describe, expect, it } from 'vitest';
import { formerNames, isOfAccount } from '../../src/captions/handles.ts';
import { blank, type Note } from '../../src/captions/source.ts';
import { post } from '../builders.ts';

const time = 1_740_906_904;
const posts = [0, 86_400, 172_900].map((after, index) => post({ key: `p${index}`, time: time + after }));
const note = (after: number, uploader: string | null): Note => ({
  ...{ ...blank, source: 'sidecar', origin: 'x.info.json', text: `at ${after}` },
  ...{ time: time + after, tiktokId: ((BigInt(time + after - 4) << 32n) | 5n).toString(), uploader },
});

describe('whether an uploader is the account', () => {
  it.each<[string, string | null, string | null, string[], boolean]>([
    ['its name', 'maya', 'maya', [], true],
    ['its name with @ and capitals', '@Maya', 'maya', [], true],
    ['another', 'ben', 'maya', [], false],
    ['a former name', 'maya_1999', 'maya', ['maya_1999'], true],
    ['a former name with @ and capitals on either side', '@maya_1999', 'maya', ['@Maya_1999'], true],
    ['one of several former names', 'm2', 'maya', ['m1', 'm2'], true],
    ['none of several former names', 'm3', 'maya', ['m1', 'm2'], false],
    ['the beginning of a former name', 'maya_19', 'maya', ['maya_1999'], false],
    ['not known', null, 'maya', [], true],
    ['an account that the export does not name', 'ben', null, [], true],
  ])('%s', (_name, uploader, account, aliases, expected) => {
    expect(isOfAccount(uploader, account, aliases)).toBe(expected);
  });
});

describe('a former user name in sidecars', () => {
  it.each<[string, Note[], [string, number][]]>([
    ['all fit posts of this account', [note(0, 'Old'), note(86_400, '@old')], [['old', 2]]],
    ['one alone proves nothing', [note(0, 'old')], []],
    ['one of three fits no post: another person', [note(0, 'ben'), note(86_400, 'ben'), note(5000, 'ben')], []],
    [
      'of two names, the one that fits',
      [note(0, 'old'), note(86_400, 'old'), note(5000, 'ben'), note(9000, 'ben')],
      [['old', 2]],
    ],
    ['no name at all', [note(0, null), note(86_400, null)], []],
  ])('%s', (_name, notes, expected) => expect([...formerNames(notes, posts)]).toEqual(expected));
});
