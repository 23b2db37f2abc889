import type { MissingOriginals, RunEvent } from '../model.ts';
import { safeText } from './safe-text.ts';

/** Words about where originals come from, and about those that are missing. */

type Source = NonNullable<(RunEvent & { readonly type: 'post' })['original']>;

const proofs: Record<Source['matchedBy'], string> = {
  key: 'named like the post',
  sidecar: 'by the sidecar beside it',
  id: 'by the TikTok id in its name',
  'name-time': 'by date and time in its name',
  'file-time': 'by the time written in it',
  link: '',
  page: '',
};

/** How an original was found: `Its original: /clips/IMG_1.mov, by the time written in it, 2 s off.` */
export function originalWords({ path, source, matchedBy, seconds }: Source): string {
  if (source === 'link') return 'Its original: from its link.';
  if (source === 'page') return 'Its original: from its TikTok page.';
  const off = seconds === null ? '' : seconds === 0 ? ', to the second' : `, ${seconds} s off`;
  const where = source === 'bundled' ? 'from the export' : path;
  return `Its original: ${where}, ${proofs[matchedBy]}${off}.`;
}

/** What another run, or a new export, would bring; for the end of a run, at most 80 columns wide. */
export function missingLines(missing: Readonly<Record<string, MissingOriginals>>): string[] {
  const all = Object.entries(missing);
  const ended = all.flatMap(([account, each]) => (each.ended ? [endedLine(account, each.ended)] : []));
  const living = all.flatMap(([account, each]) => (each.living ? [livingLine(account, each.living)] : []));
  return [
    ...ended,
    ...(ended.length > 0
      ? [
          'A new export brings them back: ask TikTok for one, and run port on it at once.',
          'Its links to photos live about 4 days, those to videos about 10.',
        ]
      : []),
    ...living,
    ...(living.length > 0 ? ['Run port again in time, without --offline.'] : []),
  ];
}

function endedLine(account: string, { videos, photoPosts, first, last }: NonNullable<MissingOriginals['ended']>) {
  const what = [counted(videos, 'video'), counted(photoPosts, 'photo post')].filter(Boolean).join(' and ');
  const when = first === null ? '' : first === last ? ` (on ${first})` : ` (${first} to ${last})`;
  return safeText(`${account}: the links of ${what} have ended${when}.`);
}

function livingLine(account: string, { posts, firstEnds }: NonNullable<MissingOriginals['living']>): string {
  const until = firstEnds === null ? '' : `; the first link ends on ${firstEnds}`;
  return safeText(`${account}: ${counted(posts, 'more post')} can still be fetched${until}.`);
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
