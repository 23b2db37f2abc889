import { targets } from './targets/index.ts';

/**
 * The options of the main job, in the order of its help: as commander writes them, and what they mean. Help, the schema of
 * config files and shell completion are made of this list; what values are taken is in options.ts.
 * `several`: the option may be given several times.
 */
export const mainOptions: readonly (readonly [flags: string, words: string, several?: 'several'])[] = [
  ['--to <targets>', `where to: ${targets.map(({ name }) => name).join(', ')}; a comma list, or all`],
  ['--out <dir>', 'output folder (default: ported)'],
  ['--account <name>', 'the name to use where the export has none'],
  ['--media <path>', 'folder or ZIP with your own videos and photos, used before any network; repeatable', 'several'],
  ['--captions <path>', 'a CSV, a folder of yt-dlp or gallery-dl sidecars, or one sidecar; repeatable', 'several'],
  ['--caption-shift <seconds>', 'add this to the times of sidecars and CSV before joining (default: 0)'],
  ['--offline', 'use no network at all'],
  ['--no-listing', 'do not ask yt-dlp for the list of your posts, which tells captions'],
  ['--include <list>', 'also port private, friends, deleted posts', 'several'],
  ['--no-held-originals', 'do not fetch originals of posts that are held back'],
  ['--since <date>', 'posts from this day on, UTC: 2025-03-02'],
  ['--until <date>', 'posts up to this day, UTC'],
  ['--only <keys>', 'just these posts: a comma list, repeatable', 'several'],
  ['--order <how>', 'newest or likes (default: newest)'],
  ['--limit <n>', 'at most n posts, after the other filters'],
  ['--fit <how>', 'keep, blur, pad or crop, where a platform needs another shape (default: blur)'],
  ['--photos <how>', 'images or video for photo posts, where a platform takes both (default: images)'],
  ['--slide-seconds <s>', 'how long a video of photos shows each of them (default: 3)'],
  ['--music <file>', 'for videos of photos: looped and faded out (default: silent)'],
  ['--cover <seconds>', 'the moment of the cover, with one post (default: chosen)'],
  ['--tags <list>', 'add these hashtags to every post'],
  ['--footer <text>', 'a paragraph of your own under every post'],
  ['--long <how>', 'split, trim or reject what is too long for a platform (default: split)'],
  ['--sound <how>', 'keep, or mute posts with a track that is clearly not their own (default: keep)'],
  ['--loudness <LUFS>', 'make all videos equally loud, such as -14 (default: as they are)'],
  ['--encoder <name>', 'auto, software, or an H.264 encoder of ffmpeg (default: auto)'],
  ['--jobs <n>', 'renders at a time (default: by cores)'],
  ['--allow-host <host>', 'fetch from this host though it is private or not https; repeatable', 'several'],
  ['--verify', 'check finished files by their hashes, not only by size and time'],
  ['--dry-run', 'tell what would be done, and write nothing'],
  ['--strict', 'a post with a warning is failed'],
  ['--summary <file>', 'a table of the run as CSV (with several exports: summary.csv in the output folder)'],
  ['--config <file>', 'the same options from a JSON file; flags win (default: port.config.json if there)'],
  ['--json', 'newline-delimited JSON events on stdout'],
  ['-q, --quiet', 'only trouble and the summary'],
  ['-v, --verbose', 'with the reasons for all that was done'],
  ['--no-color', 'no colours'],
];
