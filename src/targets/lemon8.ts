import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';

const device = cite('C', 'measured on a device', '2026-06');
const unknown = cite('?', 'nothing published', '2026-11');

/** Phone app only, without an API; the least documented of all. */
export const lemon8: Target = {
  name: 'lemon8',
  title: 'Lemon8',
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
    maxHashtags: device.limit(5),
  },
};
