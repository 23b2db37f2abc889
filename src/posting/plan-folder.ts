import { targets as allTargets } from '../targets/index.ts';
import type { PostingFolder } from './folder.ts';
import { type Placed, planUploads } from './plan.ts';
import type { PlanOptions } from './plan-rules.ts';
import type { Edits } from './record.ts';
import { type Upload, uploadId } from './upload.ts';

/** The change that clears the plan of all posts that are not posted. */
export function clearedPlan({ posting }: PostingFolder, isOurs: (upload: Upload) => boolean): Edits {
  return [...posting.record.rows.values()]
    .filter((row) => isOurs(row) && row.planned !== '' && row.posted === '')
    .map(({ key, target }) => ({ key, target, cells: { planned: '' } }));
}

/**
 * The change that plans the posts that are neither planned nor posted, after those that are planned already.
 * @param isOurs whether an upload is among those to plan
 * @param likes by key, for the order by likes
 */
export function newPlan(
  { posting, uploads }: PostingFolder,
  isOurs: (upload: Upload) => boolean,
  { rules, order }: PlanOptions,
  likes: ReadonlyMap<string, number>,
): Edits {
  const { rows } = posting.record;
  const delivered = new Set(uploads.map(uploadId));
  const isOpen = (upload: Upload) => {
    const row = rows.get(uploadId(upload));
    return isOurs(upload) && row !== undefined && row.planned === '' && row.posted === '';
  };
  const there = [...rows.values()].flatMap((row): Placed[] => {
    const { key, target, posted, planned } = row;
    if (posted !== '') return [{ key, target, at: posted, isOut: true }];
    return planned !== '' && delivered.has(uploadId(row)) ? [{ key, target, at: planned }] : [];
  });
  const open = inOrder(uploads.filter(isOpen), order, likes);
  return planUploads(open, there, rules).map(({ key, target, at }) => ({ key, target, cells: { planned: at } }));
}

/** One platform after the other, the posts in the wanted order. */
function inOrder(
  uploads: readonly Upload[],
  order: PlanOptions['order'],
  likes: ReadonlyMap<string, number>,
): readonly Upload[] {
  const rank = (target: string) => allTargets.findIndex(({ name }) => name === target);
  const likesOf = ({ key }: Upload) => likes.get(key) ?? 0;
  const byKey = (one: Upload, other: Upload) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
  const compare = {
    oldest: byKey,
    newest: (one: Upload, other: Upload) => byKey(other, one),
    likes: (one: Upload, other: Upload) => likesOf(other) - likesOf(one) || byKey(one, other),
  }[order];
  return [...uploads].sort((one, other) => rank(one.target) - rank(other.target) || compare(one, other));
}
