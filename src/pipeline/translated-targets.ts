import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { isUnexpired } from '../originals/order.ts';
import type { AccountRun } from './context.ts';
import { forecastPost } from './forecast-post.ts';
import type { Translations } from './translations.ts';

/**
 * The platforms on which a post that needs a translation is being delivered, by a forecast of this run. Words of other
 * posts are not sent anywhere.
 */
export async function translatedTargets(
  post: Post,
  fetched: Fetched,
  translations: Translations,
  run: AccountRun,
): Promise<readonly string[]> {
  return (await translations.wants(post, run)) ? await deliveredTargets(post, fetched, run) : [];
}

/** The platforms on which a post is being delivered, by a forecast of this run. */
export async function deliveredTargets(post: Post, fetched: Fetched, run: AccountRun): Promise<readonly string[]> {
  if (fetched.original === null) return [];
  const captions = await run.loadedCaptions.all();
  const { rows } = await forecastPost(post, fetched, captions, run, { measuring: 'quick', fetches: () => false });
  return rows.filter(({ expected }) => expected.status === 'delivered').map(({ target }) => target.name);
}

/**
 * Has the posts translated that other machines will make: those whose originals are here, or can be fetched. Whether a
 * platform takes them is known only there.
 */
export async function translateForWorkers(
  posts: readonly Post[],
  translations: Translations,
  run: AccountRun,
): Promise<void> {
  await translations.useStored(run.selection.selected, run);
  const selected = new Set(run.selection.selected);
  const now = run.tools.now();
  const mayFetch = ({ links }: Post) =>
    !run.options.offline && links.some((link) => link.kind === 'page' || isUnexpired(link, now));
  const to = run.options.to.map(({ name }) => name);
  const wanted: Post[] = [];
  for (const post of posts) {
    if (!selected.has(post) || !(await translations.wants(post, run))) continue;
    if (mayFetch(post) || (await run.originals.isHere(post))) wanted.push(post);
  }
  await Promise.all(wanted.map(async (post) => translations.translate(post, to, run)));
  await translations.save();
}
