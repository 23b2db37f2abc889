import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/captions/spreadsheet.ts';
import type { HandOver, Package } from '../../src/handover/contract.ts';
import { csv } from '../../src/handover/csv.ts';
import { postiz } from '../../src/handover/postiz.ts';
import { sau } from '../../src/handover/sau.ts';
import { xhsMcp } from '../../src/handover/xhs-mcp.ts';
import { youtubeuploader } from '../../src/handover/youtubeuploader.ts';
import { around, keyOf, now, packaged, photos } from './packages.ts';

/** What is special about each tool: its limits, its forms, what it can declare. */

const key = keyOf(1);
const minutes = 60_000;
const days = 24 * 60 * minutes;
const inTime = (milliseconds: number) => new Date(now + milliseconds).toISOString().replace(/\.\d+Z$/, '+00:00');

/** The JSON of the only package, and what is said of it. */
function jsonOf(tool: HandOver, from: Package) {
  const { files, handed, leftOut } = tool.write([from], around);
  const path = handed[0]?.files[0];
  const text = files.find((each) => each.path === path)?.text;
  return {
    json: text === undefined ? null : JSON.parse(text),
    remarks: handed[0]?.remarks.map(({ code }) => code) ?? [],
    toDeclare: handed[0]?.toDeclare ?? [],
    leftOut: leftOut.map(({ code }) => code),
  };
}

const scriptOf = (tool: HandOver, from: Package, name: string) =>
  tool.write([from], around).files.find(({ path }) => path === name)?.text ?? '';

describe('sau', () => {
  const long = 'If gulls ran the harbour office today';

  it('a title of more than 20 characters is cut between words, and stands whole in the text', () => {
    const text = scriptOf(sau, packaged('rednote', { title: long, body: 'They do.' }), 'sau.sh');
    expect(text).toContain("'--title' 'If gulls ran the…'");
    expect(text).toContain(`'--desc' '${long}\n\nThey do.'`);
  });

  it('a part keeps its number', () => {
    const from = packaged('rednote', { id: `${key}/part-2`, title: `${long} (2/3)`, body: 'They do. (2/3)' });
    const text = scriptOf(sau, from, 'sau.sh');
    expect(text).toContain("'--title' 'If gulls ran… (2/3)'");
    expect(text).toContain(`'--desc' '${long}\n\nThey do. (2/3)'`);
  });

  it('a title whose words begin the text is not repeated there', () => {
    const text = scriptOf(sau, packaged('rednote', { title: `${long}…`, body: `${long} and yesterday` }), 'sau.sh');
    expect(text).toContain(`'--desc' '${long} and yesterday'`);
  });

  it('what discloses advertising stays first in the text', () => {
    const from = packaged('rednote', { title: long, body: 'Ad: they do.', declarations: ['branded-content'] });
    expect(scriptOf(sau, from, 'sau.sh')).toContain(`'--desc' 'Ad: they do.\n\n${long}'`);
  });

  it('words that begin with a dash are joined to their option', () => {
    const text = scriptOf(sau, packaged('rednote', { title: '-1 degree', body: '--help' }), 'sau.sh');
    expect(text).toContain("'--title=-1 degree' '--desc=--help'");
  });

  it('at most ten hashtags, without spaces and commas', () => {
    const hashtags = ['a b', 'c,d', '#e', ...Array.from({ length: 12 }, (_, index) => `tag${index}`)];
    expect(scriptOf(sau, packaged('rednote', { hashtags }), 'sau.sh')).toContain(
      "'--tags' 'ab,cd,e,tag0,tag1,tag2,tag3,tag4,tag5,tag6'",
    );
  });

  it('times are those of the clock of this machine', () => {
    const from = packaged('rednote', { planned: '2026-12-05T12:00:00+09:00' });
    expect(scriptOf(sau, from, 'sau.sh')).toContain("'2026-12-05T12:00:00+09:00' yes '2026-12-05 03:00' upload-video");
  });

  it('photos go by upload-note, in their order and without a cover', () => {
    const text = scriptOf(sau, photos('rednote', 2), 'sau.sh');
    expect(text).toMatch(/upload-note '--images' '\S+01\.jpg' '\S+02\.jpg' '--title'/);
    expect(text).not.toContain('--thumbnail');
  });

  it('the name of the account cannot leave its quotes', () => {
    const { files } = sau.write([packaged('rednote')], { ...around, account: `m'; touch x; '\n"` });
    expect(files[0]?.text).toContain(`account='m'\\''; touch x; '\\''\n"'`);
  });
});

describe('xhs-mcp', () => {
  it.each<[string, Partial<Package>, string, string[]]>([
    ['a text', { body: 'Text' }, 'Text', []],
    ['no text: its title', { body: '' }, 'Morning ferry', ['body-made']],
    ['no title: its first line', { title: '', body: 'One line\nand another' }, 'One line\nand another', ['title-made']],
    ['neither: its first hashtag', { title: '', body: ' ' }, 'ferry', ['title-made', 'body-made']],
  ])('%s', (_name, odd, content, remarks) => {
    expect(jsonOf(xhsMcp, packaged('rednote', odd))).toMatchObject({ json: { content }, remarks });
  });

  it('no words at all are left out', () => {
    const odd = { title: null, body: '', hashtags: [] };
    expect(jsonOf(xhsMcp, packaged('rednote', odd)).leftOut).toEqual(['no-title']);
  });

  it.each<[string, number | null, boolean, string[]]>([
    ['not planned', null, false, []],
    ['in an hour and a minute', 61 * minutes, true, []],
    ['in 59 minutes', 59 * minutes, false, ['too-near']],
    ['in 14 days', 14 * days, true, []],
    ['in 14 days and a minute', 14 * days + minutes, false, ['too-far']],
    ['a minute ago', -minutes, false, ['past']],
  ])('%s', (_name, ahead, isTimed, remarks) => {
    const planned = ahead === null ? null : inTime(ahead);
    const made = jsonOf(xhsMcp, packaged('rednote', { planned }));
    expect([made.json.schedule_at, made.remarks]).toEqual([isTimed ? planned : undefined, remarks]);
  });

  it('a title of 40 Latin letters stays, one of 21 Chinese characters is cut', () => {
    const titleOf = (title: string) => jsonOf(xhsMcp, packaged('rednote', { title })).json.title;
    expect(titleOf('x'.repeat(40))).toBe('x'.repeat(40));
    expect(titleOf('海'.repeat(21))).toBe(`${'海'.repeat(19)}…`);
  });

  it('advertising and work of AI is for your eyes only, until it is declared', () => {
    const made = jsonOf(xhsMcp, packaged('rednote', { declarations: ['ai-generated'], toDeclare: ['choose: AI'] }));
    expect(made).toMatchObject({ json: { visibility: '仅自己可见' }, remarks: ['only-me'], toDeclare: ['choose: AI'] });
  });

  it('own work is declared for photos where a person said so', () => {
    const answers = { madeForKids: null, ownWork: true };
    const photo = jsonOf(xhsMcp, photos('rednote', 1, { answers }));
    expect([photo.json.is_original, photo.toDeclare]).toEqual([true, []]);
    const video = jsonOf(xhsMcp, packaged('rednote', { answers }));
    expect([video.json.is_original, video.toDeclare.length]).toEqual([undefined, 1]);
    expect(jsonOf(xhsMcp, photos('rednote', 1)).json.is_original).toBeUndefined();
  });
});

describe('youtubeuploader', () => {
  it.each<[string, boolean | null, boolean | undefined, string[]]>([
    ['made for kids', true, true, []],
    ['not made for kids', false, false, []],
    ['nobody said', null, undefined, ['made-for-kids']],
  ])('%s', (_name, madeForKids, expected, leftOut) => {
    const made = jsonOf(youtubeuploader, packaged('shorts', { answers: { madeForKids, ownWork: null } }));
    expect([made.json?.madeForKids, made.leftOut]).toEqual([expected, leftOut]);
  });

  it('a time is RFC 3339 with an offset, beside private', () => {
    const planned = '2027-03-01T12:00:00+01:00';
    const { json } = jsonOf(youtubeuploader, packaged('shorts', { planned }));
    expect(json).toMatchObject({ publishAt: planned, privacyStatus: 'private' });
  });

  it('without a time to come it stays private, and that is said', () => {
    expect(jsonOf(youtubeuploader, packaged('shorts')).remarks).toEqual(['private']);
    const past = jsonOf(youtubeuploader, packaged('shorts', { planned: inTime(-days) }));
    expect([past.json.publishAt, past.remarks]).toEqual([undefined, ['private']]);
  });

  it('subtitles whose language is not certain stay behind, and that is said', () => {
    const subtitles = { path: '/x/video.srt', bytes: 100, language: null };
    expect(jsonOf(youtubeuploader, packaged('shorts', { subtitles })).remarks).toContain('subtitles');
  });

  it('work of AI is declared, advertising is listed', () => {
    const from = packaged('shorts');
    const { when } = from.target.declarations;
    const [ai, paid] = [when['ai-generated']?.value ?? '', when['branded-content']?.value ?? ''];
    const odd = { declarations: ['ai-generated', 'branded-content'], toDeclare: [ai, paid] };
    const made = jsonOf(youtubeuploader, { ...from, ...odd });
    expect([made.json.containsSyntheticMedia, made.toDeclare]).toEqual([true, [paid]]);
  });
});

describe('postiz', () => {
  const postOf = (from: Package) => {
    const { files, leftOut, handed } = postiz.write([from], around);
    const { posts } = JSON.parse(files.find(({ path }) => path === 'postiz.json')?.text ?? '');
    return { post: posts[0], leftOut: leftOut.map(({ code }) => code), toDeclare: handed[0]?.toDeclare };
  };

  it('a Short has a title, an answer, tags and a cover of its own', () => {
    const { post } = postOf(packaged('shorts', { answers: { madeForKids: true, ownWork: null } }));
    expect(post).toMatchObject({
      channels: ['youtube'],
      settings: { title: 'Morning ferry', type: 'public', selfDeclaredMadeForKids: 'yes' },
      thumbnail: `/ported/maya/shorts/${key}/cover.jpg`,
    });
    expect(post.settings.tags[0]).toEqual({ value: 'ferry', label: 'ferry' });
  });

  it.each([
    ['one plain line', 'Hello', '\n\n', '<p>Hello</p><p></p><p>#ferry #lisbon</p>'],
    ['signs of HTML', 'I <3 R&B', '', '<p>I &lt;3 R&amp;B</p><p></p><p>#ferry #lisbon</p>'],
  ])('%s becomes paragraphs', (_name, body, _gap, expected) => {
    expect(postOf(packaged('reels', { body })).post.content).toBe(expected);
  });

  it('a plain line without hashtags stays as it is', () => {
    expect(postOf(packaged('reels', { body: 'Hello', hashtags: [] })).post.content).toBe('Hello');
  });

  it.each<[string, Package, string[]]>([
    ['eleven photos for Instagram', photos('reels', 11), ['too-many-files']],
    ['ten', photos('reels', 10), []],
    ['a film of QuickTime', packaged('reels', { video: { path: '/x/video.mov', bytes: 1 } }), ['file-type']],
    [
      'a video of 2 GB',
      packaged('reels', { video: { path: '/x/video.mp4', bytes: 2 * 1024 ** 3 } }),
      ['file-too-large'],
    ],
    [
      'a photo of 11 MB',
      photos('reels', 1, { photos: [{ path: '/x/01.jpg', bytes: 11 * 1024 ** 2 }] }),
      ['file-too-large'],
    ],
    ['nobody said for whom', packaged('shorts', { answers: { madeForKids: null, ownWork: null } }), ['made-for-kids']],
  ])('%s', (_name, from, leftOut) => {
    expect(postOf(from).leftOut).toEqual(leftOut);
  });

  it('what has to be declared by hand stays a draft', () => {
    const odd = { declarations: ['ai-generated'], toDeclare: ['choose: AI label'] };
    const { post, toDeclare } = postOf(packaged('reels', odd));
    expect([post.draftOnly, toDeclare]).toEqual([true, ['choose: AI label']]);
    expect(postOf(packaged('reels')).post.draftOnly).toBe(false);
  });
});

describe('csv', () => {
  const rowOf = async (from: Package): Promise<Record<string, string>> => {
    const text = csv.write([from], around).files[0]?.text ?? '';
    const table = await readTable(new TextEncoder().encode(text), (names) => names.includes('key'));
    if (typeof table === 'string') throw new Error(table);
    return Object.fromEntries(table.header.map((name, index) => [name, table.rows[0]?.[index] ?? '']));
  };

  it('has date, time, words, paths, what is answered and what is to be declared', async () => {
    const from = packaged('shorts', { planned: '2026-12-05T18:30:00+01:00', declarations: ['ai-generated'] });
    expect(await rowOf(from)).toMatchObject({
      ...{ key, platform: 'shorts', date: '2026-12-05', time: '18:30', at: '2026-12-05T18:30:00+01:00' },
      ...{ title: 'Morning ferry', text: 'The first boat of the day', hashtags: '#ferry #lisbon' },
      ...{ video: from.video?.path, cover: from.cover?.path, photos: '', madeForKids: 'no', toDeclare: '' },
      ...{ declarations: 'ai-generated', mediaUrls: '' },
    });
  });

  it('an unanswered question stays one', async () => {
    const row = await rowOf(packaged('shorts', { answers: { madeForKids: null, ownWork: null } }));
    expect([row['madeForKids'], row['toDeclare']]).toEqual(['', 'answer: made for kids, or not']);
  });

  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ["@SUM(1+1)*cmd|' /C calc'!A0", `'@SUM(1+1)*cmd|' /C calc'!A0`],
    ["-2+3+cmd|' /C calc'!A0", `'-2+3+cmd|' /C calc'!A0`],
    ['+1 + 2', `'+1 + 2`],
    ['＝1+1', `'＝1+1`],
    ['\t=1', `'\t=1`],
    ['@maya look', '@maya look'],
    ['- one\n- two', '- one\n- two'],
    ['+351 is Portugal', '+351 is Portugal'],
    ["'quoted'", "'quoted'"],
  ])('a text %j stands there as %j', async (body, expected) => {
    expect((await rowOf(packaged('reels', { body })))['text']).toBe(expected);
  });
});
