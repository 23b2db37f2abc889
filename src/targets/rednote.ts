import { topicsFor } from '../plan/words/rednote-topics.ts';
import { everywhere, house, houseEncode, houseImage } from './house.ts';
import type { Target } from './target.ts';
import { cite } from './target.ts';

const page = cite('A', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const imageTab = cite('B', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const cards = cite('C', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const form = cite('C', 'https://creator.xiaohongshu.com/publish/publish', '2026-10');
const titles = cite('C', 'https://github.com/xpzouying/xiaohongshu-mcp/issues/401', '2026-10');
const topics = cite('C', 'https://github.com/dreammis/social-auto-upload/pull/219', '2026-10');
// In force since 2025-03-12.
const community = cite('B', 'community rules', '2026-10');
const creators = cite('C', 'what creators report', '2026-10');

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
    // Some tools allow only 38 half-units: what must be cut is cut to 19.
    title: { max: titles.limit(20), aim: titles.advice(19), unit: 'half-width' },
    // Whether topics count is unknown, so they do.
    body: { max: page.limit(1000), unit: 'characters' },
    maxHashtags: topics.limit(10),
    pickedTags: true,
    ownTags: ['rednote', 'redbook', 'littleredbook', 'xiaohongshu', 'xhs', '小红书', '小紅書'],
    topicsFor,
    noContacts: community.limit(['link', 'email', 'phone', 'messenger']),
    watched: {
      absolute: creators.advice([
        ...[
          '最好',
          '最佳',
          '第一',
          '顶级',
          '极致',
          '国家级',
          '世界级',
          '100%',
          '百分百',
          '绝对',
          '最低价',
          '全网最低',
          '史上最',
        ],
      ]),
      medical: creators.advice(['治疗', '治愈', '药效', '疗效', '根治', '特效药', '包治']),
      finance: creators.advice(['稳赚', '保本', '稳赚不赔', '零风险', '躺赚', '日入过万']),
      bait: creators.advice(['白嫖', '0元', '０元', '免费', '互粉', '互赞', '点赞抽奖']),
      contact: creators.advice([
        ...[
          '微信',
          'wechat',
          'weixin',
          'vx',
          'v信',
          '加v',
          '加微',
          'qq',
          'qq群',
          '二维码',
          '手机号',
          '电话',
          '私信我',
          '加我',
        ],
        ...['whatsapp', 'telegram', 'link in bio', 'linkinbio', '主页链接', '地址'],
      ]),
      platform: creators.advice([
        ...[
          'tiktok',
          '抖音',
          'instagram',
          'insta',
          'youtube',
          '油管',
          'facebook',
          'twitter',
          'snapchat',
          'pinterest',
          'threads',
        ],
        ...['公众号', '微博', '快手', 'B站', '哔哩哔哩', '淘宝', '天猫', '京东', '拼多多', '闲鱼', '视频号', 'lemon8'],
      ]),
    },
    innocent: [
      '第一印象',
      '第一次',
      '第一天',
      '第一步',
      '第一个',
      '第一章',
      '第一季',
      '第一集',
      '第一眼',
      '第一时间',
      '第一人称',
      '最好的朋友',
      '不治疗',
    ],
  },
  declarations: {
    when: {
      'ai-generated': form.advice('choose: 笔记含AI合成内容'),
      'your-brand': form.advice('choose: 内容包含营销广告'),
      'branded-content': form.advice('choose: 内容包含营销广告'),
      'library-sound': house.advice('see that you may use its music here'),
    },
    always: {
      ownWork: form.advice('your own work? choose: 原创声明'),
    },
  },
};
