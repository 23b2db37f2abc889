import type { MissingOriginals, RunEvent } from '../model/event.ts';
import { shownPath } from './open-command.ts';
import { safeText } from './safe-text.ts';

/** Messages about the sources of originals and about missing ones. */

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

/**
 * Lists missing originals, why they are missing and what to do, at most 80 columns wide. Printed at the end of a run.
 */
export function missingLines(missing: Readonly<Record<string, MissingOriginals>>): string[] {
  const all = Object.entries(missing);
  const lines = (line: (account: string, each: MissingOriginals) => string | null, advice: readonly string[]) => {
    const found = all.flatMap(([account, each]) => line(account, each) ?? []).map(safeText);
    return found.length > 0 ? [...found, ...advice] : [];
  };
  const offline = all.some(([, { living }]) => living?.offline);
  return [
    ...lines(endedLine, [
      'A new export brings them back: ask TikTok for one, and run port on it at once.',
      'Its links to photos live about 4 days, those to videos about 10.',
    ]),
    ...lines(refusedLine, [
      'A new export may bring them. What it does not bring is gone from TikTok: give',
      'your own copies with --media.',
    ]),
    ...lines(blockedLine, ['If you trust them, name their hosts with --allow-host.']),
    ...lines(livingLine, [offline ? 'Run port again in time, without --offline.' : 'Run port again in time.']),
  ];
}

function endedLine(account: string, { ended }: MissingOriginals): string | null {
  if (ended === null) return null;
  const { first, last } = ended;
  const when = first === null ? '' : first === last ? ` (on ${first})` : ` (${first} to ${last})`;
  return `${account}: the links of ${byKind(ended)} have ended${when}.`;
}

function refusedLine(account: string, { refused }: MissingOriginals): string | null {
  return refused && `${account}: the server would not hand out ${byKind(refused)}.`;
}

function blockedLine(account: string, { blocked }: MissingOriginals): string | null {
  if (blocked === null) return null;
  return `${account}: the links of ${counted(blocked.posts, 'post')} are not https or not public: not followed.`;
}

function livingLine(account: string, { ended, refused, blocked, living }: MissingOriginals): string | null {
  if (living === null) return null;
  const more = (ended ?? refused ?? blocked) ? 'more post' : 'post';
  const until = living.firstEnds === null ? '' : `; the first link ends on ${living.firstEnds}`;
  return `${account}: ${counted(living.posts, more)} can still be fetched${until}.`;
}

function byKind({ videos, photoPosts }: { readonly videos: number; readonly photoPosts: number }): string {
  return [counted(videos, 'video'), counted(photoPosts, 'photo post')].filter(Boolean).join(' and ');
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Counts where the originals of `port fetch` are stored. */
export interface OriginalsTally {
  /** Processes an event; call it in order for all events. */
  note(event: RunEvent): void;
  /**
   * Returns the summary lines.
   * @param folders the accounts' folders, as displayed
   */
  lines(folders: readonly string[], system: NodeJS.Platform): string[];
}

export function tallyOriginals(): OriginalsTally {
  const stored = new Set<string>();
  let inPlace = 0;
  let account = '';
  return {
    note(event) {
      if (event.type === 'run') account = lastPart(event.folder);
      if (event.type !== 'post' || event.original === null) return;
      if (isInPlace(event.original)) inPlace++;
      else stored.add(account);
    },
    lines(folders, system) {
      const kept = folders.filter((folder) => stored.has(lastPart(folder)));
      const what = inPlace === 1 ? '1 original is used where it lies' : `${inPlace} originals are used where they lie`;
      return [
        ...kept.map((folder) => `Your originals are in ${shownPath(`${folder}/originals`, system)}`),
        ...(inPlace > 0 ? [`${what}, in --media: no copy was made.`] : []),
        ...(kept.length === 0 && inPlace === 0 ? ['No originals were saved.'] : []),
      ];
    },
  };
}

/** Whether the file is in a folder of `--media`, from which it is not copied into the account's folder. */
export function isInPlace({ path }: Pick<Source, 'path'>): boolean {
  return !path.startsWith('originals/');
}

/** The name of an account's folder. */
export function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}
