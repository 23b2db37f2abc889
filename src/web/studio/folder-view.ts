import { join } from 'node:path';
import { sheetPath } from '../../captions/index.ts';
import { type CaptionsSheet, readCaptionsSheet } from '../../deliver/edit-captions.ts';
import type { RunEvent } from '../../model/event.ts';
import type { PostingRow } from '../../posting/record.ts';
import { uploadId } from '../../posting/upload.ts';
import { type Entry, fromJson, postDocument, readPostText } from '../../state/documents.ts';
import { manifestPath, readRows } from '../../state/manifest.ts';
import type { Tools } from '../../tools/tools.ts';
import { openPostingStore, type PostingStore } from '../server/posting-store.ts';
import type { PostCard } from './api.ts';
import { cardOf, type KnownCard, longestTitle } from './cards.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

/** The current posts in one account's folder, including those of an active run, which writes the manifest at its end. */
export interface FolderView {
  readonly folder: string;
  /**
   * Cards, the newest post first.
   * @param waits whether a post will be made again
   * @param keys the posts whose cards are wanted; absent: all
   */
  cards(waits: (key: string) => boolean, keys?: readonly string[]): Promise<readonly PostCard[]>;
  /** The rows of one post. */
  entries(key: string): Promise<readonly Entry[]>;
  sheet(): Promise<CaptionsSheet>;
  posting(): Promise<ReadonlyMap<string, PostingRow>>;
  readonly store: PostingStore;
  /** Records a post that a run has just finished. */
  note(event: PostEvent): Promise<void>;
  close(): Promise<void>;
}

type Rows = Awaited<ReturnType<typeof readRows>>;
export type ViewTools = Pick<Tools, 'files' | 'locks' | 'now'> & {
  readonly redraw: (folder: string) => Promise<void>;
};

export function openFolderView(folder: string, world: ViewTools): FolderView {
  const files = world.files.confined(folder);
  const store = openPostingStore(folder, world);
  /** Rows of the active run. */
  const fresh = new Map<string, Entry>();
  const ofFresh = new Map<string, readonly string[]>();
  const rows = cached(
    async () => JSON.stringify(await files.factsOf([manifestPath(folder)])),
    async () => {
      fresh.clear();
      ofFresh.clear();
      return await readRows(folder, files);
    },
  );
  const sheet = cached(
    async () => JSON.stringify(await files.factsOf([sheetPath(folder), join(folder, 'captions.json')])),
    async () => readCaptionsSheet(folder, files),
  );
  let cards: { readonly of: Rows; readonly all: readonly KnownCard[] } | null = null;
  const entriesOf = (known: Rows, key: string): readonly Entry[] => {
    const now = (ofFresh.get(key) ?? []).flatMap((id) => fresh.get(id) ?? []);
    return [...known.rowsOf(key).filter((row) => !fresh.has(uploadId(row))), ...now];
  };
  const posting = async () => (await store.state()).rows;
  return {
    folder,
    store,
    posting,
    sheet,
    entries: async (key) => entriesOf(await rows(), key),
    async cards(waits, keys) {
      const known = await rows();
      const of = (some: readonly string[]) => some.flatMap((key) => known.rowsOf(key).map(cardOf));
      if (keys === undefined && cards?.of !== known) cards = { of: known, all: of(known.keys) };
      const [now, posts] = [await sheet(), await posting()];
      const shown = new Map((keys ? of(keys) : (cards?.all ?? [])).map((card) => [uploadId(card), card]));
      const isAsked = keys && new Set(keys);
      for (const [id, entry] of fresh) if (isAsked?.has(entry.key) ?? true) shown.set(id, cardOf(entry));
      return [...shown.values()]
        .map((card) => withState(card, now, posts.get(uploadId(card)), waits(card.key)))
        .sort((one, other) => (one.key === other.key ? 0 : one.key < other.key ? 1 : -1));
    },
    async note(event) {
      const { key, target, folder: place, status, issues } = event;
      const path = place === null ? null : join(folder, target, key, 'post.json');
      const written = path === null ? null : fromJson(await readPostText(path, files).catch(() => null), postDocument);
      const before = (await rows()).rowsOf(key, [target])[0];
      const blank = { original: null, declarations: [], toDeclare: [], linkPath: null, caption: null, files: [] };
      const entry: Entry = written ?? { ...blank, ...before, key, target, status, issues: [...issues] };
      const id = uploadId(entry);
      fresh.set(id, entry);
      ofFresh.set(key, [...new Set([...(ofFresh.get(key) ?? []), id])]);
    },
    close: async () => store.close(),
  };
}

function withState(
  { hasOwnWords, ...card }: KnownCard,
  sheet: CaptionsSheet,
  row: PostingRow | undefined,
  waits: boolean,
): PostCard {
  const { caption, title } = sheet.of(card.key);
  const kind = sheet.fact(card.key, 'kind') === 'photos' ? 'photos' : card.kind;
  return {
    ...{ ...card, kind, waits },
    title: (card.title || title || (caption.split('\n')[0] ?? '')).slice(0, longestTitle),
    ...(sheet.conflictsOf(card.key).length > 0 && { hasConflict: true }),
    hasWords: hasOwnWords || caption !== '' || title !== '',
    ...{ planned: row?.planned ?? '', posted: row?.posted ?? '' },
  };
}

/** Caches a reading until the state of its files changes. */
function cached<T>(stateOf: () => Promise<string>, read: () => Promise<T>): () => Promise<T> {
  let known: { readonly state: string; readonly value: T } | null = null;
  let reading: Promise<T> = Promise.resolve() as Promise<never>;
  return async () => {
    const next = reading
      .catch(() => {})
      .then(async () => {
        const state = await stateOf();
        if (known?.state !== state) known = { state, value: await read() };
        return known.value;
      });
    reading = next;
    return await next;
  };
}
