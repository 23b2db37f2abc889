import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const lexicons = 'https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky';
const post = cite('A', `${lexicons}/feed/post.json`, '2026-11');
const facet = cite('A', `${lexicons}/richtext/facet.json`, '2026-11');
// Since 2026-08-11; 100 MB before.
const video = cite('A', `${lexicons}/embed/video.json`, '2026-11');
// Since 2026-04-08; 1 MB before.
const images = cite('A', `${lexicons}/embed/images.json`, '2026-11');
const sdk = cite('C', 'https://github.com/simple-post/core/releases/tag/sdk-v1.3.1', '2026-11');

const megabytes = 1_000_000;

/** Bluesky, and Skylight, which shows its videos of up to 3 minutes. */
export const bluesky: Target = {
  name: 'bluesky',
  aliases: ['bsky', 'skylight'],
  title: 'Bluesky',
  upload: 'https://bsky.app',
  video: {
    accept: {
      ...everywhere,
      containers: video.limit(['mp4']),
      codecs: house.limit(['h264']),
      maxSeconds: sdk.limit(600),
      maxBytes: video.limit(300 * megabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  photos: {
    accept: { formats: house.limit(['jpeg', 'png', 'webp']), maxBytes: images.limit(2 * megabytes) },
    advice: {},
    encode: { ...houseImage, maxBytes: 2 * megabytes },
    // The newer `embed.gallery` has up to 10, which not every app shows.
    maxCount: images.limit(4),
  },
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    body: { max: post.limit(300), unit: 'graphemes', also: { max: post.limit(3000), unit: 'bytes' } },
    maxHashtags: house.advice(5),
    hashtag: { max: facet.limit(64), unit: 'graphemes' },
    tagsInText: true,
    fold: house.advice(125),
    thread: house.limit(25),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['bluesky', 'bsky'],
    // Not `bluesky`, which photographers use for the sky.
    ownTags: ['bsky', 'blueskysocial', 'blueskyapp', 'skylightsocial'],
  },
  declarations: {
    when: {
      'ai-generated': house.advice('say in the text that AI made it'),
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': house.advice('say in the text that it is paid'),
      'ai-asked': house.advice('made by AI? then say so in the text'),
      'branded-asked': house.advice('paid, gifted or with a brand? then say so in the text'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {},
  },
};
