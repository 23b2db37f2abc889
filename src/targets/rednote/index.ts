import { everywhere, house, houseEncode, houseImage } from '../house.ts';
import type { Target } from '../target.ts';
import { cite } from '../target.ts';
import {
  elsewhere,
  exchange,
  guarantees,
  healthClaims,
  moneyClaims,
  profileLinks,
  promoCodes,
  restricted,
  tiktokFeatures,
} from '../watched-words.ts';
import { topicsFor } from './topics.ts';
import { absolutes, bait, contact, finance, medical, platforms } from './watched-words.ts';

const page = cite('A', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const imageTab = cite('B', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const cards = cite('C', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const form = cite('C', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
// Undocumented, but the form accepts one answer of four: PostHub issue 43, 2026-08.
const oneOfFour = cite('C', 'publish form as PostHub fills it in', '2026-08');
const titles = cite('C', 'https://github.com/xpzouying/xiaohongshu-mcp/issues/401', '2026-10');
const topics = cite('C', 'https://github.com/dreammis/social-auto-upload/pull/219', '2026-10');
// In force since 2025-03-12.
const community = cite('B', 'community rules', '2026-10');
const creators = cite('C', 'what creators report', '2026-10');

// Announced for 2026-02-10: no promotion of drugs, supplements, medical devices, 医美.
const february = cite('B', 'announcements of the platform', '2026-02');

const hours = 3600;
const gigabytes = 1_000_000_000;
const megabytes = 1_000_000;

/** Xiaohongshu, 小红书. No upload API: posts are entered in a web form. */
export const rednote: Target = {
  name: 'rednote',
  aliases: ['xiaohongshu', 'xhs', 'red'],
  title: 'RedNote (Xiaohongshu)',
  isInAll: true,
  // Accounts with a telephone number outside mainland China are separate since the terms of 2025-12-08, and the Chinese
  // page refuses them: https://github.com/dreammis/social-auto-upload/issues/226 (2026-06),
  // https://github.com/xpzouying/xiaohongshu-mcp/issues/579 (2026-03).
  upload: 'https://creator.rednote.com/publish/publish',
  uploadElsewhere: {
    for: 'an account opened with a +86 number',
    at: 'https://creator.xiaohongshu.com/publish/publish',
  },
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
    // Some tools allow only 38 half-units: a title that must be cut is cut to 19.
    title: { max: titles.limit(20), aim: titles.advice(19), unit: 'half-width' },
    // It is unknown whether topics count, so they are counted.
    body: { max: page.limit(1000), unit: 'characters' },
    maxHashtags: topics.limit(10),
    fold: house.advice(100),
    language: house.advice('zh'),
    pickedTags: true,
    ownTags: ['rednote', 'redbook', 'littleredbook', 'xiaohongshu', 'xhs', '小红书', '小紅書'],
    topicsFor,
    noContacts: community.limit(['link', 'email', 'phone', 'messenger', 'handle']),
    watched: {
      absolute: creators.advice([...absolutes, ...guarantees]),
      medical: creators.advice([...medical, ...healthClaims]),
      finance: creators.advice([...finance, ...moneyClaims]),
      bait: creators.advice([...bait, ...exchange]),
      contact: creators.advice([...contact, ...profileLinks]),
      promotion: creators.advice(promoCodes),
      restricted: february.advice(restricted),
      feature: house.advice([...tiktokFeatures, ...elsewhere]),
      platform: creators.advice(platforms),
    },
  },
  declarations: {
    when: {
      'ai-generated': form.advice('choose: 笔记含AI合成内容'),
      'ai-asked': form.advice('made by AI? then choose: 笔记含AI合成内容'),
      'your-brand': form.advice('choose: 内容包含营销广告'),
      'branded-content': form.advice('choose: 内容包含营销广告'),
      'branded-asked': form.advice('paid, gifted or with a brand? then choose: 内容包含营销广告'),
      'library-sound': house.advice('check that you are allowed to use this music here'),
    },
    paidAndAi: oneOfFour.advice('choose 内容包含营销广告, and write 含AI合成内容 (made by AI) into the text'),
    always: {
      ownWork: form.advice('your own work? choose: 原创声明'),
    },
  },
};
