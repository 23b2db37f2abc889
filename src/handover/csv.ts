import { tableText } from '../captions/spreadsheet.ts';
import { hashtagLine } from '../plan/written-caption.ts';
import { dayOf, timeOf } from '../posting/local-time.ts';
import type { HandOver, Package } from './contract.ts';
import { asksMadeForKids, restToDeclare } from './contract.ts';
import { passable } from './quote.ts';
import { textWithTags } from './words.ts';

/** One table of all, for schedulers and scripts: a row for each post and platform. */
export const csv: HandOver = {
  name: 'csv',
  title: 'a table for any scheduler',
  takes: () => true,
  folder: null,
  command: null,
  write(packages) {
    const table = [columns.map(([name]) => name), ...packages.map((each) => columns.map(([, cell]) => cell(each)))];
    return {
      files: [{ path: 'posts.csv', text: tableText(table.map((row) => row.map(uncomputed))) }],
      handed: packages.map((each) => ({ package: each, files: [], remarks: [], toDeclare: restOf(each) })),
      leftOut: [],
    };
  },
};

const columns: readonly (readonly [name: string, cell: (from: Package) => string])[] = [
  ['key', ({ id }) => id],
  ['platform', ({ target }) => target.name],
  ['date', ({ planned }) => (planned === null ? '' : dayOf(planned))],
  ['time', ({ planned }) => (planned === null ? '' : timeOf(planned))],
  ['at', ({ planned }) => planned ?? ''],
  ['title', ({ title }) => title ?? ''],
  ['text', ({ body }) => body],
  ['hashtags', ({ hashtags }) => hashtagLine(hashtags)],
  ['textAndHashtags', textWithTags],
  ['video', ({ video }) => video?.path ?? ''],
  ['photos', ({ photos }) => photos.map(({ path }) => path).join('\n')],
  ['cover', ({ cover }) => cover?.path ?? ''],
  ['madeForKids', madeForKids],
  ['declarations', ({ declarations }) => declarations.join('\n')],
  ['toDeclare', (from) => restOf(from).join('\n')],
  // Most web schedulers want public addresses, which only a person can give.
  ['mediaUrls', () => ''],
];

function madeForKids({ target, answers }: Package): string {
  if (!asksMadeForKids(target) || answers.madeForKids === null) return '';
  return answers.madeForKids ? 'yes' : 'no';
}

function restOf(from: Package): readonly string[] {
  return restToDeclare(from, from.answers.madeForKids === null ? {} : { always: ['madeForKids'] });
}

/**
 * What a spreadsheet would run: `=`, also in full width; a sign with a call, a reference or a command behind it. Other
 * beginnings stay, since a scheduler posts what stands in the cell: an apostrophe before `@maya` would go out with it.
 */
const computed = /^[\s\p{Cc}\p{Cf}]*(?:[=\uff1d]|[+\-@\uff0b\uff0d\uff20\u2212]\S*[(|!]|[+\-\u2212][\d.]+\s*[-+*/^&])/u;

function uncomputed(cell: string): string {
  const text = passable(cell);
  return computed.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
}
