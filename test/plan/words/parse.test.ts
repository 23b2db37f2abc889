import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/plan/words/parse.ts';

const found = (text: string) =>
  parseWords(text)
    .filter(({ kind }) => kind !== 'text')
    .map(({ kind, text: said }) => `${kind} ${said}`);

describe('parseWords', () => {
  it.each<[string, string[]]>([
    ['no tags', []],
    ['a #tag in it', ['hashtag #tag']],
    ['#one#two', ['hashtag #one', 'hashtag #two']],
    ['＃全角 tags', ['hashtag ＃全角']],
    ['#旅行 #Ünder_score #عربي', ['hashtag #旅行', 'hashtag #Ünder_score', 'hashtag #عربي']],
    [
      '#café #नमस्ते #สวัสดี #вода #한국',
      ['hashtag #café', 'hashtag #नमस्ते', 'hashtag #สวัสดี', 'hashtag #вода', 'hashtag #한국'],
    ],
    ['#نیم‌فاصله', ['hashtag #نیم‌فاصله']],
    ['Lisbon#travel#fyp', ['hashtag #travel', 'hashtag #fyp']],
    ['今天去了#东京 玩', ['hashtag #东京']],
    ['##double', ['hashtag ##double']],
    ['we are #1', []],
    ['#2025 goals', []],
    ['#2025goals', ['hashtag #2025goals']],
    ['#y#travel', ['hashtag #y', 'hashtag #travel']],
    ['C# is a language', []],
    ['in F#m and C#minor', []],
    ['it&#39;s', []],
    ['call #️⃣1', []],
    ['#1️⃣ of three', []],
    ['#love❤️', ['hashtag #love']],
    ['# alone', []],
    ['https://example.com/page#part', ['link https://example.com/page#part']],
    ['see https://example.com/a_(b)#x. And', ['link https://example.com/a_(b)#x']],
    ['(https://example.com)', ['link https://example.com']],
    ['看https://example.com/x很好', ['link https://example.com/x']],
    ['HTTPS://EXAMPLE.COM/?q=1&r=2!', ['link HTTPS://EXAMPLE.COM/?q=1&r=2']],
    ['www.example.com', ['link www.example.com']],
    ['maya.com and linktr.ee/maya, shop.maya.co.uk', ['link maya.com', 'link linktr.ee/maya', 'link shop.maya.co.uk']],
    ['The end.Next one, file.txt, e.g. this, a.m./p.m., and/or, 24/7', []],
    ['Schön.Es war. Mañana.es así, morning.De Lisboa', []],
    ['MAYA.COM', ['link MAYA.COM']],
    ['看maya.com', ['link maya.com']],
    ['vx: mayatravel, but wx weather and vx stickers', ['messenger vx: mayatravel']],
    ['https:// nothing', []],
    ['@maya.bhttps://x.y/z', ['mention @maya.b', 'link https://x.y/z']],
    ['@mayahttp://x.y', ['mention @maya', 'link http://x.y']],
    ['#travelhttps://x.y', ['hashtag #travel', 'link https://x.y']],
    ['#旅行https://x.y', ['hashtag #旅行', 'link https://x.y']],
    ['Check this outhttps://x.y/z, please', ['link https://x.y/z']],
    ['see https://a.b/https://c.d', ['link https://a.b/https://c.d']],
    ['@andréhttps://x.y', ['mention @andré', 'link https://x.y']],
    ['#duet with @mayahttps://x.y', ['stitch #duet with @maya', 'link https://x.y']],
    ['#https #http://x.y', ['hashtag #https', 'link http://x.y']],
    ['maya@example.comhttps://x.y', ['email maya@example.com', 'link https://x.y']],
    ['vx: maya01https://x.y', ['messenger vx: maya01', 'link https://x.y']],
    ['ftp://x.y/z and myapp://open', ['link ftp://x.y/z', 'link myapp://open']],
    ['@MAYAHTTPS://X.Y', ['mention @MAYA', 'link HTTPS://X.Y']],
    ['mail maya+x@mail.example.com, please', ['email maya+x@mail.example.com']],
    ['邮箱maya@example.com', ['email maya@example.com']],
    ['with @maya.travels. and @andré', ['mention @maya.travels', 'mention @andré']],
    ['谢谢@maya一起', ['mention @maya']],
    ['＠maya', ['mention ＠maya']],
    ['maya@example.come\u0301', ['email maya@example.come\u0301']],
    ['meet @ home', []],
    ['#duet with @maya.b so good', ['stitch #duet with @maya.b']],
    [
      '微信: maya123 vx maya01x 加V maya2020',
      ['messenger 微信: maya123', 'messenger vx maya01x', 'messenger 加V maya2020'],
    ],
    ['QQ 12345678', ['messenger QQ 12345678']],
    ['V：maya1234 薇❤ maya123 薇❤️maya1', ['messenger V：maya1234', 'messenger 薇❤ maya123', 'messenger 薇❤️maya1']],
    ['➕V maya1234，绿泡泡：maya12', ['messenger ➕V maya1234', 'messenger 绿泡泡：maya12']],
    ['V: a new era, Part V: covid19 story, Henry V', []],
    ['wechat: hello, wechat: hello from Shanghai', []],
    ['WeChat: mayatravel', ['messenger WeChat: mayatravel']],
    ['my wechat is maya_01, telegram maya_01', ['messenger wechat is maya_01', 'messenger telegram maya_01']],
    ['telegram channel, telegram 10000 members', []],
    ['tele @maya, LINE ID: maya01', ['messenger tele @maya', 'messenger LINE ID: maya01']],
    ['line: 5 people, snap: crackle pop, IG: the place to be', []],
    ['IG: @maya for more', ['handle IG: @maya']],
    ['insta: maya.b and snap: maya', ['handle insta: maya.b', 'handle snap: maya']],
    ['my insta is @maya', ['handle my insta is @maya']],
    ['Instagram @maya | tt - @maya', ['handle Instagram @maya', 'handle tt - @maya']],
    ['@maya on Instagram, @maya.b (IG)', ['handle @maya on Instagram', 'handle @maya.b (IG)']],
    ['抖音号：maya1234', ['handle 抖音号：maya1234']],
    ['Ana x @maya on tour', ['mention @maya']],
    ['maya (at) gmail.com', ['email maya (at) gmail.com']],
    ['maya [at] mail [dot] com', ['email maya [at] mail [dot] com']],
    ['maya at example dot com', ['email maya at example dot com']],
    ['maya at gmail.com, maya @ gmail.com', ['email maya at gmail.com', 'email maya @ gmail.com']],
    ['I saw it at shop.com, look at this dot it', ['link shop.com']],
    ['카톡 maya123, แอดไลน์ @maya', ['messenger 카톡 maya123', 'messenger แอดไลน์ @maya']],
    ['тг: @maya, انستا maya_1', ['messenger тг: @maya', 'handle انستا maya_1']],
    ['WhatsApp al 55 1234 5678, zap (11) 91234-5678', ['phone WhatsApp al 55 1234 5678', 'phone zap (11) 91234-5678']],
    ['ออนไลน์ 2024, тг канал, 온라인 카톡방', []],
    ['100-200-3000, 13800138000 次, 13800138000人', []],
    ['Telegram: @maya_t', ['messenger Telegram: @maya_t']],
    ['we love our wechat group', []],
    ['+49 30 1234567', ['phone +49 30 1234567']],
    ['电话13812345678', ['phone 电话13812345678']],
    ['13812345678', ['phone 13812345678']],
    ['(555) 123-4567 or 555-123-4567', ['phone (555) 123-4567', 'phone 555-123-4567']],
    ['Tél : 03 88 12 34 56', ['phone Tél : 03 88 12 34 56']],
    ['06.12.34.56.78 ou 0612345678', ['phone 06.12.34.56.78', 'phone 0612345678']],
    ['للحجز: 0501234567', ['phone 0501234567']],
    ['0532 123 45 67, (11) 91234-5678', ['phone 0532 123 45 67', 'phone (11) 91234-5678']],
    ['03.12.2025, 03-12-25, 0.123456789, 01:02:03, 1:2, v01.02.03, 00123', []],
    ['300 g, 180°C/350°F, f/2.8, 1/250, 3:58:12, 24/7, 9.5/10, 2024-2025, 1 500 000', []],
    ['call me: 030 123456', ['phone call me: 030 123456']],
    ['2025-03-02, 10,000 or 1.000.000, 12:30, 1234567890, 3.14159265', []],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('the parts joined are the caption', () => {
    const pieces = fc.constantFrom(
      '#',
      '＃',
      '@',
      'a',
      'tag',
      '汉',
      ' ',
      '.',
      '/',
      'https://',
      'www.',
      'x.com',
      '1',
      '+49',
      '微信',
      ':',
      '\u0301',
      '\n',
      '😀',
      '(',
      ')',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          expect(
            parseWords(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['#', '@', 'a.', '1 ', '+1', 'http://', 'aa@', '微信', '＃a', 'vx', '#a\u200d', '0 123 ', 'tel ', 'a-'])(
    'a megabyte of %j comes back whole',
    (piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      expect(parseWords(text).reduce((length, part) => length + part.text.length, 0)).toBe(text.length);
    },
  );
});

describe('a number of a place', () => {
  it.each([
    ...['apt', 'apart', 'apartment', 'apartament', 'unit', 'suite', 'ste', 'room', 'rm', 'flat', 'lot', 'bldg'],
    ...['building', 'gate', 'floor', 'locker', 'platform', 'seat', 'row', 'house', 'stand', 'booth', 'stall', 'no'],
    ...['nr', 'depto', 'piso', 'appt', 'zimmer', 'wohnung', 'daire', 'кв', 'квартира', 'bus', 'line', 'route', 'exit'],
  ])('is no hashtag: %s #4B', (place) => {
    expect(found(`${place} #4B`)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['My Apt. #12b is here', []],
    ['GATE#7a', []],
    ['квартира ＃12345a', []],
    ['flatmate #4b', ['hashtag #4b']],
    ['my loft #4b', ['hashtag #4b']],
    ['subflat #4b', ['hashtag #4b']],
    ['the apt is #4b', ['hashtag #4b']],
    ['apt\n#4b', ['hashtag #4b']],
    ['apt - #4b', ['hashtag #4b']],
    ['apt #4bc', ['hashtag #4bc']],
    ['apt #b4', ['hashtag #b4']],
    ['apt #123456b', ['hashtag #123456b']],
    ['apt #4é', ['hashtag #4é']],
  ])('or a hashtag: %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});
