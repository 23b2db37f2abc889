import { targets } from '../targets/index.ts';

/** As commander writes an option, and what it means. `several`: it may be given several times. */
type Option = readonly [flags: string, words: string, several?: 'several'];

/**
 * The options of the main job, under the headings of its help. Help, the schema of config files and shell completion are
 * made of this list; what values are taken is in config/options.ts.
 */
export const optionGroups: Readonly<Record<string, readonly Option[]>> = {
  'Which posts, and where to:': [
    ['--to <targets>', `where to: ${targets.map(({ name }) => name).join(', ')}; a comma list, or all`],
    ['--out <dir>', 'output folder (default: ported)'],
    ['--account <name>', 'the name to use where the export has none'],
    ['--include <list>', 'also port private, friends, deleted posts', 'several'],
    ['--since <date>', 'posts from this day on, UTC: 2025-03-02'],
    ['--until <date>', 'posts up to this day, UTC'],
    ['--only <keys>', 'just these posts: a comma list, repeatable', 'several'],
    ['--order <how>', 'newest or likes (default: newest)'],
    ['--limit <n>', 'at most n posts, after the other filters'],
  ],
  'Their originals and words:': [
    ['--media <path>', 'folder or ZIP with your own videos and photos, used before any network; repeatable', 'several'],
    ['--captions <path>', 'a CSV, a folder of yt-dlp or gallery-dl sidecars, or one sidecar; repeatable', 'several'],
    ['--caption-shift <seconds>', 'add this to the times of sidecars and CSV before joining (default: 0)'],
    ['--media-shift <seconds>', 'add this to the times in names of --media before matching (default: 0)'],
    ['--alias <handle>', 'a former user name of this account, whose sidecars are its own; repeatable', 'several'],
    ['--offline', 'use no network at all'],
    ['--no-listing', 'do not ask yt-dlp for the list of your posts, which tells captions'],
    ['--no-held-originals', 'do not fetch originals of posts that are held back'],
    ['--allow-host <host>', 'fetch from this host though it is private or not https; repeatable', 'several'],
    ['--tags <list>', 'add these hashtags to every post'],
    ['--footer <text>', 'a paragraph of your own under every post'],
  ],
  'What is made of them:': [
    ['--fit <how>', 'keep, blur, pad or crop, where a platform needs another shape (default: blur)'],
    ['--long <how>', 'split, trim or reject what is too long for a platform (default: split)'],
    ['--photos <how>', 'images or video for photo posts, where a platform takes both (default: images)'],
    ['--slide-seconds <s>', 'how long a video of photos shows each of them (default: 3)'],
    ['--music <file>', 'for videos of photos: looped and faded out (default: silent)'],
    ['--cover <seconds>', 'the moment of the cover, with one post (default: chosen)'],
    ['--sound <how>', 'keep, or mute posts with a track that is clearly not their own (default: keep)'],
    ['--loudness <LUFS>', 'make all videos equally loud, such as -14 (default: as they are)'],
    ['--encoder <name>', 'auto, software, or an H.264 encoder of ffmpeg (default: auto)'],
  ],
  'How it runs:': [
    ['--dry-run', 'tell what would be done, and write nothing'],
    ['--verify', 'check finished files by their hashes, not only by size and time'],
    ['--strict', 'a post with a warning is failed'],
    ['--jobs <n>', 'renders at a time, at most four for each core (default: by cores)'],
    ['--queue <address>', 'have the posts done by workers: redis://host:6379 (see port worker)'],
    ['--shared <dir>', 'with --queue: the folder that all machines mount (default: this one)'],
    ['--summary <file>', 'a table of the run as CSV (with several exports: summary.csv in the output folder)'],
    ['--config <file>', 'the same options from a JSON file; flags win (default: port.config.json if there)'],
    ['--json', 'newline-delimited JSON events on stdout'],
    ['-q, --quiet', 'only trouble and the summary'],
    ['-v, --verbose', 'with the reasons for all that was done'],
    ['--no-color', 'no colours'],
  ],
};

export const mainOptions: readonly Option[] = Object.values(optionGroups).flat();
