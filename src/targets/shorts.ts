import { everywhere, house, houseEncode } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const shortsPage = cite('A', 'https://support.google.com/youtube/answer/15424877', '2026-10');
const api = cite('A', 'https://developers.google.com/youtube/v3/docs/videos', '2026-10');
const hashtagsPage = cite('A', 'https://support.google.com/youtube/answer/6390658', '2026-10');

const studio = cite('A', 'https://studio.youtube.com', '2026-10');

const gigabytes = 1_000_000_000;

/** A wider or longer video is an ordinary video, not a Short. Posted in Studio or by the API. */
export const shorts: Target = {
  name: 'shorts',
  aliases: ['youtube', 'yt'],
  title: 'YouTube Shorts',
  isInAll: true,
  upload: 'https://studio.youtube.com',
  uploadBatch: studio.limit(15),
  video: {
    accept: {
      ...everywhere,
      codecs: house.limit(['h264', 'hevc']),
      maxAspect: shortsPage.limit(1),
      maxSeconds: shortsPage.limit(180),
      maxBytes: api.limit(256 * gigabytes),
    },
    // Over 60 s with an active Content ID claim is blocked worldwide.
    advice: { maxSeconds: shortsPage.advice(60), claimSeconds: shortsPage.advice(60) },
    encode: houseEncode,
  },
  photos: null,
  cover: { size: house.advice({ width: 1080, height: 1920 }) },
  words: {
    title: { max: api.limit(100), unit: 'characters' },
    body: { max: api.limit(5000), unit: 'bytes' },
    // The part of a description that is visible when it is opened.
    fold: house.advice(100),
    // With 60 or more all are ignored; three are shown; 3-5 are recommended.
    maxHashtags: hashtagsPage.advice(5),
    maxTagRoom: api.limit(500),
    forbidden: api.limit('<>'),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['youtube', 'yt'],
    ownTags: [
      ...['shorts', 'ytshort', 'ytshorts', 'youtubeshort', 'youtubeshorts', 'shortsvideo', 'shortsfeed'],
      ...['shortsyoutube', 'youtube', 'youtuber'],
    ],
    wording: house.advice({ books: 'booktube' }),
  },
  declarations: {
    when: {
      'ai-generated': studio.advice('choose: altered content, Yes'),
      'your-brand': studio.advice('choose: paid promotion'),
      'branded-content': studio.advice('choose: paid promotion'),
      'ai-asked': studio.advice('altered or made by AI? then choose: altered content, Yes'),
      'branded-asked': studio.advice('paid, gifted or with a brand? then choose: paid promotion'),
      'library-sound': shortsPage.advice('its music may be claimed or blocked'),
    },
    always: {
      madeForKids: studio.advice('answer: made for kids, or not'),
    },
  },
};
