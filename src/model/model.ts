/**
 * The data that flows through the stages. Types only: whoever knows this file can read every other.
 *
 * Times are unix seconds (UTC) in the program and ISO 8601 in documents. Sizes are bytes, durations seconds, angles degrees.
 */

// ── What an export says ──────────────────────────────────────────────────────────────────────────────────────────

export type PostKind = 'video' | 'photos';
export type Visibility = 'everyone' | 'friends' | 'private' | 'deleted' | 'unknown';

/**
 * One address of an export. `url` is a bearer secret as long as it lives: what is printed or written goes through
 * `redactUrl` (exports/link.ts).
 * - `media`: a signed address of a video or an image
 * - `page`: a tiktok.com page, which only yt-dlp can turn into media
 * - `login`: an address behind a session (deleted posts)
 */
export interface Link {
  readonly url: string;
  readonly host: string;
  readonly kind: 'media' | 'page' | 'login';
  /** Unix seconds; null where the address does not say. */
  readonly expiresAt: number | null;
  /** Guessed from the bucket's name; null where it does not tell. */
  readonly quality: 'original' | 'transcode' | null;
  /** TikTok's post id, where the address carries one (page links). */
  readonly tiktokId: string | null;
}

export interface Post {
  /** Names the post everywhere: its UTC time, `2025-03-02_09-15-04`, with `-2`, `-3` for others of the same second. */
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly kind: PostKind;
  readonly visibility: Visibility;
  /**
   * Who could see it, in words of the export that are not known (empty: it says so of other posts, and nothing of this one).
   * Such a post is `private`, and goes out only where all restricted audiences are included.
   */
  readonly audience?: string;
  /** What else the post holds beside `links`: its kind cannot have both. */
  readonly leftOut?: { readonly videos: number; readonly photos: number };
  /** A video has at most one, a photo post one for each photo, in order. */
  readonly links: readonly Link[];
  /** The still that the creator chose, where the export names it. */
  readonly coverLink: Link | null;
  /** The title of a photo post. An export holds no captions. */
  readonly title: string | null;
  readonly sound: string | null;
  readonly location: string | null;
  readonly likes: number | null;
  readonly aiGenerated: boolean;
  /** `Your Brand`, `Branded Content`. */
  readonly disclosure: readonly string[];
  /** What may disclose something else, as the export has it: for a person to judge. */
  readonly unreadDisclosure?: readonly string[];
}

export interface Export {
  readonly format: 'tiktok-json' | 'tiktok-txt';
  readonly generation: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  readonly account: string | null;
  /** Live posts, newest first. */
  readonly posts: readonly Post[];
  /** Recently deleted posts, `visibility: 'deleted'`. */
  readonly deleted: readonly Post[];
  /** Rows that could not be understood, entries that were skipped: nothing is dropped in silence. */
  readonly setAside: readonly Issue[];
}

// ── Originals ────────────────────────────────────────────────────────────────────────────────────────────────────

export type OriginalSource = 'bundled' | 'media' | 'link' | 'page';
export type MatchedBy = 'key' | 'sidecar' | 'id' | 'name-time' | 'file-time' | 'link' | 'page';

/** A file that is the only copy of somebody's work: read, never written. */
export interface OriginalFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The music of a video of photos. */
export interface Music extends OriginalFile {
  /** The number of its sound among all streams; absent: it is the first sound of the file. */
  readonly stream?: number | undefined;
}

export interface Original {
  /** One for a video, one for each photo that could be had, in order. */
  readonly files: readonly OriginalFile[];
  readonly source: OriginalSource;
  readonly matchedBy: MatchedBy;
  /** How far the file's time lay from the post's; null where time played no part. */
  readonly seconds: number | null;
  /** The still that the creator chose on TikTok, where the export linked to it and the link still lived. */
  readonly cover: OriginalFile | null;
}

// ── Probes: only the facts that a decision hangs on ──────────────────────────────────────────────────────────────

export type Container = 'mp4' | 'mov' | 'other';

export interface VideoStream {
  /** Its number among all streams of the file, as ffmpeg's `-map 0:<index>` counts them. */
  readonly index: number;
  /** Its place among the streams of its kind, from 0, still pictures included. */
  readonly ordinal: number;
  /** ffprobe's codec name: `h264`, `hevc`, `vp9` ... */
  readonly codec: string;
  /** What the container calls it: `avc1`, `hev1` ... */
  readonly tag: string;
  readonly profile: string | null;
  /** As stored: before rotation and before the sample aspect ratio. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn that a player applies: 0, 90, 180, 270. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** A player mirrors the picture left to right before it turns it. */
  readonly mirrored: boolean;
  /** Sample aspect ratio as a number; 1 for square pixels. */
  readonly sampleAspect: number;
  /** Of the picture alone, which sound may outlast; null where the file does not say. */
  readonly seconds: number | null;
  readonly pixelFormat: string;
  readonly bitDepth: number;
  /** Average frames a second. */
  readonly fps: number;
  /** The rate that could time every frame exactly; far above `fps` where the rate varies. */
  readonly baseFps: number;
  readonly interlaced: boolean;
  readonly transfer: string | null;
  readonly primaries: string | null;
  readonly matrix: string | null;
  readonly range: 'limited' | 'full' | null;
  /** Bits a second; null where the file does not say. */
  readonly bitRate: number | null;
  /** When its first frame is due, in seconds from the file's beginning. */
  readonly startsAt: number;
  /** Profile of Dolby Vision whose colours only its own players know; null for all other pictures. */
  readonly dolbyVision: number | null;
  /** Its frames have several sizes; `width` and `height` are those of the first. */
  readonly changesSize: boolean;
  /**
   * Where it begins between two key frames: when the first of them is shown, in seconds from the file's beginning. What
   * comes before cannot be shown. null: it begins with one.
   */
  readonly keyFrameAt: number | null;
  /** Frames are stored in another order than they are shown in (B frames). */
  readonly reordered: boolean;
  /** The container says when frames are decoded and not when they are shown, as AVI does. */
  readonly decodeTimesOnly: boolean;
}

export interface AudioStream {
  /** Its number among all streams of the file, as ffmpeg's `-map 0:<index>` counts them. */
  readonly index: number;
  /** Its place among the sound tracks of the file, from 0. */
  readonly ordinal: number;
  readonly codec: string;
  /** What the container calls it: `mp4a` ... */
  readonly tag: string;
  readonly profile: string | null;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitRate: number | null;
  /** As the file calls it: `Game`, `Commentary`; null where it has no name of its own. */
  readonly title: string | null;
  /** ISO 639: `eng`; null where the file does not say. */
  readonly language: string | null;
  /** When it sets in, in seconds from the file's beginning. */
  readonly startsAt: number;
}

export interface VideoProbe {
  readonly container: Container;
  /** ffprobe's name of the container, for people. */
  readonly format: string;
  /** `moov` before `mdat`, so that a platform can read the file while it arrives. Only MP4 and MOV have it. */
  readonly moovFirst: boolean;
  /** An MP4 or MOV in fragments (`moof`), as streams are recorded. */
  readonly fragmented: boolean;
  /** Bytes that are no box follow the end of an MP4 or MOV, and are not only zeros. */
  readonly trailer: boolean;
  readonly seconds: number;
  /** Its clock jumps: recordings that were put together. */
  readonly jumps: boolean;
  /** Edit lists put its picture or sound together from several stretches of what is stored, which no remux keeps. */
  readonly severalEdits: boolean;
  /** What the file's own clock shows at its beginning, in seconds: broadcasts seldom begin at 0. */
  readonly clock: number;
  readonly bytes: number;
  /** The picture that is used: no cover art, no still, no small preview of another track; the default one. */
  readonly video: VideoStream | null;
  /** Moving pictures of full size in the file. Of several, one is used. */
  readonly pictures: number;
  /** All sound tracks: the one that is used first, the others in their order. */
  readonly audio: readonly AudioStream[];
  /** The file says where it was filmed. */
  readonly hasLocation: boolean;
  /** `creation_time` of the container, unix seconds; null or absent where the file does not say. */
  readonly createdAt?: number | null;
}

export interface ImageProbe {
  /** sharp's name: `jpeg`, `png`, `webp`, `heif`, `gif` ... */
  readonly format: string;
  /** As shown: after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** EXIF orientation, 1-8. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** 1 for a still. */
  readonly frames: number;
  /** sharp's name of the colour space: `srgb`, `cmyk`, `rgb16` ... */
  readonly space: string;
  /** Name of colours that are not sRGB, by a colour profile or otherwise: `Display P3`, `PQ (HDR)`. null where they are. */
  readonly profile: string | null;
  /** Its data are spoilt, and part of it looks wrong. */
  readonly flawed: boolean;
  /** EXIF, XMP, IPTC or a note beside the picture says where it was made. */
  readonly hasLocation: boolean;
  /** A serial number, the owner's name, or a maker's note, which holds both in a form of its own. */
  readonly hasSerial: boolean;
  /** Something lies behind the picture, such as the film of a motion photo, and may hold a place of its own. */
  readonly hasAttachment: boolean;
  /** All this can be cut out of the file, and the picture stays as it is, bit for bit. */
  readonly strippable: boolean;
}

// ── Issues ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Severity = 'error' | 'warning' | 'info';

/** Closed: report/messages.ts has a sentence for each, and does not compile while one lacks it. */
export type IssueCode =
  // reading the export
  | 'row-unreadable'
  | 'rows-unreadable'
  | 'link-unreadable'
  | 'visibility-unread'
  | 'mixed-post'
  | 'disclosure-unread'
  | 'stories-left'
  | 'other-app'
  | 'entry-skipped'
  // selecting
  | 'visibility'
  | 'visibility-unknown'
  | 'not-selected'
  | 'interrupted'
  // finding the original
  | 'no-original'
  | 'photo-missing'
  | 'no-link'
  | 'link-expired'
  | 'link-refused'
  | 'link-private'
  | 'link-not-media'
  | 'link-failed'
  | 'offline'
  | 'several-files-fit'
  | 'damaged'
  | 'codec-private'
  | 'codec-newer'
  | 'codec-unknown'
  | 'encrypted'
  | 'nothing-to-check'
  // a file against a platform
  | 'container'
  | 'moov-position'
  | 'fragments'
  | 'trailer'
  | 'no-picture'
  | 'video-codec'
  | 'video-profile'
  | 'codec-tag'
  | 'dolby-vision'
  | 'size-changes'
  | 'picture-ends'
  | 'pixel-format'
  | 'hdr'
  | 'sample-aspect'
  | 'interlaced'
  | 'frame-rate'
  | 'width'
  | 'height'
  | 'shape'
  | 'duration'
  | 'duration-advice'
  | 'duration-unknown'
  | 'duration-split'
  | 'duration-trimmed'
  | 'no-key-frame'
  | 'light-plain'
  | 'bytes'
  | 'audio-missing'
  | 'audio-codec'
  | 'audio-channels'
  | 'sample-rate'
  | 'audio-tracks'
  | 'audio-mono-pair'
  | 'audio-left-out'
  | 'picture-tracks'
  | 'picture-left-out'
  | 'key-frame-late'
  | 'clock-jumps'
  | 'edit-lists'
  | 'frame-order'
  | 'copy-failed'
  | 'loudness'
  | 'loudness-limited'
  | 'sound-muted'
  | 'sound-library'
  | 'sound-claim'
  | 'sound-unknown'
  | 'location'
  | 'image-format'
  | 'image-animated'
  | 'image-orientation'
  | 'image-colour'
  | 'photo-unusable'
  | 'photo-flawed'
  | 'decode-errors'
  | 'image-codec'
  | 'image-pixels'
  | 'image-attachment'
  | 'serial-number'
  | 'shape-shared'
  | 'shape-advice'
  | 'photo-count'
  | 'photos-unsupported'
  | 'slideshow-needed'
  | 'slideshow-asked'
  | 'slides-shortened'
  // making and checking
  | 'render-failed'
  | 'check-failed'
  // media that a person put into a package
  | 'own-file'
  | 'own-file-unfit'
  | 'own-file-damaged'
  | 'cover-unusable'
  | 'breaks-off'
  // words
  | 'no-words'
  | 'title-cut'
  | 'title-made'
  | 'body-cut'
  | 'hashtags-cut'
  | 'contacts-removed'
  | 'footer-contact'
  | 'footer-too-long'
  | 'character-refused'
  | 'word-absolute'
  | 'word-medical'
  | 'word-finance'
  | 'word-bait'
  | 'word-contact'
  | 'word-platform'
  | 'word-promotion'
  | 'word-feature'
  | 'word-restricted'
  // words that a person wrote into caption.txt
  | 'own-title-long'
  | 'own-body-long'
  | 'own-hashtags-many'
  | 'own-hashtags-long'
  | 'own-character-refused'
  | 'own-contact'
  // finding the original, continued
  | 'several-posts-fit'
  | 'recorded-after'
  | 'original-changed'
  | 'media-shifted'
  | 'media-unclear'
  | 'watermark'
  | 'link-insecure'
  | 'link-login'
  | 'page-failed'
  | 'page-refused'
  | 'yt-dlp-missing'
  | 'fetch-failed'
  | 'disk-full'
  | 'disk-quota'
  | 'disk-read-only'
  | 'disk-gone'
  | 'disk-error'
  | 'file-too-large'
  | 'file-gone'
  | 'not-permitted'
  | 'memory-short'
  | 'open-files'
  | 'program-killed'
  | 'program-start'
  | 'program-confined'
  | 'worker-lost'
  | 'passed-over'
  | 'unreadable'
  | 'sound-lost'
  // finding words
  | 'several-captions-fit'
  | 'caption-edited'
  | 'captions-unread'
  | 'captions-unread-more'
  | 'captions-foreign'
  | 'captions-left'
  | 'captions-alias'
  | 'captions-shifted'
  | 'captions-unclear'
  | 'captions-wanted'
  | 'captions-outranked'
  | 'captions-spreadsheet-beside'
  | 'captions-sheet-unread'
  | 'captions-sheet-unwritten'
  | 'listing-failed';

/**
 * A finding, as data. The same value is why a file was not left as it was, why a post was rejected, a row of
 * `post.json` and a sentence on screen.
 */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly actual: string | number | null;
  readonly limit: string | number | null;
  /** Only of words: where they stand, as a character of title or body, or as one of the hashtags; the first is 1. */
  readonly place?: { readonly part: 'title' | 'body' | 'hashtag'; readonly at: number };
  /** Only of the length of words: what `actual` and `limit` count. */
  readonly unit?: CountingUnit;
}

/** `half-width`: RedNote's (a code unit above 127 counts two, the sum is halved and rounded up). */
export type CountingUnit = 'half-width' | 'characters' | 'bytes';

// ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type CaptionSource = 'edited' | 'csv' | 'sidecar' | 'listing' | 'export' | 'none';

/** What is known of a post's words before any platform has seen them. */
export interface Caption {
  readonly text: string;
  readonly source: CaptionSource;
  /** The photo title, or what a person wrote as the title; null: it is made of the text. */
  readonly title: string | null;
  /** What a person wrote as the hashtags, without `#`; null: they are those of the text. */
  readonly hashtags: readonly string[] | null;
}

/** A caption, and how it was found to be this post's. */
export interface JoinedCaption extends Caption {
  /** By the post's key in a spreadsheet, TikTok's id, or the time; null for words of the export itself. */
  readonly matchedBy: 'key' | 'id' | 'time' | null;
  /** How far the source's time lay from the post's; null where it has none. */
  readonly seconds: number | null;
}

// ── What became of a post ────────────────────────────────────────────────────────────────────────────────────────

export type Status = 'delivered' | 'held' | 'rejected' | 'failed';
export type Totals = Record<Status, number>;

// ── What a run tells ─────────────────────────────────────────────────────────────────────────────────────────────

/** How a post would end on a platform. `toFetch`: its original has to be fetched first, so more is not known yet. */
export interface Expected {
  readonly status: Status;
  readonly toFetch: boolean;
  /** It is there already. */
  readonly unchanged: boolean;
  readonly issues: readonly (Issue & { readonly message: string })[];
}

/** What a run will have to do for an account, as far as the originals at hand tell. */
export interface Forecast {
  /** Selected posts. */
  readonly posts: number;
  /** Of these, so many were looked at: their originals are here. */
  readonly lookedAt: number;
  /** Originals that have to be fetched first. */
  readonly toFetch: number;
  /** Posts whose original is neither here nor to be had. */
  readonly withoutOriginal: number;
  readonly withoutWords: number;
  /** Posts that are there already, on all platforms. */
  readonly unchanged: number;
  /** Videos and photos to be made or linked, each counted once however many platforms want it. */
  readonly works: Readonly<Record<'copy' | 'remux' | 'transcode' | 'slideshow' | 'image', number>>;
  /** Estimates, for the posts that were looked at; `seconds` after a short calibration on this machine. */
  readonly estimate: { readonly seconds: number; readonly bytes: number };
}

/** What happens in a run, in its order. report/ makes words, lines or bars of it; with `--json` it is printed as it is. */
export type RunEvent =
  | {
      readonly type: 'run';
      readonly export: string;
      readonly account: string;
      readonly folder: string;
      /** Known posts; of these, `selected` are ported in this run. */
      readonly posts: number;
      readonly selected: number;
      readonly targets: readonly string[];
      /** Nothing is written. */
      readonly dryRun?: true;
      /** It goes on together with other accounts: their events come mixed. */
      readonly together?: true;
    }
  | {
      readonly type: 'plan';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      /** What is done with each file: `copy`, `remux` ... */
      readonly actions: readonly string[];
      /** In a dry run: how the post would end, and why. */
      readonly expected?: Expected;
    }
  | ({ readonly type: 'forecast'; readonly account: string } & Forecast)
  | {
      readonly type: 'progress';
      /** Originals are fetched ahead of what is made of them. */
      readonly stage: 'fetch' | 'make';
      readonly account: string;
      readonly key: string;
      /** Of the rendition under way, 0 to 1; of an original 1, when it has been seen to. */
      readonly share: number;
      /** Posts of the run that this stage has done, and has to do. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: 'post';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      readonly status: Status;
      /** A post that an earlier run finished and this one found whole. */
      readonly unchanged: boolean;
      readonly actions: readonly string[];
      readonly issues: readonly (Issue & { readonly message: string })[];
      /** Its package, relative to the account's folder; null where there is none. */
      readonly folder: string | null;
      /** Where its original came from, and how it was found to be this post's; null if there is none. */
      readonly original: (Pick<Original, 'source' | 'matchedBy' | 'seconds'> & { readonly path: string }) | null;
      /** Of the package's files, words included; 0 where there is none. */
      readonly bytes: number;
    }
  | {
      readonly type: 'warning';
      readonly message: string;
      /** Those that the message counts. */
      readonly files?: readonly string[];
      /** What to do next: it belongs to the summary. */
      readonly atEnd?: true;
      /** The keys of the posts that it is about. */
      readonly posts?: readonly string[];
    }
  | { readonly type: 'error'; readonly message: string }
  | {
      readonly type: 'summary';
      /** By account and target; of `port fetch` the only target is `originals`. */
      readonly accounts: Readonly<Record<string, Readonly<Record<string, Totals>>>>;
      /** By account: originals that this run wanted and does not have. */
      readonly missing: Readonly<Record<string, MissingOriginals>>;
      readonly folders: readonly string[];
      readonly exitCode: number;
      /** The totals are what is expected; nothing was written. */
      readonly dryRun?: true;
    };

/** What has become of the links of originals that could not be had. Days are UTC, `2025-12-01`. */
export interface MissingOriginals {
  /** Links whose time is over: a new export brings them back. */
  readonly ended: {
    readonly videos: number;
    readonly photoPosts: number;
    /** The days on which the first and the last of them ended; null where the links did not say. */
    readonly first: string | null;
    readonly last: string | null;
  } | null;
  /** Links that should live, and the server would not hand out what they lead to: a new export may help. */
  readonly refused: { readonly videos: number; readonly photoPosts: number } | null;
  /** Links that were not followed, for they are not https or lead into a private network: only the user can allow that. */
  readonly blocked: { readonly posts: number } | null;
  /** Links that live: another run may bring them, until the day on which the first of them ends. */
  readonly living: {
    readonly posts: number;
    readonly firstEnds: string | null;
    /** Some were not asked for because of `--offline`. */
    readonly offline: boolean;
  } | null;
}

/** A way of telling it. One file a style (report/index.ts). */
export interface Report {
  readonly tell: (event: RunEvent) => void;
}

// ── What an export holds, for `port inspect` ─────────────────────────────────────────────────────────────────────

export type LinkState = 'alive' | 'expired' | 'unknown';

export interface InspectedPost {
  readonly key: string;
  readonly createdAt: string;
  readonly kind: PostKind;
  /** 0 for a video. */
  readonly photos: number;
  readonly visibility: Visibility;
  /** Words of the export for who could see it, where they are not known. */
  readonly audience?: string;
  /** What else the post holds beside its links. */
  readonly leftOut?: { readonly videos: number; readonly photos: number };
  readonly links: readonly {
    readonly host: string;
    readonly kind: Link['kind'];
    readonly state: LinkState;
    readonly expiresAt: string | null;
  }[];
  readonly title: string | null;
  readonly sound: string | null;
  readonly location: string | null;
  readonly likes: number | null;
  readonly aiGenerated: boolean;
  readonly disclosure: readonly string[];
  /** What may disclose something else, as the export has it. */
  readonly unreadDisclosure?: readonly string[];
}

/** The document of `port inspect --json`, without the sentences of its issues. No signed address is in it. */
export interface Inspection {
  readonly schemaVersion: 1;
  readonly format: Export['format'];
  readonly generation: Export['generation'];
  readonly account: string | null;
  readonly counts: {
    readonly posts: number;
    readonly videos: number;
    readonly photoPosts: number;
    readonly photos: number;
    readonly deleted: number;
    readonly unreadable: number;
  };
  readonly visibility: Readonly<Record<Visibility, number>>;
  /** Of live posts; a photo post has one for each photo. `none` counts posts without any. */
  readonly links: Readonly<Record<LinkState | 'none', number>> & { readonly firstExpiry: string | null };
  /** Live posts, newest first. */
  readonly posts: readonly InspectedPost[];
  readonly deleted: readonly InspectedPost[];
  readonly issues: readonly Issue[];
}
