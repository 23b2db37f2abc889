import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, tiktokFeatures } from './watched-words.ts';

const reference = cite(
  'A',
  'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media',
  '2026-10',
);
const app = cite('B', 'the Instagram app', '2026-10');
// The API documents 4:5; manual posting accepts 3:4 since 2025, when the profile grid became 3:4. Our users post
// manually.
const byHand = cite('D', 'guides', '2026-11');
const creators = cite('A', 'https://www.threads.com/@creators/post/DSalXGPCWM4', '2026-10');

const megabytes = 1_000_000;

export const reels: Target = {
  name: 'reels',
  aliases: ['instagram', 'ig'],
  title: 'Instagram Reels',
  isInAll: true,
  upload: 'https://www.instagram.com',
  video: {
    accept: {
      ...everywhere,
      containers: reference.limit(['mp4', 'mov']),
      codecs: reference.limit(['h264', 'hevc']),
      minFps: reference.limit(23),
      maxFps: reference.limit(60),
      maxWidth: reference.limit(1920),
      minAspect: reference.limit(0.01),
      maxAspect: reference.limit(10),
      minSeconds: reference.limit(3),
      maxSeconds: reference.limit(900),
      maxBytes: reference.limit(300 * megabytes),
      maxSampleRate: reference.limit(48_000),
    },
    // Longer videos are not recommended to people who do not follow the account.
    advice: { maxSeconds: reference.advice(180) },
    encode: houseEncode,
  },
  photos: {
    accept: {
      formats: reference.limit(['jpeg']),
      maxBytes: reference.limit(8 * megabytes),
      minWidth: reference.limit(320),
      maxWidth: reference.limit(1440),
      minAspect: byHand.limit(3 / 4),
      maxAspect: reference.limit(1.91),
    },
    advice: {},
    encode: houseImage,
    oneShape: reference.limit(true),
    maxCount: app.limit(20),
  },
  cover: { size: reference.advice({ width: 1080, height: 1920 }) },
  words: {
    title: null,
    body: { max: reference.limit(2200), unit: 'characters' },
    // The position of the app's “more”.
    fold: house.advice(125),
    // The API's page still says 30.
    maxHashtags: creators.limit(5),
    watched: { feature: house.advice([...tiktokFeatures, ...elsewhere]) },
    ownNetworks: ['insta', 'instagram', 'ig', 'ins', 'gram'],
    ownTags: [
      ...['reels', 'instareel', 'instareels', 'igreel', 'igreels', 'reelsinstagram', 'reelsvideo', 'instareelsvideo'],
      ...['insta', 'instagram', 'explorepage'],
    ],
    wording: house.advice({
      books: 'bookstagram',
      dogs: 'dogsofinstagram',
      cats: 'catsofinstagram',
      pets: 'petsofinstagram',
      horses: 'horsesofinstagram',
      plants: 'plantsofinstagram',
      study: 'studygram',
      planner: 'plannercommunity',
    }),
  },
  declarations: {
    when: {
      'ai-generated': reference.advice('choose: AI label (is_ai_generated)'),
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': house.advice('choose: Paid partnership label'),
      'ai-asked': reference.advice('made by AI? then choose: AI label (is_ai_generated)'),
      'branded-asked': house.advice('paid, gifted or with a brand? then choose: Paid partnership label'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {},
  },
};
