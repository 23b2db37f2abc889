import { beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import { decideHeldBack, decideHeldByRule, exportNotes, failsBeforeFetch } from '../../src/pipeline/decide-post.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import { targetNamed } from '../../src/targets/index.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../media.ts';
import { copyOf, type OpenedRun, openAccountRun } from './account-run.ts';
import { type Change, changed, ended, posted } from './changes.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

/** Decisions that need no original. */

const { video, photos, secret } = smallPosts;

type Flags = Readonly<Record<string, unknown>>;
let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** `--out` after `video` and `photos` were delivered to RedNote. */
let delivered = '';
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder());
  delivered = await temporaryFolder();
  const opened = await openAccountRun({ ...input, out: delivered }, { media: [input.media] });
  for (const key of [video, photos]) await processPost(...(await opened.locate(key)), opened.run);
  await opened.save();
});

async function open({ out, flags }: { readonly out?: string; readonly flags?: Flags } = {}): Promise<OpenedRun> {
  return await openAccountRun(
    { ...input, ...(out !== undefined && { out }) },
    { to: 'rednote,reels', media: [input.media], ...flags },
  );
}

describe('a post that a rule holds back', () => {
  const rule = (code: Issue['code']): Issue => ({ code, severity: 'info', actual: null, limit: null });
  const missing: Issue = { code: 'no-link', severity: 'error', actual: null, limit: null };

  it.each<[string, string, readonly Change[], Issue['code'], string[]]>([
    ['only its creator may see it', secret, [], 'visibility', ['rednote: held visibility', 'reels: held visibility']],
    ['it was delivered before', photos, [], 'visibility', ['rednote: held visibility', 'reels: held visibility']],
    ['it is out', photos, [posted(photos)], 'visibility', ['rednote: stay posted-frozen', 'reels: held visibility']],
    [
      'it is out, and was not selected',
      photos,
      [posted(photos)],
      'not-selected',
      ['rednote: held not-selected', 'reels: held not-selected'],
    ],
  ])('%s (%s)', async (_, key, change, code, expected) => {
    const { run, postOf } = await open({ out: await changed(delivered, ...change) });
    const decisions = await decideHeldByRule(postOf(key), rule(code), { issues: [] }, run);
    expect(decisions.map(({ target, kind, issues }) => ended(target.name, kind, issues))).toEqual(expected);
  });

  it('an original that is missing too is mentioned, not counted as an error', async () => {
    const { run, postOf } = await open();
    const [held] = await decideHeldByRule(postOf(secret), rule('visibility'), { issues: [missing] }, run);
    expect(held?.issues.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'visibility info',
      'no-link info',
    ]);
  });

  it('a person who leaves out one platform: that one is held with the reason, and what is missing is mentioned', () => {
    const targets = ['rednote', 'reels'].map(targetNamed).filter((target) => target !== null);
    const leftOut = new Map([['reels', [rule('target-left-out')]]]);
    const held = decideHeldBack({ issues: [missing] }, leftOut, targets);
    expect(
      held.map(({ target, issues }) => [target.name, issues.map(({ code, severity }) => `${code} ${severity}`)]),
    ).toEqual([['reels', ['target-left-out info', 'no-link info']]]);
  });
});

describe('what the export says of a post', () => {
  it.each<[string, Parameters<typeof exportNotes>[0], string[]]>([
    ['everyone may see it', post(), []],
    ['nobody knows who may see it', post({ visibility: 'unknown' }), ['visibility-unknown warning null null']],
    [
      'a person included it',
      post({ visibility: 'private', included: '2026-11-01T10:00:00Z' }),
      ['included info 2026-11-01 private'],
    ],
    [
      'the same, in words of the export',
      post({ visibility: 'private', audience: 'Crew', included: '2026-11-01T10:00:00Z' }),
      ['included info 2026-11-01 Crew'],
    ],
    [
      'disclosures that nobody can read',
      post({ unreadDisclosure: ['x', 'y'] }),
      ['disclosure-unread warning x null', 'disclosure-unread warning y null'],
    ],
    ['a video among photos', post({ leftOut: { videos: 1, photos: 0 } }), ['mixed-post warning 1 video null']],
  ])('%s', (_, given, expected) => {
    const said = exportNotes(given).map(
      ({ code, severity, actual, limit }) => `${code} ${severity} ${actual} ${limit}`,
    );
    expect(said).toEqual(expected);
  });
});

describe('a post whose original has not been fetched yet, in a dry run', () => {
  const odd = { unreadDisclosure: ['x'] };
  it.each<[string, string, Flags, object, string[] | null]>([
    ['--strict and a warning of the export', photos, { strict: true }, odd, ['disclosure-unread']],
    ['--strict and no words', video, { strict: true }, {}, ['no-words', 'title-made']],
    ['--strict and nothing to warn of', photos, { strict: true }, {}, null],
    ['a warning without --strict', photos, {}, odd, null],
  ])('%s (%s): %j', async (_, key, flags, change, expected) => {
    const opened = await open({ flags });
    const [each, , captions] = await opened.locate(key);
    const [target] = opened.run.options.to;
    const why = target && failsBeforeFetch({ ...each, ...change }, target, captions, opened.run);
    expect(why?.map(({ code }) => code) ?? null).toEqual(expected);
  });

  it('--strict, and no words but those of an earlier delivery: not known before the package is read', async () => {
    const opened = await open({ out: await copyOf(delivered), flags: { strict: true } });
    const [each, , captions] = await opened.locate(video);
    const why = opened.run.options.to.map((target) => failsBeforeFetch(each, target, captions, opened.run) !== null);
    expect(why).toEqual([false, true]);
  });
});
