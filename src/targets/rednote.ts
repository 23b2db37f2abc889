import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';

const page = cite('A', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const imageTab = cite('B', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const cards = cite('C', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const titles = cite('C', 'https://github.com/xpzouying/xiaohongshu-mcp/issues/401', '2026-10');
const topics = cite('C', 'https://github.com/dreammis/social-auto-upload/pull/219', '2026-10');

const hours = 3600;
const gigabytes = 1_000_000_000;
const megabytes = 1_000_000;

/** Xiaohongshu, 小红书. No upload API: a hand at the web form. */
export const rednote: Target = {
  name: 'rednote',
  title: 'RedNote (Xiaohongshu)',
  upload: 'https://creator.xiaohongshu.com/publish/publish',
  video: {
    accept: {
      ...everywhere,
      containers: page.limit(['mp4', 'mov']),
      codecs: house.limit(['h264']),
      maxSeconds: page.limit(4 * hours),
      maxBytes: page.limit(20 * gigabytes),
    },
    advice: {},
    encode: houseEncode,
  },
  photos: {
    accept: { formats: imageTab.limit(['jpeg', 'png', 'webp']), maxBytes: imageTab.limit(32 * megabytes) },
    advice: { minAspect: imageTab.advice(3 / 4), maxAspect: imageTab.advice(2) },
    encode: { ...houseImage, maxWidth: 1920 },
    maxCount: imageTab.limit(18),
  },
  cover: { size: cards.advice({ width: 1080, height: 1440 }) },
  words: {
    title: { max: titles.limit(20), unit: 'half-width' },
    body: { max: page.limit(1000), unit: 'characters' },
    maxHashtags: topics.limit(10),
  },
};
