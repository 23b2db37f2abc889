import type { Forecast, RunEvent, Status, Totals } from '../../model/event.ts';
import type { Inspection } from '../../model/inspection.ts';
import type { Issue } from '../../model/issue.ts';
import type { Post } from '../../model/post.ts';

/**
 * The interface between the page of the studio and its server. The server's answers are types, because it makes them
 * itself; requests of the page are checked with the schemas of requests.ts. Addresses are below `/api/`; a request that
 * changes something is a POST with the token of the page in the header `x-studio`.
 *
 * GET  state                      -> StudioState
 * GET  events                     -> server-sent events, each a StudioEvent as JSON in `data`
 * POST export?name=<file name>    the bytes of a ZIP (or other export file) -> StudioState
 * POST media?name=<file name>     the bytes of a video or photo of one's own -> StudioState
 * POST folder?name=&files=&bytes= -> FolderAnswer: starts a folder that is sent file by file
 * POST folder-file?id=&path=      the bytes of one of its files -> FolderAnswer
 * POST folder-end?id=             -> StudioState: it is an export or, without one in it, a folder of one's own videos
 * POST folder-cancel?id=          -> StudioState: the files that arrived are removed
 * POST sample    sampleRequest    -> StudioState: of a small export that comes with port, in a folder of its own
 * POST forget                     removes uploaded exports and media -> StudioState
 * POST keep      keepRequest      -> StudioState: uploads stay for the next studio, or are deleted when this one ends
 * POST options   optionsRequest   -> StudioState; starts a forecast
 * POST run       runRequest       -> StudioState: the main job; one post first, or all
 * POST control   controlRequest   -> StudioState: pause, go on, stop
 * POST rest      pageRequest      -> {}: the page is hidden and ends its events, but is still open
 * POST leave     pageRequest      -> {}: the page is closed or reloaded; the studio ends if no page comes back
 * GET  posts?account=&keys=       -> PostsAnswer: all cards, or those of some posts, without their words in full
 * GET  post?account=&key=         -> PostDetail
 * POST words     wordsRequest     -> WordsAnswer: cells of captions.csv
 * POST translation translationRequest -> CaptionAnswer: a cell of captions.csv in another language
 * POST caption   captionRequest   -> CaptionAnswer: a caption.txt
 * POST choice    choiceRequest    -> PostDetail: cover, targets, fit of one post, or a conflict
 * POST cover?account=&key=&seen=  the bytes of a picture -> PostDetail: stored beside the originals, and chosen
 * GET  frame?account=&key=&at=    -> JPEG of the original at this second, small
 * GET  candidate?account=&key=&file= -> JPEG of one of the files that could be the original, small
 * POST posting   postingRequest   -> PostingAnswer: planned, posted, url, note of one post on one platform
 * POST plan      planRequest      -> PostingAnswer
 * POST remedy    remedyRequest    -> StudioState: include a post that is held, or take that back, pick one of several files, look again
 * GET  qr?account=&key=&target=    -> SVG: the QR code of an address that opens this card on a phone, once
 * GET  media/<account>/<path>     a file below the account's folder, by byte ranges
 *
 * The page itself is built into `dist/studio/`. The server sends its files by their names from the root (`/studio.js`,
 * `/planning.js`, `/studio.css`, `/tables.json`, `/icon.svg`, a script and a JSON for each language), and `index.html` at `/` with the token in place of
 * `{{token}}`, and `owner` or `reader` (a phone, with `--lan`) in place of `{{role}}`. `pagePolicy` is all that the page needs.
 */

/** The Content-Security-Policy of the page: nothing inline, nothing from other servers. Dropped pictures are blobs. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export type Sentence = Issue & { readonly message: string };

/** An export that was dropped or named, with the results of `port inspect`. */
export interface OpenExport {
  readonly name: string;
  /** Uploaded ones are deleted when the studio ends, unless they are kept. */
  readonly isUploaded: boolean;
  /** null while it is read, or if it cannot be. */
  readonly inspection: Pick<Inspection, 'account' | 'counts' | 'visibility' | 'links'> | null;
  readonly problem: string | null;
}

/** The forecast of a platform for this archive, from a dry run. */
export interface PlatformForecast {
  readonly name: string;
  readonly title: string;
  readonly chosen: boolean;
  /** null until the forecast is there. */
  readonly counts: Readonly<
    Record<'asTheyAre' | 'encoded' | 'split' | 'slideshows' | 'toFetch' | 'held' | 'rejected' | 'failed', number>
  > | null;
}

export interface FolderAnswer {
  readonly id: string;
}

export interface AccountState {
  readonly account: string;
  readonly totals: Readonly<Record<string, Totals>>;
  /** Whether its folder has posts of a run. */
  readonly isThere: boolean;
}

export interface StudioState {
  readonly version: string;
  /** The path of the output folder as a person would write it. */
  readonly out: string;
  /** Phones in the local network may open the studio, by the addresses of `qr`. */
  readonly hasPhones: boolean;
  readonly exports: readonly OpenExport[];
  /** Number of the person's own videos and photos that were sent. */
  readonly ownFiles: number;
  /** The sample export that comes with port is open. Everything that is made of it is deleted when it is closed. */
  readonly isSample: boolean;
  /** Uploads stay when the studio ends. */
  readonly isKept: boolean;
  /** An earlier studio ended in the middle of a run: `run` with `all` goes on where it stopped. */
  readonly isUnfinished: boolean;
  readonly accounts: readonly AccountState[];
  readonly platforms: readonly PlatformForecast[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** A sentence where the options contradict each other. */
  readonly optionsProblem: string | null;
  readonly forecast: { readonly state: 'none' | 'running' | 'done'; readonly forecast: Forecast | null };
  /** Bytes that are free on the disk, and that the forecast needs. */
  readonly disk: { readonly free: number; readonly needed: number | null };
  readonly run: RunState;
}

/** A message of a run, with its issue if it is about one, which the page shows in its own language. */
export interface RunProblem {
  readonly message: string;
  readonly issue: Issue | null;
}

export interface RunState {
  readonly state: 'idle' | 'running' | 'pausing' | 'paused' | 'stopping' | 'done';
  readonly what: 'one' | 'all' | 'fetch' | null;
  readonly done: number;
  readonly total: number;
  /** Estimated seconds left; null if unknown. */
  readonly left: number | null;
  /** The current activity. */
  readonly now:
    | { readonly stage: 'make'; readonly key: string }
    | { readonly stage: 'fetch'; readonly done: number; readonly total: number }
    | null;
  readonly problems: readonly RunProblem[];
  readonly exitCode: number | null;
}

export interface PostCard {
  readonly key: string;
  readonly target: string;
  readonly status: Status;
  readonly kind: 'video' | 'photos';
  readonly title: string;
  readonly hasWords: boolean;
  /** Relative to the account's folder, for `media/`. */
  readonly cover: string | null;
  /** Changes with the picture, for its address. */
  readonly coverVersion: string;
  readonly parts: number;
  readonly planned: string;
  readonly posted: string;
  readonly issues: readonly Sentence[];
  /** Words or choices were changed since it was made; it is made again in a moment, or by the next run. */
  readonly waits?: boolean;
  /** A cell of it was changed in two places, and the person has to choose. */
  readonly hasConflict?: boolean;
}
export interface PostsAnswer {
  readonly account: string;
  readonly posts: readonly PostCard[];
}

export interface WordCells {
  readonly caption: string;
  readonly title: string;
  readonly hashtags: string;
}

/** Two texts of one cell: that of the sheet, and what was typed on the page. Both are kept. */
export interface CellConflict<Column = keyof WordCells | 'cover' | 'targets' | 'fit'> {
  readonly column: Column;
  readonly theirs: string;
  readonly ours: string;
}

/** One post with everything that the page shows and changes. */
export interface PostDetail {
  readonly account: string;
  readonly key: string;
  readonly kind: 'video' | 'photos';
  readonly cells: WordCells;
  readonly choices: Readonly<Record<'cover' | 'targets' | 'fit', string>>;
  readonly conflicts: readonly CellConflict[];
  /** The day on which the person included this post, though not everyone could see it; null if not. */
  readonly included: string | null;
  /** The words in other languages, where captions.csv has columns for them. */
  readonly translations: readonly { readonly language: string; readonly title: string; readonly caption: string }[];
  /** The facts of the post that `sizeCaption` needs besides the cells. */
  readonly facts: Pick<Post, 'key' | 'time' | 'kind' | 'sound' | 'location'>;
  readonly suggestions: readonly { readonly from: string; readonly text: string }[];
  /** null: it is in another folder, or missing. */
  readonly original: {
    /** Of a photo post its first photo. */
    readonly path: string;
    readonly seconds: number | null;
    /** In their order; empty for a video. */
    readonly photos: readonly string[];
  } | null;
  readonly platforms: readonly PostOnPlatform[];
}

/**
 * What a person can do about a post that is held or failed. `give`: send an own file as `media` under this name (with the
 * extension of the file), then `again`.
 */
export type OfferedRemedy =
  | { readonly kind: 'include' | 'again' }
  | { readonly kind: 'pick'; readonly files: readonly string[] }
  | { readonly kind: 'give'; readonly name: string };

export interface PostOnPlatform {
  readonly target: string;
  readonly status: Status;
  readonly issues: readonly Sentence[];
  /** Empty for a post that is delivered. */
  readonly remedies: readonly OfferedRemedy[];
  readonly toDeclare: readonly string[];
  readonly planned: string;
  readonly posted: string;
  readonly url: string;
  readonly note: string;
  /** The packages on disk, each part with its own words. */
  readonly packages: readonly {
    readonly part: string | null;
    /** Its path on this machine, for opening or copying. */
    readonly folder: string;
    /** Whether it is posted; each part of a split video may be posted by itself. */
    readonly isOut: boolean;
    readonly title: string | null;
    readonly body: string;
    readonly hashtags: readonly string[];
    /** A person wrote its caption.txt. */
    readonly isEdited: boolean;
    readonly captionText: string;
    readonly files: readonly {
      readonly path: string;
      /** Changes with its content. */
      readonly version: string;
      readonly role: string;
      readonly bytes: number;
      readonly action: string;
      readonly why: readonly Sentence[];
    }[];
  }[];
}

export interface WordsAnswer {
  readonly cells: WordCells;
  /** Cells that changed here and in the sheet: both texts. */
  readonly conflicts: readonly CellConflict<keyof WordCells>[];
}
export interface CaptionAnswer {
  readonly text: string;
  readonly conflict: string | null;
}
export interface PostingAnswer {
  /** Those that changed. */
  readonly posts: readonly Pick<PostCard, 'key' | 'target' | 'planned' | 'posted'>[];
  /** Issues of posting.csv for the person. */
  readonly issues: readonly Sentence[];
}

export type StudioEvent =
  | { readonly type: 'state'; readonly state: StudioState }
  | { readonly type: 'run'; readonly event: RunEvent }
  /** Cards of an account that changed; the page asks for them again. Without keys: any of them. */
  | { readonly type: 'posts'; readonly account: string; readonly keys: readonly string[] }
  | { readonly type: 'posting'; readonly account: string; readonly keys: readonly string[] };

/** The answer to a refused request: one sentence. */
export type Refusal = { readonly refused: string };
