import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { leftOutOf } from './choices.ts';
import type { AccountRun } from './context.ts';
import { failPost, holdPost, processPost } from './process-post.ts';
import type { PostWork } from './scheduler.ts';
import type { Speech } from './speech.ts';
import { deliveredTargets, translatedTargets } from './translated-targets.ts';
import type { Translations } from './translations.ts';
import { changedTargets, checkUpToDate, hasRecords, type UpToDateCheck } from './up-to-date.ts';

/** Has a video transcribed if it is being delivered. @returns whether it was */
async function transcribeIfDelivered(
  post: Post,
  fetched: Fetched,
  speech: Speech | null,
  run: AccountRun,
): Promise<boolean> {
  if (speech === null || !(await speech.wants(post, fetched, run))) return false;
  if ((await deliveredTargets(post, fetched, run)).length === 0) return false;
  run.onProgress(post.key, 0);
  await speech.transcribe(post, fetched);
  return true;
}

/** The work for each post of an account, including held ones. */
export function worksOf(
  run: AccountRun,
  translations: Translations | null,
  speech: Speech | null,
  onDone: () => void,
  refreshPosted: () => Promise<void>,
): PostWork[] {
  const { selected, held } = run.selection;
  const { known } = run.loadedCaptions;
  const fail = (post: PostWork['post']) => async (error: Error) => {
    await failPost(post, error, known, run);
    onDone();
  };
  return [
    ...selected.map((post): PostWork => {
      let check: UpToDateCheck | null = null;
      const goesOut = run.options.heldOriginals || leftOutOf(post, known, run).size < run.options.to.length;
      return {
        post,
        fetch: goesOut,
        makes: goesOut,
        ...(hasRecords(post, known, run) && {
          async checkUnchanged(fetched) {
            const found = await checkUpToDate(post, fetched, await run.loadedCaptions.all(), run);
            check = found;
            if (await translations?.wants(post, run)) return null;
            if (await speech?.wants(post, fetched, run)) return null;
            if (changedTargets(run.options.to, found).length > 0) return null;
            return async () => {
              await processPost(post, fetched, await run.loadedCaptions.all(), run, found);
              onDone();
            };
          },
        }),
        ...(translations && {
          async prepare(fetched) {
            const to = await translatedTargets(post, fetched, translations, run);
            if (to.length === 0) return null;
            return async () => {
              // The post was compared with its former words.
              if (await translations.translate(post, to, run)) check = null;
            };
          },
        }),
        fail: fail(post),
        work: async (fetched) => {
          await refreshPosted();
          if (await transcribeIfDelivered(post, fetched, speech, run)) check = null;
          await processPost(post, fetched, await run.loadedCaptions.all(), run, check);
          onDone();
        },
      };
    }),
    ...held.map(
      ({ post, issue }): PostWork => ({
        post,
        fetch: run.options.heldOriginals && issue.code !== 'not-selected',
        makes: false,
        fail: fail(post),
        work: async (fetched) => {
          await holdPost(post, issue, fetched, run);
          if (issue.code !== 'not-selected') onDone();
        },
      }),
    ),
  ];
}
