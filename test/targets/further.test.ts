import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../src/plan/caption.ts';
import { count } from '../../src/plan/counting.ts';
import { decidePhoto, decidePhotos } from '../../src/plan/photos.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { decideVideo } from '../../src/plan/video.ts';
import { captionText } from '../../src/plan/written-caption.ts';
import { targetNamed, targets, targetsOfAll } from '../../src/targets/index.ts';
import { imageProbe, post, videoProbe } from '../builders.ts';

/** What the platforms beyond the first four need that those did not. */

const named = (name: string) => targetNamed(name) ?? expect.fail(`no ${name}`);
const sized = (name: string, text: string, asThread = false) =>
  sizeCaption(post(), { text, source: 'csv', title: null, hashtags: null }, named(name).words, null, { asThread });

it('all means the first four, whatever else there is', () => {
  expect(targetsOfAll.map(({ name }) => name)).toEqual(['rednote', 'lemon8', 'shorts', 'reels']);
  expect(targets.length).toBeGreaterThan(targetsOfAll.length);
});

it.each([
  ['fb', 'facebook'],
  ['pin', 'pinterest'],
  ['bsky', 'bluesky'],
  ['skylight', 'bluesky'],
  ['snap', 'snapchat'],
  ['spotlight', 'snapchat'],
  ['Twitter', 'x'],
])('%s is %s', (word, name) => expect(named(word).name).toBe(name));

it('no two platforms have a name in common', () => {
  const words = targets.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(words).size).toBe(words.length);
});

describe('texts', () => {
  it('of 280 for X: emoji and Chinese count two, a link 23', () => {
    expect(sized('x', '汉'.repeat(140)).caption.body).toHaveLength(140);
    expect(sized('x', '汉'.repeat(141)).caption.body).toBe(`${'汉'.repeat(139)}…`);
    const link = `https://example.com/${'a'.repeat(200)}`;
    expect(sized('x', `${'word '.repeat(51)}${link}`).caption.body).toContain(link);
  });

  it('of 300 graphemes for Bluesky, and of no more than 3000 bytes', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(count(sized('bluesky', family.repeat(400)).caption.body, 'bytes')).toBeLessThanOrEqual(3000);
    expect(sized('bluesky', 'é'.repeat(300)).caption.removed).toEqual([]);
    expect(sized('bluesky', 'e\u0301'.repeat(300)).caption.removed).toEqual([]);
    expect(sized('bluesky', 'a'.repeat(301)).caption.body).toHaveLength(300);
  });

  it('of 500 for Threads, where emoji count their bytes', () => {
    expect(sized('threads', '😀'.repeat(125)).caption.removed).toEqual([]);
    expect(sized('threads', '😀'.repeat(126)).caption.removed).toHaveLength(1);
  });

  it('keep a hashtag in its sentence where hashtags are words of the text', () => {
    const text = 'A quiet morning in #Lisbon today\n\n#travel #fyp';
    expect(captionText(sized('bluesky', text).caption)).toBe('A quiet morning in #Lisbon today\n\n#travel\n');
    expect(captionText(sized('facebook', text).caption)).toBe('A quiet morning in Lisbon today\n\n#Lisbon #travel\n');
  });

  it('have one topic on Threads', () => {
    const { caption, issues } = sized('threads', 'A morning #one #two #three');
    expect(caption.hashtags).toEqual(['one']);
    expect(caption.removed.map(({ text }) => text)).toEqual(['#two', '#three']);
    expect(issues.map(({ code }) => code)).toContain('hashtags-cut');
  });

  it('drop a hashtag that is too long for Bluesky, and say so', () => {
    const long = 'a'.repeat(65);
    const { caption, issues } = sized('bluesky', `Words\n\n#${long} #b`);
    expect(caption.hashtags).toEqual(['b']);
    expect(caption.removed).toEqual([{ text: `#${long}`, reason: 'too-long' }]);
    expect(issues).toContainEqual({ code: 'hashtags-cut', severity: 'info', actual: 2, limit: 1 });
  });
});

describe('a text that is too long', () => {
  const text = `${'A sentence of several words. '.repeat(30)}#travel`.trim();

  it.each(['threads', 'bluesky', 'x'])('is cut on %s, or goes on in replies if that is asked for', (name) => {
    const cut = sized(name, text);
    expect(cut.caption.thread).toBeUndefined();
    expect(cut.caption.removed).toHaveLength(1);
    const thread = sized(name, text, true);
    expect(thread.caption.removed).toEqual([]);
    expect(thread.caption.thread?.length).toBeGreaterThan(0);
    expect(thread.issues.map(({ code }) => code)).toContain('body-thread');
    const posts = [thread.caption.body, ...(thread.caption.thread ?? [])];
    expect(posts.map((each) => each.replace(/ \d+\/\d+$/, '')).join(' ')).toContain(
      'A sentence of several words. A sentence',
    );
  });

  it.each(['facebook', 'pinterest', 'snapchat'])('is cut on %s, which has no threads', (name) => {
    expect(sized(name, text.repeat(4), true).caption.thread).toBeUndefined();
  });

  it('stays one post if it fits', () => {
    expect(sized('x', 'A short one', true).caption).toEqual(sized('x', 'A short one').caption);
  });

  it('shows a disclosure of its end in the first post', () => {
    const { caption } = sized('x', `${'A sentence of several words. '.repeat(20)}This is sponsored by Acme.`, true);
    expect(caption.body.slice(0, 60).toLowerCase()).toContain('sponsored');
    expect(caption.thread?.at(-1)).toContain('sponsored by Acme');
  });
});

describe('media', () => {
  const frame = (operation: Operation) =>
    operation.kind === 'transcode' && operation.picture !== 'copy'
      ? [operation.picture.width, operation.picture.height]
      : operation.kind;
  const made = (name: string, width: number, height: number) => {
    const decision = decideVideo(videoProbe({}, { width, height }), named(name).video, 'blur');
    return decision.kind === 'make' ? frame(decision.operation) : decision.issues.map(({ code }) => code);
  };

  it.each<[string, number, number, unknown]>([
    ['facebook', 480, 854, [540, 958]],
    ['facebook', 1080, 1920, 'copy'],
    ['facebook', 1920, 1080, 'copy'],
    ['snapchat', 480, 854, [540, 960]],
    ['snapchat', 1080, 1080, [1080, 1920]],
    ['snapchat', 1080, 1920, 'copy'],
    ['x', 2160, 3840, [1080, 1920]],
    ['x', 1080, 1920, 'copy'],
  ])('%s: a video of %d x %d', (name, width, height, expected) => {
    expect(made(name, width, height)).toEqual(expected);
  });

  it('a photo of 3 MB is encoded again for Bluesky, copied for X', () => {
    const of = (name: string) =>
      decidePhoto(imageProbe({ bytes: 3_000_000 }), named(name).photos ?? expect.fail(), 'blur');
    expect(of('bluesky')).toMatchObject({ kind: 'make', operation: { settings: { maxBytes: 2_000_000 } } });
    expect(of('x')).toMatchObject({ kind: 'make', operation: { kind: 'copy' } });
  });

  it.each([
    ['threads', [20, 5]],
    ['pinterest', [5, 5, 5, 5, 5]],
    ['bluesky', [4, 4, 4, 4, 4, 4, 1]],
    ['x', [4, 4, 4, 4, 4, 4, 1]],
  ])('25 photos for %s', (name, expected) => {
    const photos = Array.from({ length: 25 }, () => ({ probe: imageProbe() }));
    const decision = decidePhotos(photos, named(name).photos ?? expect.fail(), 'blur');
    expect(decision.kind === 'make' ? decision.packages.map(({ length }) => length) : []).toEqual(expected);
  });
});
