import { everywhere, house, houseEncode } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const reelsPage = cite('A', 'https://developers.facebook.com/docs/video-api/guides/reels-publishing/', '2026-11');
const guidelines = cite('C', 'https://www.ayrshare.com/docs/media-guidelines/facebook-pages', '2026-11');
const suite = cite('B', 'https://business.facebook.com', '2026-11');

const gigabytes = 1_000_000_000;

/**
 * Facebook Reels, posted by hand. Since June 2025 every video is a reel, of any length and shape (announcement of
 * 2025-06-17, read 2026-11); the API still documents 3 to 90 s and 9:16.
 */
export const facebook: Target = {
  name: 'facebook',
  aliases: ['fb'],
  title: 'Facebook Reels',
  upload: 'https://business.facebook.com',
  video: {
    accept: {
      ...everywhere,
      containers: guidelines.limit(['mp4', 'mov']),
      codecs: guidelines.limit(['h264', 'hevc']),
      // The page says 24, as people call this rate.
      minFps: reelsPage.limit(23.976),
      maxFps: reelsPage.limit(60),
      minShortSide: reelsPage.limit(540),
      // Any shape is taken. A taller or wider one would be shown with bars.
      minAspect: house.limit(9 / 16),
      maxAspect: house.limit(16 / 9),
      minSeconds: reelsPage.limit(3),
      maxBytes: guidelines.limit(2 * gigabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  // A reel is one video.
  photos: null,
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    // Nothing is published: Instagram's limit, since the same page posts to both.
    body: { max: house.limit(2200), unit: 'characters' },
    fold: house.advice(100),
    maxHashtags: house.advice(5),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['facebook', 'fb'],
    ownTags: [
      ...['facebook', 'fb', 'facebookreels', 'fbreels', 'reelsfb', 'reelsfacebook', 'facebookreel'],
      ...['reels', 'reelsvideo'],
    ],
  },
  declarations: {
    when: {
      'ai-generated': suite.advice('choose: AI label'),
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': suite.advice('choose: Paid partnership label'),
      'ai-asked': suite.advice('made by AI? then choose: AI label'),
      'branded-asked': suite.advice('paid, gifted or with a brand? then choose: Paid partnership label'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {},
  },
};
