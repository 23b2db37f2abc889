import * as z from 'zod';
import { translationLayouts } from '../model/caption.ts';
import { fits } from '../plan/plan.ts';
import type { Group } from './option.ts';
import * as values from './option-values.ts';

const posts = {
  /** Not in the fingerprint, because each fingerprint is for one platform. */
  to: {
    flags: '--to <targets>',
    help: `where to: ${values.targetNames.join(', ')}; a comma list, or ${values.allInWords}`,
    schema: values.targetList,
    traits: { reach: 'posts', post: 'travels' },
  },
  out: {
    flags: '--out <dir>',
    help: 'output folder (default: ported)',
    schema: values.text('--out names no folder').default('ported'),
    traits: { reach: 'path', fetch: true, wholeRun: true },
  },
  account: {
    flags: '--account <name>',
    help: 'the name to use where the export has none',
    schema: values.text('--account is empty').optional(),
    traits: { reach: 'posts', fetch: true, wholeRun: true },
  },
  include: {
    flags: '--include <list>',
    help: 'also port private, friends, deleted posts, or some by their keys',
    schema: values.include.prefault([]),
    traits: { reach: 'posts', fetch: true, repeatable: true },
  },
  since: {
    flags: '--since <date>',
    help: 'posts from this day on, UTC: 2025-03-02',
    schema: values.day('--since', false).optional(),
    traits: { reach: 'posts', fetch: true },
  },
  until: {
    flags: '--until <date>',
    help: 'posts up to this day, UTC',
    schema: values.day('--until', true).optional(),
    traits: { reach: 'posts', fetch: true },
  },
  only: {
    flags: '--only <keys>',
    help: 'just these posts: a comma list, repeatable',
    schema: values.keys,
    traits: { reach: 'posts', fetch: true, repeatable: true },
  },
  order: {
    flags: '--order <how>',
    help: 'newest or likes (default: newest)',
    schema: values.choice('--order', ['newest', 'likes']).default('newest'),
    traits: { reach: 'posts', fetch: true },
  },
  limit: {
    flags: '--limit <n>',
    help: 'at most n posts, after the other filters',
    schema: values.wholeNumber('--limit').optional(),
    traits: { reach: 'posts', fetch: true },
  },
} as const satisfies Group;

const originals = {
  media: {
    flags: '--media <path>',
    help: 'folder or ZIP with your own videos and photos, used before any network; repeatable',
    schema: values.shortList('--media').default([]),
    traits: { reach: 'path', fetch: true, repeatable: true, wholeRun: true },
  },
  captions: {
    flags: '--captions <path>',
    help: 'a CSV, a folder of yt-dlp or gallery-dl sidecars, or one sidecar; repeatable',
    schema: values.shortList('--captions').default([]),
    traits: { reach: 'path', fetch: true, repeatable: true },
  },
  /** Not given differs from 0, which says that the times are UTC even if they look shifted. */
  captionShift: {
    flags: '--caption-shift <seconds>',
    help: 'add this to the times of sidecars and CSV before joining (default: 0)',
    schema: values.shift('--caption-shift').optional(),
    traits: { reach: 'posts', fetch: true },
  },
  mediaShift: {
    flags: '--media-shift <seconds>',
    help: 'add this to the times in names of --media before matching (default: 0)',
    schema: values.shift('--media-shift').optional(),
    traits: { reach: 'posts', fetch: true, post: 'travels' },
  },
  alias: {
    flags: '--alias <handle>',
    help: 'a former user name of this account, whose sidecars are its own; repeatable',
    schema: values.aliases.prefault([]),
    traits: { reach: 'posts', fetch: true, repeatable: true, post: 'travels' },
  },
  offline: {
    flags: '--offline',
    help: 'use no network at all',
    schema: values.flag(),
    traits: { reach: 'posts', fetch: true, wholeRun: true, post: 'travels' },
  },
  listing: {
    flags: '--no-listing',
    help: 'do not ask yt-dlp for the list of your posts with their captions',
    schema: values.flag(true),
    traits: { reach: 'posts', fetch: true },
  },
  heldOriginals: {
    flags: '--no-held-originals',
    help: 'do not fetch originals of posts that are held back',
    schema: values.flag(true),
    traits: { reach: 'posts', fetch: true },
  },
  allowHost: {
    flags: '--allow-host <host>',
    help: 'fetch from this host though it is private or not https; repeatable',
    schema: z.array(z.string()).default([]),
    traits: { reach: 'outside', fetch: true, repeatable: true, wholeRun: true, post: 'travels' },
  },
  /** Not sent to workers: a password must not be stored in Redis, and workers may be in other networks. */
  proxy: {
    flags: '--proxy <address>',
    help: 'fetch through this proxy: http://, https:// or socks5:// (default: HTTPS_PROXY, ALL_PROXY, NO_PROXY)',
    schema: values.proxy.optional(),
    traits: { reach: 'outside', fetch: true, worker: true, wholeRun: true },
  },
  tags: {
    flags: '--tags <list>',
    help: 'add these hashtags to every post',
    schema: values.tagList.prefault('').meta({ default: [] }),
    traits: { reach: 'posts', post: 'decides' },
  },
  footer: {
    flags: '--footer <text>',
    help: 'a paragraph of your own under every post',
    schema: values.footer.default(''),
    traits: { reach: 'posts', post: 'decides' },
  },
  thread: {
    flags: '--thread',
    help: 'continue a text that is too long in replies, where a platform has threads (default: cut)',
    schema: values.flag(),
    traits: { reach: 'posts', post: 'decides' },
  },
} as const satisfies Group;

const language = {
  /** In the captions of the posts, which are in their fingerprints. */
  translate: {
    flags: '--translate <language>',
    help: 'words in another language too: zh, ja, es ..., or platform for the language of each; needs --translator',
    schema: values.language.optional(),
    traits: { reach: 'posts' },
  },
  /** Not sent to workers: the coordinator translates. */
  translator: {
    flags: '--translator <engine>',
    help: 'openai:<base address>#<model>, libretranslate:<address>, deepl, command:<command line> or bergamot:<folder>; key: PORT_TRANSLATOR_KEY',
    schema: values.translator.optional(),
    traits: { reach: 'outside', wholeRun: true },
  },
  /** Not given: as it was for the posts that are translated already. */
  translateLayout: {
    flags: '--translate-layout <how>',
    help: 'only the translation, or it first or last, with the original beside it (default: first)',
    schema: values.choice('--translate-layout', translationLayouts).optional(),
    traits: { reach: 'posts' },
  },
  keepWords: {
    flags: '--keep-words <list>',
    help: 'names that are not translated: a comma list',
    schema: values.nameList.prefault('').meta({ default: [] }),
    traits: { reach: 'posts' },
  },
  /** Not sent to workers: the coordinator transcribes the videos. */
  transcribe: {
    flags: '--transcribe <command line>',
    help: 'a program that prints what is said in a video, for posts without words: SRT, WebVTT or whisper’s JSON; {} is the video',
    schema: values.transcriber.optional(),
    traits: { reach: 'outside', wholeRun: true },
  },
} as const satisfies Group;

const making = {
  fit: {
    flags: '--fit <how>',
    help: 'keep, blur, pad or crop, where a platform needs another shape (default: blur)',
    schema: values.choice('--fit', fits).default('blur'),
    traits: { reach: 'posts', post: 'decides' },
  },
  long: {
    flags: '--long <how>',
    help: 'split, trim or reject what is too long for a platform (default: split)',
    schema: values.choice('--long', ['split', 'trim', 'reject']).default('split'),
    traits: { reach: 'posts', post: 'decides' },
  },
  photos: {
    flags: '--photos <how>',
    help: 'images or video for photo posts, where a platform takes both (default: images)',
    schema: values.choice('--photos', ['images', 'video']).default('images'),
    traits: { reach: 'posts', post: 'decides' },
  },
  slideSeconds: {
    flags: '--slide-seconds <s>',
    help: 'how long a video of photos shows each of them (default: 3)',
    schema: values.slideSeconds.default(3),
    traits: { reach: 'posts', post: 'decides' },
  },
  /** The path is not sent to workers: the file's hash is part of plan and fingerprint (`openMusic`). */
  music: {
    flags: '--music <file>',
    help: 'for videos of photos: looped and faded out (default: silent)',
    schema: values.text('--music names no file').optional(),
    traits: { reach: 'path' },
  },
  /** For one post: stored with the post, and part of the fingerprint together with the choices in captions.csv. */
  cover: {
    flags: '--cover <seconds>',
    help: 'the moment of the cover, with one post (default: chosen)',
    schema: values.seconds('--cover').optional(),
    traits: { reach: 'posts' },
  },
  sound: {
    flags: '--sound <how>',
    help: 'keep, or mute posts with a track that is clearly not their own (default: keep)',
    schema: values.choice('--sound', ['keep', 'mute']).default('keep'),
    traits: { reach: 'posts', post: 'decides' },
  },
  loudness: {
    flags: '--loudness <LUFS>',
    help: 'make all videos equally loud, such as -14 (default: as they are)',
    schema: values.loudness.optional(),
    traits: { reach: 'posts', post: 'decides' },
  },
  encoder: {
    flags: '--encoder <name>',
    help: 'auto, software, or an H.264 encoder of ffmpeg (default: auto)',
    schema: values.encoder.default('auto'),
    traits: { reach: 'posts', wholeRun: true, post: 'decides' },
  },
} as const satisfies Group;

const everywhere = { fetch: true, worker: true } as const;

const running = {
  dryRun: {
    flags: '--dry-run',
    help: 'tell what would be done, and write nothing',
    schema: values.flag(),
    traits: { reach: 'posts', wholeRun: true },
  },
  verify: {
    flags: '--verify',
    help: 'check finished files by their hashes, not only by size and time',
    schema: values.flag(),
    traits: { reach: 'posts', post: 'travels' },
  },
  redoPosted: {
    flags: '--redo-posted',
    help: 'make anew what is posted (default: it stays)',
    schema: values.flag(),
    traits: { reach: 'posts' },
  },
  strict: {
    flags: '--strict',
    help: 'a post with a warning is failed',
    schema: values.flag(),
    traits: { reach: 'posts', fetch: true, post: 'decides' },
  },
  jobs: {
    flags: '--jobs <n>',
    help: 'renders at a time, at most four for each core (default: by cores)',
    schema: values.jobs.optional(),
    traits: { reach: 'posts', wholeRun: true },
  },
  queue: {
    flags: '--queue <address>',
    help: 'have the posts done by workers: redis://host:6379 (see port worker)',
    schema: z.string().optional(),
    traits: { reach: 'outside', wholeRun: true },
  },
  shared: {
    flags: '--shared <dir>',
    help: 'with --queue: the folder that all machines mount (default: this one)',
    schema: values.text('--shared names no folder').optional(),
    traits: { reach: 'outside', wholeRun: true },
  },
  summary: {
    flags: '--summary <file>',
    help: 'a table of the run as CSV (with several exports: summary.csv in the output folder)',
    schema: values.text('--summary names no file').optional(),
    traits: { reach: 'path', fetch: true, wholeRun: true },
  },
  config: {
    flags: '--config <file>',
    help: 'the same options from a JSON file; flags win (default: port.config.json if there)',
    traits: { fetch: true },
  },
  json: { flags: '--json', help: 'newline-delimited JSON events on stdout', traits: everywhere },
  quiet: { flags: '-q, --quiet', help: 'only trouble and the summary', traits: everywhere },
  verbose: { flags: '-v, --verbose', help: 'with the reasons for all that was done', traits: everywhere },
  color: { flags: '--no-color', help: 'no colours', traits: everywhere },
} as const satisfies Group;

/** Groups of options with the headings of the help, in its order. */
export const optionGroups = {
  'Which posts, and where to:': posts,
  'Their originals and words:': originals,
  'Their words in another language:': language,
  'What is made of them:': making,
  'How it runs:': running,
} as const satisfies Readonly<Record<string, Group>>;

/**
 * Every option once, by name in camel case. Flags, help, config files and their JSON schema, completion, the options
 * sent to workers and those in a post's fingerprint are derived from this list (`options.ts`).
 */
export const optionList = { ...posts, ...originals, ...language, ...making, ...running };
