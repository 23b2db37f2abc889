import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const posts = cite('A', 'https://developers.facebook.com/docs/threads/posts/', '2026-11');
const overview = cite('A', 'https://developers.facebook.com/docs/threads/overview/', '2026-11');
const ayrshare = cite('C', 'https://www.ayrshare.com/docs/apis/post/social-networks/threads', '2026-11');
const late = cite('C', 'https://docs.rs/crate/zernio/0.0.129', '2026-11');
const app = cite('B', 'https://www.threads.com', '2026-11');

const megabytes = 1_000_000;
const gigabytes = 1_000_000_000;

/** Threads by Meta. */
export const threads: Target = {
  name: 'threads',
  aliases: [],
  title: 'Threads',
  upload: 'https://www.threads.com',
  video: {
    accept: {
      ...everywhere,
      containers: overview.limit(['mp4', 'mov']),
      codecs: overview.limit(['h264', 'hevc']),
      minFps: overview.limit(23),
      maxFps: overview.limit(60),
      maxWidth: overview.limit(1920),
      minAspect: overview.limit(0.01),
      maxAspect: overview.limit(10),
      maxSeconds: overview.limit(300),
      maxBytes: overview.limit(1 * gigabytes),
      maxSampleRate: overview.limit(48_000),
    },
    advice: {},
    encode: houseEncode,
  },
  photos: {
    accept: {
      formats: overview.limit(['jpeg', 'png']),
      maxBytes: overview.limit(8 * megabytes),
      minWidth: overview.limit(320),
      maxWidth: overview.limit(1440),
      minAspect: overview.limit(0.1),
      maxAspect: overview.limit(10),
    },
    advice: {},
    encode: houseImage,
    maxCount: posts.limit(20),
  },
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    body: { max: posts.limit(500), unit: 'emoji-bytes' },
    // One topic for each post: the first hashtag is it, all others are plain text.
    maxHashtags: ayrshare.limit(1),
    hashtag: { max: late.limit(50), unit: 'characters' },
    tagsInText: true,
    fold: house.advice(125),
    thread: house.limit(25),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['threads'],
    // Not `threads`, which people sew with.
    ownTags: ['threadsapp', 'threadsbymeta', 'threadsmeta'],
  },
  declarations: {
    when: {
      'ai-generated': app.advice('choose: AI label'),
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': app.advice('choose: Paid partnership'),
      'ai-asked': app.advice('made by AI? then choose: AI label'),
      'branded-asked': app.advice('paid, gifted or with a brand? then choose: Paid partnership'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {},
  },
};
