import { everywhere, house, houseEncode } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const guidelines = cite('B', 'https://help.snapchat.com/hc/en-us/articles/7012287256596', '2026-11');
const late = cite('C', 'https://docs.getlate.dev/platforms/snapchat', '2026-11');
const ayrshare = cite('C', 'https://www.ayrshare.com/docs/media-guidelines/snapchat', '2026-11');
const form = cite('C', 'https://my.snapchat.com', '2026-11');

const megabytes = 1_000_000;

/** Snapchat Spotlight, on the web or in the app. */
export const snapchat: Target = {
  name: 'snapchat',
  aliases: ['snap', 'spotlight'],
  title: 'Snapchat Spotlight',
  upload: 'https://my.snapchat.com',
  video: {
    accept: {
      ...everywhere,
      containers: late.limit(['mp4']),
      codecs: house.limit(['h264']),
      minShortSide: ayrshare.limit(540),
      // “Vertical”, and “must fill the full frame”.
      minAspect: ayrshare.limit(9 / 16),
      maxAspect: ayrshare.limit(9 / 16),
      minSeconds: guidelines.limit(5),
      maxSeconds: guidelines.limit(60),
      // Older copies: 1 GB.
      maxBytes: late.limit(500 * megabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  // Still photos are not shown in Spotlight.
  photos: null,
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    // With its hashtags. Other copies: 500.
    body: { max: late.limit(160), unit: 'characters' },
    fold: house.advice(60),
    maxHashtags: house.advice(5),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['snapchat', 'snap', 'sc'],
    ownTags: ['snapchat', 'snapchatspotlight', 'spotlightsnapchat'],
  },
  declarations: {
    when: {
      'ai-generated': house.advice('say in the text that AI made it'),
      'your-brand': form.advice('choose: Paid Partnership'),
      'branded-content': form.advice('choose: Paid Partnership'),
      'ai-asked': house.advice('made by AI? then say so in the text'),
      'branded-asked': form.advice('paid, gifted or with a brand? then choose: Paid Partnership'),
      'library-sound': guidelines.advice('only music of its own library is allowed: mute it, or choose a sound there'),
    },
    always: {},
  },
};
