import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const media = cite('A', 'https://docs.x.com/x-api/media/quickstart/best-practices', '2026-11');
const text = cite('B', 'https://github.com/twitter/twitter-text/blob/master/config/v3.json', '2026-11');
const hashtags = cite('B', 'https://help.x.com/en/using-x/how-to-use-hashtags', '2026-11');
// The API documents 1280x1024; its page for posting by hand takes vertical 1080p. Our users post by hand.
const byHand = cite('D', 'guides', '2026-11');

const megabytes = 1_000_000;

/** X, formerly Twitter, for accounts without Premium. */
export const x: Target = {
  name: 'x',
  aliases: ['twitter'],
  title: 'X (Twitter)',
  upload: 'https://x.com',
  video: {
    accept: {
      ...everywhere,
      containers: byHand.limit(['mp4', 'mov']),
      codecs: media.limit(['h264']),
      maxFps: media.limit(60),
      maxShortSide: byHand.limit(1200),
      maxLongSide: byHand.limit(1920),
      minAspect: media.limit(1 / 3),
      maxAspect: media.limit(3),
      minSeconds: media.limit(0.5),
      maxSeconds: media.limit(140),
      maxBytes: media.limit(512 * megabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  photos: {
    accept: { formats: media.limit(['jpeg', 'png', 'webp']), maxBytes: media.limit(5 * megabytes) },
    advice: {},
    encode: { ...houseImage, maxBytes: 5 * megabytes },
    maxCount: media.limit(4),
  },
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    body: { max: text.limit(280), unit: 'weighted' },
    maxHashtags: hashtags.advice(2),
    tagsInText: true,
    fold: house.advice(125),
    thread: house.limit(25),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['x', 'twitter'],
    ownTags: ['twitter', 'twitterx', 'xtwitter'],
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
