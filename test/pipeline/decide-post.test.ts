import { beforeAll, expect, it } from 'vitest';
import { openChoices } from '../../src/pipeline/choices.ts';
import { type Decision, decidePost } from '../../src/pipeline/decide-post.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun } from './account-run.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

let input: Awaited<ReturnType<typeof makeSmallPosts>>;
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder());
});

/** What is decided for a post, `rednote: deliver`, with the codes of its issues. */
async function decided(key: string, flags: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> {
  const { run, postOf } = await openAccountRun(input, { to: 'rednote,reels', media: [input.media], ...flags });
  const post = postOf(key);
  const fetched = await run.originals.get(post, run.signal);
  const captions = await run.loadedCaptions.all();
  const deciding = { targets: run.options.to, measuring: 'all', writes: true } as const;
  return (await decidePost(post, fetched, captions, await openChoices(post, captions, run), run, deciding)).map(line);
}

function line(decision: Decision): string {
  const { target, kind } = decision;
  const outcome = kind === 'not' ? decision.status : kind;
  const { issues } = kind === 'deliver' ? decision.delivery : kind === 'stay' ? decision.row : decision;
  return [`${target.name}: ${outcome}`, ...issues.map(({ code }) => code)].join(' ');
}

it.each([
  [
    'a video that one platform finds too short',
    smallPosts.video,
    ['rednote: deliver no-words title-made', 'reels: rejected duration'],
  ],
  ['photos with words', smallPosts.photos, ['rednote: deliver', 'reels: deliver']],
  ['an original that is nowhere', smallPosts.gone, ['rednote: failed no-link', 'reels: failed no-link']],
])('%s', async (_, key, expected) => {
  expect(await decided(key)).toEqual(expected);
});
