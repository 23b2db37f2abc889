import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';
import { elsewhere, profileLinks, promoCodes, tiktokFeatures } from './watched-words.ts';

const device = cite('C', 'measured on a device', '2026-06');
const captain = cite('B', 'https://www.lemon8-app.com/captainlemon8/7215637575066223109', '2026-10');
const unknown = cite('?', 'nothing published', '2026-11');

/** Phone app only, without an API; the least documented platform. */
export const lemon8: Target = {
  name: 'lemon8',
  aliases: [],
  title: 'Lemon8',
  isInAll: true,
  upload: null,
  video: {
    accept: { ...everywhere, codecs: house.limit(['h264']) },
    advice: { maxSeconds: unknown.advice(60) },
    encode: houseEncode,
  },
  photos: {
    accept: { formats: device.limit(['jpeg', 'png']) },
    advice: {},
    encode: houseImage,
    maxCount: device.limit(10),
  },
  cover: { size: house.advice({ width: 1080, height: 1440 }) },
  words: {
    title: { max: house.limit(20), unit: 'half-width' },
    body: { max: house.advice(1000), unit: 'characters' },
    fold: house.advice(100),
    maxHashtags: device.limit(5),
    ownTags: ['lemon8', 'lemon8app', 'lemon8diary', 'lemon8challenge', 'lemon8creator', 'hellolemon8', 'lemonate'],
    wording: house.advice({ grwm: 'getreadywithme', whatieatinaday: 'whatieat', ootn: 'ootd', favorites: 'musthaves' }),
    noContacts: captain.limit(['link']),
    watched: {
      promotion: captain.limit([
        ...['promo code', 'promo codes', 'discount code', 'coupon', 'coupons', 'voucher', 'use my code', 'use code'],
        ...['link in bio', 'link in my bio', 'linkinbio', 'shop now', 'buy now', 'order now'],
        ...['giveaway', 'for sale', 'on sale', '% off', 'discount', 'dm to order'],
        ...profileLinks,
        ...promoCodes.slice(1),
      ]),
      feature: house.advice([...tiktokFeatures, ...elsewhere]),
      platform: captain.advice(['tiktok', 'instagram', 'youtube', 'facebook', 'snapchat', 'twitter', 'pinterest']),
    },
  },
  declarations: {
    when: {
      'your-brand': house.advice('say in the text that it is your brand'),
      'branded-content': house.advice('say in the text that it is paid'),
      'ai-generated': house.advice('say in the text that AI made it'),
      'ai-asked': house.advice('made by AI? then say so in the text'),
      'branded-asked': house.advice('paid, gifted or with a brand? then say so in the text'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    always: {
      sharing: device.advice('switch off: Share to TikTok'),
    },
  },
};
