import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, profileLinks, tiktokFeatures } from './watched-words.ts';

const specs = cite('B', 'https://help.pinterest.com/en/business/article/pinterest-product-specs', '2026-11');
// The page of specifications has 500 in older copies; tools that keep to it cut what the form takes.
const api = cite('C', 'https://developers.pinterest.com/docs/api/v5/pins-create', '2026-11');
const tailwind = cite('C', 'https://support.tailwindapp.com/en/articles/14809461', '2026-11');

const megabytes = 1_000_000;
const gigabytes = 1_000_000_000;

export const pinterest: Target = {
  name: 'pinterest',
  aliases: ['pin', 'pins'],
  title: 'Pinterest',
  upload: 'https://www.pinterest.com/pin-builder/',
  video: {
    accept: {
      ...everywhere,
      containers: specs.limit(['mp4', 'mov']),
      codecs: specs.limit(['h264', 'hevc']),
      minAspect: specs.limit(1 / 2),
      maxAspect: specs.limit(1.91),
      minSeconds: specs.limit(4),
      maxSeconds: specs.limit(900),
      maxBytes: specs.limit(2 * gigabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  photos: {
    accept: {
      formats: specs.limit(['jpeg', 'png']),
      maxBytes: specs.limit(20 * megabytes),
      // Nothing is published; the shapes of a carousel are compared, which needs more than a few pixels.
      minWidth: house.limit(320),
      maxAspect: house.limit(1.91),
    },
    // Taller ones are cut off in the feed.
    advice: { minAspect: specs.advice(2 / 3) },
    encode: houseImage,
    oneShape: tailwind.limit(true),
    // A carousel has 2 to 5; a single photo is an ordinary pin.
    maxCount: tailwind.limit(5),
  },
  cover: { size: specs.advice({ width: 1000, height: 1500 }) },
  words: {
    title: { max: specs.limit(100), unit: 'characters' },
    body: { max: api.limit(800), unit: 'characters' },
    fold: house.advice(50),
    maxHashtags: house.advice(5),
    watched: {
      feature: house.advice([...tiktokFeatures, ...elsewhere]),
      // A pin has a field of its own for its link.
      contact: house.advice(profileLinks),
    },
    ownNetworks: ['pinterest'],
    ownTags: ['pinterest', 'pinterestpin', 'pinterestpins', 'pinterestvideo'],
  },
  declarations: {
    when: {
      'ai-generated': house.advice('say in the text that AI made it'),
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': specs.advice('choose: Paid partnership'),
      'ai-asked': house.advice('made by AI? then say so in the text'),
      'branded-asked': specs.advice('paid, gifted or with a brand? then choose: Paid partnership'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {
      board: house.advice('choose a board'),
    },
  },
};
